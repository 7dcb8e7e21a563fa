import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withLock } from '../../../main/launch/lock.mjs';
import { runQuietly } from '../../../main/launch/run-child.mjs';

const project = resolve(import.meta.dirname, '../../..');
const script = (code: string) => ['--input-type=module', '--eval', code];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packwright-launch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a program that runs quietly', () => {
  test('tells its last words and its exit code', async () => {
    const answer = await runQuietly(process.execPath, script('console.error("no compiler"); process.exit(3)'), {
      shell: false,
    });
    expect(answer).toEqual({ code: 3, output: 'no compiler\n', outOfTime: false });
  });

  test('fails with a reason when it does not exist', async () => {
    const answer = await runQuietly(join(folder, 'nothing'), [], { shell: false });
    expect(answer).toMatchObject({ code: 1, output: expect.stringContaining('ENOENT') });
  });

  test.skipIf(process.platform === 'win32')('is ended for its time together with what it started', async () => {
    const beat = join(folder, 'beat');
    const child = `setInterval(() => fs.appendFileSync(${JSON.stringify(beat)}, "."), 20)`;
    const parent = `
      import { spawn } from 'node:child_process';
      spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' });
      setInterval(() => 0, 1000);`;
    const answer = await runQuietly(process.execPath, script(parent), { shell: false, limitMs: 5_000 });
    expect(answer).toMatchObject({ outOfTime: true });
    expect(existsSync(beat)).toBe(true);
    const beats = readFileSync(beat, 'utf8').length;
    await wait(200);
    expect(readFileSync(beat, 'utf8')).toHaveLength(beats);
  });
});

describe('a program in our place', () => {
  const inPlace = (code: string, args: readonly string[] = []) => {
    const launch = `
      import { runInPlace } from ${JSON.stringify(join(project, 'main/launch/run-child.mjs'))};
      process.exitCode = await runInPlace(process.execPath, ['-e', ${JSON.stringify(code)}, ...process.argv.slice(1)]);`;
    return spawnSync(process.execPath, [...script(launch), '--', ...args], { encoding: 'utf8', input: 'scan' });
  };

  test('gets our arguments and input, and its output and exit code are ours', () => {
    const code = 'console.log(process.argv.slice(1).join(), fs.readFileSync(0, "utf8")); process.exit(4)';
    const { status, stdout } = inPlace(code, ['orders', '--data=/x y', '--json']);
    expect({ status, stdout }).toEqual({ status: 4, stdout: 'orders,--data=/x y,--json scan\n' });
  });

  test.skipIf(process.platform === 'win32')('gets the signal that we get, and says how it ended', () => {
    const code = 'process.on("SIGTERM", () => process.exit(7)); setInterval(() => 0, 1000); process.kill(process.ppid)';
    expect(inPlace(code).status).toBe(7);
    expect(inPlace('process.kill(process.pid, "SIGKILL")').status).toBe(128 + 9);
  });
});

describe('several starts at once', () => {
  const lock = () => join(folder, '.cache', 'launch-lock');

  test('work one after the other', async () => {
    const steps: string[] = [];
    const work = (name: string) =>
      withLock(
        folder,
        () => undefined,
        async () => {
          steps.push(`${name} begins`);
          await wait(50);
          steps.push(`${name} ends`);
        },
      );
    await Promise.all([work('one'), work('two')]);
    expect(steps).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    expect(readdirSync(join(folder, '.cache'))).toEqual([]);
  });

  test('do not wait for one that is gone', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    mkdirSync(join(folder, '.cache'));
    writeFileSync(lock(), String(gone));
    expect(
      await withLock(
        folder,
        () => undefined,
        async () => 'done',
      ),
    ).toBe('done');
  });

  test('wait for one that fails, and are told whom they wait for', async () => {
    const said: string[] = [];
    let tell: () => void = () => undefined;
    const told = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const failing = withLock(
      folder,
      () => undefined,
      async () => {
        await told;
        throw new Error('no compiler');
      },
    );
    const waiting = withLock(
      folder,
      (line: string) => {
        said.push(line);
        tell();
      },
      async () => 'done',
    );
    await expect(failing).rejects.toThrow('no compiler');
    expect(await waiting).toBe('done');
    expect(said).toEqual([expect.stringContaining(`process ${process.pid}`)]);
  });
});
