import { describe, expect, test } from 'vitest';
import { type ShopifyRow, shopifyCsv } from '../../support/shopify-export.ts';
import { readFile } from './reading.ts';
import { aFirstRow, aLaterRow } from './shopify-builders.ts';

const good = (number: number): ShopifyRow => aFirstRow({ Name: `#${number}`, Id: String(number) });

/** Three orders, of which the middle one (rows 3 and 4) has a fault in one of its rows. */
function withFault(first: ShopifyRow, later: ShopifyRow = {}): string {
  return shopifyCsv([
    good(1),
    aFirstRow({ Name: '#2', Id: '2', ...first }),
    aLaterRow({ Name: '#2', ...later }),
    good(3),
  ]);
}

describe('an order with a fault', () => {
  test.each([
    [{ 'Lineitem quantity': 'two' }, 'quantity “two” is not a whole number from 1 to 100000'],
    [{ 'Lineitem quantity': '-1' }, 'quantity “-1” is not a whole number from 1 to 100000'],
    [{ 'Lineitem quantity': '1.5' }, 'quantity “1.5” is not a whole number from 1 to 100000'],
    [{ 'Lineitem quantity': '' }, 'quantity is missing: a whole number from 1 to 100000'],
    [{ 'Lineitem sku': '' }, 'line without SKU: “Blue mug”'],
    [{ 'Lineitem price': 'cheap' }, 'amount “cheap” cannot be read'],
    [{ 'Created at': '20/11/2026' }, 'Created at “20/11/2026” is not a date like 2026-11-20 14:03:11 +0100'],
    [{ 'Created at': '2026-02-30 10:00:00 +0100' }, 'Created at “2026-02-30 10:00:00 +0100” is not a date like'],
    [{ 'Created at': '2062-11-20' }, 'a date lies more than a year ahead'],
    [{ 'Shipping Country': 'Atlantis' }, 'country “Atlantis” is unknown: write its two-letter code'],
    [{ 'Shipping City': '' }, 'Shipping City is missing'],
    [{ Currency: 'EURO' }, 'currency “EURO” is not a three-letter code'],
    [{ Id: '8.20983E+17' }, 'Id “8.20983E+17” was rounded by a spreadsheet'],
    [{ 'Lineitem fulfillment status': 'partial' }, 'line “MUG-BLU” is partly fulfilled'],
    [{ 'Lineitem sku': 'S'.repeat(81) }, 'SKU is longer than 80 characters'],
  ])('%j is set aside whole, once, with its row and reason; the rest goes in', async (fault, reason) => {
    const { orders, rejected } = await readFile(withFault(fault));

    expect(orders.map((order) => order.number)).toEqual(['#1', '#3']);
    expect(rejected).toEqual([{ row: 3, reason: expect.stringContaining(`order “#2” is set aside: ${reason}`) }]);
  });

  test('names the row of the line that is at fault', async () => {
    const { rejected } = await readFile(withFault({}, { 'Lineitem quantity': 'x' }));

    expect(rejected).toMatchObject([{ row: 4 }]);
  });

  test('names every fault with its own row', async () => {
    const { rejected } = await readFile(withFault({ 'Shipping City': '' }, { 'Lineitem sku': '' }));

    expect(rejected).toEqual([
      { row: 3, reason: 'order “#2” is set aside: Shipping City is missing; row 4: line without SKU: “Green tea”' },
    ]);
  });

  test('counts rows as an editor counts lines, line breaks in notes included', async () => {
    const noted = aFirstRow({ Name: '#1', Id: '1', Notes: 'one\ntwo\nthree' });
    const { rejected } = await readFile(shopifyCsv([noted, aFirstRow({ Name: '#2', Id: '2', 'Lineitem sku': '' })]));

    expect(rejected).toMatchObject([{ row: 5 }]);
  });

  test('is set aside when it has no address, as an order of digital goods has none', async () => {
    const nowhere = { 'Shipping Name': '', 'Shipping Street': '', 'Shipping Address1': '', 'Shipping City': '' };
    const digital = { ...nowhere, 'Shipping Country': '', 'Lineitem requires shipping': 'false' };
    const { orders, rejected } = await readFile(shopifyCsv([aFirstRow(digital), good(2)]));

    expect(orders.map((order) => order.number)).toEqual(['#2']);
    expect(rejected).toEqual([
      { row: 2, reason: 'order “#1001” is set aside: no shipping address: nothing in this order needs shipping' },
    ]);
  });

  test('is set aside when the file begins in its middle', async () => {
    const { orders, rejected } = await readFile(shopifyCsv([aLaterRow({ Name: '#1' }), good(2)]));

    expect(orders.map((order) => order.number)).toEqual(['#2']);
    expect(rejected).toMatchObject([{ row: 2, reason: expect.stringContaining('the first row of the order') }]);
  });

  test('is not doubled or merged when its rows come apart', async () => {
    const { orders, rejected } = await readFile(shopifyCsv([good(1), good(2), good(1)]));

    expect(orders.map((order) => order.number)).toEqual(['#1', '#2']);
    expect(rejected).toMatchObject([{ row: 4, reason: expect.stringContaining('it is in this file twice') }]);
  });

  test('does not come in by halves when rows of it were set aside further up', async () => {
    const { orders, rejected } = await readFile(
      shopifyCsv([aFirstRow({ Name: '#1', 'Lineitem sku': '' }), good(2), good(1)]),
    );

    expect(orders.map((order) => order.number)).toEqual(['#2']);
    expect(rejected.map(({ row }) => row)).toEqual([2, 4]);
  });
});

