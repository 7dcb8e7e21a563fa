import { describe, expect, test } from 'vitest';
import { httpDoor } from '../../../main/carriers/carrier-http.ts';
import type { Channel, RemoteShipment } from '../../../main/channels/channel-connector.ts';
import type { BookOrder } from '../../../main/channels/channel-order-book.ts';
import { prestashopConnector } from '../../../main/channels/prestashop/channel.ts';
import { localTime } from '../../../main/channels/prestashop/reading.ts';
import { type PrestashopPlatformOptions, simulatePrestashop } from '../../../main/channels/prestashop/simulated.ts';
import { anAddress } from '../../support/played-shop-world.ts';

function openShop(start: string, options: Partial<PrestashopPlatformOptions> = {}) {
  let now = Date.parse(start);
  const clock = (): Date => new Date(now);
  const platform = simulatePrestashop({ clock, ...options });
  const http = httpDoor('channel', (url, init) => platform.fetch(new Request(url, init)));
  const none = { read: async () => null, renew: async () => Promise.reject(new Error('no tokens here')) };
  const config = { baseUrl: 'https://shop.example', ...platform.account };
  const channel: Channel = prestashopConnector.open(config, { http, clock, tokens: none });
  const place = (): BookOrder =>
    platform.book.place({
      address: anAddress,
      lines: [
        { sku: 'MUG', title: 'Mug', quantity: 2, unitPriceMinor: 1_290 },
        { sku: 'CUP', title: 'Cup', quantity: 1, unitPriceMinor: 990 },
      ],
    });
  const advance = (minutes: number): void => {
    now += minutes * 60_000;
  };
  const since = (): string => new Date(now - prestashopConnector.overlapSeconds * 1_000).toISOString();
  const read = async (): Promise<string[]> => {
    const unseen = async (headers: readonly { externalId: string }[]) => headers.map(({ externalId }) => externalId);
    const ids: string[] = [];
    for await (const page of channel.changes({ since: since(), unseen }))
      ids.push(...page.orders.map(({ externalId }) => externalId));
    return ids.sort();
  };
  return { platform, channel, place, advance, read };
}

const shipment = (order: BookOrder, change: Partial<RemoteShipment> = {}): RemoteShipment => ({
  ...{ reference: 'r-1', sequence: 1, externalId: order.id, last: true, service: 'Standard' },
  ...{ tracking: '8L12345678903', trackingUrl: null, shippedAt: '2026-11-22T10:00:00.000Z' },
  carrier: { code: 'other', name: 'Colissimo' },
  lines: order.lines.map(({ id, sku, quantity }) => ({ externalLineIds: [id], sku, quantity })),
  ...change,
});

