import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InvoiceInput, InvoiceModel } from '../../../shared/model/invoice.ts';
import { invoiceAmounts } from '../../../shared/model/invoice-rules.ts';
import { anInvoice, aTradeInvoice, lamp, reduced, seller, standard } from './invoice-builders.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('adding up prices without VAT', () => {
  test('rounds the VAT once a group, not once a line', () => {
    const line = { ...lamp, quantity: 1, unitPriceMinor: 33 };
    const { groups, totalMinor } = invoiceAmounts(aTradeInvoice({ lines: [line, line, line], charges: [] }));
    // 20 % of 0.33 is 0.07 a line, which would make 0.21; of 0.99 it is 0.20.
    expect(groups).toMatchObject([{ category: 'S', rate: 2000, basisMinor: 99, vatMinor: 20 }]);
    expect(totalMinor).toBe(119);
  });

  test('takes the discount of a line before VAT, and allowances from their own group', () => {
    const amounts = invoiceAmounts(
      aTradeInvoice({
        lines: [
          { ...lamp, quantity: 2, unitPriceMinor: 1000, discountMinor: 500 },
          { ...lamp, quantity: 1, unitPriceMinor: 1000, vat: reduced },
        ],
        charges: [{ reason: 'Port', amountMinor: 300, vat: standard }],
        allowances: [{ reason: 'Bon', amountMinor: 200, vat: reduced }],
      }),
    );
    expect(amounts).toMatchObject({
      linesMinor: 2500,
      chargesMinor: 300,
      allowancesMinor: 200,
      basisMinor: 2600,
      groups: [
        { rate: 2000, basisMinor: 1800, vatMinor: 360 },
        { rate: 550, basisMinor: 800, vatMinor: 44 },
      ],
      vatMinor: 404,
      totalMinor: 3004,
      roundingMinor: 0,
      dueMinor: 3004,
    });
  });

  test('rounds half a cent away from zero', () => {
    const { vatMinor } = invoiceAmounts(
      aTradeInvoice({
        lines: [{ ...lamp, quantity: 1, unitPriceMinor: 1000, vat: { category: 'S', rate: 5 } }],
        charges: [],
      }),
    );
    expect(vatMinor).toBe(1);
  });

  test('keeps yen whole', () => {
    const yen = {
      ...aTradeInvoice({ lines: [{ ...lamp, quantity: 3, unitPriceMinor: 1001 }], charges: [] }),
      currency: 'JPY',
    };
    expect(invoiceAmounts(yen).lines).toMatchObject([{ unitNet: '1001', netMinor: 3003 }]);
  });
});

describe('adding up prices with VAT', () => {
  test('asks exactly what the shop showed', () => {
    const { basisMinor, vatMinor, roundingMinor, dueMinor } = invoiceAmounts(anInvoice());
    expect({ basisMinor, vatMinor, roundingMinor, dueMinor }).toEqual({
      basisMinor: 7090,
      vatMinor: 1171,
      roundingMinor: 0,
      dueMinor: 8261,
    });
  });

  test('puts the cent that no net price can make into the rounding', () => {
    const line = { ...lamp, quantity: 1, unitPriceMinor: 3 };
    const amounts = invoiceAmounts(anInvoice({ lines: [line], charges: [] }));
    expect(amounts).toMatchObject({ basisMinor: 3, vatMinor: 1, totalMinor: 4, roundingMinor: -1, dueMinor: 3 });
  });
});

const amount = fc.integer({ min: 0, max: 500_000 });
const vat = fc.constantFrom(
  { category: 'S', rate: 2000 },
  { category: 'S', rate: 550 },
  { category: 'S', rate: 210 },
  { category: 'S', rate: 1000 },
  { category: 'Z', rate: 0 },
) as fc.Arbitrary<{ category: 'S' | 'Z'; rate: number }>; // literals widen
const line = fc
  .record({
    quantity: fc.integer({ min: 1, max: 300 }),
    unitPriceMinor: amount,
    share: fc.integer({ min: 0, max: 100 }),
    vat,
  })
  .map(({ share, ...rest }): InvoiceModel['lines'][number] => ({
    ...rest,
    title: 'Article',
    discountMinor: Math.floor((rest.quantity * rest.unitPriceMinor * share) / 100),
  }));
