import type { CarrierService } from '../../../shared/model/carrier.ts';

const KG = 1_000_000;
const EUROPE = 'FR MC AD AT BE BG CH CY CZ DE DK EE ES FI GB GR HR HU IE IT LT LU LV NL NO PL PT RO SE SI SK'.split(
  ' ',
);
/** What the service takes of one parcel: `InvalidWeight` above. */
export const MOST_MG = 31_500_000;

/** The service has no codes: a product is made of the contact and the shop that a request names. */
export const DPD_PRODUCTS: readonly CarrierService[] = [
  {
    ...{ code: 'CLASSIC', title: 'DPD Classic', direction: 'outbound', countries: EUROPE },
    maxWeightMg: MOST_MG,
  },
  {
    ...{ code: 'PREDICT', title: 'DPD Predict', direction: 'outbound', countries: ['FR', 'MC'] },
    maxWeightMg: MOST_MG,
  },
  {
    ...{ code: 'RELAIS', title: 'DPD Relais', direction: 'outbound', countries: ['FR', 'MC'] },
    ...{ pickupPoint: true, maxWeightMg: 20 * KG },
  },
  {
    ...{ code: 'RETOUR', title: 'DPD Retour', direction: 'return', countries: ['FR', 'MC'] },
    maxWeightMg: MOST_MG,
  },
];

export function productOf(code: string): CarrierService | undefined {
  return DPD_PRODUCTS.find((product) => product.code === code);
}
