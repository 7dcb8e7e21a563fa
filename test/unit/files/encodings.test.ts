import { describe, expect, test } from 'vitest';
import { shopifyCsv } from '../../support/shopify-export.ts';
import { readFile } from './reading.ts';
import { aFirstRow, aLaterRow } from './shopify-builders.ts';

const sample = shopifyCsv([
  aFirstRow({ Notes: 'Prix : 5 € « fragile »\nœuf, 2e étage' }),
  aLaterRow({ 'Lineitem name': 'Thé “Œillet”' }),
]);

/** Windows-1252 of the characters used here, independent of the reader. */
function windows1252(text: string): Buffer {
  const special: Readonly<Record<string, number>> = { '€': 0x80, '“': 0x93, '”': 0x94, '’': 0x92, œ: 0x9c, Œ: 0x8c };
  return Buffer.from([...text].map((char) => special[char] ?? char.codePointAt(0) ?? 0));
}

const encodings: readonly (readonly [name: string, encode: (text: string) => Uint8Array])[] = [
  ['UTF-8', (text) => Buffer.from(text)],
  ['UTF-8 with byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 little-endian with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 big-endian with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16 little-endian without mark', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16 big-endian without mark', (text) => Buffer.from(text, 'utf16le').swap16()],
  ['Windows-1252', windows1252],
];

const forms: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ['LF', (text) => text],
  ['CRLF', (text) => text.replace(/\r?\n/g, '\r\n')],
  ['no line end at the end', (text) => text.trimEnd()],
];

describe.each(encodings)('an export saved as %s', (_, encode) => {
  test.each(forms)('with %s reads the same', async (_name, change) => {
    const { orders, rejected } = await readFile(encode(change(sample)));

    expect(rejected).toEqual([]);
    expect(orders).toMatchObject([
      {
        address: { name: 'Zoé Exemple', street1: '12 rue de l’Échantillon', city: 'Besançon' },
        lines: [{ title: 'Blue mug' }, { title: 'Thé “Œillet”' }],
      },
    ]);
    expect(orders[0]?.note?.replace('\r', '')).toBe('Prix : 5 € « fragile »\nœuf, 2e étage');
  });

  test.each([1, 2, 3, 7])('reads the same when it comes in pieces of %i bytes', async (size) => {
    const bytes = encode(sample);

    expect(await readFile(bytes, { size })).toEqual(await readFile(bytes));
  });
});

describe('a table as spreadsheets save it', () => {
  test('with semicolons and decimal commas reads the same', async () => {
    const euro = shopifyCsv([aFirstRow({ Total: '1 042,40', 'Lineitem price': '12,50' })], ';');
    const { orders } = await readFile(euro);

    expect(orders).toMatchObject([{ totalMinor: 104_240, lines: [{ unitPriceMinor: 1250 }] }]);
  });

  test.each(['\t', '|'])('separated by %j reads the same', async (delimiter) => {
    expect(await readFile(shopifyCsv([aFirstRow()], delimiter))).toEqual(await readFile(shopifyCsv([aFirstRow()])));
  });

  test('with “sep=;” on top reads the same, one row further down', async () => {
    const file = `sep=;\n${shopifyCsv([aFirstRow(), aFirstRow({ Name: '#2', 'Lineitem sku': '' })], ';')}`;
    const { orders, rejected } = await readFile(file);

    expect(orders).toHaveLength(1);
    expect(rejected).toMatchObject([{ row: 4 }]);
  });

  test('with line ends of old Macs reads the same', async () => {
    const file = shopifyCsv([aFirstRow()]);

    expect(await readFile(file.replaceAll('\n', '\r'))).toEqual(await readFile(file));
  });

  test('with blank rows in between reads the same', async () => {
    const [header, first, second] = shopifyCsv([aFirstRow(), aLaterRow()]).split('\n');
    const blank = ','.repeat(78);

    expect((await readFile(`${header}\n\n${first}\n${blank}\n${second}\n\n`)).orders).toMatchObject([
      { lines: [{ sku: 'MUG-BLU' }, { sku: 'TEA-GRN' }] },
    ]);
  });
});

describe('characters far into a long file', () => {
  const filler = Array.from({ length: 2_000 }, (_, index) =>
    aFirstRow({
      Name: `#${index}`,
      Id: `${index}`,
      'Shipping Name': 'Zoe',
      'Billing Name': '',
      'Shipping Address1': '12 rue',
      'Shipping Street': '',
      'Shipping City': 'Lyon',
    }),
  );
  const file = shopifyCsv([...filler, aFirstRow()]);

  test.each(encodings)('in %s are read right, though the first one comes after a megabyte', async (_, encode) => {
    const { orders } = await readFile(encode(file));

    expect(orders.at(-1)?.address.city).toBe('Besançon');
  });
});