const anyInvoice = fc
  .record({
    prices: fc.constantFrom<InvoiceInput['prices']>('with-vat', 'without-vat'),
    lines: fc.array(line, { minLength: 1, maxLength: 25 }),
    charges: fc.array(fc.record({ reason: fc.constant('Port'), amountMinor: amount, vat }), { maxLength: 3 }),
    allowances: fc.array(
      fc.record({ reason: fc.constant('Bon'), amountMinor: fc.integer({ min: 0, max: 900 }), vat }),
      { maxLength: 3 },
    ),
  })
  .map((parts): InvoiceModel => ({ ...anInvoice(), ...parts }));

describe('every invoice', () => {
  test('adds up as EN 16931 wants (BR-CO-10 to BR-CO-17)', () => {
    fc.assert(
      fc.property(anyInvoice, (invoice) => {
        const amounts = invoiceAmounts(invoice);
        expect(amounts.linesMinor).toBe(sum(amounts.lines.map(({ netMinor }) => netMinor)));
        expect(amounts.chargesMinor).toBe(sum(amounts.charges));
        expect(amounts.allowancesMinor).toBe(sum(amounts.allowances));
        expect(amounts.basisMinor).toBe(amounts.linesMinor - amounts.allowancesMinor + amounts.chargesMinor);
        expect(amounts.basisMinor).toBe(sum(amounts.groups.map(({ basisMinor }) => basisMinor)));
        expect(amounts.vatMinor).toBe(sum(amounts.groups.map(({ vatMinor }) => vatMinor)));
        expect(amounts.totalMinor).toBe(amounts.basisMinor + amounts.vatMinor);
        expect(amounts.dueMinor).toBe(amounts.totalMinor - amounts.paidMinor + amounts.roundingMinor);
        for (const { basisMinor, rate, vatMinor } of amounts.groups)
          expect(Math.abs(vatMinor - (basisMinor * rate) / 10_000)).toBeLessThanOrEqual(0.5);
      }),
    );
  });

  test('has groups that hold exactly their own lines, charges and allowances (BR-S-08)', () => {
    fc.assert(
      fc.property(anyInvoice, (invoice) => {
        const amounts = invoiceAmounts(invoice);
        for (const group of amounts.groups) {
          const own = (part: { vat: { category: string; rate: number } }) =>
            part.vat.category === group.category && part.vat.rate === group.rate;
          const lines = sum(
            invoice.lines.map((part, index) => (own(part) ? (amounts.lines[index]?.netMinor ?? 0) : 0)),
          );
          const charges = sum(invoice.charges.map((part, index) => (own(part) ? (amounts.charges[index] ?? 0) : 0)));
          const allowances = sum(
            invoice.allowances.map((part, index) => (own(part) ? (amounts.allowances[index] ?? 0) : 0)),
          );
          expect(group.basisMinor).toBe(lines + charges - allowances);
        }
      }),
    );
  });

  test('asks with VAT what was shown with VAT, and rounds no more than a cent a group', () => {
    fc.assert(
      fc.property(anyInvoice, (invoice) => {
        fc.pre(invoice.prices === 'with-vat');
        const amounts = invoiceAmounts(invoice);
        const shown =
          sum(invoice.lines.map((part) => part.quantity * part.unitPriceMinor - part.discountMinor)) +
          sum(invoice.charges.map((part) => part.amountMinor)) -
          sum(invoice.allowances.map((part) => part.amountMinor));
        expect(amounts.dueMinor).toBe(shown);
        expect(Math.abs(amounts.roundingMinor)).toBeLessThanOrEqual(amounts.groups.length);
        for (const line of amounts.lines) expect(line.netMinor).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('shows prices of a piece that give back the line', () => {
    fc.assert(
      fc.property(anyInvoice, (invoice) => {
        for (const [index, line] of invoiceAmounts(invoice).lines.entries()) {
          const quantity = invoice.lines[index]?.quantity ?? 0;
          expect(Math.round(Number(line.unitNet) * quantity * 100) - line.discountMinor).toBe(line.netMinor);
        }
      }),
    );
  });
});

test('the seller of the examples is a real one as far as its numbers go', () => {
  expect(anInvoice().seller).toMatchObject({ siren: seller.siren, vatId: seller.vatId });
});
