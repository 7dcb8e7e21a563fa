import { AppError } from '../errors.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function digitsOf(body: string): number[] {
  if (!/^[0-9]+$/.test(body)) throw new AppError('bug', 'check-digit.not-digits', { body });
  return Array.from(body, Number);
}

/** Sum of digit times weight; the weights repeat when there are fewer of them than digits. */
export function weightedSum(digits: readonly number[], weights: readonly number[]): number {
  return digits.reduce((sum, digit, place) => sum + digit * (weights[place % weights.length] ?? 0), 0);
}

/**
 * GS1's mod 10 with weight 3 from the right: GTIN, SSCC, GLN, UPC-A, USPS IMpb, Canada Post, Colissimo.
 *
 * `body` is the number without its check digit, digits only (anything else throws a `bug`).
 */
export function mod10CheckDigit(body: string): string {
  const fromTheRight = digitsOf(body).reverse();
  return String((10 - (weightedSum(fromTheRight, [3, 1]) % 10)) % 10);
}

/** True when `number` is digits only, at least two of them, and ends in its own mod 10 check digit. */
export function hasMod10CheckDigit(number: string): boolean {
  return /^[0-9]{2,}$/.test(number) && mod10CheckDigit(number.slice(0, -1)) === number.slice(-1);
}

/** UPU S10: `serial` is the eight digits between the two letters and the check digit. */
export function s10CheckDigit(serial: string): string {
  const remainder = 11 - (weightedSum(digitsOf(serial), [8, 6, 4, 2, 3, 5, 9, 7]) % 11);
  if (remainder === 10) return '0';
  return remainder === 11 ? '5' : String(remainder);
}

/**
 * ISO 7064 mod 37,36: one check character from 0-9A-Z, catches every single wrong or swapped character.
 *
 * `body` holds 0-9 and A-Z only. DPD, GeoPost and this station's own codes end in it.
 */
export function mod37CheckCharacter(body: string): string {
  let carry = 36;
  for (const character of body) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) throw new AppError('bug', 'check-digit.not-alphanumeric', { body });
    carry += value;
    if (carry > 36) carry -= 36;
    carry *= 2;
    if (carry > 36) carry -= 37;
  }
  const check = 37 - carry;
  return ALPHABET.charAt(check === 36 ? 0 : check);
}
