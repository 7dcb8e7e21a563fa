import {
  type Block,
  blocks,
  type FloorView,
  type LiveStation,
  type stageNames,
} from '../../shared/contract/reporting.ts';
import type { ChannelName } from '../../shared/model/channel.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import { isoOf } from './throughput-rules.ts';
import { dayStart, hourStart, hoursBetween, localDate, quarterMs, slotAt, type TimeSlot } from './time-slots-rules.ts';

/** A bench with work in hand that scanned nothing for so long needs somebody. */
export const STUCK_AFTER_MINUTES = 10;
/** Orders that have to leave within this time are at risk. */
export const AT_RISK_MS = 3_600_000;

type Stage = (typeof stageNames)[number];

const stageOf: { readonly [S in OrderState]?: Stage } = {
  ready: 'toPick',
  allocated: 'toPick',
  picking: 'picking',
  picked: 'toPack',
  packing: 'packing',
  packed: 'packing',
};

/** States of orders that still have to leave. */
export const openStates = [
  'new',
  'ready',
  'allocated',
  'backordered',
  'picking',
  'picked',
  'packing',
  'packed',
] as const satisfies readonly OrderState[];

/** What keeps hands off an open order; null where nothing does. */
export function blockOf(order: { readonly state: OrderState; readonly holdReason: string | null }): Block | null {
  if (order.holdReason === 'payment') return 'unpaid';
  if (order.holdReason === 'short') return 'short';
  if (order.holdReason !== null) return 'hold';
  if (order.state === 'backordered') return 'short';
  return order.state === 'new' ? 'unknown-item' : null;
}

/** Open orders of one kind that have to leave within the same quarter of an hour. */
export interface BacklogCount {
  readonly quarter: string;
  readonly late: boolean;
  readonly channel: ChannelName;
  readonly state: OrderState;
  readonly holdReason: string | null;
  readonly count: number;
}

type Backlog = FloorView['backlog'];
type Slot = Backlog['slots'][number];

interface Placed extends BacklogCount {
  readonly block: Block | null;
  readonly slot: number;
  readonly due: number;
}

const DAYS_SHOWN = 7;

/** Late orders first, then the hours of today and tomorrow, five more days, and the rest. */
function backlogSlots(zone: string, now: number): (Pick<Slot, 'kind'> & TimeSlot)[] {
  const today = localDate(zone, now);
  const hours = hoursBetween(zone, hourStart(zone, now), dayStart(zone, today, 2));
  const days = Array.from({ length: DAYS_SHOWN - 2 }, (_, index) => ({
    start: dayStart(zone, today, index + 2),
    end: dayStart(zone, today, index + 3),
  }));
  return [
    { kind: 'late', start: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY },
    ...hours.map((hour) => ({ kind: 'hour' as const, ...hour })),
    ...days.map((day) => ({ kind: 'day' as const, ...day })),
    { kind: 'later', start: dayStart(zone, today, DAYS_SHOWN), end: Number.POSITIVE_INFINITY },
  ];
}

const LATE = 0;

/** Open orders by when they have to leave and where they came from; slots without orders are left out. */
export function backlogOf(counts: readonly BacklogCount[], zone: string, now: number): Backlog {
  const slots = backlogSlots(zone, now);
  const placed: Placed[] = counts.map((count) => {
    const due = quarterMs(count.quarter);
    return { ...count, due, block: blockOf(count), slot: count.late ? LATE : slotAt(slots, due) };
  });
  const used = slots.map((_, place) => place).filter((place) => placed.some(({ slot }) => slot === place));
  const endOfDay = dayStart(zone, localDate(zone, now), 1);
  const free = placed.filter(({ block }) => block === null);
  return {
    open: total(free),
    late: total(free.filter(({ late }) => late)),
    dueToday: total(free.filter(({ late, due }) => late || due < endOfDay)),
    blocked: blocks.map((block) => ({ block, count: total(placed.filter((one) => one.block === block)) })),
    slots: used.map((place) =>
      slotOf(
        slots[place],
        placed.filter(({ slot }) => slot === place),
      ),
    ),
    channels: channelsOf(placed),
    cells: used.flatMap((place, slot) =>
      cellsOf(placed.filter((one) => one.slot === place)).map((cell) => ({ slot, ...cell })),
    ),
  };
}

function total(placed: readonly BacklogCount[]): number {
  return placed.reduce((sum, { count }) => sum + count, 0);
}

function openAndBlocked(placed: readonly Placed[]): { open: number; blocked: number } {
  return {
    open: total(placed.filter(({ block }) => block === null)),
    blocked: total(placed.filter(({ block }) => block !== null)),
  };
}

function slotOf(slot: (Pick<Slot, 'kind'> & TimeSlot) | undefined, placed: readonly Placed[]): Slot {
  const instant = (ms: number | undefined): string | null => (Number.isFinite(ms) ? isoOf(Number(ms)) : null);
  return {
    kind: slot?.kind ?? 'later',
    start: instant(slot?.start),
    end: instant(slot?.end),
    ...openAndBlocked(placed),
  };
}

const byName = (a: { channel: string }, b: { channel: string }): number => (a.channel < b.channel ? -1 : 1);

function byChannel(placed: readonly Placed[]): { channel: ChannelName; own: Placed[] }[] {
  const names = [...new Set(placed.map(({ channel }) => channel))];
  return names.map((channel) => ({ channel, own: placed.filter((one) => one.channel === channel) })).sort(byName);
}

function cellsOf(placed: readonly Placed[]): { channel: ChannelName; open: number; blocked: number }[] {
  return byChannel(placed).map(({ channel, own }) => ({ channel, ...openAndBlocked(own) }));
}

function channelsOf(placed: readonly Placed[]): Backlog['channels'] {
  return byChannel(placed)
    .map(({ channel, own }) => ({
      channel,
      ...openAndBlocked(own),
      late: total(own.filter(({ late, block }) => late && block === null)),
    }))
    .sort((a, b) => b.open - a.open || b.blocked - a.blocked || byName(a, b));
}

/** Orders that hands can work on, by what is done to them next. */
export function stagesOf(counts: readonly BacklogCount[]): FloorView['stages'] {
  const free = counts.filter((count) => blockOf(count) === null);
  const at = (stage: Stage): number => total(free.filter(({ state }) => stageOf[state] === stage));
  return { toPick: at('toPick'), picking: at('picking'), toPack: at('toPack'), packing: at('packing') };
}

/** Whether somebody has to look: work in hand, and no scan for too long. */
export function isStuck(station: Pick<LiveStation, 'mode' | 'since' | 'lastScanAt'>, now: number): boolean {
  if (station.mode === 'sign-in' || station.mode === 'idle') return false;
  const last = [station.lastScanAt, station.since].flatMap((instant) => (instant ? [Date.parse(instant)] : []));
  return now - Math.max(...last, Number.NEGATIVE_INFINITY) > STUCK_AFTER_MINUTES * 60_000;
}
