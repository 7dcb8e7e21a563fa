import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

// `npm test` builds before it runs anything.
const program = resolve('dist/main/cli.js');
const run = promisify(execFile);

/** A platform that a process of its own plays, and the commands of a station that has a data folder of its own. */
export interface PlayedByCommand {
  readonly address: string;
  /** Configuration file for `channels connect`. */
  readonly config: string;
  /** Arguments of node for a command on the station's data. */
  words(...asked: string[]): string[];
  /** What a command prints. */
  packwright(...asked: string[]): Promise<string>;
  json(...asked: string[]): Promise<ReturnType<typeof JSON.parse>>;
  close(): Promise<void>;
}

export async function playByCommand(platform: string, orders: number): Promise<PlayedByCommand> {
  const folder = await mkdtemp(join(tmpdir(), 'packwright-played-'));
  const playing = spawn(process.execPath, [program, 'platform', platform, '--orders', String(orders)]);
  const line = await new Promise<string>((done) => playing.stdout.once('data', (chunk) => done(String(chunk))));
  const { config } = JSON.parse(line);
  const file = join(folder, 'shop.json');
  await writeFile(file, JSON.stringify(config));
  const words = (...asked: string[]): string[] => [program, ...asked, '--data', join(folder, 'data')];
  const packwright = async (...asked: string[]): Promise<string> =>
    (await run(process.execPath, words(...asked))).stdout.trim();
  return {
    ...{ address: config.baseUrl, config: file, words, packwright },
    json: async (...asked) => JSON.parse(await packwright(...asked)),
    async close() {
      playing.kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
