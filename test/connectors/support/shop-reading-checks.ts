import { expect } from 'vitest';
import { type PlatformFault, platformFaults } from '../../../main/channels/channel-simulator.ts';
import { AppError } from '../../../shared/errors.ts';
import { inShop, SETTLED_MS, type ShopUnderTest, type ShopWorld } from './shop-world.ts';

/** One sentence that holds for every shop connector. */
export interface ShopCheck {
  readonly title: string;
  run(): Promise<void>;
}

/** How a fault may show: nothing at all where the client itself asks again. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  unavailable: ['channel.unavailable'],
  hang: ['channel.timeout'],
  html: ['channel.not-json', 'channel.unreadable-answer'],
  // A line that breaks before its first byte is read looks like no answer at all.
  cut: ['channel.unreadable', 'channel.timeout', 'channel.not-json'],
  throttle: ['channel.throttled'],
  'sign-in': ['channel.sign-in-expired'],
};

/** An error that a caller may try again after, and no other one. */
export function expectPassing(error: unknown, fault: PlatformFault): void {
  if (!(error instanceof AppError)) throw error;
  expect(CODES[fault.replace('-after', '')]).toContain(error.code);
  expect(error.kind).toBe('remote');
}

export function readingChecks(subject: ShopUnderTest): readonly ShopCheck[] {
  const many = subject.many ?? 230;
  const check = (title: string, act: (world: ShopWorld) => Promise<void>, options = {}): ShopCheck => ({
    title,
    run: () => inShop(subject, act, options),
  });
  return [
    check('reads every order once, over pages, with its id whole', (world) => readsAll(world, many)),
    check('asks once where nothing changed', asksOnce),
    check('loses no change and no order while pages shift under its reading', (world) => shifts(world, many)),
    check('finds what lists show only later', (world) => findsLate(world, (subject.lagSeconds ?? 120) * 1_000), {
      lagMs: () => (subject.lagSeconds ?? 120) * 1_000,
    }),
    check('hears of cancelling, and gives an order by its id as it is now', hearsOfChange),
    check('names itself, and what is wrong with a key', (world) => names(subject, world)),
    ...platformFaults.map((fault) => ({
      title: `reads on after “${fault}” at any point, with nothing lost`,
      run: () => survives(subject, fault),
    })),
  ];
}

async function readsAll(world: ShopWorld, many: number): Promise<void> {
  const placed = world.place(many);
  world.advance(SETTLED_MS);
  const { reader } = world;
  await reader.read();

  expect([...reader.quarantined]).toEqual([]);
  expect([...reader.orders.keys()].sort()).toEqual(placed.map(world.idOf).sort());
  expect(new Set(reader.seen.values())).toEqual(new Set([1]));
  expect(reader.cursor).not.toBeNull();
  const first = placed[0] && reader.orders.get(world.idOf(placed[0]));
  expect(first?.lines.reduce((sum, line) => sum + line.quantityToPack, 0)).toBe(4);
  expect(first?.placedAt.slice(0, 19)).toBe(placed[0]?.placedAt.slice(0, 19));
}

async function asksOnce(world: ShopWorld): Promise<void> {
  world.place(3);
  world.advance(SETTLED_MS);
  await world.reader.read();
  world.advance(1_800_000);
  await world.reader.read();
  world.advance(60_000);
  const before = world.platform.requests().length;
  await world.reader.read();

  expect(world.platform.requests().slice(before)).toHaveLength(1);
}

/** In the middle of a reading one order is cancelled, others move to the end of the list, and a new one comes. */
async function shifts(world: ShopWorld, many: number): Promise<void> {
  const { platform, reader } = world;
  const { book } = platform;
  const placed = world.place(many);
  world.advance(SETTLED_MS);
  const cancelled: string[] = [];
  world.onRequest((index) => {
    if (index === 0 || index > 8) return;
    world.advance(1_000);
    const [early, middle, late] = [placed[index], placed[Math.floor(many / 2) + index], placed[many - 1 - index]];
    for (const order of [early, late]) if (order) book.change(order, { kind: 'touch' });
    if (middle) book.change(middle, { kind: 'cancel' });
    if (middle) cancelled.push(world.idOf(middle));
    world.place(1);
  });
  await reader.read();
  world.onRequest(() => {});
  world.advance(SETTLED_MS);
  await reader.read();

  expect(cancelled.length).toBeGreaterThan(0);
  expect([...reader.orders.keys()].sort()).toEqual(book.all().map(world.idOf).sort());
  expect(cancelled.map((id) => reader.orders.get(id)?.shipState)).toEqual(cancelled.map(() => 'cancelled'));
}

async function findsLate(world: ShopWorld, lagMs: number): Promise<void> {
  const [early] = world.place(1);
  world.advance(SETTLED_MS + lagMs);
  const late = world.place(1)[0];
  world.advance(lagMs / 2);
  await world.reader.read();
  world.advance(lagMs);
  await world.reader.read();
  world.advance(SETTLED_MS);
  await world.reader.read();

  expect([...world.reader.orders.keys()].sort()).toEqual(
    [early, late].flatMap((o) => (o ? [world.idOf(o)] : [])).sort(),
  );
}

async function hearsOfChange(world: ShopWorld): Promise<void> {
  const [kept, gone] = world.place(2);
  if (!kept || !gone) throw new Error('nothing placed');
  world.advance(SETTLED_MS);
  await world.reader.read();
  world.platform.book.change(gone, { kind: 'cancel' });
  world.advance(SETTLED_MS);
  await world.reader.read();
  const { orders } = await world.channel.orders([world.idOf(gone), world.idOf(kept)]);

  expect(world.reader.orders.get(world.idOf(gone))?.shipState).toBe('cancelled');
  expect(new Map(orders.map((order) => [order.externalId, order.shipState]))).toEqual(
    new Map([
      [world.idOf(kept), 'to-ship'],
      [world.idOf(gone), 'cancelled'],
    ]),
  );
}

async function names(subject: ShopUnderTest, world: ShopWorld): Promise<void> {
  const good = await world.channel.check();
  const bad = await world.open(subject.wrongConfig).check();

  expect(good.messages.filter(({ level }) => level === 'error')).toEqual([]);
  const errors = bad.messages.filter(({ level }) => level === 'error');
  expect(errors).not.toEqual([]);
  for (const { code } of errors) expect(code).toMatch(/^shop\.check\./);
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'channel.unreadable-answer';

/** Requests of a reading that are made to go wrong, from the first one on. */
const POINTS = 4;

async function survives(subject: ShopUnderTest, fault: PlatformFault): Promise<void> {
  for (let point = 0; point < POINTS; point++) {
    await inShop(subject, async (world) => {
      const placed = world.place(3);
      world.advance(SETTLED_MS);
      world.failAt(point, fault);
      try {
        await world.reader.read();
      } catch (error) {
        // The first request is the one for a token, which has no other way round.
        if (fault === 'sign-in' && subject.renews !== false && point > 0) throw error;
        if (point > 0 || !isUnreadable(error)) expectPassing(error, fault);
      }
      world.onRequest(() => {});
      world.advance(SETTLED_MS);
      await world.reader.read();

      expect([...world.reader.orders.keys()].sort()).toEqual(placed.map(world.idOf).sort());
      expect([...world.reader.quarantined]).toEqual([]);
    });
  }
}
