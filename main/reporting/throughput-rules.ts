import {
  besideNames,
  type Dwell,
  dwellSteps,
  type ThroughputView,
  type Volume,
} from '../../shared/contract/reporting.ts';
import { type PeriodSlots, quarterMs, slotAt } from './time-slots-rules.ts';

/** A step that began longer ago than this before the period is not looked for: a weekend lies between at most. */
export const LOOK_BACK_MS = 3 * 86_400_000;

/** Orders that left within a quarter of an hour. */
export interface QuarterVolume extends Volume {
  readonly quarter: string;
}

export interface CountedKind {
  readonly kind: string;
  readonly count: number;
}

/** Kinds of the journal that stand for a right scan of an item. */
export const RIGHT_SCANS: readonly string[] = ['unit.picked', 'unit.packed'];

/** Kinds of the journal that are counted beside the refusals. */
export const BESIDE: { readonly [N in (typeof besideNames)[number]]: readonly string[] } = {
  overrides: ['override.done'],
  reprints: ['label.reprinted'],
  shorts: ['pick-task.short'],
  undone: ['unit.unpacked'],
};

const nothing: Volume = { orders: 0, lines: 0, units: 0 };

/** Sum of several volumes. */
export function addVolumes(volumes: readonly Volume[]): Volume {
  return volumes.reduce(
    (sum, { orders, lines, units }) => ({
      orders: sum.orders + orders,
      lines: sum.lines + lines,
      units: sum.units + units,
    }),
    nothing,
  );
}

export interface ThroughputFacts {
  readonly now: string;
  readonly volumes: readonly QuarterVolume[];
  readonly dwell: readonly Dwell[];
  readonly kinds: readonly CountedKind[];
  readonly refusals: readonly { readonly code: string; readonly count: number }[];
}

/** The report of a period from what the database counted; each quarter of an hour falls in exactly one slot. */
export function throughputOf({ grain, slots }: PeriodSlots, facts: ThroughputFacts): ThroughputView {
  const filled = slots.map(({ start, end }, place) => {
    const inside = facts.volumes.filter(({ quarter }) => slotAt(slots, quarterMs(quarter)) === place);
    return { start: isoOf(start), end: isoOf(end), ...addVolumes(inside) };
  });
  const countOf = (kinds: readonly string[]): number =>
    facts.kinds.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { count }) => sum + count, 0);
  const byCode = [...facts.refusals].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  return {
    at: facts.now,
    from: filled[0]?.start ?? facts.now,
    to: filled.at(-1)?.end ?? facts.now,
    grain,
    slots: filled,
    total: addVolumes(filled),
    dwell: dwellSteps.map((step) => dwellOf(step, facts.dwell)),
    refusals: {
      total: byCode.reduce((sum, { count }) => sum + count, 0),
      rightScans: countOf(RIGHT_SCANS),
      byCode,
    },
    beside: besideNames.map((name) => ({ name, count: countOf(BESIDE[name]) })),
  };
}

function dwellOf(step: Dwell['step'], known: readonly Dwell[]): Dwell {
  return known.find((dwell) => dwell.step === step) ?? { step, count: 0, medianMs: null, p90Ms: null };
}

/** ISO-8601 UTC with milliseconds. */
export function isoOf(utcMs: number): string {
  return new Date(utcMs).toISOString();
}
