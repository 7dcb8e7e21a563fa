import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundlePrograms, type Finished, type Programs } from '../../support/programs.ts';
import { openWorld } from '../../support/world.ts';
import { lookInside, textOfPages } from '../../unit/documents/pdf-inside.ts';

let programs: Programs;
let folder: string;
beforeAll(async () => {
  programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
  folder = await mkdtemp(join(tmpdir(), 'packwright-papers-'));
});
afterAll(async () => {
  await programs?.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = (args: readonly string[]): Promise<Finished> =>
  programs.start('cli', args, { env: { HOME: folder, XDG_DATA_HOME: join(folder, 'share') } }).finished;

/** The examples of the README, so that whoever copies them gets a paper. */
async function example(heading: string): Promise<Record<string, unknown>> {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, json = ''] =
    new RegExp(`### ${heading}[^\\n]*\\n[\\s\\S]*?\`\`\`json\\n([\\s\\S]*?)\`\`\``).exec(readme) ?? [];
  return JSON.parse(json);
}

async function render(command: 'invoice' | 'customs', model: unknown, ...options: string[]) {
  const [input, output] = [join(folder, 'in.json'), join(folder, 'out.pdf')];
  await rm(output, { force: true });
  await writeFile(input, typeof model === 'string' ? model : JSON.stringify(model));
  const finished = await run([command, 'render', '--in', input, '--out', output, ...options]);
  return { ...finished, output, written: existsSync(output) };
}

describe('invoice render', () => {
  test('draws the invoice of the README with its data inside', async () => {
    const { code, stdout, output } = await render('invoice', await example('An invoice as JSON'));

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ kind: 'invoice', pages: 1, widthMm: 210, heightMm: 297 });
    const bytes = await readFile(output);
    expect((await lookInside(bytes)).files.map(({ name }) => name)).toEqual(['factur-x.xml']);
    expect((await textOfPages(bytes)).join()).toContain('Facture');
  });

  test('takes kind and language from the command', async () => {
    const model = {
      ...(await example('An invoice as JSON')),
      corrects: { number: 'F-2026-0041', issuedOn: '2026-11-20' },
    };
    const { stdout, output } = await render('invoice', model, '--kind', 'credit-note', '--language', 'en');

    expect(JSON.parse(stdout)).toMatchObject({ kind: 'credit-note' });
    expect((await textOfPages(await readFile(output))).join()).toContain('Credit note on invoice F-2026-0041');
  });

  test('draws a commercial invoice from the description of a shipment', async () => {
    const { category: _category, ...shipment } = await example('A customs form as JSON');
    const model = {
      ...shipment,
      number: 'F-2026-0042',
      incoterm: 'DAP',
      incotermPlace: 'Oklahoma City',
      reason: 'sale',
    };
    const { code, output } = await render('invoice', model, '--kind', 'commercial');

    expect(code).toBe(0);
    expect((await textOfPages(await readFile(output))).join()).toContain('DAP Oklahoma City');
  });

  test.each([
    ['lacks fields', '{"number":"F-1"}', /invoice is not valid.*issuedOn.*seller.*lines/],
    ['is no JSON', 'Facture', /is not valid JSON/],
    ['is a list', '[]', /one JSON object/],
  ])('says in one line what is wrong when the file %s, and writes nothing', async (_what, text, says) => {
    const { code, stderr, written } = await render('invoice', text);

    expect([code, written]).toEqual([1, false]);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stderr).toMatch(says);
  });

  test('names the field whose letters the font has not', async () => {
    const model = await example('An invoice as JSON');
    const { code, stderr, written } = await render('invoice', { ...model, orderNumber: '訂單 7' });

    expect([code, written]).toEqual([1, false]);
    expect(stderr).toContain('orderNumber (訂單)');
  });
});

describe('invoices of a station', () => {
  const orders = [
    'order_id,placed_at,currency,total,shipping,name,street1,postcode,city,country,sku,quantity,unit_price,vat_rate',
    '1,2026-11-20,EUR,29.90,4.90,Zoé Exemple,12 rue de l’Échantillon,75011,Paris,FR,MUG,2,12.50,20',
  ].join('\n');
  const seller = {
    street: '18 quai de la Fosse',
    postcode: '44000',
    city: 'Nantes',
    siret: '73282932000074',
    vatNumber: 'FR44732829320',
  };

  test('are issued, written again and credited by the command line, in their series', async () => {
    const data = join(folder, 'station');
    const file = join(folder, 'orders.csv');
    await writeFile(file, orders);
    await run(['import', 'orders', file, '--data', data]);
    const invoice = (...args: readonly string[]) => run(['invoice', ...args, '--data', data]);
    const [first, note] = [join(folder, 'invoice.pdf'), join(folder, 'note.pdf')];

    const unset = await invoice('issue', '1', '--out', first);
    await useSeller(data, seller);
    const issued = await invoice('issue', '1', '--out', first);
    const again = await invoice('issue', '1', '--out', first);
    const credited = await invoice('credit', '1', '--lines', 'MUG:1', '--out', note);
    const tooMany = await invoice('credit', '1', '--lines', 'MUG:2', '--out', note);

    expect(unset.stderr).toContain('street, postcode, city, siret, vatNumber');
    const { number } = JSON.parse(issued.stdout);
    expect(number).toMatch(/^F\d{4}-000001$/);
    expect(JSON.parse(again.stdout)).toEqual(JSON.parse(issued.stdout));
    const inside = await lookInside(await readFile(first));
    expect(inside.files.map(({ name }) => name)).toEqual(['factur-x.xml']);
    expect((await textOfPages(await readFile(first))).join()).toContain('29,90');
    expect(JSON.parse(credited.stdout).number).toMatch(/^FA\d{4}-000001$/);
    expect((await textOfPages(await readFile(note))).join()).toContain(number);
    expect([tooMany.code, tooMany.stderr]).toEqual([1, expect.stringContaining('Of MUG at most 1')]);
  });
});

async function useSeller(dataDir: string, seller: object): Promise<void> {
  const world = await openWorld({ dataDir });
  await world.signIn('admin');
  const { settings, version } = await world.call('stations.settings-view', {});
  await world.call('stations.save-settings', { settings: { ...settings, ...seller }, expectedVersion: version });
  await world.close();
}

describe('customs render', () => {
  test('draws the form of the README', async () => {
    const { code, stdout } = await render('customs', await example('A customs form as JSON'));

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ kind: 'CN22', pages: 1, widthMm: 74, heightMm: 105 });
  });

  test('takes the large form for a heavy parcel, and refuses the small one', async () => {
    const heavy = { ...(await example('A customs form as JSON')), grossWeightMg: 5_000_000 };

    expect(JSON.parse((await render('customs', heavy)).stdout)).toMatchObject({ kind: 'CN23' });
    expect((await render('customs', { ...heavy, form: 'CN22' })).stderr).toMatch(/CN22 is not allowed.*weight/);
  });

  test('says which description tells nothing', async () => {
    const model = await example('A customs form as JSON');
    const lines = [
      { description: 'clothes', quantity: 1, netWeightMg: 1000, valueMinor: 100, hsCode: '610910', origin: 'FR' },
    ];
    const { code, stderr } = await render('customs', { ...model, lines });

    expect(code).toBe(1);
    expect(stderr).toMatch(/lines\.0\.description: "clothes" tells customs nothing/);
  });
});
