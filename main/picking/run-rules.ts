import type { Machine } from '../../shared/model/state-machine.ts';
import { openTasksOf, type TaskProgress } from './picking-rules.ts';

export const pickRunStates = ['open', 'left', 'done'] as const;
export type PickRunState = (typeof pickRunStates)[number];

/** A walk for several orders; one that was left goes on when its code is scanned. */
export const pickRunMachine: Machine<PickRunState> = {
  name: 'pick-run',
  moves: { open: ['left', 'done'], left: ['open', 'done'], done: [] },
};

/** A task of one of the orders of a walk. */
export interface RunTask extends TaskProgress {
  readonly orderId: string;
  readonly lineId: string;
  /** Place of the order's tote on the cart, from 1. */
  readonly slot: number;
  readonly walkKey: string;
  readonly zone: string;
}

const CARD_LENGTH = 17;

/** What stands on the zone's card after `ZONE-`; undefined where the name has no letter or figure that fits a card. */
export function zoneCard(zone: string): string | undefined {
  const card = zone
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, CARD_LENGTH)
    .replace(/-+$/, '');
  return card === '' ? undefined : card;
}

/** Zones by the names on their cards, in order; zones that share a card are walked together. */
export function zoneCards(zones: readonly string[]): Map<string, string[]> {
  const cards = new Map<string, string[]>();
  for (const zone of [...zones].sort()) {
    const card = zoneCard(zone);
    if (card !== undefined) cards.set(card, [...(cards.get(card) ?? []), zone]);
  }
  return cards;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Any tasks in the order of one walk: by bin, in it by item, then by the place of the tote on the cart. */
export function inWalkingOrder<T extends Pick<RunTask, 'walkKey' | 'itemId' | 'slot' | 'id'>>(
  tasks: readonly T[],
): T[] {
  return [...tasks].sort(
    (a, b) => compare(a.walkKey, b.walkKey) || compare(a.itemId, b.itemId) || a.slot - b.slot || compare(a.id, b.id),
  );
}

/** Open tasks of a run in walking order, of its zone alone where it has one. */
export function walkOf<T extends RunTask>(tasks: readonly T[], zone: string | null): T[] {
  const open = openTasksOf(tasks).filter((task) => zone === null || zoneCard(task.zone) === zone);
  return inWalkingOrder(open);
}

/**
 * The walk with the task in front that the hand is at: units in the hand belong to it (`inHand`), or its bin was
 * confirmed (`atBin`). A bin that was added on the way back is gone to afterwards.
 */
export function fromHere<T extends RunTask>(
  walk: readonly T[],
  here: { inHand: string | undefined; atBin: string | null },
): T[] {
  const current = walk.find((task) => task.id === here.inHand) ?? walk.find((task) => task.id === here.atBin);
  return current ? [current, ...walk.filter((task) => task !== current)] : [...walk];
}

/** The task after one that is over; `atBin` when the hand is in front of its bin already. */
export function nextStop<T extends RunTask>(walk: readonly T[], done: Pick<T, 'id' | 'location'>): string | null {
  const next = walk.find((task) => task.id !== done.id);
  return next?.location === done.location ? next.id : null;
}

/** Why an order of a run is no longer this bench's to pick. */
export type SlotLoss = 'on-hold' | 'cancelled' | 'taken-over';

interface SlotOrder {
  readonly state: string;
  readonly claimedBy: string | null;
  readonly hold: { readonly until?: string | null | undefined } | null;
}

/** What stops one order of a run; undefined while it goes on. */
export function lossOf(order: SlotOrder, stationId: string, now: string): SlotLoss | undefined {
  // Of an order whose first part has left, a cancel takes only the rest.
  if (order.state === 'cancelled' || order.state === 'shipped') return 'cancelled';
  if (order.claimedBy !== stationId || order.state !== 'picking') return 'taken-over';
  if (order.hold && (!order.hold.until || order.hold.until > now)) return 'on-hold';
  return undefined;
}
