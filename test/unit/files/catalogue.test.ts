import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readItems } from '../../../main/channels/file/items-csv.ts';
import { readStock } from '../../../main/channels/file/stock-csv.ts';
import { all, pieces } from './reading.ts';

const items = (text: string, baseDir?: string) =>
  all(readItems(pieces(text), { fileName: 'items.csv', ...(baseDir !== undefined && { baseDir }) }));
const stock = (text: string) => all(readStock(pieces(text), { fileName: 'stock.csv' }));

describe('a catalogue file', () => {
  test('gives items with their codes, weight, size, flags and parts', async () => {
    const rows = await items(
      'sku,title,gtins,case_gtins,weight_g,length_mm,width_mm,height_mm,fragile,hazardous,upright,own_box,lot,serial,expiry,components\n' +
        'MUG-BLU,Blue mug,9521234500018 96385074|alias:MUG1,19521234500015:12,350.5,120,90,100,yes,no,1,non,oui,false,TRUE,\n' +
        'KIT-1,Tea for two,,,"0,5",,,,,,,,,,,MUG-BLU:2 | TEA 01:1\n',
    );

    expect(rows).toEqual([
      {
        kind: 'record',
        row: 2,
        record: {
          sku: 'MUG-BLU',
          title: 'Blue mug',
          codes: [
            { code: '09521234500018', kind: 'gtin', quantity: 1 },
            { code: '00000096385074', kind: 'gtin', quantity: 1 },
            { code: 'MUG1', kind: 'alias', quantity: 1 },
            { code: '19521234500015', kind: 'gtin', quantity: 12 },
          ],
          image: null,
          weightMg: 350_500,
          lengthMm: 120,
          widthMm: 90,
          heightMm: 100,
          fragile: true,
          hazardous: false,
          upright: true,
          ownBox: false,
          lotControlled: true,
          serialControlled: false,
          expiryControlled: true,
          components: [],
        },
      },
      expect.objectContaining({
        row: 3,
        record: expect.objectContaining({
          weightMg: 500,
          components: [
            { sku: 'MUG-BLU', quantity: 2 },
            { sku: 'TEA 01', quantity: 1 },
          ],
        }),
      }),
    ]);
  });

  test.each([
    ['9521234500019', 'code “9521234500019” has a wrong check digit'],
    ['952123450001', 'code “952123450001” has a wrong check digit'],
    ['95212345000', 'code “95212345000” has 11 digits; a GTIN has 8, 12, 13 or 14'],
    ['MUG1', 'code “MUG1” is no GTIN: write alias: before a code of your own'],
    ['9.52123E+12', 'code “9.52123E+12” was rounded by a spreadsheet'],
  ])('sets an item with the code %s aside', async (code, reason) => {
    const rows = await items(`sku,title,ean\nA,Mug,${code}\nB,Mug,\n`);

    expect(rows).toMatchObject([
      { kind: 'rejected', row: 2, reason: expect.stringContaining(reason) },
      { kind: 'record' },
    ]);
  });

  test.each([
    ['sku,title,case_gtins', 'A,Mug,19521234500015', 'case “19521234500015” is not written as GTIN:units'],
    ['sku,title,case_gtins', 'A,Mug,19521234500015:1', 'is not written as GTIN:units with 2 to 10000 units'],
    ['sku,title,components', 'A,Kit,B', 'component “B” is not written as SKU:units'],
    ['sku,title,components', 'A,Kit,A:1', 'a kit cannot hold itself'],
    ['sku,title,weight_g', 'A,Mug,heavy', 'weight_g “heavy” is not a number from 0 to 2000000'],
    ['sku,title,weight_g', 'A,Mug,-5', 'weight_g “-5” is not a number'],
    ['sku,title,fragile', 'A,Mug,maybe', 'fragile “maybe” is neither yes nor no'],
    ['sku,title,fragile', ',Mug,', 'sku is missing'],
    ['sku,title,fragile', 'A,,', 'title is missing'],
    ['sku,title,fragile', 'A,Mug', '2 columns where the header has 3'],
  ])('under %s sets “%s” aside: %s', async (header, row, reason) => {
    expect(await items(`${header}\n${row}\n`)).toEqual([
      { kind: 'rejected', row: 2, reason: expect.stringContaining(reason) },
    ]);
  });

  test('names what may be sent instead; “!” marks another price, an empty cell says none, no column says nothing', async () => {
    const rows = await items('sku,title,substitutes\nA,Mug,B | C!\nB,Mug,\nC,Mug,C\n');
    const [silent] = await items('sku,title\nA,Mug\n');

    expect(rows).toMatchObject([
      {
        record: {
          substitutes: [
            { sku: 'B', priceNeutral: true },
            { sku: 'C', priceNeutral: false },
          ],
        },
      },
      { record: { substitutes: [] } },
      { kind: 'rejected', row: 4, reason: 'an item cannot replace itself' },
    ]);
    expect(silent).not.toHaveProperty('record.substitutes');
  });

  test.each([
    ['weight_kg', '0,35', 350_000],
    ['Weight (kg)', '1.5', 1_500_000],
    ['weight_lb', '1', 453_592],
    ['weight_oz', '1', 28_350],
    ['Variant Grams', '12', 12_000],
  ])('reads %s %s as %i mg', async (header, weight, weightMg) => {
    expect(await items(`sku;title;${header}\nA;Mug;${weight}\n`)).toMatchObject([{ record: { weightMg } }]);
  });

  test('reads centimetres', async () => {
    const rows = await items('sku,title,length_cm,Width (cm),height_mm\nA,Mug,12.5,9,100\n');

    expect(rows).toMatchObject([{ record: { lengthMm: 125, widthMm: 90, heightMm: 100 } }]);
  });

  test('may be a products export of Shopify: titles of variants, no rows for further pictures', async () => {
    const rows = await items(
      'Handle,Title,Vendor,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Barcode,Image Src\n' +
        "shirt,Shirt,Demo,Size,S,SHIRT-S,180,'9521234500018,https://example.com/1.png\n" +
        'shirt,,,,M,SHIRT-M,190,,\n' +
        'shirt,,,,,,,,https://example.com/2.png\n' +
        'mug,Mug,Demo,Title,Default Title,MUG,350,,\n',
    );

    expect(rows).toMatchObject([
      { record: { sku: 'SHIRT-S', title: 'Shirt – S', weightMg: 180_000, codes: [{ code: '09521234500018' }] } },
      { record: { sku: 'SHIRT-M', title: 'Shirt – M' } },
      { record: { sku: 'MUG', title: 'Mug' } },
    ]);
  });

  test.each([
    ['', 'import.empty-file'],
    ['title,ean\nMug,1\n', 'import.missing-column'],
    ['a,b\n1,2\n', 'import.unknown-format'],
    ['[{"sku": "A"}]', 'import.unknown-format'],
  ])('that reads %j is refused', async (text, code) => {
    await expect(items(text)).rejects.toMatchObject({ code });
  });
});

