import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultDataDir, readLocalSettings, writeLocalSettings } from '../../../main/app/local-settings.ts';

describe('settings of this PC', () => {
  let dataDir: string;
  let file: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'packwright-local-'));
    file = join(dataDir, 'settings.json');
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));
  const fresh = { database: {}, station: { name: 'Bench 1' }, web: {} };

  test('need no file', async () => {
    expect(await readLocalSettings(dataDir)).toEqual(fresh);
    expect(await readLocalSettings(join(dataDir, 'not', 'there'))).toEqual(fresh);
  });

  test('may be written and read again, and leave no draft behind', async () => {
    const settings = {
      database: { url: 'postgres://packer@db/packwright' },
      station: { name: 'Établi 2' },
      web: { host: '192.168.1.20', port: 4870 },
      kiosk: true,
    };
    await writeLocalSettings(dataDir, settings);

    expect(await readLocalSettings(dataDir)).toEqual(settings);
    expect(await readdir(dataDir)).toEqual(['settings.json']);
  });

  test('are written where the folder is not there yet', async () => {
    const folder = join(dataDir, 'deep', 'er');
    await writeLocalSettings(folder, fresh);

    expect(await readLocalSettings(folder)).toEqual(fresh);
  });

  test('are read as Windows’ editor saves them, with a mark at the beginning', async () => {
    await writeFile(file, '\uFEFF{"station":{"name":"Bench 7"}}\r\n');

    expect((await readLocalSettings(dataDir)).station.name).toBe('Bench 7');
  });

  test.each(['', '{', '{"station":}', 'station: Bench 1', '\u0000'])(
    'that are no JSON name the file: %j',
    async (text) => {
      await writeFile(file, text);

      await expect(readLocalSettings(dataDir)).rejects.toMatchObject({
        kind: 'validation',
        code: 'settings.not-json',
        details: { file, reason: expect.stringMatching(/./) },
      });
    },
  );

  test.each([
    ['{"web":{"port":70000}}', 'web.port'],
    ['{"web":{"port":"4870"}}', 'web.port'],
    ['{"web":{"host":""}}', 'web.host'],
    ['{"station":{"name":""}}', 'station.name'],
    [`{"station":{"name":"${'x'.repeat(41)}"}}`, 'station.name'],
    ['{"station":{}}', 'station.name'],
    ['{"database":{"url":"mysql://db"}}', 'database.url'],
    ['{"kiosk":"yes"}', 'kiosk'],
    ['{"prot":4870}', 'prot'],
    ['{"web":{"prot":4870}}', 'web.prot'],
    ['[]', ''],
    ['7', ''],
  ])('with a bad value name the file and the field: %s', async (text, field) => {
    await writeFile(file, text);

    await expect(readLocalSettings(dataDir)).rejects.toMatchObject({
      kind: 'validation',
      code: 'settings.bad-field',
      details: { file, field, reason: expect.stringMatching(/./) },
    });
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  test('never show the password of a database address in a fault', async () => {
    await writeFile(file, '{"database":{"url":"mysql://packer:s3cret@db"}}');
    const error: unknown = await readLocalSettings(dataDir).catch((fault: unknown) => fault);

    expect(String(error)).not.toContain('s3cret');
  });

  test('that cannot be read name the file', async () => {
    await mkdir(file);

    await expect(readLocalSettings(dataDir)).rejects.toMatchObject({
      kind: 'device',
      code: 'settings.file-unreadable',
      details: { file },
    });
  });
});

describe('the data folder', () => {
  test.each([
    ['win32', { APPDATA: 'C:\\Users\\zoe\\AppData\\Roaming' }, /AppData.Roaming.Packwright$/],
    ['darwin', {}, /Library.Application Support.Packwright$/],
    ['linux', { XDG_DATA_HOME: '/data/home' }, /^.data.home.packwright$/],
    ['linux', {}, /\.local.share.packwright$/],
  ] as const)('lies where %s keeps it', (platform, environment, place) => {
    expect(defaultDataDir(environment, platform)).toMatch(place);
  });
});
