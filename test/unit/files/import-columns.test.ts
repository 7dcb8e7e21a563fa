import { describe, expect, test } from 'vitest';
import { readItems } from '../../../main/channels/file/items-csv.ts';
import { readStock } from '../../../main/channels/file/stock-csv.ts';
import { headerKey, headerNames } from '../../../main/channels/file/table.ts';
import { parseLossless } from '../../../shared/json/lossless-json.ts';
import { type ImportColumn, itemColumns, stockColumns } from '../../../shared/model/import-columns.ts';
import { orderColumns } from '../../../shared/model/import-order-columns.ts';
import { csvLine } from '../../support/shopify-export.ts';
import { all, pieces, readFile } from './reading.ts';

const example = (columns: readonly ImportColumn[]): string =>
  `${csvLine(columns.map(({ name }) => name))}\n${csvLine(columns.map(({ example }) => example))}\n`;

describe('the documented columns', () => {
  test.each([
    ['orders', orderColumns],
    ['items', itemColumns],
    ['stock', stockColumns],
  ])('of %s have a meaning in both languages, and no alias that means two of them', (_, columns) => {
    const keys = columns.flatMap(({ name, aliases }) => [name, ...aliases].map(headerKey));

    expect(columns.filter(({ meaning }) => meaning.en === '' || meaning.fr === '')).toEqual([]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(headerNames(columns).size).toBe(keys.length);
  });

  test('of orders can be read as they stand in the examples', async () => {
    const { orders, rejected } = await readFile(example(orderColumns));

    expect(rejected).toEqual([]);
    expect(orders).toMatchObject([{ externalId: '3705115058471208928', number: '#1001', lines: [{ quantity: 2 }] }]);
  });

  test('of items and stock can be read as they stand in the examples', async () => {
    const items = await all(readItems(pieces(example(itemColumns)), { fileName: 'items.csv' }));
    const stock = await all(readStock(pieces(example(stockColumns)), { fileName: 'stock.csv' }));

    expect(items).toMatchObject([{ kind: 'record', record: { codes: [{}, { code: 'MUG1' }, { quantity: 12 }] } }]);
    expect(stock).toMatchObject([{ kind: 'record' }]);
  });
});

describe('numbers in JSON', () => {
  test('of 16 digits and more keep every digit, as text; JSON.parse would round them', () => {
    expect(JSON.parse('820982911946154508')).toBe(820982911946154500);
    expect(parseLossless('{"id": 820982911946154508, "n": [1, -9007199254740993, 2.5e3]}')).toEqual({
      id: '820982911946154508',
      n: [1, '-9007199254740993', 2500],
    });
  });

  test('inside text are left alone', () => {
    const text = '{"a":"\\"820982911946154508, \\\\","b":820982911946154508}';

    expect(parseLossless(text)).toEqual({ a: '"820982911946154508, \\', b: '820982911946154508' });
  });
});