describe('a row that is broken as CSV', () => {
  const lines = (rows: readonly ShopifyRow[]): string[] => shopifyCsv(rows).trimEnd().split('\n');

  test('with a column too few sets its order aside', async () => {
    const file = lines([good(1), good(2), good(3)]);
    file[2] = file[2]?.replace(',unfulfilled,', ',') ?? '';
    const { orders, rejected } = await readFile(file.join('\n'));

    expect(orders.map((order) => order.number)).toEqual(['#1', '#3']);
    expect(rejected).toEqual([{ row: 3, reason: 'order “#2” is set aside: 78 columns where the header has 79' }]);
  });

  test('with a quotation mark that is never closed costs that row only', async () => {
    const file = lines([good(1), aFirstRow({ Name: '#2', Id: '2' }), aLaterRow({ Name: '#2' }), good(3), good(4)]);
    file[3] = file[3]?.replace('Green tea', '"Green tea') ?? '';
    const { orders, rejected } = await readFile(file.join('\n'));

    expect(orders.map((order) => order.number)).toEqual(['#1', '#3', '#4']);
    expect(rejected).toEqual([
      {
        row: 4,
        reason: expect.stringMatching(/^order “#2” is set aside: broken quote: .* column 18 is never closed$/),
      },
    ]);
  });

  test('with a quotation mark never closed does not swallow 20,000 rows behind it, nor the memory', async () => {
    const many = Array.from({ length: 20_000 }, (_, index) => good(index + 1));
    const file = lines(many);
    file[100] = file[100]?.replace('Blue mug', '"Blue mug') ?? '';
    const { orders, rejected } = await readFile(file.join('\n'));

    expect(orders).toHaveLength(19_999);
    expect(rejected).toMatchObject([{ row: 101 }]);
  });

  test('with text behind a closing quotation mark is set aside', async () => {
    const file = lines([good(1), aFirstRow({ Name: '#2', Id: '2' }), good(3)]);
    file[2] = file[2]?.replace('Blue mug', '"Blue" mug') ?? '';
    const { orders, rejected } = await readFile(file.join('\n'));

    expect(orders.map((order) => order.number)).toEqual(['#1', '#3']);
    expect(rejected).toEqual([
      {
        row: 3,
        reason:
          'order “#2” is set aside: broken quote in column 18: a quotation mark inside quoted text must be doubled',
      },
    ]);
  });

  test('inside a note of several lines is told once, not once a line', async () => {
    const file = lines([good(1), aFirstRow({ Name: '#2', Id: '2', Notes: 'one\nsays hello\nthree\nfour' }), good(3)]);
    const broken = file.join('\n').replace('says hello', 'says "hello" loudly');
    const { orders, rejected } = await readFile(broken);

    expect(orders.map((order) => order.number)).toEqual(['#1', '#3']);
    expect(rejected).toMatchObject([
      { row: 3, reason: expect.stringContaining('order “#2” is set aside: broken quote') },
    ]);
  });

  test('keeps a quotation mark inside unquoted text, as spreadsheets do', async () => {
    const file = lines([aFirstRow()]).join('\n').replace('Blue mug', 'Poster 12"');
    const { orders } = await readFile(file);

    expect(orders[0]?.lines[0]?.title).toBe('Poster 12"');
  });

  test('with bytes of no encoding is set aside rather than printed on a label', async () => {
    const bytes = Buffer.from(shopifyCsv([good(1), aFirstRow({ Name: '#2', Id: '2' }), good(3)]));
    const at = bytes.indexOf('Besançon', bytes.indexOf('#2,')) + 'Besan'.length;
    bytes[at] = 0xff;
    const { orders, rejected } = await readFile(bytes);

    expect(orders.map((order) => order.number)).toEqual(['#1', '#3']);
    expect(rejected).toMatchObject([{ row: 3, reason: expect.stringContaining('unreadable characters in column 40') }]);
  });
});

describe('a file that is no order file', () => {
  test.each([
    ['', 'import.empty-file', {}],
    ['\n  \n', 'import.empty-file', {}],
    ['sku,location,quantity\nA,B,1\n', 'import.unknown-format', { columns: ['sku', 'location', 'quantity'] }],
    ['sku,quantity,city\nA,1,Lyon\n', 'import.missing-column', { column: 'order_id' }],
    ['a,b,c\n1,2,3\n', 'import.unknown-format', { columns: ['a', 'b', 'c'] }],
    ['PK\x03\x04\x14\x00\x06\x00 xl/workbook.xml', 'import.unknown-format', {}],
  ])('%j is refused', async (content, code, details) => {
    await expect(readFile(content)).rejects.toMatchObject({
      kind: 'validation',
      code,
      details: { fileName: 'orders.csv', ...details },
    });
  });

  test('names the column that an export of Shopify lacks', async () => {
    const file = shopifyCsv([aFirstRow()]).replace('Shipping Country', 'Pays');

    await expect(readFile(file)).rejects.toMatchObject({
      code: 'import.missing-column',
      details: { column: 'Shipping Country' },
    });
  });

  test('with a header alone is a file of no orders', async () => {
    expect(await readFile(shopifyCsv([]))).toEqual({ orders: [], rejected: [], skipped: [] });
  });
});