describe('pictures beside a catalogue file', () => {
  let folder = '';
  const svg = '<?xml version="1.0"?>\n<!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg"/>';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'packwright-pictures-'));
    const inside = join(folder, 'catalogue');
    await mkdir(join(inside, 'pictures'), { recursive: true });
    const files: Readonly<Record<string, Buffer | string>> = {
      'a.svg': svg,
      'png.txt': Buffer.from('\x89PNG\r\n\x1a\n....', 'latin1'),
      'b.jpg': Buffer.from('\xff\xd8\xff\xe0....', 'latin1'),
      'c.webp': Buffer.from('RIFF....WEBPVP8 ', 'latin1'),
      'd.gif': 'GIF89a',
      'large.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(1024 * 1024)]),
      'script.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
      'link.svg': '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://example.com/x.png"/></svg>',
    };
    for (const [name, content] of Object.entries(files)) await writeFile(join(inside, 'pictures', name), content);
    await writeFile(join(folder, 'secret.svg'), svg);
    await symlink(join(folder, 'secret.svg'), join(inside, 'pictures', 'alias.svg'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const withPicture = (path: string) => items(`sku,title,image\nA,Mug,${path}\n`, join(folder, 'catalogue'));

  test.each([
    ['pictures/a.svg', 'image/svg+xml'],
    ['pictures\\a.svg', 'image/svg+xml'],
    ['pictures/png.txt', 'image/png'],
    ['pictures/b.jpg', 'image/jpeg'],
    ['pictures/c.webp', 'image/webp'],
  ])('are told by their content: %s is %s', async (path, mediaType) => {
    expect(await withPicture(path)).toMatchObject([
      { record: { image: { mediaType, bytes: expect.any(Uint8Array) } } },
    ]);
  });

  test.each([
    ['pictures/d.gif', 'is neither SVG, PNG, JPEG nor WebP'],
    ['pictures/large.png', 'is larger than 1 MiB'],
    ['pictures/none.png', 'cannot be read (no such file)'],
    ['pictures', 'cannot be read (EISDIR)'],
    ['../secret.svg', 'lies outside the folder of this file'],
    ['pictures/alias.svg', 'lies outside the folder of this file'],
    ['pictures/script.svg', 'holds script or links'],
    ['pictures/link.svg', 'holds script or links'],
  ])('set the item aside where %s %s', async (path, reason) => {
    expect(await withPicture(path)).toEqual([{ kind: 'rejected', row: 2, reason: expect.stringContaining(reason) }]);
  });

  test('are left out where there is no folder, as in an upload, or an address instead of a file', async () => {
    expect(await items('sku,title,image\nA,Mug,pictures/a.svg\n')).toMatchObject([{ record: { image: null } }]);
    expect(await withPicture('https://example.com/a.png')).toMatchObject([{ record: { image: null } }]);
  });
});

