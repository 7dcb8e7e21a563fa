import { expect } from 'vitest';
import type { NormalisedOrder } from '../../../main/channels/channel.ts';
import type { Channel, PushResult, RemoteLine, RemoteShipment } from '../../../main/channels/channel-connector.ts';
import type { BookOrder } from '../../../main/channels/channel-order-book.ts';
import { type PlatformFault, platformFaults } from '../../../main/channels/channel-simulator.ts';
import { expectPassing, type ShopCheck } from './shop-reading-checks.ts';
import { inShop, SETTLED_MS, type ShopUnderTest, type ShopWorld } from './shop-world.ts';

export function writingChecks(subject: ShopUnderTest): readonly ShopCheck[] {
  const { abilities } = subject.connector;
  const check = (title: string, act: (subject: ShopUnderTest, world: ShopWorld) => Promise<void>): ShopCheck => ({
    title,
    run: () => inShop(subject, (world) => act(subject, world)),
  });
  return [
    ...(abilities.includes('confirm-shipment')
      ? [
          check('tells of a parcel, and reads it back', tellsOnce),
          check('does not tell of a parcel whose order is cancelled', refusesCancelled),
          ...platformFaults.map((fault) => ({
            title: `tells of a parcel exactly once after “${fault}” at any point`,
            run: () => tellsOnceAfter(subject, fault),
          })),
        ]
      : []),
    ...(abilities.includes('split-shipment') ? [check('tells of two parcels of one order', tellsOfTwo)] : []),
    ...(abilities.includes('correct-tracking') ? [check('corrects a tracking number', corrects)] : []),
    ...(abilities.includes('stock-absolute') || abilities.includes('stock-compare-and-set')
      ? [check('tells what can be sold', tellsStock)]
      : []),
    ...(abilities.includes('webhook')
      ? [check('takes a signed webhook for news, and no other one', hearsWebhooks)]
      : []),
  ];
}

/** Units of an order's lines by their place, as a parcel of them is told. */
export function remoteLines(
  order: NormalisedOrder,
  units: readonly number[],
  sent: readonly number[] = [],
): RemoteLine[] {
  return order.lines.flatMap((line, at) => {
    const [quantity, before] = [units[at] ?? 0, sent[at] ?? 0];
    if (quantity === 0) return [];
    // Where the platform counts one line a unit, each parcel takes its own.
    const oneEach = line.externalLineIds.length > 1;
    const externalLineIds = oneEach ? line.externalLineIds.slice(before, before + quantity) : line.externalLineIds;
    return [{ externalLineIds, sku: line.sku, quantity }];
  });
}

export function aShipment(
  subject: ShopUnderTest,
  order: NormalisedOrder,
  changes: Partial<RemoteShipment> = {},
): RemoteShipment {
  const { carriers, otherCarrier } = subject.connector;
  const carrier = subject.carrier ?? Object.values(carriers)[0] ?? otherCarrier;
  if (!carrier) throw new Error('no carrier that the platform takes');
  return {
    reference: '0198e2a0-0000-7000-8000-000000000001',
    sequence: 1,
    externalId: order.externalId,
    lines: remoteLines(
      order,
      order.lines.map(({ quantityToPack }) => quantityToPack),
    ),
    last: true,
    carrier,
    service: 'standard',
    tracking: 'JD014600003999000001',
    trackingUrl: 'https://track.example/JD014600003999000001',
    shippedAt: '2026-11-23T09:10:00.000Z',
    ...changes,
  };
}

/** Places one order, reads it, and hands over both sides of it. */
export async function oneRead(world: ShopWorld): Promise<{ placed: BookOrder; order: NormalisedOrder }> {
  const [placed] = world.place(1);
  world.advance(SETTLED_MS);
  await world.reader.read();
  const order = placed && world.reader.orders.get(world.idOf(placed));
  if (!placed || !order) throw new Error('the order was not read');
  return { placed, order };
}

async function ordered(world: ShopWorld, id: string): Promise<NormalisedOrder | undefined> {
  return (await world.channel.orders([id])).orders[0];
}

const ship = (channel: Channel, shipment: RemoteShipment): Promise<PushResult> => {
  if (!channel.ship) throw new Error('the connector declares confirm-shipment and has none');
  return channel.ship(shipment);
};

const ships = (world: ShopWorld) => world.platform.book.acts().filter(({ kind }) => kind === 'ship');

async function tellsOnce(subject: ShopUnderTest, world: ShopWorld): Promise<void> {
  const { placed, order } = await oneRead(world);
  const shipment = aShipment(subject, order);
  const unknown = await world.channel.findShipment?.(shipment);
  const told = await ship(world.channel, shipment);
  const found = await world.channel.findShipment?.(shipment);
  const after = await ordered(world, order.externalId);

  expect(unknown).toBeNull();
  expect(told.outcome).toBe('done');
  expect(found).not.toBeNull();
  expect(ships(world).map(({ detail }) => detail.tracking)).toEqual([shipment.tracking]);
  expect(placed.lines.map(({ shipped }) => shipped)).toEqual([3, 1]);
  expect(after?.shipState).toBe('shipped');
  expect(after?.packages.map(({ tracking }) => tracking)).toEqual([shipment.tracking]);
}

async function refusesCancelled(subject: ShopUnderTest, world: ShopWorld): Promise<void> {
  const { placed, order } = await oneRead(world);
  world.platform.book.change(placed, { kind: 'cancel' });
  const told = await ship(world.channel, aShipment(subject, order));

  expect(told.outcome).toBe('refused');
  expect(told.outcome === 'refused' ? told.text : '').not.toBe('');
  expect(ships(world)).toEqual([]);
}

