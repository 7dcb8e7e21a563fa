import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { historyFolder } from '../support/bench-data.ts';

const STARTS = 5;
const ORDERS = 1_000_000;
const PATIENCE_MS = 30_000;

/** Start of the process → the door answers, on a database of 1,000,000 orders; beside a bare `node -e 0`. */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'packwright-bench-'));
  await cp(await historyFolder(ORDERS), folder, { recursive: true });
  try {
    const times: number[] = [];
    const bare: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      times.push(await startOnce(folder));
      bare.push(await bareNode());
    }
    const median = [...times].sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Number.NaN;
    const bareMedian = [...bare].sort((a, b) => a - b)[Math.floor(STARTS / 2)] ?? Number.NaN;
    return {
      ok: median <= 1_500,
      bar: '<= 1.5 s',
      orders: ORDERS,
      medianMs: Math.round(median),
      startsMs: times.map(Math.round),
      bareNodeMs: Math.round(bareMedian),
      ratio: Number((median / bareMedian).toFixed(1)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [resolve('dist/main/web.js'), '--data', dataDir, '--port', '0'], {
    env: { ...process.env, PACKWRIGHT_NO_OPEN: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const address = await addressOf(child);
    const response = await fetch(address.replace(/#.*/, 'api/openapi.json'));
    if (!response.ok) throw new Error(`the door answered ${response.status}`);
    return performance.now() - started;
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolveAddress, reject) => {
    let text = '';
    const timer = setTimeout(() => reject(new Error('the station did not start')), PATIENCE_MS);
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const address = /http:\/\/\S+/.exec(text)?.[0];
      if (!address) return;
      clearTimeout(timer);
      resolveAddress(address);
    });
    child.once('exit', (code) => reject(new Error(`the station ended with ${code}`)));
  });
}

async function bareNode(): Promise<number> {
  const started = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - started;
}
