import type { Difference, Reconciliation } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { NormalisedOrder } from '../channels/channel.ts';
import { runUnitOfWork } from '../db/unit-of-work.ts';
import { isNothingToPack } from './imported-order-service.ts';
import { listOurSide, type OurOrder, type OurParcel } from './our-side-store.ts';
import { reasonsAside } from './quarantine-store.ts';
import { faultMessage, type OpenedShop, openShop, type ShopsDeps } from './shop-service.ts';

const DEFAULT_DAYS = 7;
const LISTED = 1_000;

interface Tally {
  orders: { theirs: number; ours: number; equal: number };
  parcels: { theirs: number; ours: number; equal: number };
  readonly differences: Difference[];
}

/**
 * Command: compares orders and parcels of a shop with what the platform itself says now of everything that changed since
 * an instant (seven days when null). Reads only; the journal says that somebody looked.
 */
export async function reconcile(
  deps: ShopsDeps,
  actor: Actor,
  asked: { readonly id: string; readonly since: string | null },
): Promise<Reconciliation> {
  const opened = await openShop(deps, asked.id);
  const at = deps.clock().toISOString();
  const since = asked.since ?? new Date(Date.parse(at) - DEFAULT_DAYS * 86_400_000).toISOString();
  const tally: Tally = {
    orders: { theirs: 0, ours: 0, equal: 0 },
    parcels: { theirs: 0, ours: 0, equal: 0 },
    differences: [],
  };
  let fault: Reconciliation['fault'] = null;
  try {
    await compareAll(deps, { opened, since, tally });
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
    fault = faultMessage(error);
  }
  const { orders, parcels } = tally;
  await runUnitOfWork(deps, actor, async (uow) => {
    const data = { orders, parcels, differences: tally.differences.length };
    uow.record({ kind: 'shop.reconciled', subject: asked.id, data });
    return null;
  });
  const { id: shopId, title: shop } = opened.shop;
  return { shopId, shop, since, at, orders, parcels, differences: tally.differences.slice(0, LISTED), fault };
}

async function compareAll(
  deps: ShopsDeps,
  { opened, since, tally }: { readonly opened: OpenedShop; readonly since: string; readonly tally: Tally },
): Promise<void> {
  // A list that shifts while it is read names an order twice: its last word counts.
  const seen = new Map<string, NormalisedOrder>();
  const everything = async (headers: readonly { readonly externalId: string }[]): Promise<string[]> =>
    headers.map(({ externalId }) => externalId);
  for await (const page of opened.channel.changes({ since, unseen: everything })) {
    for (const { id, reason } of page.quarantined)
      tally.differences.push({
        kind: 'quarantined',
        externalId: id ?? '',
        number: '',
        orderId: null,
        ours: '',
        theirs: reason,
      });
    for (const order of page.orders) seen.set(order.externalId, order);
  }
  const all = [...seen.values()];
  for (let start = 0; start < all.length; start += 200) {
    const orders = all.slice(start, start + 200);
    const ids = orders.map(({ externalId }) => externalId);
    const ours = await listOurSide(deps.database.read, opened.shop.id, ids);
    const aside = await reasonsAside(deps.database.read, opened.shop.id, ids);
    for (const order of orders) {
      const { externalId } = order;
      const { cursor } = opened.shop;
      compareOne(tally, { order, ours: ours.get(externalId), aside: aside.get(externalId), cursor });
    }
  }
}

interface Pair {
  readonly order: NormalisedOrder;
  readonly ours: OurOrder | undefined;
  /** Why it is set aside here. */
  readonly aside: string | undefined;
  readonly cursor: string | null;
}

