import { describe, expect, test } from 'vitest';
import type { NormalisedOrder } from '../../../main/channels/channel.ts';
import { aParcel, inTiktok, type TiktokWorld } from './tiktok-world.ts';

const twoMugs = { lines: [{ sku: 'MUG', title: 'Mug', quantity: 2, unitPriceMinor: 1_250 }] };

async function read(world: TiktokWorld, id: string): Promise<NormalisedOrder> {
  const [order] = (await world.channel.orders([id])).orders;
  if (!order) throw new Error('TikTok does not know the order');
  return order;
}

const wholeLines = (order: NormalisedOrder) =>
  order.lines.map(({ externalLineIds, sku, quantityToPack: quantity }) => ({ externalLineIds, sku, quantity }));

const writes = (world: TiktokWorld) => world.tiktok.requests().filter((request) => request.startsWith('POST'));

describe('an order that TikTok labels', () => {
  test('takes no tracking number of ours: it is refused in words, and nothing is written', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne({ labelMode: 'platform' });
      const order = await read(world, placed.id);
      const told = await world.channel.ship?.(aParcel(placed.id, { lines: wholeLines(order) }));

      expect(order.labelMode).toBe('platform');
      expect(told).toMatchObject({
        outcome: 'refused',
        code: 'platform-label',
        text: expect.stringContaining('nothing is typed in'),
      });
      expect(writes(world)).toEqual([]);
    }));

  test('that was labelled by TikTok needs no telling: its number stands there', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne({ labelMode: 'platform' });
      const order = await read(world, placed.id);
      world.tiktok.book.ship(placed, {
        tracking: '1Z88TT020312345671',
        carrier: 'UPS',
        lines: placed.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
      });
      const parcel = aParcel(placed.id, { lines: wholeLines(order), tracking: '1Z88TT020312345671' });
      const told = await world.channel.ship?.(parcel);

      expect(told).toEqual({ outcome: 'done', remoteId: `11${placed.id}` });
      expect(await world.channel.findShipment?.(parcel)).toEqual({ remoteId: `11${placed.id}` });
      expect(writes(world)).toEqual([]);
      expect((await read(world, placed.id)).shipState).toBe('shipped');
    }));

  test('keeps its number: no correction is sent', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne({ labelMode: 'platform' });
      const told = await world.channel.correctTracking?.(aParcel(placed.id, {}), { remoteId: '1', tracking: 'X' });

      expect(told).toMatchObject({ outcome: 'refused', code: 'platform-label' });
      expect(writes(world)).toEqual([]);
    }));
});

