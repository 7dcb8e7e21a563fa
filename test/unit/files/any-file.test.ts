import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsvRows } from '../../../main/channels/file/csv-rows.ts';
import { readItems } from '../../../main/channels/file/items-csv.ts';
import { readOrders } from '../../../main/channels/file/read-orders.ts';
import { createSeenIds } from '../../../main/channels/file/seen-ids.ts';
import { readStock } from '../../../main/channels/file/stock-csv.ts';
import { AppError } from '../../../shared/errors.ts';
import { ImportedItem, ImportedLevel, ImportedOrder, type Read } from '../../../shared/model/imported.ts';
import { csvLine, shopifyCsv, shopifyExportRows } from '../../support/shopify-export.ts';
import { all, now, pieces, readFile } from './reading.ts';
import { aFirstRow, aLaterRow } from './shopify-builders.ts';

const own = Buffer.from(
  'order_id,placed_at,channel,name,street1,city,country,sku,quantity,note\n' +
    '1,2026-11-20,x,Zoé,1 rue,Nîmes,FR,A,1,"two\nlines"\n1,,,,,,,B,2,\n2,2026-11-20,tiktok,Noël,"2, rue",Lyon,FR,A,1,\n',
);
const json = Buffer.from(
  '[\n {"order_id": 3705115058471208928, "placed_at": "2026-11-20", "name": "Zoé", "street1": "1", "city": "L", "country": "FR",\n  "lines": [{"sku": "A", "quantity": 1}]},\n {"order_id": "2"}\n]',
);
const shopify = Buffer.from(
  shopifyCsv([aFirstRow({ Notes: 'a\n"b"' }), aLaterRow(), aFirstRow({ Name: '#2', Id: '2' })]),
);
const items = Buffer.from('sku,title,gtins,case_gtins,weight_g,components\nA,Mug,9521234500018,,350,\nK,Kit,,,,A:2\n');
const stock = Buffer.from('sku,location,quantity\nA,A-01-2,24\nB,A-01-3,"1"\n');

/** A file with some of its bytes changed, taken out or put in. */
const damaged = (file: Buffer) =>
  fc
    .array(fc.tuple(fc.nat(file.length), fc.nat(3), fc.uint8Array({ maxLength: 4 })), { minLength: 1, maxLength: 6 })
    .map((changes) =>
      changes.reduce(
        (bytes, [at, cut, put]) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]),
        file,
      ),
    );

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'",;\n\r\t{}[]:a1é\\x ='), maxLength: 200 }).map((text) => Buffer.from(text)),
  ...[own, json, shopify, items, stock].map(damaged),
);

/** Reads everything; what is refused must be refused in our own words. */
async function readOrRefuse<T>(rows: AsyncIterable<Read<T>>): Promise<Read<T>[]> {
  try {
    return await all(rows);
  } catch (error) {
    if (error instanceof AppError && error.kind === 'validation' && error.code.startsWith('import.')) return [];
    throw error;
  }
}

describe('whatever bytes a file holds', () => {
  test('orders come out as the station knows them, or are set aside with a row and a reason', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
        for (const row of await readOrRefuse(readOrders(pieces(bytes, size), { fileName: 'f', now }))) {
          expect(row.row).toBeGreaterThan(0);
          if (row.kind === 'record') ImportedOrder.parse(row.record);
          else expect(row.reason).not.toBe('');
        }
      }),
      { numRuns: 600 },
    );
  });

  test('items and stock come out as the station knows them, or are set aside', async () => {
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        for (const row of await readOrRefuse(readItems(pieces(bytes), { fileName: 'f' }))) {
          if (row.kind === 'record') ImportedItem.parse(row.record);
        }
        for (const row of await readOrRefuse(readStock(pieces(bytes), { fileName: 'f' }))) {
          if (row.kind === 'record') ImportedLevel.parse(row.record);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('a table without faults', () => {
  const field = fc.string({ unit: fc.constantFrom(...'ab,;"\n\r é0'), maxLength: 6 });
  const table = fc
    .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 6 }))
    .chain(([width, height]) =>
      fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    );

  test('is split into the same fields as csv-parse does', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom(',', ';', '\t'),
        fc.integer({ min: 1, max: 9 }),
        async (rows, delimiter, cut) => {
          const header = Array.from({ length: rows[0]?.length ?? 0 }, (_, index) => `c${index}`);
          const text = [header, ...rows].map((row) => `${csvLine(row, delimiter)}\n`).join('');
          const batches = await all(readCsvRows(textPieces(text, cut)));
          const blank = (row: readonly string[]): boolean => row.every((value) => value.trim() === '');

          const expected = parse(text, { delimiter, record_delimiter: '\n' }) as string[][]; // no columns option: rows of fields
          expect(batches.flat().map((row) => row.fields)).toEqual(expected.filter((row) => !blank(row)));
        },
      ),
      { numRuns: 500 },
    );
  });
});

async function* textPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

describe('faults anywhere in a file', () => {
  const lines = [...shopifyExportRows(120, 7)].join('').trimEnd();

  test('leave every order either read whole or set aside, never both, never half', async () => {
    const whole = await readFile(lines);
    const byNumber = new Map(whole.orders.map((order) => [order.number, order]));
    const rows = lines.split('\n');
    const faults = fc.array(
      fc.tuple(fc.integer({ min: 1, max: rows.length - 1 }), fc.constantFrom('drop', 'quote', 'quantity')),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(faults, async (chosen) => {
        const changed = [...rows];
        for (const [at, fault] of chosen) changed[at] = damageLine(changed[at] ?? '', fault);
        const { orders, rejected } = await readFile(changed.join('\n'));

        for (const order of orders) expect(order).toEqual(byNumber.get(order.number));
        const read = orders.map((order) => order.number);
        const told = rejected.map(({ reason }) => /^order “(#\d+)”/.exec(reason)?.[1]);
        expect(read.filter((number) => told.includes(number))).toEqual([]);
        const untold = [...byNumber.keys()].filter((number) => !read.includes(number) && !told.includes(number));
        // Right behind a broken quote a second unreadable row is told by its row number, as part of the same fault.
        for (const number of untold) {
          const row = rows.findIndex((line) => line.startsWith(`${number},`)) + 1;
          expect(rejected.map(({ reason }) => reason).join('\n')).toContain(`row ${row}: `);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Damages a line so that its order can still be told from its first column. */
function damageLine(line: string, fault: string): string {
  if (!line.startsWith('#')) return line;
  if (fault === 'drop') return line.replace(/,/g, (comma, at: number) => (at < 12 ? comma : '')).slice(0, 40);
  if (fault === 'quote') return line.replace('Item SKU', '"Item SKU');
  return line.replace(/,(\d),Item SKU/, ',minus $1,Item SKU');
}

describe('ids that a file already had', () => {
  test('are told from a quarter of a million that look alike', () => {
    const seen = createSeenIds();
    const ids = Array.from({ length: 250_000 }, (_, index) => `#${1_000 + index}`);

    expect(ids.filter((id) => !seen.add(id))).toEqual([]);
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
    expect(ids.filter((id) => seen.has(`${id}0000000`))).toEqual([]);
  });
});
