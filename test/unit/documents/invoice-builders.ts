import { type InvoiceInput, type InvoiceModel, parseInvoice } from '../../../shared/model/invoice.ts';

export const seller: InvoiceInput['seller'] = {
  name: 'Camille Éclat',
  company: 'Maison Éclat',
  street1: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  country: 'FR',
  email: 'bonjour@maison-eclat.example',
  phone: '+33 2 40 00 00 00',
  legalForm: 'SAS',
  capitalMinor: 10_000_00,
  siren: '732829320',
  registry: 'RCS Nantes',
  vatId: 'FR44732829320',
};

export const consumer: InvoiceInput['buyer'] = {
  name: 'Hélène Dupré-Lefèvre',
  street1: "12 rue de l'Église",
  street2: 'Bâtiment C',
  postcode: '75011',
  city: 'Paris',
  country: 'FR',
};

export const trader: InvoiceInput['buyer'] = {
  ...consumer,
  name: 'Service achats',
  company: 'Librairie du Port SARL',
  siren: '552100554',
  electronicAddress: { scheme: '0225', id: '552100554' },
};

export const germanTrader: InvoiceInput['buyer'] = {
  name: 'Jürgen Weißgerber',
  company: 'Großhandel Müller & Söhne GmbH',
  street1: 'Donaustraße 128',
  postcode: '80331',
  city: 'München',
  country: 'DE',
  vatId: 'DE811569869',
};

/** 20 %, the French standard rate. */
export const standard = { category: 'S', rate: 2000 } as const;
export const reduced = { category: 'S', rate: 550 } as const;

export const lamp: InvoiceInput['lines'][number] = {
  sku: 'LAMP-1',
  gtin: '4006381333931',
  title: 'Lampe de bureau « Éclat », laiton brossé',
  quantity: 2,
  unitPriceMinor: 2990,
  vat: standard,
};

export const book: InvoiceInput['lines'][number] = {
  sku: 'LIVRE-7',
  title: 'Le Phare, édition illustrée',
  quantity: 1,
  unitPriceMinor: 1990,
  discountMinor: 199,
  discountReason: 'prix fidélité',
  vat: reduced,
};

/** An invoice of a shop to a consumer, paid by card when it was ordered. */
export function anInvoice(changes: Partial<InvoiceInput> = {}): InvoiceModel {
  return parseInvoice({
    number: 'F-2026-0042',
    issuedOn: '2026-11-22',
    suppliedOn: '2026-11-21',
    dueOn: '2026-12-22',
    currency: 'EUR',
    prices: 'with-vat',
    seller,
    buyer: consumer,
    orderNumber: '#1042',
    orderedOn: '2026-11-20',
    lines: [lamp, book],
    charges: [{ reason: 'Livraison à domicile', amountMinor: 490, vat: standard }],
    ...changes,
  });
}

/** An invoice from trader to trader, to be paid by transfer. */
export function aTradeInvoice(changes: Partial<InvoiceInput> = {}): InvoiceModel {
  return anInvoice({
    prices: 'without-vat',
    buyer: trader,
    payment: { means: 'transfer', iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP' },
    ...changes,
  });
}

export function aCreditNote(changes: Partial<InvoiceInput> = {}): InvoiceModel {
  return anInvoice({
    kind: 'credit-note',
    number: 'A-2026-0007',
    dueOn: undefined,
    lines: [lamp],
    charges: [],
    corrects: { number: 'F-2026-0042', issuedOn: '2026-11-22', reason: 'rétractation du client' },
    ...changes,
  });
}