describe('an order that the seller labels', () => {
  test('goes in two parcels, one of two like units in each', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne(twoMugs);
      const [line] = (await read(world, placed.id)).lines;
      const [first = '', second = ''] = line?.externalLineIds ?? [];
      const one = aParcel(placed.id, { lines: [{ externalLineIds: [first], sku: 'MUG', quantity: 1 }], last: false });
      const two = aParcel(placed.id, {
        lines: [{ externalLineIds: [second], sku: 'MUG', quantity: 1 }],
        tracking: '1Z999AA10123456799',
      });
      await world.channel.ship?.(one);
      const between = await read(world, placed.id);
      await world.channel.ship?.(two);
      const after = await read(world, placed.id);

      expect(between).toMatchObject({ shipState: 'partly-shipped', packages: [{ tracking: one.tracking }] });
      // The line stays the same one for the station: only less of it is left.
      expect(between.lines).toMatchObject([{ externalLineIds: [first, second], quantityToPack: 1 }]);
      expect(after.lines).toMatchObject([{ externalLineIds: [first, second], quantityToPack: 0 }]);
      expect(after.shipState).toBe('shipped');
      expect(after.packages.map(({ tracking, lines }) => [tracking, lines.map(({ lineId }) => lineId)])).toEqual([
        [one.tracking, [first]],
        [two.tracking, [second]],
      ]);
    }));

  test('takes units that are left where more ids are named than units', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne(twoMugs);
      const line = {
        externalLineIds: (await read(world, placed.id)).lines[0]?.externalLineIds ?? [],
        sku: 'MUG',
        quantity: 1,
      };
      const told = [
        await world.channel.ship?.(aParcel(placed.id, { lines: [line], last: false })),
        await world.channel.ship?.(aParcel(placed.id, { lines: [line], tracking: '1Z999AA10123456799' })),
        await world.channel.ship?.(aParcel(placed.id, { lines: [line], tracking: '1Z999AA10123456700' })),
      ];

      expect(told).toMatchObject([
        { outcome: 'done' },
        { outcome: 'done' },
        { outcome: 'refused', code: 'nothing-left' },
      ]);
      expect(placed.lines[0]?.shipped).toBe(2);
      expect(placed.packages).toHaveLength(2);
    }));

  test('goes in two parcels that bear one number', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne(twoMugs);
      const [first = '', second = ''] = (await read(world, placed.id)).lines[0]?.externalLineIds ?? [];
      const parcel = (id: string) =>
        aParcel(placed.id, { lines: [{ externalLineIds: [id], sku: 'MUG', quantity: 1 }] });
      await world.channel.ship?.(parcel(first));
      const unknown = await world.channel.findShipment?.(parcel(second));
      await world.channel.ship?.(parcel(second));

      expect(unknown).toBeNull();
      expect(placed.lines[0]?.shipped).toBe(2);
      expect((await read(world, placed.id)).shipState).toBe('shipped');
    }));

  test('that is told again by a bench that fell down stands there once', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const parcel = aParcel(placed.id, { lines: wholeLines(await read(world, placed.id)) });
      await world.channel.ship?.(parcel);
      const again = await world.at({}).ship?.(parcel);

      expect(again).toEqual({ outcome: 'done', remoteId: placed.packages[0]?.id });
      expect(world.tiktok.book.acts()).toHaveLength(1);
    }));

  test('is refused despite code 0 while a cancellation waits for its answer', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const parcel = aParcel(placed.id, { lines: wholeLines(await read(world, placed.id)) });
      world.tiktok.book.change(placed, { kind: 'ask-cancel' });

      expect(await world.channel.ship?.(parcel)).toEqual({
        outcome: 'refused',
        code: '10007014',
        text: 'package in freeze status',
      });
      expect(placed.packages).toEqual([]);
    }));

  test('finds the carrier by its name, in the list of the order’s own delivery option, and asks for it once', () =>
    inTiktok(async (world) => {
      const [one, other] = [world.placeOne(), world.placeOne()];
      const carrier = { code: 'Mondial Relay', name: 'mondial-relay' };
      for (const placed of [one, other])
        await world.channel.ship?.(aParcel(placed.id, { lines: wholeLines(await read(world, placed.id)), carrier }));

      expect([one, other].map(({ packages }) => packages[0]?.carrier)).toEqual(['Mondial Relay', 'Mondial Relay']);
      expect(world.tiktok.requests().filter((request) => request.endsWith('/shipping_providers'))).toHaveLength(1);
    }));

  test('says which carriers TikTok takes where ours is none of them', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const lines = wholeLines(await read(world, placed.id));
      const told = await world.channel.ship?.(
        aParcel(placed.id, { lines, carrier: { code: 'pigeon', name: 'Pigeon' } }),
      );

      expect(told).toMatchObject({
        outcome: 'refused',
        code: 'unknown-carrier',
        text: expect.stringContaining('UPS, USPS'),
      });
      expect((await world.channel.carriers?.())?.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['UPS', 'Colissimo']),
      );
    }));

  test('that TikTok combined with another one goes as the package it is', () =>
    inTiktok(async (world) => {
      const [one, other] = world.place(2);
      if (!one || !other) throw new Error('nothing placed');
      const packageId = world.tiktok.combine([one.id, other.id]);
      const parcel = (order: NormalisedOrder) => aParcel(order.externalId, { lines: wholeLines(order) });
      const [first, second] = [await read(world, one.id), await read(world, other.id)];
      const told = await world.channel.ship?.(parcel(first));
      const toldToo = await world.channel.ship?.(parcel(second));

      expect(told).toMatchObject({ outcome: 'done', remoteId: packageId, note: expect.stringContaining(other.id) });
      expect(toldToo?.outcome).toBe('done');
      expect([one, other].map(({ packages }) => packages.map(({ tracking }) => tracking))).toEqual([
        ['1Z999AA10123456784'],
        ['1Z999AA10123456784'],
      ]);
    }));
});

