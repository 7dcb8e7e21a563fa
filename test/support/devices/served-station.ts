import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../../shared/contract/index.ts';
import { until } from './until.ts';

/** Made by `npm test` before it runs anything. */
const program = resolve('dist/main/cli.js');

export interface StreamEvent {
  readonly at: number;
  readonly name: string;
  readonly data: unknown;
}

/** A station that somebody started with `packwright serve`, seen from outside its process. */
export interface ServedStation {
  /** `packwright <args> --data DIR` in a process of its own; fails when it does. */
  command(...args: string[]): Promise<string>;
  /** As the bench's screen calls. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Everything that the screen was told since it opened, oldest first. */
  readonly events: readonly StreamEvent[];
  stop(): Promise<void>;
}

function gather(child: ChildProcess): { out: () => string; err: () => string; ended: Promise<number | null> } {
  const said = { out: '', err: '' };
  child.stdout?.on('data', (bytes: Buffer) => {
    said.out += bytes;
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    said.err += bytes;
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return { out: () => said.out, err: () => said.err, ended };
}

async function runCommand(dataDir: string, args: readonly string[]): Promise<string> {
  const said = gather(spawn(process.execPath, [program, ...args, '--data', dataDir], { timeout: 30_000 }));
  const code = await said.ended;
  if (code !== 0) throw new Error(`packwright ${args.join(' ')}: ${code} ${said.err()}`);
  return said.out();
}

async function readStream(body: AsyncIterable<Uint8Array>, events: StreamEvent[]): Promise<void> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split('\n\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const name = /^event: (.*)$/m.exec(part)?.[1];
      const data = /^data: (.*)$/m.exec(part)?.[1];
      if (name && data) events.push({ at: Date.now(), name, data: JSON.parse(data) });
    }
  }
}

export async function servedStation(dataDir: string): Promise<ServedStation> {
  const child = spawn(process.execPath, [program, 'serve', '--data', dataDir, '--port', '0'], {
    env: { ...process.env, PACKWRIGHT_NO_OPEN: '1' },
  });
  const said = gather(child);
  const address = await until(
    () =>
      /(http:\/\/\S+)\/#launch=(\S+)/.exec(said.out()) ?? (child.exitCode === null ? undefined : failed(said.err())),
    'the address of the station',
  );
  const [, origin = '', launchToken = ''] = address;
  let authorization: Record<string, string> = {};
  const post = async (name: string, input: unknown): Promise<unknown> => {
    const answer = await fetch(`${origin}/api/${name}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...authorization },
      signal: AbortSignal.timeout(20_000),
    });
    const body = (await answer.json()) as { ok: boolean; output?: unknown; error?: unknown }; // the door's envelope
    if (!body.ok) throw new Error(`${name}: ${JSON.stringify(body.error)}`);
    return body.output;
  };
  const call = async <N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> =>
    (await post(name, input)) as CallOutput<N>; // the door has checked it against the contract
  const { sessionToken } = await call('stations.open-session', { launchToken });
  authorization = { authorization: `Bearer ${sessionToken}` };
  const { ticket } = await call('stations.open-events', {});
  const heard = new AbortController();
  const { body } = await fetch(`${origin}/api/events?ticket=${ticket}`, { signal: heard.signal });
  const events: StreamEvent[] = [];
  if (body) void readStream(body, events).catch(() => undefined);
  return {
    command: (...args) => runCommand(dataDir, args),
    call,
    events,
    async stop() {
      heard.abort();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await said.ended;
      clearTimeout(timer);
    },
  };
}

function failed(words: string): never {
  throw new Error(`the station ended: ${words}`);
}
