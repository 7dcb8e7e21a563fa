import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { type Bench, openBench, type RunningStation, startStation } from './support.ts';
import { card } from './walk.ts';

const items = `sku,title,gtins,weight_g
MUG-BLU,Blue mug,9521234567899,350
TEA-01,Green tea,9521234500018,120
,Nameless,,10
`;
const stock = `sku,location,quantity
MUG-BLU,A-01-1,12
TEA-01,A-01-2,30
`;
const orders = `order_id,order_number,placed_at,name,street1,postcode,city,country,sku,quantity
3705,#1001,2026-11-20 14:03:11 +0100,Zoé Exemple,12 rue de l’Échantillon,75011,Paris,FR,MUG-BLU,2
3705,#1001,2026-11-20 14:03:11 +0100,Zoé Exemple,12 rue de l’Échantillon,75011,Paris,FR,TEA-01,1
3706,#1002,2026-11-20 15:00:00 +0100,Max Muster,Beispielweg 1,80331,München,DE,TEA-01,2
`;

let browser: Browser;
let station: RunningStation;
let bench: Bench;

beforeAll(async () => {
  browser = await launchChromium();
  station = await startStation();
  bench = await openBench(browser, station.address);
});
afterAll(async () => {
  await browser?.close();
  await station?.remove();
});

async function bringIn(kind: string, name: string, content: string): Promise<Record<string, string>> {
  const file = join(station.dataDir, name);
  await writeFile(file, content);
  const part = bench.page.locator(`[data-import="${kind}"]`);
  await part.locator('input[type=file]').setInputFiles(file);
  await part.locator('[data-count="imported"]').waitFor();
  const counts = ['imported', 'updated', 'unchanged', 'rejected'].map(async (count) => {
    return [count, await part.locator(`[data-count="${count}"]`).innerText()] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

describe('a merchant with his own files', () => {
  test('brings in items, and the row without a SKU is set aside with its number and reason', async () => {
    await bench.page.getByRole('button', { name: 'Begin with your own files' }).click();
    expect(await bringIn('items', 'items.csv', items)).toMatchObject({ imported: '2', rejected: '1' });
    const finding = bench.page.locator('[data-import="items"]').getByRole('list').getByRole('listitem');
    expect(await finding.innerText()).toMatch(/Row 4\s+.*sku/i);
  });

  test('brings in stock and orders', async () => {
    expect(await bringIn('stock', 'stock.csv', stock)).toMatchObject({ imported: '2', rejected: '0' });
    const part = bench.page.locator('[data-import="orders"]');
    await part.getByRole('combobox', { name: 'Channel' }).click();
    await bench.page.getByRole('option', { name: 'Instagram' }).click();
    expect(await bringIn('orders', 'orders.csv', orders)).toMatchObject({ imported: '2', rejected: '0' });
  });

  test('reads which columns are looked for', async () => {
    const part = bench.page.locator('[data-import="stock"]');
    await part.getByText('Which columns are read').click();
    await part.getByRole('cell', { name: 'location required' }).waitFor();
  });

  test('then begins to work, without simulated devices', async () => {
    await bench.page.getByRole('button', { name: 'Begin to work' }).click();
    await bench.page.getByRole('heading', { name: 'Scan your badge' }).waitFor();
    expect(await bench.page.getByRole('complementary').count()).toBe(0);
    await bench.page
      .getByRole('button', { name: /Administrator/ })
      .first()
      .click();
    await bench.page.getByRole('heading', { name: 'Due first' }).waitFor();
    expect(await bench.page.getByRole('list', { name: 'Due first' }).innerText()).toMatch(/#1001[\s\S]*Instagram/);
  });
});

describe('the office', () => {
  const open = (screen: string) => bench.page.getByRole('link', { name: screen, exact: true }).click();

  test('imports the same file again and sees that nothing changed', async () => {
    await open('Imports');
    expect(await bringIn('orders', 'orders.csv', orders)).toMatchObject({ imported: '0', unchanged: '2' });
  });

  test('finds an order by its number and holds it: the bench refuses it', async () => {
    await open('Orders');
    await bench.page.getByRole('searchbox').fill('#1001');
    await bench.page.getByText('1 order', { exact: true }).waitFor();
    await bench.page.getByRole('link', { name: '#1001' }).click();
    await bench.page.getByRole('textbox', { name: 'Detail' }).fill('House number?');
    await bench.page.getByRole('button', { name: 'Hold the order' }).click();
    await bench.page.getByText('On hold: Check the address', { exact: true }).waitFor();

    const { orders: held } = await bench.ask('orders.list-view', { onHold: true });
    const { code } = await bench.ask('orders.order-view', { order: held[0]?.id ?? '' });
    await bench.page.getByRole('heading', { level: 1 }).click();
    await bench.scanner.scan(code.startsWith('PW') ? code : '#1001');
    const banner = bench.page.locator('[data-verdict="order.on-hold"]');
    await banner.waitFor();
    expect(await banner.innerText()).toContain('Check the address');
    await bench.scanner.scan(card('CONFIRM'));
    await bench.page.locator('[data-verdict="latched.cleared"]').waitFor();
  });

  test('lifts the hold and cancels the order in two presses', async () => {
    await open('Orders');
    await bench.page.getByRole('link', { name: '#1001' }).click();
    await bench.page.getByRole('button', { name: 'Lift the hold' }).click();
    await bench.page.getByRole('button', { name: 'Cancel the order' }).click();
    await bench.page.getByRole('button', { name: 'No, keep it' }).click();
    await bench.page.getByRole('button', { name: 'Cancel the order' }).click();
    await bench.page.getByRole('button', { name: 'Yes, cancel it' }).click();
    await bench.page.getByText('Nothing can be held or cancelled any more.').waitFor();
  });

  test('counts a bin and sees by how much the books were wrong', async () => {
    await open('Stock');
    const field = bench.page.getByRole('textbox', { name: 'MUG-BLU counted in bin A-01-1' });
    await field.fill('10');
    await bench.page
      .getByRole('row', { name: /MUG-BLU/ })
      .getByRole('button', { name: 'Save' })
      .click();
    await bench.page.getByText('Books corrected by -2').waitFor();
  });

  test('cannot save a setting that the contract does not take, and saves a right one', async () => {
    await open('Settings');
    const prefix = bench.page.getByRole('textbox', { name: 'GS1 company prefix' });
    await prefix.fill('12');
    await bench.page.getByText('6 to 12 digits, or nothing').waitFor();
    const save = bench.page.getByRole('button', { name: 'Save' });
    expect(await save.isDisabled()).toBe(true);
    await prefix.fill('9521234');
    await save.click();
    await expect.poll(async () => (await bench.ask('stations.settings-view', {})).settings.gs1Prefix).toBe('9521234');
  });

  test('chooses the dark colours, which stay after a reload', async () => {
    await bench.page.getByText('Dark', { exact: true }).click();
    await bench.page.reload();
    await bench.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await bench.page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  });

  test('left the browser nothing to complain about', () => {
    expect(bench.complaints).toEqual([]);
  });
});
