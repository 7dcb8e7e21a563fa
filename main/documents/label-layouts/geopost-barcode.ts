import type { CarrierBarcode } from '../../../shared/carriers/carrier-number.ts';
import { type GeopostRoute, geopostBarcode } from '../../../shared/carriers/geopost.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Address } from '../../../shared/model/address.ts';
import { countryNumber } from '../countries.ts';

/**
 * The barcode that DPD and Chronopost route by.
 *
 * Throws `rule` `label.bad-code` for a country without an ISO number (XK) and for a postcode that is not one to seven
 * letters and digits.
 */
export function routedBarcode(parcel: string, service: string, to: Address): CarrierBarcode {
  const country = countryNumber(to.country);
  if (country === undefined) throw new AppError('rule', 'label.bad-code', { field: 'to.country' });
  const route: GeopostRoute = { parcel, postcode: to.postcode, service, country };
  try {
    return geopostBarcode(route);
  } catch (cause) {
    // Parcel and service were checked with the model: only the postcode can be at fault.
    throw new AppError('rule', 'label.bad-code', { field: 'to.postcode' }, cause);
  }
}
