import type { CarrierService } from '../../../shared/model/carrier.ts';

/** UPS's own codes. Which of them a parcel may take hangs on where it starts: `Shop` tells. */
const titles: Readonly<Record<string, string>> = {
  '01': 'UPS Next Day Air',
  '02': 'UPS 2nd Day Air',
  '03': 'UPS Ground',
  '07': 'UPS Worldwide Express',
  '08': 'UPS Worldwide Expedited',
  '11': 'UPS Standard',
  '12': 'UPS 3 Day Select',
  '13': 'UPS Next Day Air Saver',
  '14': 'UPS Next Day Air Early',
  '54': 'UPS Worldwide Express Plus',
  '59': 'UPS 2nd Day Air A.M.',
  '65': 'UPS Worldwide Saver',
};

/** Reach other countries than the one they start in, with customs data where a border of customs is crossed. */
const ABROAD = new Set(['07', '08', '11', '54', '65']);

export const MOST_MG = 68_000_000;

export const upsServices: readonly CarrierService[] = Object.entries(titles).map(([code, title]) => ({
  code,
  title,
  direction: 'both',
  maxWeightMg: MOST_MG,
  ...(ABROAD.has(code) ? { international: true } : {}),
}));

export const serviceTitle = (code: string): string => titles[code] ?? `UPS ${code}`;
