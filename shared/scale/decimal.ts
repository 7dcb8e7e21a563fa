/** A number as it came: `places` is the count of digits behind the point, `hasPoint` whether there was one. */
export interface Decimal {
  readonly value: number;
  readonly places: number;
  readonly hasPoint: boolean;
}

const DECIMAL = /^ *([+-]?) *(\d{1,10}(?:\.\d{0,6})?|\.\d{1,6}) *$/;

/** Reads a padded field (`  -12.50`, `+001234.5`, `-    8.5`); undefined for anything else. `-0` becomes 0. */
export function readDecimal(field: string): Decimal | undefined {
  const [, sign, digits] = DECIMAL.exec(field) ?? [];
  if (digits === undefined) return undefined;
  const point = digits.indexOf('.');
  return {
    value: negate(Number(digits), sign === '-'),
    places: point < 0 ? 0 : digits.length - point - 1,
    hasPoint: point >= 0,
  };
}

/** `digits` shifted by a power of ten without the crumbs of a multiplication by 0.01. */
export function scaleByTen(digits: number, power: number): number {
  return power < 0 ? digits / 10 ** -power : digits * 10 ** power;
}

export function negate(value: number, negative: boolean): number {
  return negative && value !== 0 ? -value : value;
}