describe('units that are not sent', () => {
  const cancelOf = (externalId: string) => ({ externalId, lines: null, reason: 'no-stock', reference: 'c1' }) as const;

  test('are cancelled one by one, and a whole order at once', () =>
    inTiktok(async (world) => {
      const [two, all] = [world.placeOne(twoMugs), world.placeOne()];
      const line = (await read(world, two.id)).lines[0];
      const lines = [{ externalLineIds: line?.externalLineIds ?? [], sku: 'MUG', quantity: 1 }];
      const one = await world.channel.cancel?.({ ...cancelOf(two.id), lines });
      const every = await world.channel.cancel?.(cancelOf(all.id));
      const again = await world.channel.cancel?.(cancelOf(all.id));

      expect([one, every, again].map((result) => result?.outcome)).toEqual(['done', 'done', 'done']);
      expect((await read(world, two.id)).lines).toMatchObject([{ quantityOrdered: 2, quantityToPack: 1 }]);
      expect((await read(world, all.id)).shipState).toBe('cancelled');
      expect(world.tiktok.book.acts().filter(({ kind }) => kind === 'cancel')).toHaveLength(2);
    }));

  test('are cancelled by a yes where the buyer asked', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      world.tiktok.book.change(placed, { kind: 'ask-cancel' });
      const told = await world.channel.cancel?.({ ...cancelOf(placed.id), reason: 'buyer-asked' });

      expect(told).toMatchObject({ outcome: 'done', remoteId: `40${placed.id}` });
      expect(placed.state).toBe('cancelled');
    }));

  test('are cancelled for the nearest reason that TikTok knows', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const told = await world.channel.cancel?.({ ...cancelOf(placed.id), reason: 'fraud' });

      expect(told).toMatchObject({ outcome: 'done' });
      expect(placed.state).toBe('cancelled');
    }));
});

describe('money back', () => {
  test('is approved once the goods are here, once whatever is asked', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const lines = wholeLines(await read(world, placed.id));
      await world.channel.ship?.(aParcel(placed.id, { lines }));
      const back = world.tiktok.openReturn(placed.id);
      const refund = { externalId: placed.id, lines, reference: 'r1' };
      const told = await world.channel.requestRefund?.(refund);
      const again = await world.channel.requestRefund?.(refund);

      expect([told, again]).toEqual([
        { outcome: 'done', remoteId: back },
        { outcome: 'done', remoteId: back },
      ]);
      expect(world.tiktok.book.acts().filter(({ kind }) => kind === 'refund')).toHaveLength(1);
    }));

  test('is not given for more units than are here', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const lines = wholeLines(await read(world, placed.id));
      await world.channel.ship?.(aParcel(placed.id, { lines }));
      world.tiktok.openReturn(placed.id);
      const told = await world.channel.requestRefund?.({
        ...{ externalId: placed.id, reference: 'r1' },
        lines: lines.slice(0, 1),
      });

      expect(told).toMatchObject({ outcome: 'refused', code: 'not-all-back' });
      expect(world.tiktok.book.acts().filter(({ kind }) => kind === 'refund')).toEqual([]);
    }));

  test('is not given where two returns name a unit: one may be paid already', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const lines = wholeLines(await read(world, placed.id));
      await world.channel.ship?.(aParcel(placed.id, { lines }));
      world.tiktok.openReturn(placed.id);
      const refund = { externalId: placed.id, lines, reference: 'r1' };
      await world.channel.requestRefund?.(refund);
      world.tiktok.openReturn(placed.id);
      const told = await world.channel.requestRefund?.(refund);

      expect(told).toMatchObject({ outcome: 'refused', code: 'two-returns' });
      expect(world.tiktok.book.acts().filter(({ kind }) => kind === 'refund')).toHaveLength(1);
    }));

  test('is only given where the buyer asked for it with TikTok', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const lines = wholeLines(await read(world, placed.id));
      const told = await world.channel.requestRefund?.({ externalId: placed.id, lines, reference: 'r1' });

      expect(told).toMatchObject({ outcome: 'refused', code: 'no-return' });
    }));
});

test('what can be sold is told for known SKUs in one look-up; unknown ones are named', () =>
  inTiktok(async (world) => {
    world.placeOne();
    const level = (sku: string, available: number) => ({ sku, available, before: null, reference: sku });
    const told = await world.channel.stock?.([level('MUG-0', 7), level('NOTHING', 1), level('CUP-0', 0)]);
    await world.channel.stock?.([level('MUG-0', 6)]);

    expect(told?.map(({ outcome }) => outcome)).toEqual(['done', 'unknown-sku', 'done']);
    expect([...world.tiktok.book.stock]).toEqual([
      ['MUG-0', 6],
      ['CUP-0', 0],
    ]);
    expect(world.tiktok.requests().filter((request) => request.endsWith('/products/search'))).toHaveLength(1);
  }));
