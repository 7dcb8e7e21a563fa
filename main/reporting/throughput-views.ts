import type { CallOutput, ParsedInput } from '../../shared/contract/index.ts';
import type { Dwell, Volume } from '../../shared/contract/reporting.ts';
import type { Database } from '../db/database.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import { factOf, millisecondsBetween, placeholders, quarterOf } from './portable-sql-views.ts';
import {
  addVolumes,
  BESIDE,
  type CountedKind,
  isoOf,
  LOOK_BACK_MS,
  type QuarterVolume,
  RIGHT_SCANS,
  throughputOf,
} from './throughput-rules.ts';
import { slotsOf } from './time-slots-rules.ts';

export type { Database } from '../db/database.ts';

interface Range {
  readonly from: string;
  readonly to: string;
}

/** What was done in a period. Every number is counted anew from journal, orders and parcels. */
export async function readThroughput(
  database: Database,
  input: ParsedInput<'reporting.throughput-view'>,
  now: Date,
): Promise<CallOutput<'reporting.throughput-view'>> {
  const period = slotsOf(input.period, input.zone, now.getTime());
  const from = period.slots[0]?.start ?? now.getTime();
  const range = { from: isoOf(from), to: isoOf(period.slots.at(-1)?.end ?? now.getTime()) };
  const { read } = database;
  return throughputOf(period, {
    now: now.toISOString(),
    volumes: await shippedByQuarter(read, range),
    dwell: await dwellTimes(read, { ...range, since: isoOf(from - LOOK_BACK_MS) }),
    kinds: await countKinds(read, range),
    refusals: await refusalsByCode(read, range),
  });
}

/** What left within the sixty minutes before `now`. */
export async function readLastHour(database: Database, now: Date): Promise<Volume> {
  const range = { from: isoOf(now.getTime() - 3_600_000), to: now.toISOString() };
  return addVolumes(await shippedByQuarter(database.read, range));
}

/** Lines as the buyer ordered them, so that a kit is one; what was cancelled did not leave. */
async function shippedByQuarter(read: Handle, { from, to }: Range): Promise<QuarterVolume[]> {
  const quarter = quarterOf('journal.at');
  const rows = await selectRows<{ [K in keyof QuarterVolume]: QuarterVolume[K] | string | null }>(
    read,
    `select ${quarter} as quarter, count(distinct journal.subject) as orders,
       sum(case when ordered > cancelled then 1 else 0 end) as lines, sum(ordered - cancelled) as units
     from journal left join order_line on order_line.order_id = journal.subject and order_line.parent_line_id is null
     where journal.at >= ? and journal.at < ? and journal.kind = 'order.shipped' group by ${quarter}`,
    [from, to],
  );
  return rows.map((row) => ({
    quarter: String(row.quarter),
    orders: Number(row.orders),
    lines: Number(row.lines ?? 0),
    units: Number(row.units ?? 0),
  }));
}

async function countKinds(read: Handle, { from, to }: Range): Promise<CountedKind[]> {
  const kinds = [...RIGHT_SCANS, ...Object.values(BESIDE).flat()];
  const rows = await selectRows<{ kind: string; count: number | string }>(
    read,
    `select kind, count(*) as count from journal
     where at >= ? and at < ? and kind in (${placeholders(kinds)}) group by kind`,
    [from, to, ...kinds],
  );
  return rows.map(({ kind, count }) => ({ kind, count: Number(count) }));
}

async function refusalsByCode(read: Handle, { from, to }: Range): Promise<{ code: string; count: number }[]> {
  const code = factOf(read, 'data', 'code');
  const rows = await selectRows<{ code: string | null; count: number | string }>(
    read,
    `select ${code} as code, count(*) as count from journal
     where at >= ? and at < ? and kind = 'scan.refused' group by ${code}`,
    [from, to],
  );
  return rows.map((row) => ({ code: row.code ?? '', count: Number(row.count) }));
}

/**
 * How long the steps took that ended in the range: each end is paired with what came right before it for the same
 * order or parcel. A parcel that was opened again is not packed twice, and a second parcel did not wait.
 */
function dwellSql(read: Handle): string {
  return `with mark as (
      select subject as thing, kind, at, id from journal where at >= ? and at < ? and kind in
        ('order.picking', 'order.picked', 'parcel.opened', 'parcel.closed', 'parcel.label-confirmed')
      union all
      select parcel.order_id, 'order.opened', journal.at, journal.id
        from journal join parcel on parcel.id = journal.subject
        where journal.at >= ? and journal.at < ? and journal.kind = 'parcel.opened'
    ), pair as (
      select kind, at, lag(kind) over one as kind_before, lag(at) over one as at_before
      from mark window one as (partition by thing order by at, id)
    ), timed as (
      select case
          when kind = 'order.picked' and kind_before = 'order.picking' then 'pick'
          when kind = 'order.opened' and kind_before = 'order.picked' then 'waiting'
          when kind = 'parcel.closed' and kind_before = 'parcel.opened' then 'pack'
          when kind = 'parcel.label-confirmed' and kind_before = 'parcel.closed' then 'label'
        end as step, ${millisecondsBetween(read, 'at_before', 'at')} as ms
      from pair where at >= ? and kind_before is not null
    ), ranked as (
      select step, ms, row_number() over (partition by step order by ms) as place,
        count(*) over (partition by step) as number
      from timed where step is not null
    )
    select step, max(number) as count, max(case when place = (number + 1) / 2 then ms end) as median,
      max(case when place = (9 * number + 9) / 10 then ms end) as p90
    from ranked group by step`;
}

async function dwellTimes(read: Handle, { from, to, since }: Range & { since: string }): Promise<Dwell[]> {
  const rows = await selectRows<{ step: Dwell['step']; count: number; median: number; p90: number }>(
    read,
    dwellSql(read),
    [since, to, since, to, from],
  );
  return rows.map((row) => ({
    step: row.step,
    count: Number(row.count),
    medianMs: Number(row.median),
    p90Ms: Number(row.p90),
  }));
}