describe('a stock file', () => {
  test('gives levels, with aisle, bay and level from the code where they are missing', async () => {
    const rows = await stock(
      'SKU;Emplacement;Quantité;zone;aisle\nA;A-01-2;24;ambient;\nB;B012;0;;\nC;FLOOR;1 000;;F\nD;C.3;1;;\n',
    );

    expect(rows.map((row) => (row.kind === 'record' ? row.record : row))).toEqual([
      { sku: 'A', location: 'A-01-2', zone: 'ambient', aisle: 'A', bay: '01', level: '2', onHand: 24 },
      { sku: 'B', location: 'B012', zone: '', aisle: 'B', bay: '012', level: '', onHand: 0 },
      { sku: 'C', location: 'FLOOR', zone: '', aisle: 'F', bay: '', level: '', onHand: 1_000 },
      { sku: 'D', location: 'C.3', zone: '', aisle: 'C', bay: '3', level: '', onHand: 1 },
    ]);
  });

  test.each([
    ['A,A-01,-1', 'quantity “-1” is not a whole number from 0'],
    ['A,A-01,', 'quantity is missing'],
    ['A,A-01,many', 'quantity “many” is not a whole number'],
    ['A,,1', 'location is missing'],
    [',A-01,1', 'sku is missing'],
    ['A,Allée-01,1', 'location “Allée-01” holds characters that no barcode can'],
    ['A,AAAAAAAAAAAAAAAAAAAAA,1', 'location is longer than 20 characters'],
  ])('sets “%s” aside: %s', async (row, reason) => {
    expect(await stock(`sku,location,quantity\nGOOD,A-01,1\n${row}\n`)).toMatchObject([
      { kind: 'record' },
      { kind: 'rejected', row: 3, reason: expect.stringContaining(reason) },
    ]);
  });

  test('tells lots and their expiry apart inside one bin', async () => {
    const rows = await stock(
      'sku,location,quantity,batch,best_before\nA,A-01,4,L1,2027-01-31\nA,A-01,6,L2,\nB,A-01,1,,\n',
    );

    expect(rows.map((row) => (row.kind === 'record' ? row.record : row))).toMatchObject([
      { sku: 'A', onHand: 4, lot: 'L1', expiry: '2027-01-31' },
      { sku: 'A', onHand: 6, lot: 'L2' },
      { sku: 'B', onHand: 1 },
    ]);
    expect(rows[2]).not.toHaveProperty('record.lot');
  });

  test.each([
    ['A,A-01,1,,2027-01-31', 'expiry is told of a lot: the lot is missing'],
    ['A,A-01,1,L1,31.01.2027', 'expiry “31.01.2027” is not a date like 2027-11-30'],
    ['A,A-01,1,L1,2027-02-30', 'expiry “2027-02-30” is not a date'],
    ['A,A-01,1,ABCDEFGHIJKLMNOPQRSTU,', 'lot is longer than 20 characters'],
    ['GOOD,A-01,1,L1,', 'stands in this file with a lot and without one'],
    ['LOTS,A-01,1,,', 'stands in this file with a lot and without one'],
    ['LOTS,A-01,1,L9,', 'stands in this file already'],
  ])('sets “%s” aside: %s', async (row, reason) => {
    const file = `sku,location,quantity,lot,expiry\nGOOD,A-01,1,,\nLOTS,A-01,1,L9,2027-01-31\n${row}\n`;

    expect(await stock(file)).toMatchObject([
      { kind: 'record' },
      { kind: 'record' },
      { kind: 'rejected', row: 4, reason: expect.stringContaining(reason) },
    ]);
  });

  test('counts a SKU in a bin once, though the file has it twice', async () => {
    expect(await stock('sku,location,quantity\nA,A-01,1\nA,A-02,2\nA,A-01,3\n')).toMatchObject([
      { record: { onHand: 1 } },
      { record: { onHand: 2 } },
      { kind: 'rejected', row: 4, reason: expect.stringContaining('stands in this file already') },
    ]);
  });
});
