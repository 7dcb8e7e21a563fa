import { readGs1Date, readGs1Time } from './gs1-dates.ts';
import { singleValue } from './gs1-elements.ts';
import type { Gs1Element, ScanWarning, TradeData } from './scan-result.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export interface TradeReading {
  readonly data: TradeData;
  readonly warnings: readonly ScanWarning[];
}

const texts = [
  ['lot', '10'],
  ['serial', '21'],
  ['variant', '22'],
  ['orderNumber', '400'],
] as const;

const dates = [
  ['expiry', '17'],
  ['bestBefore', '15'],
  ['sellBy', '16'],
  ['productionDate', '11'],
  ['packagingDate', '13'],
] as const;

/**
 * Lot, dates, quantity and weight out of parsed elements.
 *
 * A date that does not exist is left out with a warning: who needs the expiry misses it and stops there.
 * What is sent twice with different values is left out as well (the association check warns of it).
 */
export function readTradeData(elements: readonly Gs1Element[], now: string): TradeReading {
  const data: Mutable<TradeData> = {};
  const warnings: ScanWarning[] = [];
  for (const [field, ai] of texts) {
    const value = singleValue(elements, ai);
    if (value !== undefined) data[field] = value;
  }
  for (const [field, ai] of dates) {
    const value = singleValue(elements, ai);
    const date = value === undefined ? undefined : readGs1Date(value, now, true);
    if (date !== undefined) data[field] = date;
    else if (value !== undefined) warnings.push('gs1.bad-date');
  }
  const { moments, areBad } = readMoments(elements, now);
  if (areBad) warnings.push('gs1.bad-date');
  const quantity = Number(singleValue(elements, '30') ?? singleValue(elements, '37') ?? 0);
  const netWeightMg = readNetWeight(elements);
  return {
    data: {
      ...moments,
      ...data,
      ...(quantity > 0 ? { quantity } : {}),
      ...(netWeightMg === undefined ? {} : { netWeightMg }),
      elements,
    },
    warnings: [...new Set(warnings)],
  };
}

/** AI 7003 (expiry with time) and 8008 (production with hour), whose day may not be 00. */
function readMoments(elements: readonly Gs1Element[], now: string): { moments: TradeData; areBad: boolean } {
  const read = (ai: string) => {
    const value = singleValue(elements, ai);
    if (value === undefined) return undefined;
    const date = readGs1Date(value.slice(0, 6), now, false);
    const time = readGs1Time(value.slice(6, 10).padEnd(4, '0'));
    return date === undefined || time === undefined ? 'bad' : { date, time };
  };
  const expiry = read('7003');
  const production = read('8008');
  return {
    moments: {
      ...(typeof expiry === 'object' ? { expiry: expiry.date, expiryTime: expiry.time } : {}),
      ...(typeof production === 'object' ? { productionDate: production.date } : {}),
    },
    areBad: expiry === 'bad' || production === 'bad',
  };
}

// Hundredths of a milligram in a kilogram (310n) and a pound (320n): the pound is a whole number of them.
const NET_WEIGHT = [
  ['310', 100_000_000n],
  ['320', 45_359_237n],
] as const;

/** The fourth digit of the AI is the number of decimals; rounded half up to a whole milligram. */
function readNetWeight(elements: readonly Gs1Element[]): number | undefined {
  for (const [stem, hundredthsPerUnit] of NET_WEIGHT) {
    const element = elements.find(({ ai }) => ai.startsWith(stem) && ai.length === 4);
    if (element === undefined) continue;
    const divisor = 100n * 10n ** BigInt(element.ai.slice(3));
    return Number((BigInt(element.value) * hundredthsPerUnit + divisor / 2n) / divisor);
  }
  return undefined;
}
