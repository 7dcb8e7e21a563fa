import type { CarrierService } from '../../../shared/model/carrier.ts';

export interface ColissimoProduct extends CarrierService {
  /** The two characters in front of its parcel numbers, where they are known. */
  readonly letters: string;
}

const KG = 1_000_000;
const HOME = ['FR', 'MC', 'AD'];
const OVERSEAS = ['GP', 'MQ', 'GF', 'RE', 'YT', 'PM', 'BL', 'MF', 'NC', 'PF', 'WF', 'TF'];

/** Products of SLS 2.0 by their code; which of them an account has is in its contract (message 30700). */
export const COLISSIMO_PRODUCTS: readonly ColissimoProduct[] = [
  { code: 'DOM', title: 'Colissimo Domicile', direction: 'outbound', countries: HOME, letters: '8L' },
  {
    code: 'DOS',
    title: 'Colissimo Domicile avec signature',
    direction: 'outbound',
    international: true,
    letters: '8V',
  },
  { code: 'COLI', title: 'Colissimo Expert International', direction: 'outbound', international: true, letters: 'CY' },
  {
    ...{ code: 'COM', title: 'Colissimo Domicile Outre-Mer', direction: 'outbound', letters: '7A' },
    ...{ countries: OVERSEAS, international: true },
  },
  {
    ...{ code: 'CDS', title: 'Colissimo Outre-Mer avec signature', direction: 'outbound', letters: '7A' },
    ...{ countries: OVERSEAS, international: true },
  },
  { code: 'HD', title: 'Colissimo Point Retrait', direction: 'outbound', pickupPoint: true, letters: '8V' },
  {
    ...{ code: 'A2P', title: 'Colissimo Point Retrait commerçant', direction: 'outbound', letters: '8V' },
    ...{ pickupPoint: true, maxWeightMg: 20 * KG },
  },
  {
    ...{ code: 'BPR', title: 'Colissimo Point Retrait bureau de poste', direction: 'outbound', letters: '8V' },
    ...{ countries: ['FR'], pickupPoint: true },
  },
  { code: 'CORE', title: 'Colissimo Retour France', direction: 'return', countries: HOME, letters: '8R' },
  { code: 'CORI', title: 'Colissimo Retour International', direction: 'return', international: true, letters: 'CY' },
];

export function productOf(code: string): ColissimoProduct | undefined {
  return COLISSIMO_PRODUCTS.find((product) => product.code === code);
}
