import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anOrder } from '../../support/builders.ts';
import { freshDatabase } from '../../support/databases.ts';
import { describeOnEach } from '../../support/frame.ts';
import { bundlePrograms, type Finished, type Programs, type StartOptions } from '../../support/programs.ts';
import { shopifyCsv, shopifyRows } from '../../support/shopify-export.ts';

const items = 'sku,title,gtins,weight_g\nMUG,Blue mug,9521234500018,350\nTEE,Plain tee,9521234500025,150\n';
const stock = 'sku,location,on_hand\nMUG,A-01-1,40\nTEE,A-01-2,40\n';
const ordersOf = (lines: { sku: string; quantity: number }[], numbers = ['1001', '1002', '1003']): string =>
  shopifyCsv(numbers.flatMap((externalId) => shopifyRows(anOrder({ externalId, lines }))));
const orders = ordersOf([
  { sku: 'MUG', quantity: 1 },
  { sku: 'TEE', quantity: 2 },
]);

let programs: Programs;
beforeAll(async () => {
  programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
});
afterAll(() => programs?.remove());

describeOnEach('the packwright command', (kind) => {
  let folder: string;
  let data: string;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packwright-cli-'));
    data = join(folder, 'data');
    database = await freshDatabase(kind);
    await mkdir(data);
    if (database.url) await writeFile(join(data, 'settings.json'), JSON.stringify({ database: { url: database.url } }));
    await Promise.all(
      Object.entries({ items, stock, orders }).map(([name, text]) => writeFile(join(folder, `${name}.csv`), text)),
    );
  });
  afterAll(async () => {
    await database?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const run = (args: readonly string[], options?: StartOptions): Promise<Finished> =>
    programs.start('cli', [...args, '--data', data], options).finished;
  /** A command that succeeds, with what it said as JSON. */
  const json = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout);
  };
  const text = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };
  const failed = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    return stderr.trim();
  };
  const file = async (name: string, content: string | Buffer): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  describe('import', () => {
    test.each([
      ['items', 2],
      ['stock', 2],
      ['orders', 3],
    ])('takes %s from a file once', async (what, count) => {
      const path = join(folder, `${what}.csv`);

      expect(await json('import', what, path)).toEqual({ imported: count, updated: 0, unchanged: 0, rejected: [] });
      expect(await json('import', what, path, '--json')).toEqual({
        imported: 0,
        updated: 0,
        unchanged: count,
        rejected: [],
      });
    });

    test('shows what a changed order differs in', async () => {
      const path = await file(
        'changed.csv',
        ordersOf(
          [
            { sku: 'MUG', quantity: 3 },
            { sku: 'TEE', quantity: 2 },
          ],
          ['1003'],
        ),
      );

      expect(await json('import', 'orders', path)).toMatchObject({
        imported: 0,
        updated: 1,
        unchanged: 0,
        rejected: [],
        changes: [{ number: '#1003', difference: expect.stringContaining('MUG') }],
      });
    });

    test('sets bad rows aside with row and reason, and takes the rest', async () => {
      const path = await file(
        'half.csv',
        'sku,title,gtins\nCUP,Cup,9521234500032\n,No SKU,\nBOWL,Bowl,9521234500033\n',
      );
      const summary = await json('import', 'items', path);

      expect(summary).toMatchObject({ imported: 1, rejected: [{ row: 3 }, { row: 4 }] });
      for (const { reason } of summary.rejected) expect(reason).toMatch(/\w/);
    });

    test('takes the channel that is named where the file does not tell', async () => {
      const path = await file(
        'own.csv',
        'order_id,placed_at,name,street1,postcode,city,country,sku,quantity\n9001,2026-11-20T10:00:00Z,Zoé,1 rue X,13002,Marseille,FR,MUG,1\n',
      );
      await json('import', 'orders', path, '--channel', 'instagram');
      const listed: { externalId: string; channel: string }[] = await json('orders', '--json');

      expect(listed.find((order) => order.externalId === '9001')).toMatchObject({ channel: 'instagram' });
    });

    const bad: readonly [what: string, content: string | Buffer | undefined, says: RegExp][] = [
      ['is not there', undefined, /^There is no file bad\.csv\.$/],
      ['is empty', '', /^The file bad\.csv is empty\.$/],
      ['has other columns', 'a,b\n1,2\n', /^The file bad\.csv is not a known format/],
      ['is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 255, 216]), /^The file bad\.csv/],
    ];
    test.each(bad)('of a file that %s ends with one line that names it', async (_what, content, says) => {
      await rm(join(folder, 'bad.csv'), { force: true });
      if (content !== undefined) await file('bad.csv', content);

      expect(await failed('import', 'orders', join(folder, 'bad.csv'))).toMatch(says);
    });

    test('of a folder says that it is none', async () => {
      expect(await failed('import', 'items', folder)).toMatch(/is not a file\.$/);
    });
  });

  describe('orders', () => {
    test('are one JSON array, each with its lines', async () => {
      const listed = await json('orders', '--json');

      expect(listed).toHaveLength(4);
      expect(listed[0]).toMatchObject({
        externalId: expect.any(String),
        channel: 'shopify',
        number: '#1001',
        state: 'allocated',
        lines: [
          { sku: 'MUG', quantityOrdered: 1 },
          { sku: 'TEE', quantityOrdered: 2 },
        ],
      });
    });

    test('of one state only', async () => {
      expect(await json('orders', '--json', '--state', 'allocated')).toHaveLength(4);
      expect(await json('orders', '--json', '--state', 'shipped')).toEqual([]);
    });

    test('are lines for people without --json', async () => {
      const lines = (await text('orders')).trimEnd().split('\n');

      expect(lines).toHaveLength(4);
      expect(lines[0]).toMatch(/^#1001\tshopify\tallocated\t2 lines\tship by /);
    });

    test('whose reader goes away end quietly', async () => {
      const run = programs.start('cli', ['orders', '--json', '--data', data]);
      run.child.stdout?.destroy();
      const { stderr } = await run.finished;

      expect(stderr).toBe('');
    });
  });

  describe('order show', () => {
    test.each(['#1001', '1001'])('finds %s', async (number) => {
      const order = await json('order', 'show', number, '--json');

      expect(order).toMatchObject({
        number: '#1001',
        channel: 'shopify',
        state: 'allocated',
        lines: [
          {
            sku: 'MUG',
            gtins: ['09521234500018'],
            quantityOrdered: 1,
            quantityAllocated: 1,
            quantityPicked: 0,
            quantityPacked: 0,
          },
          {
            sku: 'TEE',
            gtins: ['09521234500025'],
            quantityOrdered: 2,
            quantityAllocated: 2,
            quantityPicked: 0,
            quantityPacked: 0,
          },
        ],
        parcels: [],
      });
      expect(order.timeline.map((entry: { kind: string }) => entry.kind)).toContain('order.imported');
    });

    test('finds an order by the code on its papers', async () => {
      const { code } = await json('order', 'show', '#1002', '--json');

      expect((await json('order', 'show', code, '--json')).number).toBe('#1002');
    });

    test('shows people lines with SKU, GTIN and quantities, and the timeline', async () => {
      const shown = await text('order', 'show', '#1001');

      expect(shown).toMatch(/^#1001 · shopify · allocated/);
      expect(shown).toMatch(/MUG.*09521234500018.*ordered 1, allocated 1, picked 0, packed 0/);
      expect(shown).toContain('order.imported');
    });

    test('of an order that there is not says so', async () => {
      expect(await failed('order', 'show', '#9999')).toBe('There is no order #9999.');
    });
  });

  describe('export', () => {
    const csvRows = (csv: string): string[] => csv.trimEnd().split('\n');

    test.each([
      ['orders', 'externalId', 4],
      ['stock', 'onHand', 2],
    ])('gives %s as CSV with a header, and as JSON', async (what, column, count) => {
      const rows = csvRows(await text('export', what));
      const asJson = await json('export', what, '--json');

      expect(rows[0]?.split(',')).toContain(column);
      expect(rows).toHaveLength(count + 1);
      expect(asJson).toHaveLength(count);
      expect(rows[0]?.split(',')).toEqual(Object.keys(asJson[0]));
    });

    test('gives the journal in the order in which it was written, and changes nothing by reading', async () => {
      const journal: { id: string; at: string; kind: string; data: object }[] = await json(
        'export',
        'journal',
        '--json',
      );
      const since = journal.at(-1)?.at ?? '';

      expect(journal.map((entry) => entry.id)).toEqual(journal.map((entry) => entry.id).sort());
      expect(journal.filter((entry) => entry.kind === 'order.imported')).toHaveLength(4);
      expect(journal[0]?.data).toBeTypeOf('object');
      expect(await json('export', 'journal', '--format', 'json')).toEqual(journal);
      expect(await json('export', 'journal', '--json', '--since', since)).toEqual(
        journal.filter((entry) => entry.at >= since),
      );
    });

    test('leaves out what came before --since', async () => {
      expect(await json('export', 'orders', '--json', '--since', '2026-01-01')).toHaveLength(4);
      expect(await json('export', 'stock', '--json', '--since', '2026-01-01')).toHaveLength(2);
      expect(await json('export', 'orders', '--json', '--since', '2999-01-01')).toEqual([]);
    });

    test.each([
      ['orders', /^id,externalId,channel,/],
      ['journal', /^id,at,kind,/],
      ['stock', /^sku,location,onHand,/],
    ])('of %s after everything is the header alone', async (what, header) => {
      const rows = csvRows(await text('export', what, '--since', '2999-01-01T00:00:00Z'));

      expect(rows).toEqual([expect.stringMatching(header)]);
    });

    test('since no instant says so', async () => {
      expect(await failed('export', 'journal', '--since', 'yesterday')).toMatch(/--since.*an instant looks like/);
    });
  });

  describe('codes', () => {
    test('are everything scannable that the station issues, with what it means', async () => {
      const codes: { group: string; text: string; title: string; meaning: string }[] = await json('codes', '--json');
      const groups = new Set(codes.map((code) => code.group));

      expect(groups).toEqual(new Set(['badge', 'command', 'carton', 'location']));
      expect(codes.every((code) => code.text !== '' && code.title !== '' && code.meaning !== '')).toBe(true);
      expect(new Set(codes.map((code) => code.text)).size).toBe(codes.length);
      expect(codes.filter((code) => code.group === 'location').map((code) => code.title)).toEqual(['A-01-1', 'A-01-2']);
    });

    test('are lines for people without --json, in French where they are asked to', async () => {
      const lines = (await text('codes', '--language', 'fr')).trimEnd().split('\n');

      expect(lines.every((line) => line.split('\t').length === 4)).toBe(true);
      expect(lines).toContainEqual(expect.stringMatching(/\tUNDO\tRetire la dernière pièce$/));
    });

    test('are written as a sheet to print', async () => {
      const sheet = join(folder, 'codes.pdf');
      expect(await text('codes', '--pdf', sheet)).toBe('');

      expect((await readFile(sheet)).subarray(0, 5).toString()).toBe('%PDF-');
    });

    test('are not written where they cannot be, and the file is named', async () => {
      expect(await failed('codes', '--pdf', join(folder, 'not', 'there.pdf'))).toContain('there.pdf');
    });
  });

  describe('beside a running station', () => {
    test('imports, and the station serves what came in', async () => {
      const station = programs.start('cli', ['serve', '--port', '0', '--data', data]);
      const said = await station.said('#launch=');
      const address = new URL(/http:\S+/.exec(said)?.[0] ?? '');
      const post = async (call: string, input: object, token?: string) => {
        const answer = await fetch(`${address.origin}/api/${call}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
          body: JSON.stringify(input),
        });
        return (await answer.json()) as { output: Record<string, unknown> };
      };
      const launchToken = new URLSearchParams(address.hash.slice(1)).get('launch') ?? '';
      const token = String((await post('stations.open-session', { launchToken })).output.sessionToken);
      const seen = async (): Promise<unknown> => {
        const { operators } = (await post('stations.session-view', {}, token)).output as {
          operators: { id: string }[];
        };
        await post('stations.sign-in', { operatorId: operators[0]?.id }, token);
        return (await post('orders.list-view', { search: '2001' }, token)).output.total;
      };
      expect(await seen()).toBe(0);

      const path = await file('more.csv', ordersOf([{ sku: 'MUG', quantity: 1 }], ['2001']));
      const [imported, listed, opened] = await Promise.all([
        json('import', 'orders', path),
        json('orders', '--json'),
        text('open', '--port', address.port),
      ]);

      expect(imported).toMatchObject({ imported: 1 });
      expect(listed.length).toBeGreaterThanOrEqual(4);
      expect(await seen()).toBe(1);
      const second = new URLSearchParams(new URL(opened.trim()).hash.slice(1)).get('launch') ?? '';
      expect(await post('stations.open-session', { launchToken: second, station: 'Bench 2' })).toMatchObject({
        ok: true,
      });

      station.child.kill('SIGTERM');
      expect(await station.finished).toMatchObject({ code: 0, stderr: '' });
    });
  });

  test('leaves nothing in its data folder but its own', async () => {
    const own = kind === 'sqlite' ? ['packwright.sqlite'] : ['settings.json'];

    expect((await readdir(data)).filter((name) => name !== 'backups').sort()).toEqual(
      ['logs', 'secrets.json', 'secrets.key', ...own].sort(),
    );
  });
});

describe('data that cannot be opened', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packwright-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each([
    ['packwright.sqlite', 'no database', /^The database .*packwright\.sqlite is damaged .*Nothing was changed/],
    ['settings.json', '{"station":', /^The settings file .*settings\.json is not valid JSON/],
    ['settings.json', '{"web":{"port":-1}}', /^The settings file .*settings\.json has a bad value in "web\.port"/],
    [
      'settings.json',
      '{"database":{"url":"postgres://packer:s3cret@127.0.0.1:1/x"}}',
      /^The database postgres:\/\/packer:\*\*\*@127\.0\.0\.1:1\/x cannot be reached/,
    ],
  ])('%s with %s ends every command with one line', async (name, content, says) => {
    const data = await mkdtemp(join(folder, 'data-'));
    await writeFile(join(data, name), content);
    const { code, stdout, stderr } = await programs.start('cli', ['orders', '--json', '--data', data]).finished;

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('s3cret');
    expect(await readFile(join(data, name), 'utf8')).toBe(content);
  });
});
