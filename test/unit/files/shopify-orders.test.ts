import { describe, expect, test } from 'vitest';
import { shopifyColumns, shopifyCsv } from '../../support/shopify-export.ts';
import { readFile } from './reading.ts';
import { aFirstRow, aLaterRow } from './shopify-builders.ts';

describe('an orders export of Shopify', () => {
  test('becomes one order of all its rows, with what the first row says', async () => {
    const { orders, rejected } = await readFile(shopifyCsv([aFirstRow(), aLaterRow()]));

    expect(rejected).toEqual([]);
    expect(orders).toEqual([
      {
        channel: 'shopify',
        shop: '',
        externalId: '820982911946154508',
        number: '#1001',
        placedAt: '2026-11-20T13:03:11.000Z',
        shipBy: null,
        priority: 0,
        currency: 'EUR',
        totalMinor: 4240,
        shippingMinor: 490,
        gift: false,
        note: null,
        shippingMethod: 'Colissimo',
        cancelled: false,
        paid: true,
        address: {
          name: 'Zoé Exemple',
          street1: '12 rue de l’Échantillon',
          postcode: '25000',
          city: 'Besançon',
          country: 'FR',
          phone: '+33 1 99 00 12 34',
          email: 'zoe@example.com',
        },
        lines: [
          { externalLineId: null, sku: 'MUG-BLU', title: 'Blue mug', quantity: 2, unitPriceMinor: 1250 },
          { externalLineId: null, sku: 'TEA-GRN', title: 'Green tea', quantity: 1, unitPriceMinor: 1250 },
        ],
      },
    ]);
  });

  test('has all 79 columns of the real export in the sample', () => {
    expect(shopifyColumns).toHaveLength(79);
    expect(new Set(shopifyColumns).size).toBe(79);
  });

  test('keeps an id beyond 2^53 to its last digit', async () => {
    const { orders } = await readFile(shopifyCsv([aFirstRow({ Id: '9007199254740993' })]));

    expect(orders[0]?.externalId).toBe('9007199254740993');
  });

  test.each([
    ["'01234", '01234'],
    ["'EC1A 1BB", 'EC1A 1BB'],
    ['25000', '25000'],
  ])('takes the postcode %s as %s', async (text, postcode) => {
    const { orders } = await readFile(
      shopifyCsv([aFirstRow({ 'Shipping Zip': text, 'Shipping City': '’s-Hertogenbosch' })]),
    );

    expect(orders[0]?.address).toMatchObject({ postcode, city: '’s-Hertogenbosch' });
  });

  test('goes by the order number where the file has no Id', async () => {
    const { orders } = await readFile(shopifyCsv([aFirstRow({ Id: '' })]));

    expect(orders[0]?.externalId).toBe('#1001');
  });

  test('keeps the line breaks and quotation marks of a note', async () => {
    const note = 'Ring twice,\nthen say "bonjour"\nand wait';
    const { orders } = await readFile(shopifyCsv([aFirstRow({ Notes: note }), aFirstRow({ Name: '#1002', Id: '2' })]));

    expect(orders.map((order) => order.note)).toEqual([note, null]);
  });

  test('leaves out lines that need no shipping or are fulfilled already', async () => {
    const { orders } = await readFile(
      shopifyCsv([
        aFirstRow({ 'Fulfillment Status': 'partial' }),
        aLaterRow({ 'Lineitem sku': 'EBOOK', 'Lineitem requires shipping': 'false' }),
        aLaterRow({ 'Lineitem sku': 'GONE', 'Lineitem fulfillment status': 'fulfilled' }),
        aLaterRow(),
      ]),
    );

    expect(orders[0]?.lines.map((line) => line.sku)).toEqual(['MUG-BLU', 'TEA-GRN']);
  });

  test('passes over an order that is fulfilled: no fault, and nothing to pack', async () => {
    const { orders, rejected, skipped } = await readFile(
      shopifyCsv([
        aFirstRow({ 'Fulfillment Status': 'fulfilled' }),
        aLaterRow(),
        aFirstRow({ Name: '#1002', Id: '2' }),
      ]),
    );

    expect(orders.map((order) => order.number)).toEqual(['#1002']);
    expect(rejected).toEqual([]);
    expect(skipped).toEqual([{ row: 2, reason: 'already fulfilled' }]);
  });

  test('tells a cancelled order, whose lines are all restocked, as cancelled', async () => {
    const row = aFirstRow({ 'Cancelled at': '2026-11-21 09:00:00 +0100', 'Lineitem fulfillment status': 'restocked' });
    const { orders } = await readFile(shopifyCsv([row]));

    expect(orders).toMatchObject([{ cancelled: true, lines: [{ sku: 'MUG-BLU' }] }]);
  });

  test.each([
    ['paid', true],
    ['partially_refunded', true],
    ['pending', false],
    ['authorized', false],
    ['partially_paid', false],
    ['refunded', false],
    ['voided', false],
    ['', false],
  ])('with financial status “%s” is paid: %s', async (status, paid) => {
    const { orders } = await readFile(shopifyCsv([aFirstRow({ 'Financial Status': status })]));

    expect(orders[0]?.paid).toBe(paid);
  });

  test.each([
    ['FR', 'FR'],
    ['fr', 'FR'],
    ['France', 'FR'],
    ['Deutschland', 'DE'],
    ['ETATS-UNIS', 'US'],
    ['Royaume-Uni', 'GB'],
    ['UK', 'GB'],
    ['日本', 'JP'],
    ['Réunion', 'RE'],
  ])('takes the country “%s” as %s', async (text, country) => {
    const { orders } = await readFile(shopifyCsv([aFirstRow({ 'Shipping Country': text })]));

    expect(orders[0]?.address.country).toBe(country);
  });

  test.each([
    [{ 'Note Attributes': 'gift: yes' }, true],
    [{ 'Note Attributes': 'Gift message: Joyeux anniversaire' }, true],
    [{ 'Note Attributes': 'is_gift: no' }, false],
    [{ Notes: 'This is a gift, no invoice please' }, true],
    [{ Notes: 'C’est un cadeau' }, true],
    [{ Notes: 'paid with a gift card' }, false],
    [{ Notes: 'not a gift' }, false],
  ])('with %j is a gift: %s', async (changes, gift) => {
    const { orders } = await readFile(shopifyCsv([aFirstRow(changes)]));

    expect(orders[0]?.gift).toBe(gift);
  });

  test('is read whatever the order of its columns, without the ones nobody needs', async () => {
    const columns = ['Lineitem sku', 'Lineitem quantity', 'Shipping Country', 'Shipping City', 'Shipping Address1'];
    const header = [...columns, 'Shipping Name', 'Created at', 'Name'].join(',');
    const { orders } = await readFile(`${header}\nMUG-BLU,1,FR,Nîmes,1 rue,Zoé,2026-11-20,#7\n`);

    expect(orders).toMatchObject([{ number: '#7', paid: false, currency: null, lines: [{ sku: 'MUG-BLU' }] }]);
  });
});

