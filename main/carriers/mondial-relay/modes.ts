import type { CarrierService } from '../../../shared/model/carrier.ts';

const KG = 1_000_000;
const RELAYS = ['FR', 'BE', 'LU', 'NL', 'ES', 'PT', 'IT', 'PL', 'DE', 'AT'];

/** Delivery modes (`ModeLiv`); which of them an enseigne may use is in its contract (STAT 13, 29). */
export const RELAY_MODES: readonly CarrierService[] = [
  {
    ...{ code: '24R', title: 'Mondial Relay Point Relais', direction: 'outbound', pickupPoint: true },
    ...{ countries: RELAYS, maxWeightMg: 30 * KG },
  },
  {
    ...{ code: '24L', title: 'Mondial Relay Point Relais XL', direction: 'outbound', pickupPoint: true },
    ...{ countries: RELAYS, maxWeightMg: 50 * KG },
  },
  {
    ...{ code: 'DRI', title: 'Mondial Relay Colis Drive', direction: 'outbound', pickupPoint: true },
    ...{ countries: ['FR'], maxWeightMg: 130 * KG },
  },
  { code: 'HOM', title: 'Mondial Relay Domicile', direction: 'outbound', maxWeightMg: 30 * KG },
  { code: 'LD1', title: 'Mondial Relay Domicile, 1 livreur', direction: 'outbound', maxWeightMg: 60 * KG },
  { code: 'LDS', title: 'Mondial Relay Domicile, 2 livreurs', direction: 'outbound', maxWeightMg: 130 * KG },
  {
    ...{ code: 'LCC', title: 'Mondial Relay Retour', direction: 'return', countries: RELAYS },
    maxWeightMg: 30 * KG,
  },
];

export function modeOf(code: string): CarrierService | undefined {
  return RELAY_MODES.find((mode) => mode.code === code);
}
