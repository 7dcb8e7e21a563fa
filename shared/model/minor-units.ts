const digitsOf = new Map<string, number>();

/** Decimals of a currency: 2 for EUR, 0 for JPY. */
export function fractionDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  digitsOf.set(currency, maximumFractionDigits);
  return maximumFractionDigits;
}

/** Integer minor units of a plain decimal as APIs write it (`"29.35"`); null when it or the currency is missing. */
export function minorUnits(amount: string, currency: string | null): number | null {
  if (currency === null || !/^-?\d{1,15}(?:\.\d+)?$/.test(amount)) return null;
  const minor = Math.round(Number(amount) * 10 ** fractionDigits(currency));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** An ISO 4217 code in upper case, or null for anything else. */
export function currencyCode(text: string): string | null {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

/** Minor units as a plain decimal with the currency's own decimals, as APIs and XML write it (`-29.35`). */
export function plainDecimal(minor: number, currency: string): string {
  const digits = fractionDigits(currency);
  const whole = String(Math.abs(minor)).padStart(digits + 1, '0');
  const sign = minor < 0 ? '-' : '';
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
}
