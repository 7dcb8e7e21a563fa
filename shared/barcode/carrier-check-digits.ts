import { weightedSum } from './check-digits.ts';

const EVERY_THIRD = [1, 7, 3] as const;

/** UPS 1Z: `body` is the 15 characters between `1Z` and the check digit; a letter counts (code - 3) mod 10. */
export function upsCheckDigit(body: string): string {
  const values = Array.from(body, (character) =>
    /[0-9]/.test(character) ? Number(character) : (character.charCodeAt(0) - 3) % 10,
  );
  return String((10 - (weightedSum(values, [1, 2]) % 10)) % 10);
}

/** FedEx Express: `body` is the first 11 of 12 digits. */
export function fedex12CheckDigit(body: string): string {
  return String((weightedSum(Array.from(body, Number), [3, 1, 7]) % 11) % 10);
}

/** FedEx 34: `body` is digits 21 to 33 of the barcode. */
export function fedex34CheckDigit(body: string): string {
  return String((weightedSum(Array.from(body, Number), EVERY_THIRD) % 11) % 10);
}

/** DHL Express waybill: `body` is the first nine of ten digits. */
export function dhlExpressCheckDigit(body: string): string {
  return String(Number(body) % 7);
}

/** Deutsche Post and DHL Leitcode, Identcode and 14-digit return: weights 4 and 9 from the right. */
export function dhlPaketCheckDigit(body: string): string {
  const fromTheRight = Array.from(body, Number).reverse();
  return String((10 - (weightedSum(fromTheRight, [4, 9]) % 10)) % 10);
}

/**
 * Mondial Relay: weights 2 to 7 from the right, mod 11.
 *
 * The carrier's specification that could be read breaks off before it says what 10 becomes: 0 is taken,
 * so a number whose key is 0 is not proved to be right.
 */
export function mondialRelayCheckDigit(body: string): string {
  const fromTheRight = Array.from(body, Number).reverse();
  const check = 11 - (weightedSum(fromTheRight, [2, 3, 4, 5, 6, 7]) % 11);
  return String(check >= 10 ? 0 : check);
}
