import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { customsPaper, type DeclaredUnits, declare, missingInWords } from '../../../main/invoicing/customs-rules.ts';
import { shares } from '../../../main/invoicing/shares-rules.ts';

const mug: DeclaredUnits = {
  sku: 'MUG',
  title: 'Blue mug',
  quantity: 2,
  unitWeightMg: 350_000,
  hsCode: '691200',
  origin: 'PT',
  customsText: 'Mug, stoneware',
  valueMinor: 2_500,
};

describe('a declaration', () => {
  test('tells every SKU once, with the weight and value of all its units', () => {
    expect(declare([mug, { ...mug, quantity: 1, valueMinor: 1_250 }], 1_200_000)).toEqual({
      outcome: 'complete',
      items: [
        {
          sku: 'MUG',
          description: 'Mug, stoneware',
          quantity: 3,
          netWeightMg: 1_050_000,
          valueMinor: 3_750,
          hsCode: '691200',
          origin: 'PT',
        },
      ],
    });
  });

  test('takes the name in the shop where it says what it is', () => {
    expect(declare([{ ...mug, customsText: null }], null)).toMatchObject({ items: [{ description: 'Blue mug' }] });
  });

  test('never weighs more than the parcel', () => {
    const declared = declare([mug, { ...mug, sku: 'CUP', quantity: 1 }], 900_000);

    if (declared.outcome !== 'complete') throw new Error('complete');
    expect(declared.items.map(({ netWeightMg }) => netWeightMg)).toEqual([600_000, 300_000]);
  });

  test('that lacks something names SKU and column, once a SKU', () => {
    const declared = declare(
      [
        { ...mug, hsCode: null, origin: null },
        { ...mug, hsCode: null, origin: null },
        { ...mug, sku: 'BOX', customsText: 'gift', unitWeightMg: 0, valueMinor: null },
      ],
      null,
    );

    if (declared.outcome !== 'incomplete') throw new Error('incomplete');
    expect(missingInWords(declared.missing)).toBe('MUG: hs_code, origin; BOX: customs_text, weight_g, unit_price');
  });
});

test('the post wants CN22 or CN23, couriers a commercial invoice', () => {
  const paper = (connector: string, carrier: string) => customsPaper({ connector, carrier });

  expect(
    [
      ['colissimo', 'Colissimo'],
      ['own-range', 'UPU S10'],
      ['usps', 'USPS'],
      ['chronopost', 'Chronopost'],
      ['dhl-paket', 'DHL Paket'],
    ].map(([connector = '', carrier = '']) => paper(connector, carrier)),
  ).toEqual(['postal', 'postal', 'postal', 'postal', 'postal']);
  expect(
    [
      ['', 'GS1 logistic label'],
      ['ups', 'UPS'],
      ['dpd-france', 'DPD France'],
      ['dhl-express', 'DHL Express'],
      ['geopost', 'Geopost'],
    ].map(([connector = '', carrier = '']) => paper(connector, carrier)),
  ).toEqual(['commercial', 'commercial', 'commercial', 'commercial', 'commercial']);
});

test('shares add up to the whole, whatever the weights', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.array(fc.nat(100_000), { minLength: 1, maxLength: 20 }), (whole, weights) => {
      const split = shares(whole, weights);
      expect(split.reduce((sum, share) => sum + share, 0)).toBe(whole);
      expect(Math.min(...split)).toBeGreaterThanOrEqual(0);
    }),
  );
});
