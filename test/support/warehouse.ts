import { runUnitOfWork } from '../../main/db/unit-of-work.ts';
import { readOrderPage } from '../../main/orders/order-page-views.ts';
import { checkInvariants } from '../../main/reporting/invariants-views.ts';
import { changeSettings } from '../../main/stations/settings-service.ts';
import { setDemoFlag } from '../../main/stations/settings-store.ts';
import { listOperators, readShared } from '../../main/stations/stations-views.ts';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { OrderView } from '../../shared/contract/orders.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import { aLevel, anItem } from './builders.ts';
import { until } from './devices/until.ts';
import { PATIENCE_MS } from './patience.ts';
import { demoGtin, type World } from './world.ts';

/** An order by its number, as the order screen shows it. */
export function orderOf(world: World, number: string): Promise<OrderView> {
  return readOrderPage(world.core.database, number);
}

export interface Bin {
  readonly location: string;
  readonly onHand: number;
  readonly allocated: number;
}

/** What lies of a SKU in which bin, by the bin's name. */
export async function binsOf(world: World, sku: string): Promise<Bin[]> {
  return world.core.database
    .read('stock_level')
    .join('item', 'item.id', 'stock_level.item_id')
    .join('location', 'location.id', 'stock_level.location_id')
    .where({ sku })
    .orderBy('location.code')
    .select('location.code as location', 'on_hand as onHand', 'allocated');
}

/** Everything that breaks an invariant, each with the name of the check; empty when all is well. */
export async function brokenInvariants(world: World): Promise<string[]> {
  const checks = await checkInvariants(world.core.database);
  return checks.flatMap((check) => check.broken.map((what) => `${check.name}: ${what}`));
}

/** Changes settings that every bench shares. */
export async function useSettings(world: World, change: Partial<SharedSettings>): Promise<void> {
  const { settings, version } = await readShared(world.core.database);
  await changeSettings(world.core.deps, systemActor, {
    settings: { ...settings, ...change },
    expectedVersion: version,
  });
}

/** Lets the screen put weights on the simulated scale, as in the demo. */
export async function allowSimulatedScale(world: World): Promise<void> {
  await runUnitOfWork(world.core.deps, systemActor, async (uow) => {
    await setDemoFlag(uow.tx);
    uow.record({ kind: 'demo.loaded', subject: 'settings' });
    uow.emit('stations.settings-changed', {});
  });
  const state = async () => (await world.call('stations.scale-view', {})).scale.state;
  await until(async () => (await state()) !== 'absent', 'the simulated scale');
}

/** A supervisor at a desk of their own. */
export async function supervisorOf(world: World): Promise<World> {
  const desk = await world.bench('Desk');
  await desk.signIn('supervisor');
  return desk;
}

/** A catalogue of plain items `SKU-1`, `SKU-2`, … with `onHand` pieces each, in bins of one aisle. */
export async function stockUp(world: World, items: number, onHand: number): Promise<void> {
  const numbers = Array.from({ length: items }, (_, index) => index + 1);
  await world.importItems(numbers.map((number) => anItem({ sku: `SKU-${number}`, gtin: demoGtin(number) })));
  await world.importStock(
    numbers.map((number) => aLevel({ sku: `SKU-${number}`, location: `A-01-${number}`, onHand })),
  );
  await world.settled();
}

/** The text that the bench offers for a kind of thing to scan; fails with what it offers instead. */
export function offered(view: BenchView, kind: Expected['kind']): string {
  const found = view.expects.find((expected) => expected.kind === kind);
  if (!found) throw new Error(`nothing of kind ${kind} at ${view.step}: ${view.expects.map((one) => one.title)}`);
  return found.text;
}

/** Looks at the bench until it waits for `step`. */
export async function untilStep(world: World, step: BenchView['step']): Promise<BenchView> {
  let view = await world.view();
  const until = performance.now() + PATIENCE_MS;
  while (view.step !== step && performance.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    view = await world.view();
  }
  if (view.step !== step) throw new Error(`the bench stays at ${view.step} instead of ${step}`);
  return view;
}

/** Entries of the journal about a subject, by kind, in the order they were written. */
export async function journalKinds(world: World, subject: string): Promise<string[]> {
  const rows: { kind: string }[] = await world.core.database
    .read('journal')
    .where({ subject })
    .orderBy('id')
    .select('kind');
  return rows.map((row) => row.kind);
}

/** Takes orders in and waits until they have their stock. */
export async function comeIn(world: World, ...orders: readonly ImportedOrder[]): Promise<void> {
  await world.importOrders(orders);
  await world.settled();
}

/** Scans what the bench offers of one kind. */
export async function scanOffered(world: World, kind: Expected['kind']): ReturnType<World['scan']> {
  return world.scan(offered(await world.view(), kind));
}

/** Packs all that is left by scanning what the bench offers, instructions included; gives the codes of the verdicts. */
export async function packAll(world: World): Promise<string[]> {
  const codes: string[] = [];
  for (let view = await world.view(); view.step === 'pack-item' || view.step === 'instructions'; ) {
    const answer = view.step === 'instructions' ? world.command('CONFIRM') : world.scan(offered(view, 'item'));
    const { verdict, view: next } = await answer;
    codes.push(verdict.code);
    view = next;
  }
  return codes;
}

/** Claims the next order and puts it on a tote; the bench then waits for the first bin. */
export async function startPicking(world: World): Promise<BenchView> {
  await world.command('NEXT');
  return (await scanOffered(world, 'tote')).view;
}

/** Scans the badge of an operator by name. */
export async function scanBadge(world: World, name: string): ReturnType<World['scan']> {
  const operators = await listOperators(world.core.database);
  const operator = operators.find((candidate) => candidate.name === name);
  return world.scan(encodeStationCode('badge', operator?.badge_code ?? ''));
}