function compareOne(tally: Tally, pair: Pair): void {
  const { order, ours } = pair;
  const wanted = order.shipState !== 'cancelled' && !isNothingToPack(order);
  if (!wanted && !ours) return; // never ours: sent or cancelled before it was read
  tally.orders.theirs += 1;
  if (ours) tally.orders.ours += 1;
  const before = tally.differences.length;
  const tell = (kind: Difference['kind'], oursText: string, theirs: string): void =>
    void tally.differences.push({
      ...{ kind, externalId: order.externalId, number: order.externalNumber },
      ...{ orderId: ours?.orderId ?? null, ours: oursText, theirs },
    });
  if (!ours) {
    // A copy that waits for its original is told with its reason; what changed after the last reading is still to come.
    if (pair.aside !== undefined) tell('quarantined', pair.aside, order.shipState);
    else if (pair.cursor !== null && (order.updatedAt ?? order.placedAt) < pair.cursor)
      tell('lost', '', order.shipState);
    else tally.orders.theirs -= 1;
    return;
  }
  for (const other of ours.doubles) tell('doubled', other, order.externalNumber);
  if (!ours.linked) {
    compareStates(order, ours, tell);
    compareParcels(tally, { order, ours, tell });
  }
  if (tally.differences.length === before) tally.orders.equal += 1;
}

type Tell = (kind: Difference['kind'], ours: string, theirs: string) => void;

function compareStates(order: NormalisedOrder, ours: OurOrder, tell: Tell): void {
  const left = ours.parcels.some(({ state }) => state !== 'refused') && ours.state === 'shipped';
  if (order.shipState === 'cancelled' && left) {
    const after = ours.parcels.some(({ shippedAt }) => order.updatedAt !== null && shippedAt > order.updatedAt);
    tell(after ? 'shipped-after-cancel' : 'state-differs', ours.state, 'cancelled');
    return;
  }
  if (order.shipState === 'cancelled' && ours.state !== 'cancelled') tell('state-differs', ours.state, 'cancelled');
  const theirsOpen = order.shipState === 'to-ship' || order.shipState === 'partly-shipped';
  if (ours.state === 'cancelled' && theirsOpen && !ours.cancelWaits)
    tell('state-differs', 'cancelled', order.shipState);
}

function compareParcels(
  tally: Tally,
  { order, ours, tell }: { readonly order: NormalisedOrder; readonly ours: OurOrder; readonly tell: Tell },
): void {
  tally.parcels.theirs += order.packages.length;
  tally.parcels.ours += ours.parcels.length;
  const theirs = [...order.packages];
  for (const parcel of ours.parcels) {
    const index = theirs.findIndex(({ tracking }) => tracking === parcel.tracking);
    const other = index < 0 ? undefined : theirs.splice(index, 1)[0];
    if (other && sameUnits(parcel, other, order)) tally.parcels.equal += 1;
    else if (other) tell('parcel-differs', describe(parcel), `${other.tracking} (${units(other)})`);
    else if (parcel.state === 'silent' && order.packages.length === 0) tally.parcels.equal += 1;
    else tell(missingKind(parcel), describe(parcel), '');
  }
  for (const other of theirs) tell('unknown-parcel', '', `${other.tracking} (${units(other)})`);
}

function missingKind({ state }: OurParcel): Difference['kind'] {
  if (state === 'refused') return 'parked';
  return state === 'waiting' || state === 'asked' ? 'waiting' : 'not-told';
}

const units = (parcel: NormalisedOrder['packages'][number]): number =>
  parcel.lines.reduce((sum, { quantity }) => sum + quantity, 0);
const describe = ({ tracking, units: count }: OurParcel): string => `${tracking} (${count})`;

/** Units line by line; a platform that tells no lines of its parcels is believed by the number alone. */
function sameUnits(parcel: OurParcel, other: NormalisedOrder['packages'][number], order: NormalisedOrder): boolean {
  if (other.lines.length === 0) return true;
  const lineOf = (id: string): string =>
    order.lines.find(({ externalLineIds }) => externalLineIds.includes(id))?.externalLineIds.join(',') ?? id;
  const sum = (lines: readonly { readonly lineId: string; readonly quantity: number }[]): string => {
    const sums = new Map<string, number>();
    for (const { lineId, quantity } of lines) sums.set(lineOf(lineId), (sums.get(lineOf(lineId)) ?? 0) + quantity);
    return JSON.stringify([...sums].sort());
  };
  return sum(other.lines) === sum(parcel.lines);
}
