import {
  type CommercialInvoice,
  type CommercialInvoiceInput,
  type CustomsDeclaration,
  type CustomsInput,
  parseCommercialInvoice,
  parseCustoms,
} from '../../../shared/model/customs.ts';

const from: CustomsInput['from'] = {
  name: 'Camille Éclat',
  company: 'Maison Éclat SAS',
  street1: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  country: 'FR',
  phone: '+33 2 40 00 00 00',
  email: 'bonjour@maison-eclat.example',
};

const to: CustomsInput['to'] = {
  name: 'Michael O’Connor',
  street1: '4125 North Western Avenue',
  street2: 'Suite 310',
  postcode: '73118',
  city: 'Oklahoma City',
  region: 'OK',
  country: 'US',
  phone: '+1 405 555 0142',
};

export const lampLine: CustomsInput['lines'][number] = {
  description: 'Desk lamp, brass, with LED bulb',
  quantity: 2,
  netWeightMg: 1_240_000,
  valueMinor: 5980,
  hsCode: '9405.21',
  origin: 'FR',
};

export const bookLine: CustomsInput['lines'][number] = {
  description: 'Illustrated novel, paperback',
  quantity: 1,
  netWeightMg: 410_000,
  valueMinor: 1990,
  hsCode: '490199',
  origin: 'IT',
};

const shared = {
  trackingNumber: 'LP 123 456 785 FR',
  from,
  to,
  currency: 'EUR',
  lines: [lampLine, bookLine],
  grossWeightMg: 1_860_000,
  date: '2026-11-22',
  eori: 'FR73282932000074',
} satisfies Partial<CustomsInput>;

/** A sale of two articles to the USA, light and cheap enough for a CN22. */
export function aDeclaration(changes: Partial<CustomsInput> = {}): CustomsDeclaration {
  return parseCustoms({ ...shared, category: 'sale', invoiceNumber: 'F-2026-0042', ...changes });
}

export function aCommercialInvoice(changes: Partial<CommercialInvoiceInput> = {}): CommercialInvoice {
  return parseCommercialInvoice({
    ...shared,
    number: 'F-2026-0042',
    orderNumber: '#1042',
    carrier: 'Atlantic Parcel',
    incoterm: 'DAP',
    incotermPlace: 'Oklahoma City',
    reason: 'sale',
    freightMinor: 1890,
    insuranceMinor: 250,
    vatId: 'FR44732829320',
    ...changes,
  });
}
