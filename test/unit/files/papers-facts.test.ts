import { describe, expect, test } from 'vitest';
import { readItems } from '../../../main/channels/file/items-csv.ts';
import { shopifyCsv } from '../../support/shopify-export.ts';
import { all, pieces, readFile } from './reading.ts';
import { aFirstRow, aLaterRow } from './shopify-builders.ts';

const items = (text: string) => all(readItems(pieces(text), { fileName: 'items.csv' }));
const facts = async (text: string) => {
  const [read] = await items(text);
  if (read?.kind !== 'record') throw new Error(read?.reason ?? 'nothing read');
  const { hsCode, origin, customsText, vatRate } = read.record;
  return { hsCode, origin, customsText, vatRate };
};

describe('what customs wants to know of an item', () => {
  test.each([
    ['sku,title,hs_code,origin,customs_text,vat_rate\nMUG,Mug,6912.00,FR,"Mug, stoneware","5,5"'],
    ['SKU;Désignation;Code SH;Origine;Description douane;TVA\nMUG;Mug;691200;France;Mug, stoneware;5,5 %'],
    [
      'Variant SKU,Title,HS Code,Country of origin,Customs description,Tax rate\nMUG,Mug,691200,fr,"Mug, stoneware",5.5',
    ],
  ])('is read under the names that shops give it: %s', async (text) => {
    expect(await facts(text)).toEqual({
      hsCode: '691200',
      origin: 'FR',
      customsText: 'Mug, stoneware',
      vatRate: 550,
    });
  });

  test('gets back the zero that a spreadsheet took off the front', async () => {
    expect(await facts('sku,title,hs_code\nTEA,Tea,90230')).toMatchObject({ hsCode: '090230' });
  });

  test('is unknown where the file lacks the column, and none where the cell is empty', async () => {
    expect(await facts('sku,title\nMUG,Mug')).toEqual({});
    expect(await facts('sku,title,hs_code,origin,customs_text,vat_rate\nMUG,Mug,,,,')).toEqual({
      hsCode: null,
      origin: null,
      customsText: null,
      vatRate: null,
    });
  });

  test.each([
    ['hs_code', '69', 'hs_code “69” does not have 6, 8 or 10 digits'],
    ['origin', 'Atlantis', 'origin “Atlantis” is unknown: write its two-letter code'],
    ['customs_text', 'gift', 'customs_text “gift” tells customs nothing: say what it is and of what'],
    ['vat_rate', 'normal', 'vat_rate “normal” is not a rate from 0 to 50 percent'],
  ])('is refused in words: %s', async (column, value, reason) => {
    const [read] = await items(`sku,title,${column}\nMUG,Mug,${value}`);

    expect(read).toMatchObject({ kind: 'rejected', row: 2, reason: expect.stringContaining(reason) });
  });
});

describe('what invoices and carriers want to know of an order', () => {
  const header = 'order_id,placed_at,currency,total,name,street1,postcode,city,country,sku,quantity,unit_price';
  const row = '1,2026-11-20,EUR,40.00,Zoé Exemple,12 rue,25000,Besançon,FR,MUG,2,12.50';
  const read = async (columns: string, values: string) => readFile(`${header},${columns}\n${row},${values}\n`);

  test('is read from its columns', async () => {
    const { orders, rejected } = await read(
      'shipping,discount,promised_by,pickup_point,label_mode,vat_number,vat_rate,line_discount',
      '"4,90",-5,2026-11-26,066974,platform,fr 44 732 829 320,20,1.00',
    );

    expect(rejected).toEqual([]);
    expect(orders).toMatchObject([
      {
        shippingMinor: 490,
        discountMinor: 500,
        promisedBy: '2026-11-26',
        pickupPoint: '066974',
        labelMode: 'platform',
        vatNumber: 'FR44732829320',
        lines: [{ vatRate: 2000, discountMinor: 100 }],
      },
    ]);
  });

  test('is left open by empty cells', async () => {
    const { orders } = await read('shipping,discount,promised_by,label_mode,vat_number,vat_rate', ',,,,,');

    expect(Object.keys(orders[0] ?? {})).not.toEqual(expect.arrayContaining(['shippingMinor']));
    expect(orders[0]).not.toHaveProperty('labelMode');
    expect(orders[0]?.lines[0]).not.toHaveProperty('vatRate');
  });

  test.each([
    ['shipping', '-4.90', 'shipping “-4.90” is below zero'],
    ['label_mode', 'carrier', 'label_mode “carrier” is none of seller, platform'],
    ['vat_number', '12345', 'vat_number “12345” does not begin with a country'],
    ['promised_by', 'soon', 'promised_by “soon” is not a date'],
    ['vat_rate', '200', 'vat_rate “200” is not a rate'],
  ])('is refused in words: %s', async (column, value, reason) => {
    const { rejected } = await read(column, value);

    expect(rejected[0]?.reason).toContain(reason);
  });

  test('comes out of an export of Shopify: postage, discounts of lines, and the rate where there is one tax', async () => {
    const one = { ...aFirstRow(), 'Tax 1 Name': 'FR TVA 20%', 'Lineitem discount': '1.00' };
    const two = { ...one, Id: '2', Name: '#1002', 'Tax 2 Name': 'FR TVA 5.5%' };
    const { orders } = await readFile(shopifyCsv([one, { ...aLaterRow(), 'Lineitem discount': '' }, two]));

    expect(orders[0]).toMatchObject({
      shippingMinor: 490,
      lines: [{ vatRate: 2000, discountMinor: 100 }, { vatRate: 2000 }],
    });
    expect(orders[1]?.lines[0]).not.toHaveProperty('vatRate');
  });
});
