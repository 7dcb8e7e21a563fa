import { setTimeout as wait } from 'node:timers/promises';
import type { Difference } from '../../shared/contract/shops.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { BookOrder } from '../channels/channel-order-book.ts';
import type { InvariantResult } from '../reporting/invariants-views.ts';
import { reconcile } from '../shops/reconcile-service.ts';
import type { Core } from './core.ts';
import type { PlayedShop, ShopFloor } from './simulated-shops.ts';

/** What has to be true of shops after a shift, by the played platforms' own books and by the report of the station. */
export async function checkShops(core: Core, floor: ShopFloor, lagMs: number): Promise<InvariantResult[]> {
  await allTold(core);
  // The report is drawn up after the storm, as a supervisor would.
  for (const { platform } of floor.shops) platform.calm();
  const checks: InvariantResult[] = [];
  for (const shop of floor.shops) {
    const { name } = shop.platform;
    const ours = await oursOf(core, shop.id);
    const orders = shop.platform.book.all();
    checks.push(
      { name: `${name}: no order is lost`, checked: orders.length, broken: lost(orders, ours) },
      { name: `${name}: no order is packed twice`, checked: orders.length, broken: await doubled(core, orders, ours) },
      {
        name: `${name}: nothing is labelled after its cancel`,
        checked: orders.filter(({ cancelledAt }) => cancelledAt !== null).length,
        broken: await afterCancel(core, orders, { ours, lagMs }),
      },
      {
        name: `${name}: parcels there are the parcels here`,
        checked: orders.reduce((sum, { packages }) => sum + packages.length, 0),
        broken: await unequalParcels(core, shop, ours),
      },
      await reportSaysSo(core, shop),
    );
  }
  checks.push(await filesAreHereOnce(core, floor.filed));
  return checks;
}

const LOOKS = 120;

/** Messages whose first tries failed come again after seconds. */
async function allTold(core: Core): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    core.worker.wake();
    const row = await core.database
      .read('outbox')
      .where('topic', 'like', 'channel.%')
      .whereIn('state', ['pending', 'sending', 'unknown'])
      .first('id');
    if (row === undefined) return;
    await wait(500);
  }
}

interface Ours {
  readonly orderId: string;
  readonly externalId: string;
  readonly linked: boolean;
}

async function oursOf(core: Core, shopId: string): Promise<Ours[]> {
  const { read } = core.database;
  const columns = ['order_id as orderId', 'external_id as externalId'];
  const own: Ours[] = await read('order_source').where({ shop_id: shopId }).select(columns);
  const linked: Ours[] = await read('order_link').where({ shop_id: shopId }).select(columns);
  const aside: { externalId: string }[] = await read('shop_quarantine')
    .where({ shop_id: shopId })
    // Any other reason is an order that nobody packs.
    .where('reason', 'like', 'waits for the same order%')
    .select('external_id as externalId');
  return [
    ...own.map((row) => ({ ...row, linked: false })),
    ...linked.map((row) => ({ ...row, linked: true })),
    ...aside.map(({ externalId }) => ({ orderId: '', externalId, linked: true })),
  ];
}

const isOf = (order: BookOrder, { externalId }: Ours): boolean => externalId.endsWith(order.id);

function lost(orders: readonly BookOrder[], ours: readonly Ours[]): string[] {
  const known = new Set(ours.map(({ externalId }) => externalId.slice(-18)));
  return orders
    .filter((order) => order.cancelledAt === null && !known.has(order.id.slice(-18)))
    .map(({ number }) => `${number} is not here`);
}

async function doubled(core: Core, orders: readonly BookOrder[], ours: readonly Ours[]): Promise<string[]> {
  const twice = orders.filter((order) => ours.filter((row) => isOf(order, row)).length > 1);
  const copies = orders.filter(({ copyOf }) => copyOf !== null);
  const packedCopies = copies.filter((copy) => ours.some((row) => isOf(copy, row) && !row.linked));
  const originals: { id: string }[] = await core.database
    .read('order_source')
    .whereIn(
      'external_id',
      packedCopies.flatMap(({ copyOf }) => copyOf?.id ?? []),
    )
    .select('external_id as id');
  const both = packedCopies.filter(({ copyOf }) => originals.some(({ id }) => id === copyOf?.id));
  return [...twice, ...both].map(({ number }) => `${number} is here twice`);
}

