import { AppError } from '../errors.ts';
import { mod37CheckCharacter } from './check-digits.ts';

/** Letter of each kind of code that the station itself issues. Parcels have none: they carry an SSCC. */
const kindLetters = { command: 'C', badge: 'B', tote: 'T', location: 'L', order: 'O', carton: 'K', run: 'R' } as const;
export type StationCodeKind = keyof typeof kindLetters;

// Object.keys loses the key type; the object above is closed, so its keys are the kinds.
export const stationCodeKinds = Object.keys(kindLetters) as readonly StationCodeKind[];

export interface StationCode {
  readonly kind: StationCodeKind;
  readonly payload: string;
}

const PAYLOAD = /^[A-Z0-9-]{1,24}$/;
const CROCKFORD_SEVEN = /^[0-9A-HJKMNP-TV-Z]{7}$/;

/** Hyphens do not count: mod 37,36 knows letters and digits only. */
function checkCharacter(body: string): string {
  return mod37CheckCharacter(body.replaceAll('-', ''));
}

/**
 * The text of one of our codes: `PW`, kind letter, payload, check character.
 *
 * `payload` is 1 to 24 of A-Z, 0-9 and hyphen; anything else throws `validation` `station-code.bad-payload`.
 */
export function encodeStationCode(kind: StationCodeKind, payload: string): string {
  if (!PAYLOAD.test(payload)) throw new AppError('validation', 'station-code.bad-payload', { kind, payload });
  const body = kindLetters[kind] + payload;
  return `PW${body}${checkCharacter(body)}`;
}

/**
 * Reads one of our codes; undefined when `text` is none of ours.
 *
 * `check` is a wrong check character (a damaged card or a slip in typing), `shape` a payload we never print.
 */
export function parseStationCode(text: string): StationCode | { readonly problem: 'check' | 'shape' } | undefined {
  const [, body, letter, payload, check] = /^PW(([CBTLOKR])(.*))(.)$/s.exec(text) ?? [];
  const kind = stationCodeKinds.find((name) => kindLetters[name] === letter);
  if (body === undefined || payload === undefined || kind === undefined) return undefined;
  if (!PAYLOAD.test(payload)) return { problem: 'shape' };
  return check === checkCharacter(body) ? { kind, payload } : { problem: 'check' };
}

/**
 * The RMA code on a return slip: `R`, seven Crockford base32 characters, check character over these eight.
 *
 * Throws `validation` `rma.bad-characters` for anything but seven characters of 0-9A-Z without I, L, O, U.
 */
export function encodeRma(seven: string): string {
  if (!CROCKFORD_SEVEN.test(seven)) throw new AppError('validation', 'rma.bad-characters', { seven });
  return `R${seven}${mod37CheckCharacter(`R${seven}`)}`;
}

/** Reads an RMA code and gives its printed form back; O, I and L typed for 0 and 1 are put right. */
export function parseRma(text: string): string | undefined {
  const [, typed, check] = /^R(.{7})(.)$/.exec(text) ?? [];
  const seven = typed?.replaceAll('O', '0').replace(/[IL]/g, '1');
  if (seven === undefined || !CROCKFORD_SEVEN.test(seven)) return undefined;
  return mod37CheckCharacter(`R${seven}`) === check ? `R${seven}${check}` : undefined;
}
