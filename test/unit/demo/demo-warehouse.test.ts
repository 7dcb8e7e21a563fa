import { describe, expect, test } from 'vitest';
import { readOrders } from '../../../main/channels/file/read-orders.ts';
import { buildBins } from '../../../main/demo/bins.ts';
import { buildDemo } from '../../../main/demo/demo-warehouse.ts';
import { gtin14 } from '../../../shared/barcode/gtin.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { channels } from '../../../shared/model/channel.ts';
import { ImportedItem, ImportedLevel, ImportedOrder } from '../../../shared/model/imported.ts';
import { writeShopifyExport } from '../../support/shopify-export.ts';

const now = '2026-11-22T10:20:30.000Z';
const demo = buildDemo({ seed: 1, now });
const share = (count: number, of: number): number => count / of;

/** Which orders the stock can serve, first come first served, kits by their components. */
function servable({ items, levels, orders }: ReturnType<typeof buildDemo>): boolean[] {
  const left = new Map<string, number>();
  for (const { sku, onHand } of levels) left.set(sku, (left.get(sku) ?? 0) + onHand);
  const parts = new Map(items.map((item) => [item.sku, item.components]));
  return orders.map((order) => {
    const wants = order.lines.flatMap((line) => {
      const components = parts.get(line.sku) ?? [];
      const each = components.length > 0 ? components : [{ sku: line.sku, quantity: 1 }];
      return each.map(({ sku, quantity }) => ({ sku, quantity: quantity * line.quantity }));
    });
    if (wants.some(({ sku, quantity }) => (left.get(sku) ?? 0) < quantity)) return false;
    for (const { sku, quantity } of wants) left.set(sku, (left.get(sku) ?? 0) - quantity);
    return true;
  });
}

describe('the demo warehouse', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(buildDemo({ seed: 1, now })).toEqual(demo);
    expect(buildDemo({ seed: 2, now }).orders).not.toEqual(demo.orders);
  });

  test('is what an import gives', () => {
    for (const item of demo.items) ImportedItem.parse(item);
    for (const level of demo.levels) ImportedLevel.parse(level);
    for (const order of demo.orders) ImportedOrder.parse(order);
  });

  test('has 200 items, 60 bins, 40 totes, 300 orders and six people in two languages', () => {
    expect(new Set(demo.items.map(({ sku }) => sku)).size).toBe(200);
    expect(new Set(demo.levels.map(({ location }) => location))).toEqual(
      new Set(buildBins().map((bin) => bin.location)),
    );
    expect(new Set(demo.totes).size).toBe(40);
    expect(demo.orders).toHaveLength(300);
    expect(demo.operators.map(({ role }) => role).sort()).toEqual(['admin', ...Array(4).fill('packer'), 'supervisor']);
    expect(new Set(demo.operators.map(({ language }) => language))).toEqual(new Set(['en', 'fr']));
  });

  test('gives badges, totes and bins codes that the station can print', () => {
    for (const { badge } of demo.operators) encodeStationCode('badge', badge);
    for (const tote of demo.totes) encodeStationCode('tote', tote);
    for (const { location } of demo.levels) encodeStationCode('location', location);
    expect(new Set(demo.operators.map(({ badge }) => badge)).size).toBe(6);
  });
});

