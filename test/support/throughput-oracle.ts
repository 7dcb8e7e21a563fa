import type { CallOutput } from '../../shared/contract/index.ts';
import type { Volume } from '../../shared/contract/reporting.ts';
import type { World } from './world.ts';

interface Entry {
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  readonly data: { readonly code?: string };
}

export interface Line {
  readonly order_id: string;
  readonly parent_line_id: string | null;
  readonly ordered: number;
  readonly cancelled: number;
}

/** Everything that a report may be made from, read whole. */
export interface Records {
  readonly journal: readonly Entry[];
  readonly lines: readonly Line[];
  readonly orderOfParcel: ReadonlyMap<string, string>;
}

export async function readRecords(world: World): Promise<Records> {
  const { read } = world.core.database;
  const journal = await read('journal').orderBy(['at', 'id']).select();
  const parcels: { id: string; order_id: string }[] = await read('parcel').select('id', 'order_id');
  return {
    journal: journal.map((row) => ({ ...row, data: JSON.parse(row.data) })),
    lines: await read('order_line').select(),
    orderOfParcel: new Map(parcels.map((parcel) => [parcel.id, parcel.order_id])),
  };
}

/** The clock on the wall, minute by minute, as the runtime prints it. */
function wallClock(zone: string): (ms: number) => { date: string; hour: string; minute: string } {
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (ms) => {
    const text = clock.format(ms);
    return { date: text.slice(0, 10), hour: text.slice(11, 13), minute: text.slice(14, 16) };
  };
}

/** Starts of the hours of a local day and its end, found by looking at every minute of three days. */
export function hoursOfDay(zone: string, date: string): string[] {
  const noon = Date.parse(`${date}T12:00:00.000Z`);
  const look = wallClock(zone);
  const starts: string[] = [];
  let before = look(noon - 36 * 3_600_000 - 60_000);
  for (let ms = noon - 36 * 3_600_000; ms < noon + 36 * 3_600_000; ms += 60_000) {
    const wall = look(ms);
    const begins = wall.date === date && (wall.minute === '00' || wall.hour !== before.hour);
    const ends = wall.date !== date && before.date === date;
    if (begins || ends) starts.push(new Date(ms).toISOString());
    before = wall;
  }
  return starts;
}

const sumOf = (shipped: readonly Entry[], lines: readonly Line[]): Volume => {
  const bought = shipped.flatMap(({ subject }) =>
    lines.filter((line) => line.order_id === subject && line.parent_line_id === null && line.ordered > line.cancelled),
  );
  return {
    orders: shipped.length,
    lines: bought.length,
    units: bought.reduce((sum, line) => sum + line.ordered - line.cancelled, 0),
  };
};

/** Walks the whole journal once, remembering when each thing last began. */
function durations({ journal, orderOfParcel }: Records, from: string, to: string): Record<string, number[]> {
  const open = new Map<string, string>();
  const found: Record<string, number[]> = { pick: [], waiting: [], pack: [], label: [] };
  const end = (step: string, thing: string, at: string): void => {
    const began = open.get(`${step} ${thing}`);
    open.delete(`${step} ${thing}`);
    if (began !== undefined && at >= from && at < to) found[step]?.push(Date.parse(at) - Date.parse(began));
  };
  for (const { kind, subject, at } of journal) {
    if (kind === 'order.picking') open.set(`pick ${subject}`, at);
    if (kind === 'order.picked') {
      end('pick', subject, at);
      open.set(`waiting ${subject}`, at);
    }
    if (kind === 'parcel.opened') {
      end('waiting', orderOfParcel.get(subject) ?? '', at);
      open.set(`pack ${subject}`, at);
    }
    if (kind === 'parcel.closed') {
      end('pack', subject, at);
      open.set(`label ${subject}`, at);
    }
    if (kind === 'parcel.label-confirmed') end('label', subject, at);
  }
  return found;
}

function rank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? null;
}

export interface Asked {
  readonly at: string;
  readonly grain: 'hour' | 'day';
  /** Starts of the slots and the end of the last. */
  readonly starts: readonly string[];
  readonly beside: Readonly<Record<string, string>>;
}

/** The same report, counted in memory from the whole journal. */
export function recompute(records: Records, asked: Asked): CallOutput<'reporting.throughput-view'> {
  const { journal, lines } = records;
  const from = asked.starts[0] ?? '';
  const to = asked.starts.at(-1) ?? '';
  const inside = journal.filter(({ at }) => at >= from && at < to);
  const shipped = inside.filter(({ kind }) => kind === 'order.shipped');
  const times = durations(records, from, to);
  const refused = inside.filter(({ kind }) => kind === 'scan.refused').map(({ data }) => data.code ?? '');
  const codes = [...new Set(refused)].map((code) => ({ code, count: refused.filter((one) => one === code).length }));
  const count = (kind: string): number => inside.filter((entry) => entry.kind === kind).length;
  return {
    at: asked.at,
    from,
    to,
    grain: asked.grain,
    slots: asked.starts.slice(0, -1).map((start, index) => {
      const end = asked.starts[index + 1] ?? '';
      return {
        start,
        end,
        ...sumOf(
          shipped.filter(({ at }) => at >= start && at < end),
          lines,
        ),
      };
    }),
    total: sumOf(shipped, lines),
    dwell: (['pick', 'waiting', 'pack', 'label'] as const).map((step) => {
      const sorted = (times[step] ?? []).sort((a, b) => a - b);
      return { step, count: sorted.length, medianMs: rank(sorted, 0.5), p90Ms: rank(sorted, 0.9) };
    }),
    refusals: {
      total: refused.length,
      rightScans: count('unit.picked') + count('unit.packed'),
      byCode: codes.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1)),
    },
    beside: (['overrides', 'reprints', 'shorts', 'undone'] as const).map((name) => ({
      name,
      count: count(asked.beside[name] ?? ''),
    })),
  };
}
