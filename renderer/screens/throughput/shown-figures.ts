import type { FloorView, ThroughputView } from '../../../shared/contract/reporting.ts';
import type { RefusalKind } from '../bench/verdict-look.ts';
import { refusalKind } from './report-words.ts';

type Slot = FloorView['backlog']['slots'][number];
type Period = ThroughputView['slots'][number];

/** So many rows are read at a glance; what is due after them is summed up. */
export const ROWS_SHOWN = 9;

/** The first rows as they are, and one for all that follow. */
export function glance(slots: readonly Slot[]): { rows: readonly Slot[]; rest: readonly Slot[] } {
  if (slots.length <= ROWS_SHOWN) return { rows: slots, rest: [] };
  return { rows: slots.slice(0, ROWS_SHOWN - 1), rest: slots.slice(ROWS_SHOWN - 1) };
}

/** Hours before the first work and those to come say nothing; days without work do. */
export function shownSlots({ slots, at, grain }: Pick<ThroughputView, 'slots' | 'at' | 'grain'>): readonly Period[] {
  const begun = slots.filter(({ start }) => start <= at);
  if (grain === 'day') return begun;
  const first = begun.findIndex(({ orders }) => orders > 0);
  return begun.slice(Math.max(0, Math.min(first === -1 ? begun.length : first, begun.length - 6)));
}

/** When the last order that is due today leaves, if the next hours go like the last one; undefined without a pace. */
export function doneAt({ backlog, lastHour, at }: Pick<FloorView, 'backlog' | 'lastHour' | 'at'>): number | undefined {
  if (backlog.dueToday === 0 || lastHour.orders === 0) return undefined;
  return Date.parse(at) + (backlog.dueToday / lastHour.orders) * 3_600_000;
}

/** Codes that look alike at the bench, summed, the most frequent first. */
export function countKinds(byCode: ThroughputView['refusals']['byCode']): { kind: RefusalKind; count: number }[] {
  const sums = new Map<RefusalKind, number>();
  for (const { code, count } of byCode) sums.set(refusalKind(code), (sums.get(refusalKind(code)) ?? 0) + count);
  return [...sums].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count);
}
