import { describe, expect, test } from 'vitest';
import {
  type ChoosableAccount,
  compareRates,
  decideService,
  type Offer,
  type ShipmentFacts,
} from '../../../main/shipping/choice-rules.ts';
import type { ShippingRule } from '../../../shared/contract/shipping-accounts.ts';

const parcel: ShipmentFacts = {
  ...{ country: 'FR', postcode: '13002', weightMg: 900_000, longestMm: 300, valueMinor: 4_900, currency: 'EUR' },
  ...{ channel: 'shopify', method: 'Livraison à domicile', hazardous: false, pickupPoint: null, gift: false },
  ...{ promisedBy: null, platformLabel: false, now: '2026-11-23T09:00:00.000Z' },
};
const account = (id: string, changes: Partial<ChoosableAccount> = {}): ChoosableAccount => ({
  ...{ id, title: id, connector: id, active: true, carrier: id, platform: null, rates: false },
  ...{ maxWeightMg: 30_000_000, services: [{ code: 'home', title: 'Home', direction: 'outbound' }] },
  ...changes,
});
const rule = (title: string, accountId: string, conditions: ShippingRule['conditions'] = {}): ShippingRule => ({
  ...{ id: title, direction: 'outbound', title, active: true, conditions },
  choice: { kind: 'service', accountId, service: 'home' },
});
const decide = (rules: ShippingRule[], accounts: ChoosableAccount[], facts: Partial<ShipmentFacts> = {}) =>
  decideService({ rules, accounts, direction: 'outbound', facts: { ...parcel, ...facts } });

describe('the service of a parcel', () => {
  const accounts = [account('a'), account('b')];

  test('is that of the first rule that fits', () => {
    const rules = [
      rule('Corsica', 'a', { postcodes: ['20'] }),
      rule('France', 'b', { countries: ['FR'] }),
      rule('All', 'a'),
    ];
    expect(decide(rules, accounts)).toMatchObject({ accountId: 'b', why: { rule: 'France', by: 'rule' } });
    expect(decide(rules, accounts, { postcode: '20 000' })).toMatchObject({ accountId: 'a', why: { rule: 'Corsica' } });
    expect(decide(rules, accounts, { country: 'DE' })).toMatchObject({ accountId: 'a', why: { rule: 'All' } });
  });

  test.each<[string, ShippingRule['conditions'], Partial<ShipmentFacts>]>([
    ['weight', { minWeightMg: 1_000_000 }, { weightMg: 1_000_000 }],
    ['value', { minValueMinor: 10_000 }, { valueMinor: 10_000 }],
    [
      'words of the method, whatever their accents',
      { methods: ['A DOMICILE EXPRES'] },
      { method: 'à domicile exprès 24h' },
    ],
    ['hazardous goods', { hazardous: true }, { hazardous: true }],
    ['a pick-up point', { pickupPoint: true }, { pickupPoint: '012345' }],
    ['a gift', { gift: true }, { gift: true }],
    ['days left to the promise', { promiseWithinDays: 1 }, { promisedBy: '2026-11-24' }],
  ])('looks at %s', (_what, conditions, facts) => {
    const rules = [rule('Special', 'a', conditions), rule('All', 'b')];
    expect(decide(rules, accounts)).toMatchObject({ accountId: 'b' });
    expect(decide(rules, accounts, facts)).toMatchObject({ accountId: 'a' });
  });

  test.each<[string, Partial<ChoosableAccount>, Partial<ShipmentFacts>]>([
    ['is too heavy for the account', {}, { weightMg: 30_000_001 }],
    [
      'goes where the service does not',
      { services: [{ code: 'home', title: 'H', direction: 'both', countries: ['DE'] }] },
      {},
    ],
    [
      'needs a relay that nobody chose',
      { services: [{ code: 'home', title: 'H', direction: 'both', pickupPoint: true }] },
      {},
    ],
    ['is of an account out of use', { active: false }, {}],
  ])('is that of the next rule when the parcel %s', (_what, changes, facts) => {
    const able = account('b', { maxWeightMg: 100_000_000 });
    expect(decide([rule('One', 'a'), rule('Two', 'b')], [account('a', changes), able], facts)).toMatchObject({
      accountId: 'b',
    });
  });

  test('is the shipper’s own label when no rule fits', () => {
    expect(decide([rule('DE', 'a', { countries: ['DE'] })], accounts)).toMatchObject({
      ...{ kind: 'fixed', accountId: null },
      why: { by: 'fallback' },
    });
  });

  test('is the platform’s where the platform makes the label', () => {
    const platform = account('tiktok', { platform: 'tiktok-shop', services: [] });
    const facts = { channel: 'tiktok-shop', platformLabel: true };
    expect(decide([rule('All', 'a')], [...accounts, platform], facts)).toMatchObject({ accountId: 'tiktok' });
  });
});

describe('of several rates', () => {
  const offer = (title: string, minor: number, deliveryBy: string | null, currency = 'EUR'): Offer => ({
    ...{ accountId: 'a', account: 'A', service: title, title, deliveryBy, rateRef: null },
    cost: { minor, currency },
  });
  const slow = offer('Slow', 500, '2026-11-28');
  const fast = offer('Fast', 1_200, '2026-11-24');

  test('the cheapest that keeps the promise is taken, and every other one says why not', () => {
    const { taken, rates } = compareRates([slow, fast], 'cheapest', '2026-11-25');
    expect(taken).toBe(fast);
    expect(rates.map(({ service, passedOver }) => [service, passedOver])).toEqual([
      ['Fast', null],
      ['Slow', 'choice.too-late'],
    ]);
    expect(compareRates([slow, fast], 'cheapest', null).taken).toBe(slow);
    expect(compareRates([slow, fast], 'fastest', null).taken).toBe(fast);
  });

  test('names decide between equals, in whatever order the carriers answer', () => {
    const [one, two] = [offer('Alpha', 500, null), offer('Beta', 500, null)];
    expect(compareRates([two, one], 'cheapest', null).taken).toBe(one);
    expect(compareRates([one, two], 'cheapest', null).taken).toBe(one);
  });

  test('costs in another currency are not compared', () => {
    const { rates } = compareRates([fast, offer('Dollar', 1, null, 'USD')], 'cheapest', null);
    expect(rates.map(({ passedOver }) => passedOver)).toEqual([null, 'choice.other-currency']);
  });
});