/** As the outbox does it: after a try without a known end it asks first. */
async function deliver(channel: Channel, shipment: RemoteShipment, fault: PlatformFault): Promise<void> {
  for (let attempt = 0; attempt < 4; attempt++) {
    try {
      if (attempt > 0 && (await channel.findShipment?.(shipment))) return;
      const told = await ship(channel, shipment);
      expect(told).toMatchObject({ outcome: 'done' });
      return;
    } catch (error) {
      expectPassing(error, fault);
    }
  }
  throw new Error('never delivered');
}

const POINTS = 4;

async function tellsOnceAfter(subject: ShopUnderTest, fault: PlatformFault): Promise<void> {
  for (let point = 0; point < POINTS; point++) {
    await inShop(subject, async (world) => {
      const { placed, order } = await oneRead(world);
      const shipment = aShipment(subject, order);
      world.failAt(point, fault);
      await deliver(world.channel, shipment, fault);

      expect(ships(world).map(({ detail }) => detail.tracking)).toEqual([shipment.tracking]);
      expect(placed.lines.map(({ shipped }) => shipped)).toEqual([3, 1]);
      expect(placed.packages).toHaveLength(1);
    });
  }
}

async function tellsOfTwo(subject: ShopUnderTest, world: ShopWorld): Promise<void> {
  const { placed, order } = await oneRead(world);
  const first = aShipment(subject, order, { lines: remoteLines(order, [2, 0]), last: false });
  const second = aShipment(subject, order, {
    reference: '0198e2a0-0000-7000-8000-000000000002',
    sequence: 2,
    lines: remoteLines(order, [1, 1], [2, 0]),
    tracking: 'JD014600003999000002',
  });
  const told = await ship(world.channel, first);
  const between = await ordered(world, order.externalId);
  const missing = await world.channel.findShipment?.(second);
  const toldToo = await ship(world.channel, second);
  const after = await ordered(world, order.externalId);

  expect([told.outcome, toldToo.outcome]).toEqual(['done', 'done']);
  expect(between?.shipState).toBe('partly-shipped');
  expect(between?.lines.reduce((sum, line) => sum + line.quantityToPack, 0)).toBe(2);
  expect(missing).toBeNull();
  expect(after?.shipState).toBe('shipped');
  expect(
    placed.packages.map(({ tracking, lines }) => [tracking, lines.reduce((sum, one) => sum + one.quantity, 0)]),
  ).toEqual([
    [first.tracking, 2],
    [second.tracking, 2],
  ]);
}

async function corrects(subject: ShopUnderTest, world: ShopWorld): Promise<void> {
  const { placed, order } = await oneRead(world);
  const shipment = aShipment(subject, order);
  const told = await ship(world.channel, shipment);
  const right = { ...shipment, tracking: 'JD014600003999000009' };
  const before = { remoteId: told.outcome === 'done' ? told.remoteId : null, tracking: shipment.tracking };
  const corrected = await world.channel.correctTracking?.(right, before);

  expect(corrected).toMatchObject({ outcome: 'done' });
  expect(placed.packages.map(({ tracking }) => tracking)).toEqual([right.tracking]);
  expect(placed.lines.map(({ shipped }) => shipped)).toEqual([3, 1]);
}

async function tellsStock({ connector }: ShopUnderTest, world: ShopWorld): Promise<void> {
  const { order } = await oneRead(world);
  const sku = order.lines[0]?.sku ?? '';
  const { book } = world.platform;
  const wanted = { sku, available: 5, before: null, reference: '0198e2a0-0000-7000-8000-0000000000a1' };
  const first = await world.channel.stock?.([wanted]);
  const again = await world.channel.stock?.([wanted]);
  const others = await world.channel.stock?.([{ ...wanted, sku: 'NO-SUCH-SKU', reference: 'r2' }]);

  expect([first, again]).toEqual([[{ sku, outcome: 'done' }], [{ sku, outcome: 'done' }]]);
  expect(book.stock.get(sku)).toBe(5);
  expect(others).toEqual([{ sku: 'NO-SUCH-SKU', outcome: 'unknown-sku' }]);
  if (!connector.abilities.includes('stock-compare-and-set')) return;
  book.stock.set(sku, 2);
  const stale = await world.channel.stock?.([{ ...wanted, available: 4, before: 5, reference: 'r3' }]);
  expect(stale).toMatchObject([{ sku, outcome: 'stale' }]);
  expect(book.stock.get(sku)).toBe(2);
}

async function hearsWebhooks({ connector }: ShopUnderTest, world: ShopWorld): Promise<void> {
  const { placed, order } = await oneRead(world);
  const sent = world.platform.webhook?.(placed.id);
  if (!sent) throw new Error('the platform sends no webhook');
  const read = (rawBody: string) =>
    connector.webhook?.(world.config, {
      headers: sent.headers,
      query: sent.query ?? {},
      rawBody: Buffer.from(rawBody),
    });

  expect(read(sent.rawBody)?.externalIds).toEqual([order.externalId]);
  // The last letter or figure is another one.
  const changed = sent.rawBody.replace(/[A-Za-z0-9](?=[^A-Za-z0-9]*$)/, (last) => (last === '7' ? '8' : '7'));
  expect(() => read(changed)).toThrow(expect.objectContaining({ code: 'channel.bad-signature' }));
}
