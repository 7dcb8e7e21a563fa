import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type sqlite3 from 'sqlite3';
import { historyFolder } from '../support/bench-data.ts';
import { openWorld, type World } from '../support/world.ts';

const SIZES = [1_000, 1_000_000] as const;
const UNITS = 20;
const ORDERS = 45;
const WARM_UP = 100;

interface Measure {
  readonly history: number;
  readonly scans: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly bareMedianMs: number;
  readonly ratio: number;
}

/**
 * Scan sent to the door → verdict answered and durable, beside the same rows written bare through the driver in one
 * transaction; both in turn in one run, at 1,000 and at 1,000,000 orders of history.
 */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const measures: Measure[] = [];
  for (const size of SIZES) measures.push(await measure(size));
  const [small, large] = measures;
  const growth = large && small ? round(large.medianMs / small.medianMs) : Number.NaN;
  const ok = measures.every((result) => result.p99Ms <= 25 && result.ratio <= 3) && growth <= 1.2;
  return { ok, bar: 'p99 <= 25 ms, median <= 3 x bare, large <= 1.2 x small', growth, measures };
}

async function measure(history: number): Promise<Measure> {
  const folder = await mkdtemp(join(tmpdir(), 'packwright-bench-'));
  await cp(await historyFolder(history), folder, { recursive: true });
  const world = await openWorld({ dataDir: folder });
  const bare = await openBare(join(folder, 'packwright.sqlite'));
  try {
    await world.fill({ orders: ORDERS, units: UNITS });
    const door: number[] = [];
    const direct: number[] = [];
    await world.signIn();
    for (let order = 0; order < ORDERS; order += 1) await packOrder(world, { door, direct, bare });
    const times = door.slice(WARM_UP).sort((a, b) => a - b);
    const bareTimes = direct.slice(WARM_UP).sort((a, b) => a - b);
    const at = (list: readonly number[], share: number): number => list[Math.floor(list.length * share)] ?? Number.NaN;
    return {
      history,
      scans: times.length,
      medianMs: round(at(times, 0.5)),
      p99Ms: round(at(times, 0.99)),
      bareMedianMs: round(at(bareTimes, 0.5)),
      ratio: round(at(times, 0.5) / at(bareTimes, 0.5)),
    };
  } finally {
    await bare.close();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Timing {
  readonly door: number[];
  readonly direct: number[];
  readonly bare: Bare;
}

async function packOrder(world: World, timing: Timing): Promise<void> {
  const gtins = await world.pickNextOrder();
  for (const gtin of gtins.slice(0, -1)) {
    const started = performance.now();
    const { verdict } = await world.scan(gtin);
    timing.door.push(performance.now() - started);
    if (verdict.code !== 'pack.item-packed') throw new Error(`unexpected verdict ${verdict.code}`);
    const again = performance.now();
    await timing.bare.writeSameRows();
    timing.direct.push(performance.now() - again);
  }
  await world.scan(gtins.at(-1) ?? '');
  await world.finishParcel();
}

interface Bare {
  writeSameRows(): Promise<void>;
  close(): Promise<void>;
}

/** The rows of one packed unit, through the driver with prepared statements and nothing else. */
async function openBare(file: string): Promise<Bare> {
  const driver = createRequire(import.meta.url)('sqlite3') as typeof sqlite3; // CommonJS package
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new driver.Database(file, (error) => (error ? reject(error) : resolve(opened)));
  });
  const exec = (sql: string): Promise<void> =>
    new Promise((resolve, reject) => database.exec(sql, (error) => (error ? reject(error) : resolve())));
  await exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 8000; PRAGMA foreign_keys = ON',
  );
  const statements = {
    parcel: database.prepare('update parcel set version = version + 1 where id = ? and version = version'),
    unit: database.prepare(
      "insert into parcel_unit (id, parcel_id, order_line_id, item_id, quantity, code, at) values (?, ?, ?, ?, 1, '09521000000012', ?)",
    ),
    line: database.prepare('update order_line set packed = packed where id = ?'),
    journal: database.prepare(
      'insert into journal (id, at, station_id, command_id, kind, subject, data) values (?, ?, \'s\', ?, \'unit.packed\', ?, \'{"sku":"BENCH-1","quantity":1}\')',
    ),
    inbox: database.prepare('insert into inbox (command_id, at, answer) values (?, ?, ?)'),
  };
  const run = (statement: sqlite3.Statement, ...values: unknown[]): Promise<void> =>
    new Promise((resolve, reject) =>
      statement.run(...values, (error: Error | null) => (error ? reject(error) : resolve())),
    );
  const answer = JSON.stringify({
    tone: 'good',
    code: 'pack.item-packed',
    params: { sku: 'BENCH-1', title: 'Bench item', done: 1, total: 4 },
    at: new Date().toISOString(),
    scanned: '9521000000012',
  });
  const key = (letter: string): string =>
    `${letter}00000000-0000-7000-8000-${String(1 + Math.floor(Math.random() * 900)).padStart(12, '0')}`;
  return {
    async writeSameRows() {
      const at = new Date().toISOString();
      const command = randomUUID();
      const digits = key('').slice(0);
      await exec('BEGIN IMMEDIATE');
      await run(statements.parcel, `p${digits}`);
      await run(statements.unit, randomUUID(), `p${digits}`, `l1${digits}`, 'hi1', at);
      await run(statements.line, `l1${digits}`);
      await run(statements.journal, randomUUID(), at, command, `p${digits}`);
      await run(statements.inbox, command, at, answer);
      await exec('COMMIT');
    },
    async close() {
      for (const statement of Object.values(statements)) await new Promise((resolve) => statement.finalize(resolve));
      await new Promise((resolve) => database.close(resolve));
    },
  };
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
