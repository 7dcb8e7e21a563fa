import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { tellStock } from '../../../main/shops/stock-service.ts';
import { aLevel } from '../../support/builders.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopWorld, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';

/** A shop with two places, of which none is named: it cannot be told which of them is meant. */
const twoPlaces = { locations: 2 };

describe.each(databaseKinds)('a shop that is told what can be sold on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  const open = async (play: ShopWorldPlay = {}): Promise<void> => {
    world = await openShopWorld(kind, ['shopify'], { play });
    await stockUp(world, 3, 20);
    platform = world.platform('shopify');
    shop = await world.connect('shopify');
    const { shops } = await world.call('shops.list-view', {});
    const { version = 0, config = {} } = shops[0] ?? {};
    await world.call('shops.save-shop', {
      ...{ id: shop, expectedVersion: version, connector: 'shopify', title: 'shopify', config, secrets: {} },
      ...{ active: false, pushShipments: true, pushStock: true, carriers: [] },
    });
    for (const sku of ['SKU-1', 'SKU-2', 'SKU-3']) platform.book.stock.set(sku, 0);
  };
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const tell = async (): Promise<number> => {
    const count = await tellStock(world.core.deps);
    await world.settled();
    return count;
  };
  const read = async () => {
    await world.read(shop);
    await world.settled();
  };
  const stockOf = (sku: string) => platform.book.stock.get(sku);
  const counted = async (sku: string, onHand: number) => {
    await world.importStock([aLevel({ sku, location: `A-01-${sku.at(-1)}`, onHand })]);
    await world.settled();
  };
  /** Bought there, and not read here yet. */
  const bought = (sku: string, quantity: number) => {
    platform.book.place(toPlace([{ sku, quantity }]));
    platform.book.stock.set(sku, (stockOf(sku) ?? 0) - quantity);
  };
  /** The next answer is as the platform stands when it is asked, and comes when the test says so. */
  const slowAnswer = (): { begun: Promise<void>; end: () => void } => {
    let [begin, end] = [() => {}, () => {}];
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const { fetch } = platform;
    const slow: typeof fetch = async (request) => {
      Object.assign(platform, { fetch });
      const answer = await fetch(request);
      begin();
      await ended;
      return answer;
    };
    Object.assign(platform, { fetch: slow });
    return { begun, end };
  };
  const refusals = async () => (await world.call('shops.list-view', {})).shops[0]?.stock;

  describe('and compares', () => {
    beforeEach(() => open());

    test('is told a number again only when what was bought there meanwhile is here', async () => {
      await tell();
      bought('SKU-1', 1);
      await counted('SKU-1', 25);
      await tell();
      const meanwhile = [stockOf('SKU-1'), await tell(), stockOf('SKU-1')];
      await read();
      await tell();

      expect(meanwhile).toEqual([19, 0, 19]);
      expect(stockOf('SKU-1')).toBe(24);
    });

    test('is not told over a sale of the same moment, of which it says no number', async () => {
      await tell();
      const before = stockOf('SKU-1') ?? 0;
      bought('SKU-1', 1);
      await counted('SKU-1', 25);
      // It answers with the number of before, and refuses by the number of now.
      const { stock } = platform.book;
      const get = stock.get.bind(stock);
      stock.get = (sku) => {
        if (sku !== 'SKU-1') return get(sku);
        stock.get = get;
        return before;
      };
      await tell();
      const refused = stockOf('SKU-1');
      await read();
      await tell();
      const compared = stockOf('SKU-1');
      await read();
      await tell();

      expect([refused, compared, stockOf('SKU-1')]).toEqual([19, 19, 24]);
    });

    test('waits for a reading that began after the change, not for one that was under way', async () => {
      await tell();
      await counted('SKU-1', 25);
      const { begun, end } = slowAnswer();
      const reading = world.read(shop);
      await begun;
      bought('SKU-1', 1);
      await tell();
      end();
      await reading;
      await tell();
      const before = stockOf('SKU-1');
      await read();
      await tell();

      expect([before, stockOf('SKU-1')]).toEqual([19, 24]);
    });

    test('never sells once more what a held order or one without stock has bought', async () => {
      const held = platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 4 }]));
      platform.book.change(held, { kind: 'hold', reason: 'Address is being checked' });
      platform.book.place(
        toPlace([
          { sku: 'SKU-2', quantity: 3 },
          { sku: 'SKU-3', quantity: 21 },
        ]),
      );
      await read();

      await tell();

      expect(['SKU-1', 'SKU-2', 'SKU-3'].map(stockOf)).toEqual([16, 17, 0]);
      expect(await tell()).toBe(0);
    });

    test('is asked again about a SKU that it does not have, but not all the time', async () => {
      platform.book.stock.delete('SKU-3');
      const first = await tell();
      const unknown = await refusals();
      const soon = await tell();
      platform.book.stock.set('SKU-3', 0);
      world.passTime(7 * 60);
      const later = await tell();

      expect(unknown).toEqual({ refused: 0, unknown: 1, first: [{ sku: 'SKU-3', code: 'unknown-sku', text: '' }] });
      expect([first, soon, later, stockOf('SKU-3')]).toEqual([3, 0, 1, 20]);
      expect(await refusals()).toEqual({ refused: 0, unknown: 0, first: [] });
    });
  });

  test('shows what it refuses with the reason, and is told it again after an hour', async () => {
    await open(twoPlaces);

    const first = await tell();
    const shown = await refusals();
    const soon = await tell();
    world.passTime(61);
    const later = await tell();

    expect([first, soon, later]).toEqual([3, 0, 3]);
    expect(shown).toMatchObject({ refused: 3, unknown: 0 });
    expect(shown?.first[0]).toEqual({
      sku: 'SKU-1',
      code: 'not-clear',
      text: 'The SKU is stocked at several locations: name one in the settings of the shop.',
    });
  });
});

type ShopWorldPlay = NonNullable<Parameters<typeof openShopWorld>[2]>['play'] & object;
