import { AppError } from '../errors.ts';
import { hasMod10CheckDigit, mod10CheckDigit } from './check-digits.ts';

/** What an SSCC is made of. */
export interface SsccParts {
  /** 0 to 9, the company's own choice. */
  readonly extension: number;
  /** GS1 company prefix, 4 to 12 digits. */
  readonly companyPrefix: string;
  /** Counts up from 0; how many fit depends on the prefix (a prefix of 9 digits leaves 7). */
  readonly serial: number;
}

/**
 * The 18 digits of an SSCC, check digit included.
 *
 * Throws `rule` `sscc.range-exhausted` when the serial has more digits than the prefix leaves,
 * `validation` `sscc.bad-parts` when a part is no number of its kind.
 */
export function buildSscc(parts: SsccParts): string {
  const { extension, companyPrefix, serial } = parts;
  const isWhole = (value: number, limit: number) => Number.isSafeInteger(value) && value >= 0 && value <= limit;
  if (!isWhole(extension, 9) || !isWhole(serial, Number.MAX_SAFE_INTEGER) || !/^[0-9]{4,12}$/.test(companyPrefix)) {
    throw new AppError('validation', 'sscc.bad-parts', { ...parts });
  }
  const room = 16 - companyPrefix.length;
  const digits = String(serial);
  if (digits.length > room) throw new AppError('rule', 'sscc.range-exhausted', { ...parts });
  const body = `${extension}${companyPrefix}${digits.padStart(room, '0')}`;
  return body + mod10CheckDigit(body);
}

/** True for 18 digits with a right check digit. */
export function isSscc(text: string): boolean {
  return text.length === 18 && hasMod10CheckDigit(text);
}
