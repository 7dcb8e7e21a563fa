import { hasBadDate, readGs1Date, readGs1Time } from './gs1-dates.ts';
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
  const data: Mutable<TradeData> = { ...readMoments(elements, now) };
  for (const [field, ai] of texts) {
    const value = singleValue(elements, ai);
    if (value !== undefined) data[field] = value;
  }
  for (const [field, ai] of dates) {
    const date = dateOf(elements, ai, now);
    if (date !== undefined) data[field] = date;
  }
  const quantity = Number(singleValue(elements, '30') ?? singleValue(elements, '37') ?? 0);
  if (quantity > 0) data.quantity = quantity;
  const netWeightMg = readNetWeight(elements);
  if (netWeightMg !== undefined) data.netWeightMg = netWeightMg;
  const isBad = elements.some((element) => hasBadDate(element, now));
  return { data: { ...data, elements }, warnings: isBad ? ['gs1.bad-date'] : [] };
}

function dateOf(elements: readonly Gs1Element[], ai: string, now: string): string | undefined {
  const value = singleValue(elements, ai);
  if (value === undefined || hasBadDate({ ai, value }, now)) return undefined;
  return readGs1Date(value.slice(0, 6), now, true);
}

/** AI 7003, expiry with its time, and AI 8008, production with its hour; the plain dates go before them. */
function readMoments(elements: readonly Gs1Element[], now: string): TradeData {
  const expiry = dateOf(elements, '7003', now);
  const expiryTime = readGs1Time(singleValue(elements, '7003')?.slice(6) ?? '');
  const productionDate = dateOf(elements, '8008', now);
  return {
    ...(expiry === undefined || expiryTime === undefined ? {} : { expiry, expiryTime }),
    ...(productionDate === undefined ? {} : { productionDate }),
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