describe('the channel of a Shopify order', () => {
  test.each([
    [{ Source: 'web' }, 'shopify'],
    [{ Source: '580111' }, 'shopify'],
    [{ Source: 'instagram' }, 'instagram'],
    [{ Source: 'facebook' }, 'facebook'],
    [{ Source: 'tiktok' }, 'tiktok'],
    [{ Source: 'pinterest' }, 'pinterest'],
    [{ Source: 'Google & YouTube' }, 'other'],
    [{ Source: 'web', Tags: 'vip, TikTok Shop' }, 'tiktok'],
    [{ Source: 'web', Tags: 'x, red, snap' }, 'shopify'],
    [{ Source: 'web', 'Note Attributes': 'Amazon Order Id: 026-1520163-6049104' }, 'amazon'],
    [{ Source: 'web', 'Note Attributes': 'utm_source: ig\nutm_medium: social' }, 'instagram'],
    [{ Source: 'web', 'Note Attributes': 'referring_site: https://l.facebook.com/l.php?u=x' }, 'facebook'],
    [{ Source: 'web', 'Note Attributes': 'referrer: https://notx.com/' }, 'shopify'],
    [{ Source: 'web', 'Note Attributes': 'referrer: https://t.co/abc' }, 'x'],
    [{ Source: 'snapchat', Tags: 'amazon' }, 'snapchat'],
  ])('told by %j is %s', async (changes, channel) => {
    const { orders } = await readFile(shopifyCsv([aFirstRow(changes)]));

    expect(orders[0]?.channel).toBe(channel);
  });

  test('is the one that the person who imports names, whatever the file hints at', async () => {
    const { orders } = await readFile(shopifyCsv([aFirstRow({ Source: 'tiktok' })]), { channel: 'snapchat' });

    expect(orders[0]?.channel).toBe('snapchat');
  });
});
