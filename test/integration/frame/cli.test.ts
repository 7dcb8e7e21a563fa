import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePrograms, type Finished, type Programs, type StartOptions } from '../../support/programs.ts';

let programs: Programs;
let folder: string;
beforeAll(async () => {
  programs = await bundlePrograms({ cli: 'main/cli/main.ts', web: 'main/web/main.ts' });
  folder = await mkdtemp(join(tmpdir(), 'packwright-cli-'));
});
afterAll(async () => {
  await programs?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** A home directory of its own: nothing of whoever runs the tests is touched. */
const run = (args: readonly string[], options: StartOptions = {}): Promise<Finished> =>
  programs.start('cli', args, {
    ...options,
    env: { HOME: folder, XDG_DATA_HOME: join(folder, 'share'), ...options.env },
  }).finished;

describe('a command that there is not, or that is used wrongly,', () => {
  test.each([
    ['an unknown command', ['imprt'], /unknown command 'imprt'.*Did you mean import/],
    ['an unknown command of a group', ['scan', 'explode'], /unknown command 'explode'/],
    ['an unknown option', ['orders', '--jsn'], /unknown option '--jsn'.*Did you mean --json/],
    ['an argument that is missing', ['import', 'orders'], /missing required argument 'file'/],
    ['an argument too many', ['orders', 'all'], /too many arguments/],
    ['a kind of file that there is not', ['import', 'customers', 'x.csv'], /customers.*orders, items, stock/],
    ['a channel that there is not', ['import', 'orders', 'x.csv', '--channel', 'myspace'], /myspace.*facebook/],
    ['a state that there is not', ['orders', '--state', 'lost'], /lost.*new, ready/],
    ['a port that is none', ['serve', '--port', 'http'], /port.*whole number from 0 to 65535/],
    ['a resolution that there is not', ['label', 'verify', 'x.pdf', '--dpi', '600'], /203 or 300/],
    ['a shift of no orders', ['simulate', '--orders', '0'], /whole number from 1 on/],
  ])('%s ends with one line on stderr', async (_what, args, says) => {
    const { code, stdout, stderr } = await run(args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(says);
  });

  test('opens no data', () => {
    expect(existsSync(join(folder, 'share'))).toBe(false);
  });
});

describe('help', () => {
  test('shows every command, and ends well', async () => {
    const { code, stdout, stderr } = await run(['--help']);

    expect([code, stderr]).toEqual([0, '']);
    for (const command of ['serve', 'import', 'export', 'orders', 'order', 'codes', 'scan', 'label', 'simulate'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
  });

  test.each([
    'serve',
    'import',
    'export',
    'orders',
    'order show',
    'codes',
    'scan explain',
    'label render',
    'label verify',
    'simulate',
  ])('of %s names --data', async (command) => {
    const { code, stdout } = await run([...command.split(' '), '--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('--data <dir>');
  });

  test('tells the version of the program', async () => {
    const manifest: { version: string } = JSON.parse(
      await readFile(join(import.meta.dirname, '../../../package.json'), 'utf8'),
    );

    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });
});

describe('scan explain', () => {
  const hex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
  const explain = async (input: string): Promise<Record<string, unknown>[]> => {
    const { code, stdout, stderr } = await run(['scan', 'explain', '--data', join(folder, 'none')], { input });
    expect([code, stderr]).toEqual([0, '']);
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  };

  test('answers each line with one line of JSON, good and bad', async () => {
    const answers = await explain(
      [
        hex(']E09521234500018'),
        hex(']d20109521234500018\u001d10LOT7\u001d17271231'),
        hex('PWC'),
        'no hex',
        '',
        hex('9521234500019'),
      ].join('\n'),
    );

    expect(answers).toHaveLength(6);
    expect(answers[0]).toMatchObject({ ok: true, kind: 'item', gtin14: '09521234500018', warnings: [] });
    expect(answers[1]).toMatchObject({
      ok: true,
      kind: 'item',
      gtin14: '09521234500018',
      lot: 'LOT7',
      expiry: '2027-12-31',
    });
    expect(answers[3]).toMatchObject({ ok: false, code: 'scan.bad-hex', message: expect.stringMatching(/\w/) });
    for (const answer of answers)
      expect(Object.keys(answer)).toEqual(
        answer.ok ? expect.arrayContaining(['kind', 'warnings']) : ['ok', 'code', 'message'],
      );
  });

  test('reads lines as Windows ends them, and a last one without an end', async () => {
    expect(await explain(`${hex('9521234500018')}\r\n${hex('9521234500018')}`)).toHaveLength(2);
  });

  test('of nothing says nothing', async () => {
    expect(await explain('')).toEqual([]);
  });

  test('reads ten thousand lines', async () => {
    const answers = await explain(`${hex('9521234500018')}\n`.repeat(10_000));

    expect(answers).toHaveLength(10_000);
  });
});

describe('label', () => {
  const model = {
    kind: 'outbound',
    approved: true,
    language: 'fr',
    from: {
      name: 'Atelier Exemple',
      street1: '1 quai de l’Exemple',
      postcode: '13002',
      city: 'Marseille',
      country: 'FR',
    },
    to: { name: 'Zoé Müller', street1: 'Beispielstraße 5', postcode: '10115', city: 'Berlin', country: 'DE' },
    sscc: '395212340000000014',
    carrier: 'Own delivery',
    service: 'Standard',
    parcelIndex: 1,
    parcelCount: 1,
    orderNumber: '#1001',
    weightMg: 1_250_000,
    shipDate: '2026-11-22',
  };
  const file = async (name: string, content: string): Promise<string> => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };

  test.each([203, 300])('is drawn, proved at %i dpi and read back from the file', async (dpi) => {
    const input = await file('label.json', JSON.stringify({ ...model, dpi }));
    const output = join(folder, `label-${dpi}.pdf`);
    const rendered = await run(['label', 'render', '--in', input, '--out', output]);
    const verified = await run(['label', 'verify', output, '--dpi', String(dpi)]);

    expect(rendered).toMatchObject({ code: 0, stderr: '' });
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    const { symbols } = JSON.parse(rendered.stdout);
    const read = JSON.parse(verified.stdout);
    expect(read).toMatchObject({ dpi, pages: [{ page: 1 }] });
    expect(read.pages[0].widthMm).toBeCloseTo(101.6, 0);
    expect(read.pages[0].heightMm).toBeCloseTo(152.4, 0);
    const found = read.symbols.map((symbol: { text: string }) => symbol.text);
    expect(found).toEqual(expect.arrayContaining(symbols.map((symbol: { text: string }) => symbol.text)));
    expect(JSON.stringify(read.symbols)).toContain('395212340000000014');
    for (const symbol of read.symbols) expect(symbol.symbology).toMatch(/^\][A-Za-z]\d$|\w/);
  });

  test.each([
    ['is no JSON', '{', /^The file .*bad\.json is not valid JSON\.$/],
    ['lacks what it needs', '{"kind":"outbound"}', /^The label description is not valid: .*sscc/],
    [
      'has a wrong check digit',
      JSON.stringify({ ...model, sscc: '395212340000000013' }),
      /^The label description is not valid: .*sscc/,
    ],
  ])('whose description %s is not drawn, and the reason is one line', async (_what, content, says) => {
    const output = join(folder, 'never.pdf');
    const { code, stdout, stderr } = await run([
      'label',
      'render',
      '--in',
      await file('bad.json', content),
      '--out',
      output,
    ]);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr.trim()).toMatch(says);
    expect(existsSync(output)).toBe(false);
  });

  test('that is not there, and a file that is no PDF, are named', async () => {
    const missing = await run(['label', 'verify', join(folder, 'none.pdf')]);
    const noPdf = await run(['label', 'verify', await file('text.pdf', 'no PDF at all')]);

    expect(missing).toMatchObject({ code: 1, stdout: '', stderr: `There is no file ${join(folder, 'none.pdf')}.\n` });
    expect(noPdf).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^[^\n]*PDF[^\n]*\n$/) });
  });
});

describe('serve', () => {
  test('on a port that is taken says so and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number }; // an address of TCP
    const { code, stdout, stderr } = await run(['serve', '--port', String(port), '--data', join(folder, 'taken')]);
    other.close();

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`Port ${port} on 127.0.0.1 is used by another program. Choose another with --port.\n`);
  });

  test('fills the demo where it is asked to, and says the address when it is there', async () => {
    const data = join(folder, 'demo');
    const station = programs.start('cli', ['serve', '--demo', '--port', '0', '--data', data]);
    const said = await station.said('#launch=');
    station.child.kill('SIGINT');
    const end = await station.finished;
    const listed = await run(['orders', '--json', '--data', data]);

    expect(said).toMatch(/Packwright is ready: http:\/\/127\.0\.0\.1:\d+\/#launch=[\w-]+/);
    expect(end).toMatchObject({ code: 0, stderr: '' });
    // Its two shops go on selling meanwhile.
    const ofFiles = JSON.parse(listed.stdout).filter((order: { shop: string }) => order.shop === '');
    expect(ofFiles).toHaveLength(300);
  });
});

