import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { allocateWaiting } from '../../main/stock/allocation-service.ts';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { aLevel, anItem, anOrder } from './builders.ts';
import { demoGtin, openWorld } from './world.ts';

export interface LongOrder {
  /** Where the built station shows it, open at the bench. */
  readonly address: string;
  /** Text of the next scan; the order is packed and unpacked again, with a refusal at every fifth scan. */
  nextScan(): string;
  close(): Promise<void>;
}

/** A built station in a process of its own, with an order of many lines picked and open at its bench. */
export async function openLongOrder(size: { lines: number; unitsALine: number }): Promise<LongOrder> {
  const dataDir = await mkdtemp(join(tmpdir(), 'packwright-screen-'));
  await fillAndPick(dataDir, size);
  const { process: child, address } = await launch(dataDir);
  return {
    address,
    nextScan: scansFor(size),
    close: async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function fillAndPick(dataDir: string, { lines, unitsALine }: { lines: number; unitsALine: number }) {
  const world = await openWorld({ dataDir });
  try {
    const numbers = Array.from({ length: lines }, (_, index) => index + 1);
    await world.importItems([
      ...numbers.map((number) => anItem({ sku: `LONG-${number}`, gtin: demoGtin(number) })),
      anItem({ sku: 'OTHER', gtin: demoGtin(lines + 1) }),
    ]);
    await world.importStock(
      numbers.map((number) => aLevel({ sku: `LONG-${number}`, location: `A-01-${number}`, onHand: unitsALine })),
    );
    const wanted = numbers.map((number) => ({ sku: `LONG-${number}`, quantity: unitsALine }));
    await world.importOrders([anOrder({ externalId: 'LONG', lines: wanted })]);
    await allocateWaiting(world.core.deps, { backordered: false });
    await world.signIn();
    await world.pickNextOrder();
    const { mode } = await world.view();
    if (mode !== 'pack') throw new Error(`the long order is not open but ${mode}`);
  } finally {
    await world.close();
  }
}

/** All units but the last one are packed line by line, then taken out again: the order never leaves the bench. */
function scansFor({ lines, unitsALine }: { lines: number; unitsALine: number }): () => string {
  const most = lines * unitsALine - 1;
  const undo = encodeStationCode('command', 'UNDO');
  const wrong = demoGtin(lines + 1);
  let count = 0;
  let packed = 0;
  let filling = true;
  return () => {
    count += 1;
    if (count % 5 === 0) return count % 10 === 0 ? wrong : 'NOTHING-LIKE-IT';
    if (packed === most) filling = false;
    if (packed === 0) filling = true;
    packed += filling ? 1 : -1;
    return filling ? demoGtin(1 + Math.floor((packed - 1) / unitsALine)) : undo;
  };
}

/** Starts the web shell that the build made and waits for its address. */
async function launch(dataDir: string): Promise<{ process: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [resolve('dist/main/web.js'), '--data', dataDir, '--port', '0'], {
    env: { ...process.env, PACKWRIGHT_NO_OPEN: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    const [address] = /http:\/\/127\.0\.0\.1:\d+\/#launch=\S+/.exec(said) ?? [];
    if (address) {
      child.stdout.resume();
      return { process: child, address };
    }
  }
  throw new Error(`the station ended: ${said}`);
}
