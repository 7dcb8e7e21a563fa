import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileSecrets } from '../../../main/web/file-secrets.ts';

describe('secrets of the web shell', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'packwright-secrets-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const file = () => join(dataDir, 'secrets.json');
  const readStored = async (): Promise<Record<string, string>> => JSON.parse(await readFile(file(), 'utf8'));
  const mode = async (name: string) => ((await stat(join(dataDir, name))).mode & 0o777).toString(8);

  test('come back as they were kept, also after a restart', async () => {
    const secrets = createFileSecrets(dataDir);
    await secrets.set('carrier.key', 'clé-secrète ✓');
    await secrets.set('empty', '');

    const again = createFileSecrets(dataDir);
    expect([await again.get('carrier.key'), await again.get('empty'), await again.get('none')]).toEqual([
      'clé-secrète ✓',
      '',
      undefined,
    ]);
  });

  test('are replaced and removed one by one', async () => {
    const secrets = createFileSecrets(dataDir);
    await secrets.set('a', '1');
    await secrets.set('b', '2');
    await secrets.set('a', '3');
    await secrets.remove('b');
    await secrets.remove('never there');

    expect([await secrets.get('a'), await secrets.get('b')]).toEqual(['3', undefined]);
  });

  test('may be removed before there are any', async () => {
    const folder = join(dataDir, 'not', 'there');

    await expect(createFileSecrets(folder).remove('a')).resolves.toBeUndefined();
  });

  test('do not lie there in clear, nor twice the same', async () => {
    const secrets = createFileSecrets(dataDir);
    await secrets.set('a', 'the-same-value');
    await secrets.set('b', 'the-same-value');
    const { a, b } = await readStored();

    expect(await readFile(file(), 'utf8')).not.toContain('the-same-value');
    expect(a).not.toBe(b);
  });

  test.skipIf(process.platform === 'win32')(
    'are readable for this user only, key and file, and leave no draft',
    async () => {
      const secrets = createFileSecrets(dataDir);
      await secrets.set('a', '1');
      await secrets.set('a', '2');

      expect([await mode('secrets.json'), await mode('secrets.key')]).toEqual(['600', '600']);
      expect((await readdir(dataDir)).sort()).toEqual(['secrets.json', 'secrets.key']);
    },
  );

  test('that are set at the same moment are all kept', async () => {
    const secrets = createFileSecrets(dataDir);
    const names = Array.from({ length: 12 }, (_, index) => `name-${index}`);
    await Promise.all(names.map((name) => secrets.set(name, `value of ${name}`)));

    expect(await Promise.all(names.map((name) => secrets.get(name)))).toEqual(names.map((name) => `value of ${name}`));
  });

  const tampered: readonly [string, (stored: Record<string, string>) => Record<string, string>][] = [
    ['changed', ({ a = '' }) => ({ a: `${a.slice(0, -6)}${a.at(-6) === 'A' ? 'B' : 'A'}${a.slice(-5)}` })],
    ['cut short', ({ a = '' }) => ({ a: a.slice(0, 20) })],
    ['emptied', () => ({ a: '' })],
    ['put under another name', ({ b = '' }) => ({ a: b })],
  ];
  test.each(tampered)('that were %s are named, not given out', async (_what, change) => {
    const secrets = createFileSecrets(dataDir);
    await secrets.set('a', 'value of a');
    await secrets.set('b', 'value of b');
    await writeFile(file(), JSON.stringify(change(await readStored())));

    await expect(secrets.get('a')).rejects.toMatchObject({
      kind: 'device',
      code: 'secrets.unreadable',
      details: { name: 'a' },
    });
  });

  test('whose key is lost are named', async () => {
    await createFileSecrets(dataDir).set('a', '1');
    await rm(join(dataDir, 'secrets.key'));

    await expect(createFileSecrets(dataDir).get('a')).rejects.toMatchObject({ code: 'secrets.unreadable' });
  });

  test.each(['', 'too short'])('whose key is damaged name its file: %j', async (key) => {
    await createFileSecrets(dataDir).set('a', '1');
    await writeFile(join(dataDir, 'secrets.key'), key);

    await expect(createFileSecrets(dataDir).get('a')).rejects.toMatchObject({
      code: 'secrets.unreadable',
      details: { file: join(dataDir, 'secrets.key') },
    });
  });

  test.each(['{', '[]', '{"a":7}'])('whose file is damaged name it, and it is not written over: %s', async (text) => {
    const secrets = createFileSecrets(dataDir);
    await secrets.set('a', '1');
    await writeFile(file(), text);

    await expect(secrets.get('a')).rejects.toMatchObject({ code: 'secrets.unreadable', details: { file: file() } });
    await expect(secrets.set('b', '2')).rejects.toMatchObject({ code: 'secrets.unreadable' });
    expect(await readFile(file(), 'utf8')).toBe(text);
  });

  test('whose file cannot be read are not taken for none', async () => {
    const secrets = createFileSecrets(dataDir);
    await secrets.set('a', '1');
    await rm(file());
    // A folder in its place cannot be read, whoever runs the test.
    await mkdir(file());

    await expect(secrets.set('b', '2')).rejects.toMatchObject({ code: 'secrets.unreadable' });
  });
});
