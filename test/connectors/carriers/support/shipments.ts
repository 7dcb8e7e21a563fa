import type { CustomsContent, ShipmentRequest } from '../../../../main/carriers/carrier.ts';

let count = 0;

/** A reference as the station makes them: a UUIDv7. */
export function aReference(): string {
  count += 1;
  return `019aab3c-7d00-7000-8000-${String(count).padStart(12, '0')}`;
}

/** A parcel of 1.234 kg from Lyon to Nantes, each with its own reference. */
export function aShipment(changes: Partial<ShipmentRequest> = {}): ShipmentRequest {
  const reference = aReference();
  return {
    reference,
    kind: 'outbound',
    service: '',
    from: {
      name: 'Entrepôt Mercier',
      company: 'Mercier SARL',
      street1: '12 rue de la République',
      postcode: '69002',
      city: 'Lyon',
      country: 'FR',
      phone: '+33472000000',
      email: 'depot@mercier.example',
    },
    to: {
      name: 'Élodie Durand',
      street1: '8 quai de la Fosse',
      street2: 'Bâtiment B',
      postcode: '44000',
      city: 'Nantes',
      country: 'FR',
      phone: '+33612345678',
      email: 'elodie@example.com',
    },
    parcel: { weightMg: 1_234_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 },
    orderNumber: `PW-${1000 + count}`,
    shipDate: '2026-11-23',
    label: { media: '4x6', dpi: 203, file: 'pdf' },
    ...changes,
  };
}

/** Two kinds of goods for customs, values and weights of all pieces together. */
export const someCustoms: CustomsContent = {
  category: 'sale',
  items: [
    {
      description: 'Ceramic mug, white',
      sku: 'MUG-1',
      quantity: 2,
      netWeightMg: 700_000,
      value: { minor: 2_400, currency: 'EUR' },
      hsCode: '691200',
      origin: 'FR',
    },
    {
      description: 'Cotton tea towel',
      sku: 'TOWEL-3',
      quantity: 1,
      netWeightMg: 120_000,
      value: { minor: 950, currency: 'EUR' },
      hsCode: '630260',
      origin: 'PT',
    },
  ],
  incoterm: 'DAP',
  invoiceNumber: 'F-2026-0042',
  eori: 'FR12345678901234',
  signedBy: 'Claire Mercier',
};

/** The two ends of a parcel within the USA. */
export const losAngeles = {
  name: 'Elizabeth Swan',
  street1: '179 N Harbor Dr',
  postcode: '90277',
  city: 'Redondo Beach',
  region: 'CA',
  country: 'US',
  phone: '5555555555',
  email: 'elizabeth@example.com',
};
export const sanFrancisco = {
  name: 'Jack Sparrow',
  company: 'Pearl Goods',
  street1: '388 Townsend St',
  street2: 'Apt 20',
  postcode: '94107',
  city: 'San Francisco',
  region: 'CA',
  country: 'US',
  phone: '5555555556',
};
