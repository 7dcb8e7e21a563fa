import { AppError } from '../../../shared/errors.ts';
import { countryNumber } from '../countries.ts';

/** ISO 3166 numeric for GeoPost's barcode; throws `rule` `label.bad-code` for a country that has none (XK). */
export function isoNumber(country: string): string {
  const number = countryNumber(country);
  if (number === undefined) throw new AppError('rule', 'label.bad-code', { field: 'to.country' });
  return number;
}