describe('the program behind npm start', () => {
  const start = (args: readonly string[]) =>
    programs.start('web', args, {
      env: { PACKWRIGHT_NO_OPEN: '1', HOME: folder, XDG_DATA_HOME: join(folder, 'share') },
    });

  test('prints the address only, and closes its data when it is told to stop', async () => {
    const data = join(folder, 'web');
    const station = start(['--port', '0', '--data', data]);
    const said = await station.said('#launch=');
    station.child.kill('SIGTERM');

    expect(said).toMatch(/^Packwright is ready: http:\/\/127\.0\.0\.1:\d+\/#launch=[\w-]+\n$/);
    expect(await station.finished).toMatchObject({ code: 0, stderr: '' });
    // A database that was closed has no journal of changes beside it.
    expect(existsSync(join(data, 'packwright.sqlite'))).toBe(true);
    expect(existsSync(join(data, 'packwright.sqlite-wal'))).toBe(false);
  });

  test.each([
    [['--port', 'http'], 'A port is a whole number from 0 to 65535. Choose another with --port.'],
    [
      ['--data', '/dev/null/data'],
      'The data folder /dev/null/data cannot be made or written. Name another one with --data.',
    ],
  ])('with %j ends with one line', async (args, line) => {
    expect(await start(args).finished).toEqual({ code: 1, stdout: '', stderr: `${line}\n` });
  });
});

describe('simulate', () => {
  test('works a shift by scans, and prints what it did and that nothing broke', async () => {
    const { code, stdout, stderr } = await run(['simulate', '--orders', '12', '--stations', '2', '--json']);
    const report = JSON.parse(stdout);

    expect([code, stderr]).toEqual([0, '']);
    expect(report).toMatchObject({ orders: 12, stations: 2, database: 'sqlite', ok: true });
    expect(report.scans).toBeGreaterThan(60);
    expect(report.refusals).toBeGreaterThanOrEqual(0);
    expect(report.p99).toBeGreaterThanOrEqual(report.p50);
    expect(report.waitP50).toBeGreaterThan(report.p50);
    expect(report.waitP95).toBeGreaterThanOrEqual(report.waitP50);
    expect(report.invariants.length).toBeGreaterThan(5);
    for (const check of report.invariants) expect(check).toMatchObject({ name: expect.any(String), broken: [] });
  });
});
