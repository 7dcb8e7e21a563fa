import type { CDPSession, Page } from 'playwright';
import { launchChromium } from '../support/chromium.ts';
import { type PaintedScan, type ScreenClock, startScreenClock } from '../support/screen-clock.ts';
import { type LongOrder, openLongOrder } from '../support/screen-data.ts';
import { typeScan } from '../support/typed-scan.ts';

const LINES = 200;
const UNITS_A_LINE = 5;
const WARM_UP = 200;
const SCANS = 2_000;
const HEAP_SCANS = 20_000;
/** Scans between two looks at the heap. */
const HEAP_STEP = 2_500;
const BURST = 25;
const OVER_DOOR_MS = 50;
const LONG_TASK_MS = 100;
const HEAP_GROWTH_MIB = 1;

/**
 * Last key of a scan in a real Chromium → frame with its verdict painted, with an order of 200 lines open, beside the
 * door's own time for the same scan; long tasks and the heap of the page in the same run.
 */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const order = await openLongOrder({ lines: LINES, unitsALine: UNITS_A_LINE });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const screen = await measureScreen(page, order);
    const heap = await measureHeap(page, order);
    const ok =
      screen.overDoorP99Ms <= OVER_DOOR_MS &&
      screen.longestTaskMs <= LONG_TASK_MS &&
      heap.longestTaskMs <= LONG_TASK_MS &&
      heap.growthMib <= HEAP_GROWTH_MIB;
    const bar = `p99 <= ${OVER_DOOR_MS} ms over the door, no task > ${LONG_TASK_MS} ms, heap <= ${HEAP_GROWTH_MIB} MiB over ${HEAP_SCANS} scans`;
    return { ok, bar, lines: LINES, ...screen, heap };
  } finally {
    await browser.close();
    await order.close();
  }
}

interface ScreenMeasure {
  readonly scans: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly doorMedianMs: number;
  readonly doorP99Ms: number;
  readonly overDoorMedianMs: number;
  readonly overDoorP99Ms: number;
  readonly longestTaskMs: number;
}

async function measureScreen(page: Page, order: LongOrder): Promise<ScreenMeasure> {
  const clock = await startScreenClock(page);
  await page.goto(order.address);
  await page.locator('[data-step="pack-item"]').waitFor({ timeout: 30_000 });
  const keys = await page.context().newCDPSession(page);
  const scans: PaintedScan[] = [];
  for (let count = 0; count < WARM_UP + SCANS; count += 1) {
    if (count === WARM_UP) await clock.forgetLongTasks();
    const painted = clock.next();
    await typeScan(keys, order.nextScan());
    scans.push(await painted);
  }
  const measured = scans.slice(WARM_UP);
  const total = sorted(measured.map(({ keyAt, paintedAt }) => paintedAt - keyAt));
  const door = sorted(measured.map(({ doorMs }) => doorMs));
  const over = sorted(measured.map(({ keyAt, paintedAt, doorMs }) => paintedAt - keyAt - doorMs));
  return {
    scans: measured.length,
    medianMs: at(total, 0.5),
    p99Ms: at(total, 0.99),
    doorMedianMs: at(door, 0.5),
    doorP99Ms: at(door, 0.99),
    overDoorMedianMs: at(over, 0.5),
    overDoorP99Ms: at(over, 0.99),
    longestTaskMs: Math.round(await clock.longestTask()),
  };
}

interface HeapMeasure {
  readonly scans: number;
  readonly growthMib: number;
  readonly usedMib: readonly number[];
  readonly domNodes: readonly number[];
  readonly longestTaskMs: number;
}

/** The queue is kept full here: every scan is answered and shown, none is waited for. */
async function measureHeap(page: Page, order: LongOrder): Promise<HeapMeasure> {
  const clock = await startScreenClock(page);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  const usedMib: number[] = [];
  const domNodes: number[] = [];
  let longestTaskMs = 0;
  // One step more than is judged: caches and compiled code are there after the first.
  for (let count = 0; count <= HEAP_SCANS; count += HEAP_STEP) {
    // A collection that is asked for stops the page: it is no task of the page's own.
    await clock.forgetLongTasks();
    await scanInBursts({ session, clock, order }, HEAP_STEP);
    longestTaskMs = Math.max(longestTaskMs, await clock.longestTask());
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    usedMib.push(round(usedSize / 1_048_576));
    domNodes.push((await session.send('Memory.getDOMCounters')).nodes);
  }
  const growthMib = round((usedMib.at(-1) ?? 0) - (usedMib[0] ?? 0));
  return { scans: HEAP_SCANS, growthMib, usedMib, domNodes, longestTaskMs: Math.round(longestTaskMs) };
}

interface Scanning {
  readonly session: CDPSession;
  readonly clock: ScreenClock;
  readonly order: LongOrder;
}

async function scanInBursts({ session, clock, order }: Scanning, scans: number): Promise<void> {
  for (let count = 0; count < scans; count += BURST) {
    for (let scan = 0; scan < BURST; scan += 1) await typeScan(session, order.nextScan());
    await clock.allAnswered();
  }
}

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

const at = (list: readonly number[], share: number): number =>
  round(list[Math.floor(list.length * share)] ?? Number.NaN);

function round(value: number): number {
  return Number(value.toFixed(2));
}
