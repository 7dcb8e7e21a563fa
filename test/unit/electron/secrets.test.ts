import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSafeSecrets } from '../../../main/electron/secrets.ts';
import { resetElectron, safeStorage } from '../../support/electron-stub.ts';

let folder: string;
const open = (platform: NodeJS.Platform = 'linux') => createSafeSecrets({ folder, platform });
const onDisk = () => readFileSync(join(folder, 'secrets.json'), 'utf8');

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'packwright-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('secrets in the desktop shell', () => {
  test('outlive the app and are not in its file', async () => {
    await open().set('carrier.easypost', 'EZAK-hunter2');
    expect(await open().get('carrier.easypost')).toBe('EZAK-hunter2');
    expect(onDisk()).not.toContain('hunter2');
  });

  test('belong to their owner alone', async () => {
    await open().set('carrier.easypost', 'EZAK-hunter2');
    if (process.platform !== 'win32') expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
  });

  test('that were never set, or were removed, are not there', async () => {
    const secrets = open();
    await secrets.set('a', '1');
    await secrets.remove('a');
    expect([await secrets.get('a'), await secrets.get('b'), await secrets.get('constructor')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('whose names hold dots are not mixed up', async () => {
    const secrets = open();
    await secrets.set('carrier', 'one');
    await secrets.set('carrier.key', 'two');
    expect([await secrets.get('carrier'), await secrets.get('carrier.key')]).toEqual(['one', 'two']);
  });

  test.each([
    ['there is no key store', () => Object.assign(safeStorage, { available: false })],
    ['Linux has only a key that everybody knows', () => Object.assign(safeStorage, { backend: 'basic_text' })],
  ])('are refused rather than stored in clear where %s', async (_case, arrange) => {
    arrange();
    const refused = { kind: 'device', code: 'secrets.unavailable' };
    await expect(open().set('carrier.easypost', 'EZAK-hunter2')).rejects.toMatchObject(refused);
    await expect(open().get('carrier.easypost')).resolves.toBeUndefined();
  });

  test('of another machine are said to be unreadable', async () => {
    writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ 'carrier.easypost': 'AAAA' }));
    const unreadable = { kind: 'device', code: 'secrets.unreadable', details: { name: 'carrier.easypost' } };
    await expect(open().get('carrier.easypost')).rejects.toMatchObject(unreadable);
  });

  test('in a broken file are said to be unreadable, and the file is left as it is', async () => {
    writeFileSync(join(folder, 'secrets.json'), '{"carrier');
    await expect(open().get('carrier')).rejects.toMatchObject({ code: 'secrets.unreadable' });
    expect(onDisk()).toBe('{"carrier');
  });

  test('are sealed anew when the system has changed its key', async () => {
    await open().set('a', '1');
    safeStorage.rotated = true;
    const before = statSync(join(folder, 'secrets.json')).ino;
    expect(await open().get('a')).toBe('1');
    expect(statSync(join(folder, 'secrets.json')).ino).not.toBe(before);
  });
});
