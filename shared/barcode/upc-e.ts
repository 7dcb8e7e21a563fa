import { hasMod10CheckDigit } from './check-digits.ts';

/**
 * Expands an eight-digit UPC-E (number system, six digits, check digit) to its 12-digit UPC-A.
 *
 * Returns undefined when the number system is not 0 or 1 or the check digit, which is that of the UPC-A, is wrong.
 */
export function expandUpcE(code: string): string | undefined {
  const [, system, body, check] = /^([01])([0-9]{6})([0-9])$/.exec(code) ?? [];
  if (system === undefined || body === undefined || check === undefined) return undefined;
  const upcA = `${system}${expandBody(body)}${check}`;
  return hasMod10CheckDigit(upcA) ? upcA : undefined;
}

/** The last of the six digits says where the zeros were taken out. */
function expandBody(body: string): string {
  const last = body.slice(5);
  switch (last) {
    case '0':
    case '1':
    case '2':
      return `${body.slice(0, 2)}${last}0000${body.slice(2, 5)}`;
    case '3':
      return `${body.slice(0, 3)}00000${body.slice(3, 5)}`;
    case '4':
      return `${body.slice(0, 4)}00000${body.slice(4, 5)}`;
    default:
      return `${body.slice(0, 5)}0000${last}`;
  }
}