describe('the demo’s items', () => {
  const codes = demo.items.flatMap((item) => item.codes);
  const gtins = codes.filter(({ kind }) => kind === 'gtin');

  test('carry valid numbers of the prefix that GS1 keeps for examples, each once', () => {
    expect(gtins.filter(({ code }) => gtin14(code) !== code)).toEqual([]);
    expect(gtins.filter(({ code }) => !/^[01]952/.test(code))).toEqual([]);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
  });

  test('have cases, second numbers and codes of the shop’s own among them', () => {
    expect(gtins.filter(({ code, quantity }) => code.startsWith('1') !== quantity > 1)).toEqual([]);
    expect(gtins.filter(({ quantity }) => quantity > 1).length).toBeGreaterThan(50);
    const units = demo.items.filter(
      (item) => item.codes.filter((code) => code.quantity === 1 && code.kind === 'gtin').length > 1,
    );
    expect(units.length).toBeGreaterThan(15);
    expect(codes.filter(({ kind }) => kind === 'alias').length).toBeGreaterThan(5);
  });

  test('cover every trait, and kits of two to three components that exist', () => {
    const skus = new Set(demo.items.map(({ sku }) => sku));
    const traits = [
      'fragile',
      'hazardous',
      'upright',
      'ownBox',
      'lotControlled',
      'serialControlled',
      'expiryControlled',
    ] as const;
    for (const trait of traits) expect(demo.items.filter((item) => item[trait]).length).toBeGreaterThan(3);
    const kits = demo.items.filter((item) => item.components.length > 0);
    expect(kits.map((kit) => kit.components.length)).toEqual([2, 3, 2]);
    expect(kits.flatMap((kit) => kit.components).filter(({ sku }) => !skus.has(sku))).toEqual([]);
  });

  test('weigh and measure something', () => {
    for (const item of demo.items) {
      expect(Math.min(item.weightMg, item.lengthMm, item.widthMm, item.heightMm)).toBeGreaterThan(0);
      expect(item.weightMg).toBeLessThan(10_000_000);
    }
  });

  test('each have a picture of their own, well-formed, small, without anything to fetch or run', () => {
    const pictures = demo.items.map((item) => new TextDecoder().decode(item.image?.bytes));

    expect(new Set(pictures).size).toBe(200);
    for (const picture of pictures) {
      expect(picture).toMatch(
        /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 400 400" width="400" height="400"/,
      );
      expect(picture.length).toBeLessThan(8_000);
      expect(picture).not.toMatch(/NaN|undefined|<script|href|style=|url\((?!#)/);
      expect(picture.match(/<g[ >]/g)?.length ?? 0).toBe(picture.match(/<\/g>/g)?.length ?? 0);
    }
  });
});

describe('the demo’s orders', () => {
  test('come over all channels, each with ids of its own', () => {
    expect(new Set(demo.orders.map(({ channel }) => channel))).toEqual(new Set(channels));
    expect(new Set(demo.orders.map(({ channel, externalId }) => `${channel} ${externalId}`)).size).toBe(300);
    expect(new Set(demo.orders.map(({ number }) => number)).size).toBe(300);
  });

  test('have one to six lines, 1.9 on average, mostly of one unit', () => {
    const counts = demo.orders.map(({ lines }) => lines.length);
    const lines = demo.orders.flatMap((order) => order.lines);

    expect([Math.min(...counts), Math.max(...counts)]).toEqual([1, 6]);
    expect(lines.length / 300).toBeGreaterThan(1.7);
    expect(lines.length / 300).toBeLessThan(2.1);
    expect(share(lines.filter(({ quantity }) => quantity === 1).length, lines.length)).toBeGreaterThan(0.8);
  });

  test('go to France, Germany, the United Kingdom and the USA, with accents, to people who do not exist', () => {
    const addresses = demo.orders.map(({ address }) => address);

    expect(new Set(addresses.map(({ country }) => country))).toEqual(new Set(['FR', 'DE', 'GB', 'US']));
    expect(addresses.filter(({ name, city }) => /[À-ÿ]/.test(name + city)).length).toBeGreaterThan(100);
    expect(addresses.filter(({ email }) => !email?.endsWith('@example.com'))).toEqual([]);
    const fiction =
      /^\+(33 (1 99 00|2 61 91|4 65 71|6 39 98) |49 (30 23125|40 66969|69 90009|89 99998) |44 (1632 960|7700 900|20 7946 0|161 496 0)|1 \d{3}-555-01)/;
    expect(addresses.filter(({ phone }) => phone !== undefined && !fiction.test(phone))).toEqual([]);
  });

  test('are due within two days, a few of them late, some unpaid, some gifts, some with a note', () => {
    const until = new Date(Date.parse(now) + 49 * 3_600_000).toISOString();
    const late = demo.orders.filter(({ shipBy }) => (shipBy ?? '') < now);

    expect(demo.orders.filter(({ shipBy }) => shipBy === null || shipBy > until)).toEqual([]);
    expect(late.length).toBeGreaterThan(2);
    expect(late.length).toBeLessThan(25);
    expect(demo.orders.filter(({ placedAt }) => placedAt > now)).toEqual([]);
    for (const some of [
      demo.orders.filter(({ paid }) => !paid),
      demo.orders.filter(({ gift }) => gift),
      demo.orders.filter(({ note }) => note),
    ]) {
      expect(some.length).toBeGreaterThan(3);
      expect(some.length).toBeLessThan(90);
    }
  });

  test.each([1, 2, 3, 42])('can mostly be served from stock, and a few cannot (seed %i)', (seed) => {
    const waiting = servable(buildDemo({ seed, now })).filter((served) => !served).length;

    expect(waiting).toBeGreaterThan(2);
    expect(waiting).toBeLessThan(30);
  });

  test('as a Shopify export come back as they are, but for what the export does not hold', async () => {
    const text = writeShopifyExport(demo.orders);
    const file = (async function* () {
      yield Buffer.from(text);
    })();
    const read: ImportedOrder[] = [];
    for await (const row of readOrders(file, { fileName: 'demo.csv', now })) {
      if (row.kind === 'rejected') throw new Error(row.reason);
      read.push(row.record);
    }

    const kept = ({ shop, shipBy, priority, channel, placedAt, gift, lines, vatNumber, ...order }: ImportedOrder) => ({
      ...order,
      placedAt: placedAt.slice(0, 19),
      lines: lines.map(({ externalLineId, vatRate, ...line }) => line),
    });
    expect(read.map(kept)).toEqual(demo.orders.map(kept));
  });
});
