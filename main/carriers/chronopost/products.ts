import type { CarrierService } from '../../../shared/model/carrier.ts';

const KG = 1_000_000;
/** The customs union: beyond it `shippingV6` has no room for a declaration. */
const EUROPE = 'AT BE BG CY CZ DE DK EE ES FI GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
const FRANCE = ['FR', 'MC'];

/** Products by `productCode`; which of them an account may use is in its contract. */
export const CHRONOPOST_PRODUCTS: readonly CarrierService[] = [
  { code: '01', title: 'Chrono 13', direction: 'both', countries: FRANCE, maxWeightMg: 30 * KG },
  { code: '02', title: 'Chrono 10', direction: 'both', countries: FRANCE, maxWeightMg: 30 * KG },
  { code: '16', title: 'Chrono 18', direction: 'both', countries: FRANCE, maxWeightMg: 30 * KG },
  {
    ...{ code: '86', title: 'Chrono Relais 13', direction: 'outbound', countries: FRANCE, pickupPoint: true },
    maxWeightMg: 20 * KG,
  },
  { code: '17', title: 'Chrono Express', direction: 'outbound', countries: EUROPE, maxWeightMg: 30 * KG },
  { code: '44', title: 'Chrono Classic', direction: 'outbound', countries: EUROPE, maxWeightMg: 30 * KG },
];

export function productOf(code: string): CarrierService | undefined {
  return CHRONOPOST_PRODUCTS.find((product) => product.code === code);
}