/** A cancel is known a moment after it: lists lag, and the answer itself takes its time. */
const GRACE_MS = 1_500;

async function afterCancel(
  core: Core,
  orders: readonly BookOrder[],
  at: { readonly ours: readonly Ours[]; readonly lagMs: number },
): Promise<string[]> {
  const broken: string[] = [];
  for (const order of orders.filter(({ cancelledAt }) => cancelledAt !== null)) {
    const row = at.ours.find((one) => isOf(order, one) && !one.linked);
    if (!row) continue;
    const known = new Date(Date.parse(order.cancelledAt ?? '') + at.lagMs + GRACE_MS).toISOString();
    const label = await core.database
      .read('label')
      .join('parcel', 'parcel.id', 'label.parcel_id')
      .where({ 'parcel.order_id': row.orderId, 'label.kind': 'outbound', 'label.state': 'bought' })
      .where('label.called_at', '>', known)
      .first('label.id');
    if (label) broken.push(`${order.number} was labelled after its cancel`);
  }
  return broken;
}

async function unequalParcels(core: Core, { id, platform }: PlayedShop, ours: readonly Ours[]): Promise<string[]> {
  const told: { orderId: string; tracking: string; state: string; lines: string }[] = await core.database
    .read('shop_shipment')
    .where({ shop_id: id })
    .select('order_id as orderId', 'tracking', 'state', 'lines');
  const broken: string[] = [];
  for (const order of platform.book.all()) {
    const row = ours.find((one) => isOf(order, one) && !one.linked);
    const here = told
      .filter(({ orderId }) => orderId === row?.orderId)
      .map(({ tracking, lines }) => {
        const units = (JSON.parse(lines) as { quantity: number }[]).reduce((sum, line) => sum + line.quantity, 0);
        return `${tracking} ${units}`;
      });
    const there = order.packages.map(
      ({ tracking, lines }) => `${tracking} ${lines.reduce((sum, line) => sum + line.quantity, 0)}`,
    );
    // The buyer cancelled after the box had its label: the platform takes no parcel any more, and says so.
    if (order.cancelledAt !== null && there.length === 0) continue;
    if (JSON.stringify(here.sort()) !== JSON.stringify(there.sort()))
      broken.push(`${order.number}: here ${here.join(', ') || 'none'}, there ${there.join(', ') || 'none'}`);
  }
  return broken;
}

/** A copy that waits for its original, or what was cancelled with its label on: both stand in the report as they should. */
function isRight({ kind, number, ours }: Difference, { book }: PlayedShop['platform']): boolean {
  if (kind === 'quarantined') return /^waits for the same order/.test(ours ?? '');
  return (kind === 'parked' || kind === 'shipped-after-cancel') && book.findByNumber(number)?.cancelledAt !== null;
}

const TRIES = 25;

async function reportSaysSo(core: Core, { id, platform }: PlayedShop): Promise<InvariantResult> {
  const name = `${platform.name}: the report finds no difference`;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const report = await reconcile(core.deps, systemActor, { id, since: null });
    if (report.fault) continue;
    const wrong = report.differences.filter((difference) => !isRight(difference, platform));
    return {
      name,
      checked: report.orders.theirs,
      broken: wrong.map(({ kind, number, ours, theirs }) => `${kind} ${number}: ${ours} / ${theirs}`),
    };
  }
  return { name, checked: 0, broken: ['the platform never answered to the end'] };
}

async function filesAreHereOnce(core: Core, filed: readonly string[]): Promise<InvariantResult> {
  const rows: { id: string }[] = await core.database
    .read('sales_order')
    .where({ shop: '' })
    .select('external_id as id');
  const counts = new Map<string, number>();
  for (const { id } of rows) counts.set(id, (counts.get(id) ?? 0) + 1);
  return {
    name: 'drop folder: every order of a file is here once',
    checked: filed.length,
    broken: filed.filter((id) => counts.get(id) !== 1).map((id) => `${id}: ${counts.get(id) ?? 0} times`),
  };
}
