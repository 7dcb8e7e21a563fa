import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { type InvoiceInput, parseInvoice } from '../../../shared/model/invoice.ts';
import { isFrenchVatId, isSiren, isSiret } from '../../../shared/model/sirene.ts';
import {
  anInvoice,
  aTradeInvoice,
  consumer,
  germanTrader,
  lamp,
  seller,
  standard,
  trader,
} from './invoice-builders.ts';

const good: InvoiceInput = {
  number: 'F-1',
  issuedOn: '2026-11-22',
  suppliedOn: '2026-11-21',
  dueOn: '2026-12-22',
  currency: 'EUR',
  prices: 'without-vat',
  seller,
  buyer: trader,
  lines: [lamp],
};

/** Fields that an invoice with these changes is refused for. */
function faults(changes: Record<string, unknown>): string[] {
  try {
    parseInvoice({ ...good, ...changes });
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error).toMatchObject({ kind: 'validation', code: 'invoice.bad-model' });
    return (error.details.issues as { field: string }[]).map(({ field }) => field); // the shape of this code
  }
}

const { vatId: _vatId, ...withoutVatId } = seller;
const k = { category: 'K' };

describe('an invoice is refused with its fields', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['nothing of it is there', { seller: undefined, lines: undefined, number: '' }, ['number', 'seller', 'lines']],
    ['a day does not exist', { issuedOn: '2026-02-30' }, ['issuedOn']],
    ['a field is misspelt', { dueDate: '2026-12-22' }, ['invoice']],
    ['a SIREN has a typing error', { buyer: { ...trader, siren: '552100555' } }, ['buyer.siren']],
    ['a SIRET is of somebody else', { seller: { ...seller, siret: '55210055400013' } }, ['seller.siret']],
    ['the key of a VAT number is wrong', { seller: { ...seller, vatId: 'FR45732829320' } }, ['seller.vatId']],
    ['a French seller has no SIREN', { seller: { ...seller, siren: undefined } }, ['seller.siren']],
    ['a seller who charges VAT has no VAT number', { seller: withoutVatId }, ['seller.vatId']],
    ['a price is negative', { lines: [{ ...lamp, unitPriceMinor: -1 }] }, ['lines.0.unitPriceMinor']],
    ['a price has half a cent', { lines: [{ ...lamp, unitPriceMinor: 10.5 }] }, ['lines.0.unitPriceMinor']],
    ['nothing was sold', { lines: [{ ...lamp, quantity: 0 }] }, ['lines.0.quantity']],
    ['a discount is above the price', { lines: [{ ...lamp, discountMinor: 5981 }] }, ['lines.0.discountMinor']],
    ['the standard rate is 0', { lines: [{ ...lamp, vat: { category: 'S', rate: 0 } }] }, ['lines.0.vat.rate']],
    ['an exemption has no reason', { lines: [{ ...lamp, vat: { category: 'E' } }] }, ['lines.0.vat.reason']],
    [
      'a supply abroad stays in France',
      { lines: [{ ...lamp, vat: k }], buyer: { ...trader, vatId: 'FR96552100554' } },
      ['deliverTo.country'],
    ],
    [
      'a supply abroad names no VAT number',
      { lines: [{ ...lamp, vat: k }], buyer: { ...germanTrader, vatId: undefined } },
      ['buyer.vatId'],
    ],
    [
      'prices with VAT bear none',
      { lines: [{ ...lamp, vat: k }], buyer: germanTrader, prices: 'with-vat' },
      ['lines.0.vat'],
    ],
    ['something is left to pay, nobody says by when', { dueOn: undefined }, ['dueOn']],
    ['it is due before it is issued', { dueOn: '2026-11-21' }, ['dueOn']],
    ['more was paid than is to pay', { paidMinor: 7177 }, ['paidMinor']],
    [
      'the allowances are above the lines',
      { allowances: [{ reason: 'Bon', amountMinor: 6000, vat: standard }] },
      ['allowances', 'paidMinor'],
    ],
    ['a credit note corrects nothing', { kind: 'credit-note' }, ['corrects']],
    ['an invoice corrects another', { corrects: { number: 'F-0', issuedOn: '2026-11-01' } }, ['corrects']],
    ['a French seller invoices in dollars and no VAT in euros', { currency: 'USD' }, ['vatInSellerCurrency']],
  ])('when %s', (_why, changes, fields) => {
    expect(faults(changes)).toEqual(fields);
  });
});

describe('an invoice is accepted', () => {
  test('with blanks and dots in the numbers of registers', () => {
    const { seller: read } = aTradeInvoice({ seller: { ...seller, siren: '732 829 320', vatId: 'fr44 732.829.320' } });
    expect(read).toMatchObject({ siren: '732829320', vatId: 'FR44732829320' });
  });

  test('paid in full without a day to pay by', () => {
    expect(anInvoice({ dueOn: undefined, paidMinor: 8261 }).paidMinor).toBe(8261);
  });

  test('from a seller in another country by the number of its register', () => {
    const abroad = { ...consumer, name: 'Acme', registry: 'HRB 12345', vatId: 'DE811569869', country: 'DE' };
    expect(faults({ seller: abroad })).toEqual([]);
  });
});

describe('numbers of the French registers', () => {
  test('are told from mistyped ones', () => {
    expect(['732829320', '552100554', '356000000'].map(isSiren)).toEqual([true, true, true]);
    expect(['732829321', '73282932', 'A32829320'].map(isSiren)).toEqual([false, false, false]);
    expect(isSiret('73282932000074')).toBe(true);
    expect(isSiret('73282932000075')).toBe(false);
    // La Poste has more establishments than check digits: theirs add up to a multiple of five.
    expect(isSiret('35600000049837')).toBe(true);
    expect(isFrenchVatId('FR44732829320')).toBe(true);
    expect(isFrenchVatId('FR43732829320')).toBe(false);
  });
});
