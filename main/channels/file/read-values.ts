/** Notes a fault of the row being read, in words for a person; reading goes on to find every fault of the row. */
export type Complain = (reason: string) => void;

const SPACES = /[\s\u00A0\u202F'’]/g;
const YES = new Set(['yes', 'y', 'true', 't', '1', 'oui', 'o', 'vrai', 'ja', 'j', 'wahr', 'si', 'sí', 'x']);
const NO = new Set(['no', 'n', 'false', 'f', '0', 'non', 'faux', 'nein', 'falsch', '']);

/** The text shortened for a message, in quotes. */
export function quoted(text: string): string {
  return `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;
}

/** Text without surrounding blanks; complains when it is longer than `limit` characters or empty though needed. */
export function readText(
  text: string,
  rule: { what: string; limit: number; needed?: boolean },
  complain: Complain,
): string {
  const value = text.trim();
  if (value === '' && rule.needed) complain(`${rule.what} is missing`);
  if (value.length > rule.limit) complain(`${rule.what} is longer than ${rule.limit} characters`);
  return value;
}

/** An id as text; complains about one that a spreadsheet turned into a rounded number (`8.2E+17`). */
export function readId(text: string, rule: { what: string; limit: number }, complain: Complain): string {
  const value = readText(text, { ...rule, needed: true }, complain);
  if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(value)) {
    complain(`${rule.what} ${quoted(value)} was rounded by a spreadsheet: format the column as text and export again`);
  }
  return value;
}

/** Yes or no in English, French or German, `1` or `0`; empty means `whenEmpty`. */
export function readYesNo(text: string, rule: { what: string; whenEmpty: boolean }, complain: Complain): boolean {
  const value = text.trim().toLowerCase();
  if (value === '') return rule.whenEmpty;
  if (YES.has(value)) return true;
  if (!NO.has(value)) complain(`${rule.what} ${quoted(text)} is neither yes nor no`);
  return false;
}

/** One of a few words, in any case; empty means `whenEmpty`. */
export function readChoice<C extends string>(
  text: string,
  rule: { what: string; of: readonly C[]; whenEmpty: NoInfer<C> },
  complain: Complain,
): C {
  const value = text.trim().toLowerCase();
  if (value === '') return rule.whenEmpty;
  const choice = rule.of.find((one) => one === value);
  if (choice === undefined) complain(`${rule.what} ${quoted(text)} is none of ${rule.of.join(', ')}`);
  return choice ?? rule.whenEmpty;
}

/** A whole number between `min` and `max`; `2.0` and `2,0` are read as spreadsheets mean them. */
export function readWhole(text: string, rule: { what: string; min: number; max: number }, complain: Complain): number {
  const digits = /^\+?(\d{1,15})(?:[.,]0+)?$/.exec(text.replace(SPACES, ''))?.[1];
  const value = Number(digits);
  if (digits !== undefined && value >= rule.min && value <= rule.max) return value;
  const range = `a whole number from ${rule.min} to ${rule.max}`;
  complain(text.trim() === '' ? `${rule.what} is missing: ${range}` : `${rule.what} ${quoted(text)} is not ${range}`);
  return rule.min;
}

/**
 * A measure as integer units, `factor` units each (`1,5` kg with factor 1,000,000 is 1,500,000 mg). Empty means 0.
 * The decimal sign may be a point or a comma.
 */
export function readMeasure(
  text: string,
  rule: { what: string; factor: number; max: number },
  complain: Complain,
): number {
  const value = text.replace(SPACES, '');
  if (value === '') return 0;
  const number = parseDecimal(value);
  const units = number === undefined ? Number.NaN : Math.round(number * rule.factor);
  if (units >= 0 && units <= rule.max) return units;
  complain(`${rule.what} ${quoted(text)} is not a number from 0 to ${rule.max / rule.factor}`);
  return 0;
}

/** Integer minor units of `currency` from `1234.50`, `1 234,50`, `1.234,50` or `€ 12`; null when empty. */
export function readAmount(text: string, currency: string | null, complain: Complain): number | null {
  const value = text.replace(SPACES, '').replace(/^\p{Sc}|\p{Sc}$/gu, '');
  if (value === '' || currency === null) return null;
  const digits = fractionDigits(currency);
  // One sign and three digits behind it: thousands, where no price has three decimals.
  const thousands = digits < 3 && /^-?[1-9]\d{0,2}[.,]\d{3}$/.test(value);
  const number = parseDecimal(thousands ? value.replace(/[.,]/, '') : value);
  const minor = number === undefined ? Number.NaN : Math.round(number * 10 ** digits);
  if (Number.isSafeInteger(minor)) return minor;
  complain(`amount ${quoted(text)} cannot be read`);
  return null;
}

const MAX_RATE = 5_000;

/** A rate in hundredths of a percent from `20`, `5,5` or `20 %`; null when empty. */
export function readRate(text: string, what: string, complain: Complain): number | null {
  const value = text.replace(SPACES, '').replace(/%$/, '');
  if (value === '') return null;
  const rate = Math.round((parseDecimal(value) ?? Number.NaN) * 100);
  if (rate >= 0 && rate <= MAX_RATE) return rate;
  complain(`${what} ${quoted(text)} is not a rate from 0 to ${MAX_RATE / 100} percent`);
  return null;
}

/** ISO 4217 code in upper case, or null when empty. */
export function readCurrency(text: string, complain: Complain): string | null {
  const value = text.trim().toUpperCase();
  if (value === '') return null;
  if (/^[A-Z]{3}$/.test(value)) return value;
  complain(`currency ${quoted(text)} is not a three-letter code`);
  return null;
}

/** A number with either decimal sign and either thousands sign; one sign alone is the decimal sign. */
function parseDecimal(value: string): number | undefined {
  if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (/^-?\d+,\d+$/.test(value)) return Number(value.replace(',', '.'));
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(value)) return Number(value.replaceAll(',', ''));
  if (/^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(value)) return Number(value.replaceAll('.', '').replace(',', '.'));
  return undefined;
}

const digitsOf = new Map<string, number>();

function fractionDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  digitsOf.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}
