import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressText, contentHash, type KnownItem, orderCode } from '../../../main/orders/import-rules.ts';
import { isKnown, newLines, newOrder } from '../../../main/orders/new-order-rules.ts';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { anOrder } from '../../support/builders.ts';

const order = anOrder({ externalId: '1', lines: [{ sku: 'TEA', quantity: 2 }, { sku: 'BOX' }] });

describe('the fingerprint of an order', () => {
  const changes: Partial<ImportedOrder>[] = [
    { number: '#2' },
    { placedAt: '2026-11-20T08:00:00.001Z' },
    { shipBy: null },
    { priority: 1 },
    { currency: 'USD' },
    { totalMinor: 4_901 },
    { gift: true },
    { note: '' },
    { shippingMethod: null },
    { cancelled: true },
    { paid: false },
    ...(['name', 'company', 'street1', 'street2', 'postcode', 'city', 'region', 'phone', 'email'] as const).map(
      (field) => ({ address: { ...order.address, [field]: 'other' } }),
    ),
    { lines: order.lines.slice(1) },
    { lines: [...order.lines].reverse() },
    ...(['externalLineId', 'sku', 'title'] as const).map((field) => ({
      lines: order.lines.map((line) => ({ ...line, [field]: 'other' })),
    })),
    { lines: order.lines.map((line) => ({ ...line, quantity: line.quantity + 1 })) },
    { lines: order.lines.map((line) => ({ ...line, unitPriceMinor: 1 })) },
  ];

  test('differs for every single thing that may change', () => {
    const hashes = [order, ...changes.map((change) => ({ ...order, ...change }))].map(contentHash);

    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('is the same whatever file, row or spelling of fields the order came from', () => {
    const { name, street1, postcode, city, country } = order.address;
    const elsewhere = { ...order, externalId: '9', address: { country, city, postcode, street1, name } };

    expect(contentHash(elsewhere)).toBe(contentHash(order));
    expect(addressText(elsewhere.address)).toBe(addressText(order.address));
  });
});

describe('the short code of an order', () => {
  test('is eight characters without I, L, O and U, and tells forty bits apart', () => {
    const bits = fc.bigInt({ min: 0n, max: 2n ** 40n - 1n });
    const idOf = (value: bigint): string => `01990000-0000-7000-8000-00${value.toString(16).padStart(10, '0')}`;
    fc.assert(
      fc.property(bits, bits, (a, b) => {
        expect(orderCode(idOf(a))).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
        expect(orderCode(idOf(a)) === orderCode(idOf(b))).toBe(a === b);
      }),
    );
  });
});

describe('a new order', () => {
  const catalogue = new Map<string, KnownItem>([
    ['TEA', { itemId: 'tea', components: [] }],
    [
      'BOX',
      {
        itemId: 'box',
        components: [
          { itemId: 'tea', sku: 'TEA', title: 'Tea', quantity: 3 },
          { itemId: 'cup', sku: 'CUP', title: 'Cup', quantity: 1 },
        ],
      },
    ],
  ]);
  let count = 0;
  const newId = (): string => {
    count += 1;
    return `01990000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`;
  };
  const made = (change: Partial<ImportedOrder> = {}) =>
    newOrder(newId, { ...order, ...change }, { catalogue, handlingHours: 24 });

  test('holds each kit followed by its components, numbered on', () => {
    const { lines } = made({
      lines: anOrder({ externalId: '1', lines: [{ sku: 'BOX', quantity: 2 }, { sku: 'TEA' }] }).lines,
    });

    expect(lines.map(({ lineNo, sku, ordered, itemId }) => [lineNo, sku, ordered, itemId])).toEqual([
      [1, 'BOX', 2, 'box'],
      [2, 'TEA', 6, 'tea'],
      [3, 'CUP', 2, 'cup'],
      [4, 'TEA', 1, 'tea'],
    ]);
    expect(lines.map((line) => line.parentLineId)).toEqual([null, lines[0]?.id, lines[0]?.id, null]);
  });

  test('is ready when everything wanted is known, waits as new otherwise, and stays cancelled', () => {
    const unknown = anOrder({ externalId: '1', lines: [{ sku: 'NEVER' }] }).lines;
    const insured = anOrder({ externalId: '1', lines: [{ sku: 'TEA' }, { sku: 'INSURANCE', quantity: 0 }] }).lines;

    expect(made().order.state).toBe('ready');
    expect(made({ lines: unknown }).order.state).toBe('new');
    expect(made({ lines: insured }).order.state).toBe('ready');
    expect(made({ lines: unknown, cancelled: true }).order.state).toBe('cancelled');
  });

  test('takes its ship-by from the channel, else from the hours that handling takes', () => {
    expect(made().order.shipBy).toBe('2026-11-23T16:00:00.000Z');
    expect(made({ shipBy: null }).order.shipBy).toBe('2026-11-21T08:00:00.000Z');
  });

  test('keeps personal data apart from everything else', () => {
    const { order: kept, lines, private: personal } = made({ note: 'For Papi' });

    expect(personal).toEqual({ address: order.address, note: 'For Papi' });
    expect(JSON.stringify([kept, lines])).not.toMatch(/Zoé|Échantillon|Papi/);
  });

  test('any order in any catalogue: unique ids and numbers, every component as often as its kit says', () => {
    const kits = fc.dictionary(
      fc.constantFrom('A', 'B', 'C'),
      fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    );
    const wanted = fc.array(
      fc.record({ sku: fc.constantFrom('A', 'B', 'C', 'D'), quantity: fc.integer({ min: 0, max: 5 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(kits, wanted, (known, lines) => {
        const items = new Map<string, KnownItem>(
          Object.entries(known).map(([sku, parts]) => [
            sku,
            {
              itemId: sku,
              components: parts.map((quantity, index) => ({
                itemId: `${index}`,
                sku: `P${index}`,
                title: '',
                quantity,
              })),
            },
          ]),
        );
        const source = { orderId: 'o', lines: anOrder({ externalId: '1', lines }).lines, firstLineNo: 1 };
        const result = newLines(newId, source, items);

        expect(new Set(result.map((one) => one.id)).size).toBe(result.length);
        expect(result.map((one) => one.lineNo)).toEqual(result.map((_, index) => index + 1));
        for (const parent of result.filter((one) => one.parentLineId === null)) {
          const parts = result.filter((one) => one.parentLineId === parent.id).map((one) => one.ordered);
          expect(parts).toEqual((known[parent.sku] ?? []).map((quantity) => quantity * parent.ordered));
        }
        expect(isKnown(result)).toBe(lines.every(({ sku, quantity }) => quantity === 0 || sku in known));
      }),
    );
  });
});
