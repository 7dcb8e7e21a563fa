import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  channelTitle,
  dateAfter,
  labelModel,
  languageFor,
  latestLabels,
  returnDates,
  returnLaw,
  rmaPayload,
  shipperAddress,
} from '../../../main/shipping/shipping-rules.ts';
import { defaultSettings } from '../../../main/stations/settings-rules.ts';
import { encodeRma, parseRma } from '../../../shared/barcode/station-codes.ts';
import { channels } from '../../../shared/model/channel.ts';
import { parseLabelModel } from '../../../shared/model/label.ts';
import { anOrder } from '../../support/builders.ts';

const { address } = anOrder({ externalId: '1', lines: [{ sku: 'TEA' }] });
const settings = {
  ...defaultSettings,
  companyName: 'Maison Démo',
  street: '1 quai',
  city: 'Marseille',
  postcode: '13002',
};
const facts = {
  settings,
  orderNumber: '#1',
  address,
  parcelIndex: 2,
  parcelCount: 2,
  weightMg: 750_000,
  now: '2026-11-22T23:59:59.000Z',
  carrier: 'GS1 logistic label',
  service: 'Standard',
  sscc: '095212340000000013',
};
const rma = { code: encodeRma('0123456'), expiresOn: '2026-12-22' };

describe('the model of a label', () => {
  test('goes from the shipper to the buyer, with weight and date', () => {
    expect(labelModel(facts)).toMatchObject({
      kind: 'outbound',
      from: { name: 'Maison Démo' },
      to: address,
      weightMg: 750_000,
      shipDate: '2026-11-22',
      parcelIndex: 2,
      parcelCount: 2,
    });
  });

  test('of a return goes back the same way, is one parcel and carries its RMA', () => {
    expect(labelModel({ ...facts, rma })).toMatchObject({
      kind: 'return',
      from: address,
      to: { name: 'Maison Démo' },
      parcelIndex: 1,
      parcelCount: 1,
      rma: rma.code,
      expiresOn: '2026-12-22',
    });
  });

  test('is one that can be drawn, even before anything was set up', () => {
    for (const here of [settings, defaultSettings])
      for (const model of [labelModel({ ...facts, settings: here }), labelModel({ ...facts, settings: here, rma })])
        expect(parseLabelModel(model).approved).toBe(false);
  });

  test('is approved once the shipper has a prefix of their own', () => {
    expect(labelModel({ ...facts, settings: { ...settings, gs1Prefix: '9521234' } }).approved).toBe(true);
  });

  test('says nothing of a weight that nobody knows', () => {
    expect(labelModel({ ...facts, weightMg: null })).not.toHaveProperty('weightMg');
    expect(labelModel({ ...facts, weightMg: 0 })).not.toHaveProperty('weightMg');
  });

  test('the sender has a street and a city, be it a dash', () => {
    expect(shipperAddress(defaultSettings)).toMatchObject({ street1: '-', city: '-' });
  });
});

test('an RMA code reads back, and two ids of one millisecond differ', () => {
  const random = fc.bigInt({ min: 0n, max: 2n ** 35n - 1n });
  const idOf = (value: bigint): string => `01990000-0000-7000-8000-00${value.toString(16).padStart(10, '0')}`;
  fc.assert(
    fc.property(random, random, (a, b) => {
      const code = encodeRma(rmaPayload(idOf(a)));
      expect(parseRma(code)).toBe(code);
      expect(rmaPayload(idOf(a)) === rmaPayload(idOf(b))).toBe(a === b);
    }),
  );
});

test('days are counted in UTC, over months, leap years and the change of clocks', () => {
  expect(dateAfter('2028-02-28T23:30:00.000Z', 1)).toBe('2028-02-29');
  expect(dateAfter('2026-10-24T23:30:00.000Z', 2)).toBe('2026-10-26');
  expect(returnDates('2026-11-22T10:00:00.000Z', 30)).toEqual({ noticeBy: '2026-12-22', sendBy: '2027-01-05' });
  // Fourteen days count from the day on which the buyer has it, not from packing.
  expect(returnDates('2026-11-22T10:00:00.000Z', 14)).toEqual({ noticeBy: '2026-12-13', sendBy: '2026-12-27' });
});

test('of labels that came one after the other only the last of each kind counts', () => {
  const label = (id: string, kind: 'outbound' | 'return') => ({ id, kind });
  const inTurn = [label('a', 'outbound'), label('b', 'return'), label('c', 'outbound'), label('d', 'return')];

  expect(latestLabels(inTurn).map(({ id }) => id)).toEqual(['c', 'd']);
  expect(latestLabels(inTurn.slice(0, 3)).map(({ id }) => id)).toEqual(['b', 'c']);
  expect(latestLabels([])).toEqual([]);
});

test('papers speak the buyer’s language and cite the law that holds there', () => {
  expect(['FR', 'BE', 'DE', 'GB', 'US'].map(languageFor)).toEqual(['fr', 'fr', 'en', 'en', 'en']);
  expect(['FR', 'DE', 'GB', 'US'].map(returnLaw)).toEqual(['fr', 'eu', 'none', 'none']);
});

test('every channel has a name on papers', () => {
  for (const language of ['en', 'fr'] as const)
    for (const channel of channels) expect(channelTitle(channel, language)).not.toBe(channel);
  expect(channelTitle('web', 'fr')).toBe('Boutique en ligne');
});
