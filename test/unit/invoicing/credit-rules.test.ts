import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideCredit } from '../../../main/invoicing/credit-rules.ts';
import type { InvoiceFacts } from '../../../main/invoicing/invoice-facts-rules.ts';
import { acrossRates, usableVatNumber, vatCase } from '../../../main/invoicing/vat-rules.ts';

const rates = [
  { category: 'S', rate: 2000 },
  { category: 'S', rate: 550 },
] as const;

const arbitraryInvoice = fc
  .record({
    lines: fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 6 }), price: fc.nat(9_999), off: fc.nat(100), rate: fc.nat(1) }),
      { minLength: 1, maxLength: 5 },
    ),
    postage: fc.nat(999),
    discountPercent: fc.nat(90),
  })
  .map(({ lines, postage, discountPercent }): InvoiceFacts => {
    const factLines = lines.map(({ quantity, price, off, rate }, index) => ({
      lineId: `l${index}`,
      sku: `SKU-${index}`,
      title: 'Something',
      quantity,
      unitPriceMinor: price,
      discountMinor: Math.floor((price * quantity * off) / 200),
      vat: rates[rate === 0 ? 0 : 1],
    }));
    const goods = factLines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity - line.discountMinor, 0);
    return {
      kind: 'invoice',
      language: 'fr',
      number: 'F2026-000001',
      issuedOn: '2026-11-23',
      suppliedOn: '2026-11-23',
      orderNumber: '1',
      orderedOn: '2026-11-22',
      currency: 'EUR',
      prices: 'with-vat',
      lines: factLines,
      charges: acrossRates('Postage', postage, factLines),
      allowances: acrossRates('Discount', Math.floor((goods * discountPercent) / 100), factLines),
      paid: true,
    };
  });

const sumOf = ({ lines, charges, allowances }: Pick<InvoiceFacts, 'lines' | 'charges' | 'allowances'>): number =>
  lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity - line.discountMinor, 0) +
  charges.reduce((sum, one) => sum + one.amountMinor, 0) -
  allowances.reduce((sum, one) => sum + one.amountMinor, 0);

test('units given back one by one, in whatever order, give back the invoice to the cent', () => {
  const shuffled = arbitraryInvoice.chain((invoice) => {
    const units = invoice.lines.flatMap(({ lineId, quantity }) => Array.from({ length: quantity }, () => lineId));
    return fc.tuple(
      fc.constant(invoice),
      fc.shuffledSubarray(units, { minLength: units.length, maxLength: units.length }),
    );
  });
  fc.assert(
    fc.property(shuffled, ([invoice, units]) => {
      const notes: Pick<InvoiceFacts, 'lines' | 'charges' | 'allowances'>[] = [];
      for (const [index, lineId] of units.entries()) {
        const decision = decideCredit(invoice, notes, { lines: [{ lineId, quantity: 1 }], shipping: index === 0 });
        if (decision.outcome !== 'credited') throw new Error(decision.code);
        notes.push(decision.facts);
      }
      expect(notes.reduce((sum, note) => sum + sumOf(note), 0)).toBe(sumOf(invoice));
      const [lineId = ''] = units;
      expect(decideCredit(invoice, notes, { lines: [{ lineId, quantity: 1 }], shipping: false })).toMatchObject({
        outcome: 'refused',
        code: 'invoicing.too-many-credited',
        left: 0,
      });
    }),
  );
});

test('VAT is charged by where the goods go and who buys', () => {
  const seller = { country: 'FR', postcode: '44000', franchise: false };
  const to = (country: string, postcode: string, vatNumber?: string) =>
    vatCase({ seller, buyer: { country, postcode, vatNumber } }).category;

  expect(to('FR', '75011')).toBe('taxed');
  expect(to('FR', '75011', 'FR44732829320')).toBe('taxed');
  expect(to('DE', '80331')).toBe('taxed');
  expect(to('DE', '80331', 'DE811569869')).toBe('K');
  expect(to('GR', '10431', 'EL123456789')).toBe('K');
  expect(to('DE', '80331', 'FR44732829320')).toBe('taxed');
  expect(to('GB', 'BT1 1AA', 'XI123456789')).toBe('K');
  expect(to('GB', 'SW1A 1AA')).toBe('G');
  expect(to('FR', '97400')).toBe('G');
  expect(vatCase({ seller: { ...seller, franchise: true }, buyer: { country: 'US', postcode: '' } }).category).toBe(
    'E',
  );
});

test('a French VAT number with a wrong key is none', () => {
  expect(usableVatNumber('FR 44 732 829 320')).toBe('FR44732829320');
  expect(usableVatNumber('FR45732829320')).toBeUndefined();
  expect(usableVatNumber('')).toBeUndefined();
});
