import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRotatingLog, describeFault } from '../../../main/electron/rotating-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packwright-log-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): { kind: string; [key: string]: unknown } => JSON.parse(line));

describe('the crash log', () => {
  test('says what happened, one line each', () => {
    const log = createRotatingLog({ folder: join(folder, 'new', 'logs'), name: 'shell', maxBytes: 4096, keep: 2 });
    log.write('renderer-gone', { reason: 'oom' });
    log.write('child-gone', { type: 'GPU' });
    expect(linesOf(log.file)).toEqual([
      { at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/), kind: 'renderer-gone', reason: 'oom' },
      { at: expect.any(String), kind: 'child-gone', type: 'GPU' },
    ]);
  });

  test('never grows beyond its files, and keeps the newest', () => {
    const log = createRotatingLog({ folder, name: 'shell', maxBytes: 1000, keep: 2 });
    for (let count = 0; count < 100; count += 1) log.write('renderer-gone', { count });
    expect(readdirSync(folder).sort()).toEqual(['shell.1.log', 'shell.2.log', 'shell.log']);
    for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(1000);
    expect(linesOf(log.file).at(-1)).toMatchObject({ count: 99 });
  });

  test('cuts an entry that would fill it alone', () => {
    const log = createRotatingLog({ folder, name: 'shell', maxBytes: 100_000, keep: 1 });
    log.write('uncaught-exception', { message: 'x'.repeat(90_000) });
    expect(statSync(log.file).size).toBeLessThan(20_000);
    expect(linesOf(log.file)).toMatchObject([{ kind: 'uncaught-exception' }]);
  });

  test('does not turn a full disk into a second crash', () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be');
    createRotatingLog({ folder: join(folder, 'logs'), name: 'shell', maxBytes: 1000, keep: 1 }).write('child-gone', {});
    expect(said).toHaveBeenCalledWith(expect.stringContaining('child-gone'));
    said.mockRestore();
  });

  test('describes whatever was thrown', () => {
    const refused = Object.assign(new Error('no room'), { code: 'ENOSPC' });
    expect(describeFault(refused)).toMatchObject({ message: 'no room', code: 'ENOSPC', stack: expect.any(String) });
    expect(describeFault('gone')).toEqual({ message: 'gone' });
  });
});
