import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../main/reporting/invariants-views.ts';
import { BESIDE } from '../../../main/reporting/throughput-rules.ts';
import type { CallInput, CallOutput } from '../../../shared/contract/index.ts';
import { besideNames } from '../../../shared/contract/reporting.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { type Asked, hoursOfDay, readRecords, recompute } from '../../support/throughput-oracle.ts';
import { comeIn, offered, stockUp, supervisorOf, untilStep } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

type Throughput = CallOutput<'reporting.throughput-view'>;
type Floor = CallOutput<'reporting.floor-view'>;

const ZONE = 'Europe/Paris';
const beside: Asked['beside'] = Object.fromEntries(besideNames.map((name) => [name, BESIDE[name][0] ?? '']));

const startsOf = ({ slots, to }: Throughput): string[] => [...slots.map(({ start }) => start), to];
const report = (world: World, period: CallInput<'reporting.throughput-view'>['period'], zone = ZONE) =>
  world.call('reporting.throughput-view', { zone, period });
const floor = (world: World): Promise<Floor> => world.call('reporting.floor-view', { zone: ZONE });

describe.each(databaseKinds)('what a supervisor watches on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let desk: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    desk = await supervisorOf(world);
    await stockUp(world, 3, 50);
    await world.signIn();
  });
  afterEach(() => world.close());

  const inMinutes = (minutes: number): string =>
    new Date(world.core.deps.clock().getTime() + minutes * 60_000).toISOString();
  const order = (externalId: string, change: Partial<Parameters<typeof anOrder>[0]> = {}) =>
    anOrder({
      externalId,
      lines: [{ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' }],
      shipBy: inMinutes(600),
      ...change,
    });

  /** Picks and packs the next order by scans, with a wrong item on the way, and time that passes. */
  async function workOne(): Promise<void> {
    const gtins = await world.pickNextOrder();
    world.passTime(4);
    await world.scan(demoGtin(3));
    for (const gtin of gtins) await world.scan(gtin);
    await untilStep(world, 'scan-label');
    world.passTime(2);
    await world.scan(offered(await world.view(), 'label'));
  }

  test('a worked shift gives the same numbers when the journal is counted in another way', async () => {
    await comeIn(world, order('1'), order('2', { lines: [{ sku: 'SKU-2' }] }), order('3'));
    for (let done = 0; done < 3; done += 1) {
      await workOne();
      world.passTime(70);
    }

    const seen = await report(desk, { kind: 'hours', hours: 8 });

    const asked = { at: seen.at, grain: 'hour' as const, starts: startsOf(seen), beside };
    expect(seen).toEqual(recompute(await readRecords(world), asked));
    expect(seen).toMatchObject({
      total: { orders: 3, lines: 5, units: 7 },
      refusals: { total: 3, rightScans: 14, byCode: [{ code: 'pack.wrong-item', count: 3 }] },
    });
    expect(seen.dwell.map(({ count }) => count)).toEqual([3, 3, 3, 3]);
    expect(seen.slots.filter(({ orders }) => orders > 0)).toHaveLength(3);
  });

  test('what passed or was done twice is counted beside the refusals', async () => {
    await comeIn(world, order('1'));
    const gtins = await world.pickNextOrder();
    await world.scan(gtins[0] ?? '');
    await world.command('UNDO');

    const { beside: counted } = await report(desk, { kind: 'hours', hours: 1 });

    expect(counted).toContainEqual({ name: 'undone', count: 1 });
    expect(counted).toContainEqual({ name: 'reprints', count: 0 });
  });

  test('the floor tells what waits, what is at risk and what is late, and why something cannot be worked on', async () => {
    await comeIn(
      world,
      order('late', { shipBy: inMinutes(-30), channel: 'tiktok' }),
      order('soon', { shipBy: inMinutes(50) }),
      order('sooner', { shipBy: inMinutes(20), channel: 'tiktok' }),
      order('later', { shipBy: inMinutes(61) }),
      order('unpaid', { shipBy: inMinutes(40), paid: false }),
      order('short', { lines: [{ sku: 'SKU-3', quantity: 500 }] }),
      order('unknown', { lines: [{ sku: 'NOBODY-KNOWS' }] }),
    );

    const { backlog, stages, atRisk, late } = await floor(desk);

    expect({ open: backlog.open, late: backlog.late }).toEqual({ open: 4, late: 1 });
    expect(backlog.blocked).toEqual([
      { block: 'hold', count: 0 },
      { block: 'short', count: 1 },
      { block: 'unpaid', count: 1 },
      { block: 'unknown-item', count: 1 },
    ]);
    expect(backlog.channels).toEqual([
      { channel: 'shopify', open: 2, late: 0, blocked: 3 },
      { channel: 'tiktok', open: 2, late: 1, blocked: 0 },
    ]);
    expect(stages).toEqual({ toPick: 4, picking: 0, toPack: 0, packing: 0 });
    expect(late).toMatchObject({ total: 1, orders: [{ number: '#late', units: 3, block: null, station: null }] });
    expect(atRisk.orders.map(({ number, block }) => [number, block])).toEqual([
      ['#sooner', null],
      ['#unpaid', 'unpaid'],
      ['#soon', null],
    ]);
    const cells = backlog.cells.reduce((sum, cell) => sum + cell.open + cell.blocked, 0);
    expect(cells).toBe(7);
  });

  test('a bench is told with who works there, on what and since when; one that scans nothing is stuck', async () => {
    await comeIn(world, order('1'));
    await world.command('NEXT');
    const before = await floor(desk);
    world.passTime(11);
    const after = await floor(desk);
    world.passTime(60);
    const longAfter = await floor(desk);

    const here = ({ stations }: Floor) => stations.find(({ name }) => name !== 'Desk');
    expect(here(before)).toMatchObject({
      operator: 'Packer 1',
      mode: 'pick',
      order: { number: '#1' },
      locked: false,
      stuck: false,
    });
    expect(here(before)?.since).toBe(here(before)?.lastScanAt);
    expect(here(after)).toEqual({ ...here(before), stuck: true });
    expect(here(longAfter)).toEqual({ ...here(before), lastScanAt: null, stuck: true });
    expect(before.stations.find(({ name }) => name === 'Desk')).toMatchObject({ order: null, stuck: false });
  });

  test('people are named where they work, and never with a number of their own', async () => {
    await comeIn(world, order('1'));
    await workOne();

    const told = [await report(desk, { kind: 'days', days: 1 }), { ...(await floor(desk)), stations: [] }];

    expect(JSON.stringify(told)).not.toMatch(/Packer|Supervisor|operator/);
    const { stations } = await floor(desk);
    for (const station of stations)
      expect(Object.values(station).filter((value) => typeof value === 'number')).toEqual([]);
    expect(stations.map(({ name }) => name)).toEqual(stations.map(({ name }) => name).sort());
  });

  test('the last hour is the sixty minutes before now', async () => {
    await comeIn(world, order('1'), order('2', { lines: [{ sku: 'SKU-2' }] }));
    await workOne();
    world.passTime(50);
    await workOne();

    expect((await floor(desk)).lastHour).toEqual({ orders: 2, lines: 3, units: 4 });
    world.passTime(15);
    expect((await floor(desk)).lastHour).toEqual({ orders: 1, lines: 1, units: 1 });
  });

  test('it is for supervisors, and the time zone and the days are checked', async () => {
    const refusalOf = async (who: World, name: string, input: object) => {
      const { body } = await who.ask(name, input);
      return body.ok ? undefined : body.error.code;
    };
    const today = { kind: 'days', days: 1 };

    expect([
      await refusalOf(world, 'reporting.floor-view', { zone: ZONE }),
      await refusalOf(world, 'reporting.throughput-view', { zone: ZONE, period: today }),
      await refusalOf(desk, 'reporting.floor-view', { zone: 'Mars/Olympus' }),
      await refusalOf(desk, 'reporting.throughput-view', { zone: '+02:00', period: today }),
      await refusalOf(desk, 'reporting.throughput-view', { zone: ZONE, period: { kind: 'days', days: 8 } }),
      await refusalOf(desk, 'reporting.throughput-view', { zone: ZONE, period: { ...today, last: '2026-02-30' } }),
      await refusalOf(desk, 'reporting.throughput-view', { zone: ZONE, period: today }),
    ]).toEqual([
      'permission.supervisor-needed',
      'permission.supervisor-needed',
      'door.bad-input',
      'door.bad-input',
      'door.bad-input',
      'door.bad-input',
      undefined,
    ]);
  });

  describe('on invented days', () => {
    /** Orders that were picked, packed and labelled at any minute of four days around the change of the clocks. */
    async function invent(from: string, seed: number): Promise<void> {
      const random = mulberry32(seed);
      const rows: Record<string, string | number | null>[] = [];
      const { write } = world.core.database;
      const [{ id: itemId }] = await write('item').limit(1).select('id');
      const start = Date.parse(from);
      for (let number = 0; number < 150; number += 1) {
        const orderId = `inv-o-${number}`;
        const parcelId = `inv-p-${number}`;
        let at = start + Math.floor(random() * 4 * 86_400_000);
        const log = (kindOf: string, subject: string, data: object = {}): void => {
          at += Math.floor(random() * (random() < 0.1 ? 40_000_000 : 900_000));
          rows.push({ at: new Date(at).toISOString(), kind: kindOf, subject, data: JSON.stringify(data) });
        };
        const when = new Date(at).toISOString();
        await write('sales_order').insert({
          id: orderId,
          channel: 'web',
          shop: '',
          external_id: orderId,
          number: orderId,
          code: orderId,
          state: 'shipped',
          placed_at: when,
          ship_by: when,
          country: 'FR',
          content_hash: '',
          created_at: when,
          version: 1,
        });
        for (let line = 0; line < 1 + Math.floor(random() * 3); line += 1) {
          const ordered = 1 + Math.floor(random() * 4);
          const cancelled = random() < 0.2 ? ordered : 0;
          const done = ordered - cancelled;
          await write('order_line').insert({
            id: `${orderId}-${line}`,
            order_id: orderId,
            line_no: line,
            sku: 'SKU-1',
            item_id: itemId,
            title: '',
            ordered,
            cancelled,
            allocated: done,
            picked: done,
            packed: done,
            shipped: done,
            parent_line_id: line === 2 ? `${orderId}-0` : null,
          });
        }
        await write('parcel').insert({
          id: parcelId,
          order_id: orderId,
          sequence: 1,
          sscc: parcelId,
          state: 'labelled',
          opened_at: when,
          version: 1,
        });
        for (const step of ['order.picking', 'order.picked', 'parcel.opened', 'parcel.closed'])
          log(step, step.startsWith('order') ? orderId : parcelId);
        log('scan.refused', 'bench', { code: ['pack.wrong-item', 'pack.too-many', 'scan.unknown-code'][number % 3] });
        for (const name of besideNames) if (random() < 0.3) log(beside[name] ?? '', parcelId);
        log('unit.packed', parcelId, { quantity: 2 });
        log('parcel.label-confirmed', parcelId);
        rows.push({ at: new Date(at).toISOString(), kind: 'order.shipped', subject: orderId, data: '{}' });
      }
      const sorted = rows.sort((a, b) => String(a.at).localeCompare(String(b.at)));
      const ids = sorted.map((row, index) => ({ ...row, id: `inv-${String(index).padStart(6, '0')}` }));
      for (let first = 0; first < ids.length; first += 100)
        await write('journal').insert(ids.slice(first, first + 100));
    }

    test.each([
      ['Europe/Paris', '2025-10-26', 25],
      ['Europe/Paris', '2026-03-29', 23],
      ['Asia/Kathmandu', '2026-03-29', 24],
      ['Australia/Lord_Howe', '2026-04-05', 24],
    ])('a day in %s, %s, has its own %i hours, and every number is the journal’s', async (zone, date, hours) => {
      await invent(new Date(Date.parse(date) - 2 * 86_400_000).toISOString(), hours);
      const records = await readRecords(world);

      const day = await report(desk, { kind: 'days', days: 1, last: date }, zone);
      const days = await report(desk, { kind: 'days', days: 4, last: date }, zone);

      expect(day.slots).toHaveLength(hours);
      expect(day.total.orders).toBeGreaterThan(10);
      expect(day.dwell.every(({ count }) => count > 5)).toBe(true);
      const starts = hoursOfDay(zone, date);
      expect(day).toEqual(recompute(records, { at: day.at, grain: 'hour', starts, beside }));
      expect(days.slots.at(-1)).toEqual({ ...day.total, start: day.from, end: day.to });
      expect(days).toEqual(recompute(records, { at: days.at, grain: 'day', starts: startsOf(days), beside }));
    });
  });

  test('looking changes nothing', async () => {
    await comeIn(world, order('1'));
    await workOne();
    await world.settled();
    const before = await readRecords(world);
    await floor(desk);
    await report(desk, { kind: 'days', days: 7 });

    expect(await readRecords(world)).toEqual(before);
    expect((await checkInvariants(world.core.database)).flatMap(({ broken }) => broken)).toEqual([]);
  });
});

/** A small known generator: the same seed invents the same days. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
