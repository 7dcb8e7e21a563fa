import { afterEach, describe, expect, test } from 'vitest';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { faultyPapers } from '../../support/papers.ts';
import { oneOf, randomFrom, rightScan, scanSomething } from '../../support/reckless-packer.ts';
import { brokenInvariants, orderOf, stockUp, supervisorOf, useSettings } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const ORDERS = 14;
const SKUS = 6;
const ROUNDS = 12;
const SCANS_A_ROUND = 20;

describe.each(databaseKinds)('two benches scan whatever comes to hand on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World | undefined;
  afterEach(() => world?.close());

  test.each([1, 2])(
    'nothing is ever counted that did not happen, and the shift ends with every order shipped or told (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const papers = faultyPapers();
      world = await openWorldOn(kind, { documents: papers.documents });
      await stockUp(world, SKUS, 25);
      await useSettings(world, { shortRule: seed === 1 ? 'split' : 'wait' });
      await world.importItems(
        Array.from({ length: SKUS }, (_, index) =>
          anItem({
            sku: `SKU-${index + 1}`,
            gtin: demoGtin(index + 1),
            substitutes: [{ sku: `SKU-${((index + 1) % SKUS) + 1}`, priceNeutral: true }],
          }),
        ),
      );
      const orders = Array.from({ length: ORDERS }, (_, index) => inventOrder(random, index + 1));
      await world.importOrders(orders);
      await world.settled();
      const benches = [world, await world.bench('B')];
      for (const bench of benches) await bench.signIn();
      const desk = await supervisorOf(world);

      const heard = new Set<string>();
      for (let round = 0; round < ROUNDS; round += 1) {
        if (round === 4) papers.breakLabels();
        if (round === 6) papers.repair();
        if (round === 8) world.passTime(20);
        await Promise.all([
          ...benches.map(async (bench) => {
            for (let step = 0; step < SCANS_A_ROUND; step += 1) heard.add(await scanSomething(bench, random, 0.3));
          }),
          meddle(desk, random, orders),
        ]);
        expect(await brokenInvariants(world), `after round ${round}`).toEqual([]);
      }

      await finishEverything(world, benches, desk);

      expect(await brokenInvariants(world)).toEqual([]);
      for (const { number } of orders) {
        const { state, hold } = await orderOf(world, number);
        const told = hold?.reason === 'short' || ['shipped', 'cancelled', 'backordered'].includes(state);
        expect([number, state, hold?.reason ?? null, told]).toEqual([number, state, hold?.reason ?? null, true]);
      }
      expect(heard.size).toBeGreaterThan(15);
    },
    120_000,
  );
});

function inventOrder(random: () => number, number: number): ReturnType<typeof anOrder> {
  const lines = Array.from({ length: Math.ceil(random() * 4) }, () => ({
    sku: `SKU-${Math.ceil(random() * SKUS)}`,
    quantity: Math.ceil(random() * 3),
  }));
  return anOrder({
    externalId: `${number}`,
    priority: Math.floor(random() * 3),
    substitutions: random() < 0.5,
    lines,
  });
}

/** The office holds, lifts, counts and takes in changed orders while the benches work. */
async function meddle(desk: World, random: () => number, orders: readonly ReturnType<typeof anOrder>[]): Promise<void> {
  const order = oneOf(random, orders);
  const { id } = await orderOf(desk, order.number);
  const sku = `SKU-${Math.ceil(random() * SKUS)}`;
  const asked = await oneOf(random, [
    () => desk.ask('orders.set-hold', { orderId: id, reason: 'operator', detail: '' }),
    () => desk.ask('orders.release-hold', { orderId: id }),
    () =>
      desk.ask('stock.count-location', {
        sku,
        location: sku.replace('SKU', 'A-01'),
        counted: Math.floor(random() * 25),
      }),
    () => desk.ask('orders.cancel-order', { orderId: id }),
    async () => {
      const quantity = Math.ceil(random() * 3);
      await desk.importOrders([{ ...order, lines: order.lines.map((line) => ({ ...line, quantity })) }]);
      return { status: 200 };
    },
  ])();
  if (asked.status >= 500) throw new Error(JSON.stringify(asked));
}

/** The benches do only what they are asked for, and the desk lifts what it held, until nothing moves any more. */
async function finishEverything(world: World, benches: readonly World[], desk: World): Promise<void> {
  const random = randomFrom(99);
  for (let turn = 0; turn < 4_000; turn += 1) {
    if (turn % 25 === 0) {
      await liftHolds(world, desk);
      await world.settled();
    }
    const views = await Promise.all(benches.map((bench) => bench.view()));
    const idle = views.every((view) => view.step === 'choose');
    if (idle && (views[0]?.queue.toPick ?? 0) + (views[0]?.queue.toPack ?? 0) === 0 && turn % 25 === 1) return;
    for (const [index, bench] of benches.entries()) {
      const view = views[index];
      const stuck = view?.order?.hold ? 'PWCCANCEL' : undefined;
      const raw = view && !stuck ? rightScan(view, random) : undefined;
      if (stuck) await bench.command('CANCEL');
      else if (raw) await bench.ask('bench.scan', { raw });
      else await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
  throw new Error('the shift never ended');
}

/** Lifts every hold but those for missing goods. */
async function liftHolds(world: World, desk: World): Promise<void> {
  const held: { orderId: string }[] = await world.core.database
    .read('order_hold')
    .whereNot({ reason: 'short' })
    .select('order_id as orderId');
  for (const { orderId } of held) await desk.call('orders.release-hold', { orderId });
}