describe('the clock of a shop in Paris', () => {
  test('is written without offset, twice the same in the night in autumn', () => {
    expect(localTime(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Paris')).toBe('2026-10-25 02:30:00');
    expect(localTime(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Paris')).toBe('2026-10-25 02:30:00');
  });

  test.each([
    ['goes back', '2026-10-24T22:30:00.000Z'],
    ['goes forward', '2026-03-28T23:30:00.000Z'],
  ])('loses no order in the night in which it %s', async (_, start) => {
    const shop = openShop(start);
    const placed: string[] = [];
    const read = new Set<string>();
    for (let turn = 0; turn < 16; turn += 1) {
      placed.push(shop.place().id);
      shop.advance(15);
      for (const id of await shop.read()) read.add(id);
    }

    expect([...read].sort()).toEqual(placed.sort());
  });
});

describe('a PrestaShop order', () => {
  test('comes with address, country, prices and currency', async () => {
    const shop = openShop('2026-11-22T10:00:00.000Z');
    const order = shop.place();
    shop.advance(1);

    const { orders } = await shop.channel.orders([order.id]);

    expect(orders[0]).toMatchObject({
      addressState: 'clear',
      address: { name: 'Inès Modèle', city: 'Marseille', country: 'FR', email: anAddress.email },
      currency: 'EUR',
      totalMinor: 3_570,
      lines: [
        { sku: 'MUG', quantityToPack: 2, unitPriceMinor: 1_290 },
        { sku: 'CUP', quantityToPack: 1, unitPriceMinor: 990 },
      ],
    });
  });

  test('refunded in part is packed without what was refunded, which stands in its details alone', async () => {
    const shop = openShop('2026-11-22T10:00:00.000Z');
    const order = shop.place();
    shop.platform.book.change(order, { kind: 'quantity', sku: 'MUG', quantity: 1 });
    shop.advance(1);
    const { orders } = await shop.channel.orders([order.id]);

    expect(orders[0]?.lines).toMatchObject([
      { sku: 'MUG', quantityOrdered: 2, quantityToPack: 1 },
      { sku: 'CUP', quantityToPack: 1 },
    ]);
  });

  test('gets its number before its state, so that the mail shows it', async () => {
    const shop = openShop('2026-11-22T10:00:00.000Z');
    const order = shop.place();
    shop.advance(1);

    await shop.channel.ship?.(shipment(order));

    expect(shop.platform.mails()).toEqual(['8L12345678903']);
  });

  test('is sent with its last parcel only, and keeps the units of each', async () => {
    const shop = openShop('2026-11-22T10:00:00.000Z');
    const order = shop.place();
    shop.advance(1);
    const [mugs, cup] = shipment(order).lines;
    if (!mugs || !cup) throw new Error('two lines were placed');
    await shop.channel.ship?.(shipment(order, { last: false, lines: [mugs] }));
    shop.advance(1);
    const [between] = (await shop.channel.orders([order.id])).orders;
    await shop.channel.ship?.(shipment(order, { reference: 'r-2', sequence: 2, tracking: '8L99', lines: [cup] }));
    shop.advance(1);
    const [after] = (await shop.channel.orders([order.id])).orders;

    expect([between?.shipState, between?.lines.map(({ quantityToPack }) => quantityToPack)]).toEqual([
      'partly-shipped',
      [0, 1],
    ]);
    expect([after?.shipState, after?.packages.map(({ tracking }) => tracking)]).toEqual([
      'shipped',
      ['8L12345678903', '8L99'],
    ]);
  });
});

describe('a parcel of several at PrestaShop', () => {
  test('counts as told only with the number that the buyer sees, wherever a try ended', async () => {
    const shop = openShop('2026-11-22T10:00:00.000Z');
    const order = shop.place();
    shop.advance(1);
    const [mugs] = shipment(order).lines;
    const first = shipment(order, { last: false, lines: mugs ? [mugs] : [] });
    shop.platform.planOn('order_carriers', 'unavailable');
    const broken = await shop.channel.ship?.(first).catch((error: unknown) => error);
    const found = await shop.channel.findShipment?.(first);
    await shop.channel.ship?.(first);
    const [after] = (await shop.channel.orders([order.id])).orders;

    expect(broken).toMatchObject({ kind: 'remote' });
    expect(found).toBeNull();
    expect(await shop.channel.findShipment?.(first)).not.toBeNull();
    expect(after?.packages.map(({ tracking }) => tracking)).toEqual(['8L12345678903']);
  });
});

describe('what is wrong with a PrestaShop key', () => {
  test('is named by resource', async () => {
    const shop = openShop('2026-11-22T10:00:00.000Z', {
      forbidden: ['order_details', 'order_carriers', 'stock_availables'],
    });

    const { messages } = await shop.channel.check();

    expect(messages).toEqual([
      { level: 'error', code: 'shop.check.missing-right', text: 'order_details, order_carriers' },
      { level: 'warning', code: 'shop.check.missing-right', text: 'stock_availables' },
    ]);
  });

  test('is got round where the host takes the sign-in out of the header', async () => {
    const shop = openShop('2026-11-22T10:00:00.000Z', { stripsSignIn: true });
    const order = shop.place();
    shop.advance(1);

    expect(await shop.read()).toEqual([order.id]);
    expect((await shop.channel.ship?.(shipment(order)))?.outcome).toBe('done');
  });
});
