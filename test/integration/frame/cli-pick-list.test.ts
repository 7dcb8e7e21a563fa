import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../../main/documents/documents.ts';
import { anOrder } from '../../support/builders.ts';
import { bundlePrograms, type Finished, type Programs } from '../../support/programs.ts';
import { shopifyCsv, shopifyRows } from '../../support/shopify-export.ts';

const documents = createDocuments();
let programs: Programs;
let folder: string;
beforeAll(async () => {
  programs = await bundlePrograms({ cli: 'main/cli/main.ts' });
  folder = await mkdtemp(join(tmpdir(), 'packwright-picklist-'));
  const files = {
    items: 'sku,title,gtins,weight_g\nMUG,Blue mug,9521234500018,350\n',
    stock: 'sku,location,on_hand\nMUG,A-01-1,40\n',
    orders: shopifyCsv(shopifyRows(anOrder({ externalId: '1001', lines: [{ sku: 'MUG', quantity: 2 }] }))),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, `${name}.csv`), text);
    expect((await run('import', name, join(folder, `${name}.csv`))).code).toBe(0);
  }
});
afterAll(async () => {
  await documents.close();
  await programs?.remove();
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: readonly string[]): Promise<Finished> =>
  programs.start('cli', [...args, '--data', join(folder, 'data')]).finished;

describe('packwright picklist', () => {
  test('writes the list of an order by its number or by what is scanned', async () => {
    const pdf = join(folder, 'list.pdf');
    expect(await run('picklist', '--order', '#1001', '--pdf', pdf, '--language', 'fr')).toMatchObject({ code: 0 });
    const [page] = await documents.readBack(await readFile(pdf), { dpi: 300, format: 'grey' });

    expect(page?.text.replace(/\s+/g, ' ')).toMatch(/commande #1001 .*A-01-1 2 MUG Blue mug/);
    const code = page?.symbols[0]?.text ?? '';
    expect(await run('picklist', '--order', code, '--pdf', join(folder, 'again.pdf'))).toMatchObject({ code: 0 });
  });

  test('says in one line what is wrong', async () => {
    const pdf = join(folder, 'none.pdf');
    const said = async (...args: string[]) => (await run('picklist', ...args, '--pdf', pdf)).stderr.trim();

    expect(await said('--order', '#9999')).toBe('There is no order #9999.');
    expect(await said('--run', 'NOSUCHRN')).toBe('There is no walk NOSUCHRN.');
    expect(await said()).toMatch(/--order NUMBER or --run CODE/);
  });
});
