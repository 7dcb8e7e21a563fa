import type { CustomsDeclaration } from './customs.ts';
import { MG_PER_KG } from './weight.ts';

/** Heaviest parcel with a CN22 (UPU). */
export const CN22_MOST_MG = 2 * MG_PER_KG;
/** Rows that are readable on the small sheet and on the label; more articles go on a CN23. */
export const CN22_MOST_LINES = { a7: 4, '4x6': 6, '100x150': 6 } as const;

/** 300 special drawing rights, rounded down: the rate moves from day to day, and a CN23 is never wrong. */
const limits: Readonly<Record<string, number>> = { EUR: 340_00, USD: 390_00, GBP: 290_00, CHF: 310_00 };

export type FormChoice =
  | { readonly form: 'CN22' }
  | { readonly form: 'CN23'; readonly because: 'asked' | 'value' | 'weight' | 'unknown-limit' | 'articles' };

/** Total of the declared values, minor units. */
export function declaredValue(lines: readonly { readonly valueMinor: number }[]): number {
  return lines.reduce((sum, line) => sum + line.valueMinor, 0);
}

/** Total of the net weights, mg. */
export function declaredWeight(lines: readonly { readonly netWeightMg: number }[]): number {
  return lines.reduce((sum, line) => sum + line.netWeightMg, 0);
}

/**
 * CN22 up to 300 SDR and 2 kg, else CN23 (UPU; a CN23 is always allowed).
 *
 * A currency without a known limit gets a CN23 unless `limitMinor` tells it.
 */
export function chooseForm(customs: CustomsDeclaration): FormChoice {
  if (customs.form === 'CN23') return { form: 'CN23', because: 'asked' };
  const limitMinor = customs.limitMinor ?? limits[customs.currency];
  if (customs.grossWeightMg > CN22_MOST_MG) return { form: 'CN23', because: 'weight' };
  if (limitMinor === undefined) return { form: 'CN23', because: 'unknown-limit' };
  if (declaredValue(customs.lines) > limitMinor) return { form: 'CN23', because: 'value' };
  if (customs.lines.length > CN22_MOST_LINES[customs.layout]) return { form: 'CN23', because: 'articles' };
  return { form: 'CN22' };
}
