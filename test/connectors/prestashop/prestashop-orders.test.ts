import { describe, expect, test } from 'vitest';
import { describeError } from '../../../main/app/describe-error.ts';
import { onlyOrder, parsed } from '../support/parsing.ts';

function aRow(over: object = {}): object {
  return {
    id: '31',
    product_id: '7',
    product_attribute_id: '12',
    product_quantity: '3',
    product_reference: ' MUG-7 ',
    product_name: 'Mug',
    ...over,
  };
}

function anOrder(over: object = {}): object {
  return {
    id: 12,
    reference: 'XKBKNABJK',
    current_state: '2',
    valid: '1',
    module: 'ps_checkout',
    payment: 'Card',
    date_add: '2026-03-29 03:30:00',
    date_upd: '2026-03-29 03:31:00',
    associations: { order_rows: [aRow(), aRow({ id: '32', product_reference: '', product_quantity_refunded: '1' })] },
    ...over,
  };
}

const paris = { timeZone: 'Europe/Paris' };

describe('an order of PrestaShop', () => {
  test('has times of its shop’s clock, and rows less what was refunded', async () => {
    expect(await onlyOrder('prestashop', { orders: [anOrder()] }, paris)).toEqual({
      externalId: '12',
      externalNumber: 'XKBKNABJK',
      placedAt: '2026-03-29T01:30:00.000Z',
      shipBy: null,
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'pending',
      lines: [
        { externalLineIds: ['31'], sku: 'MUG-7', title: 'Mug', quantityOrdered: 3, quantityToPack: 3 },
        { externalLineIds: ['32'], sku: '7-12', title: 'Mug', quantityOrdered: 3, quantityToPack: 2 },
      ],
      attribution: { channel: 'web', evidence: 'none' },
    });
  });

  test.each([
    ['before the clocks go forward', '2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'],
    ['after it', '2026-03-29 03:00:00', '2026-03-29T01:00:00.000Z'],
    ['in the hour that is skipped', '2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'],
    ['in the hour that comes twice', '2026-10-25 02:30:00', '2026-10-25T00:30:00.000Z'],
    ['after the clocks went back', '2026-10-25 03:00:00', '2026-10-25T02:00:00.000Z'],
  ])('placed %s keeps its instant', async (_, date_add, placedAt) => {
    expect((await onlyOrder('prestashop', { order: anOrder({ date_add }) }, paris)).placedAt).toBe(placedAt);
  });

  test.each([
    ['2', '1', 'ps_checkout', 'paid', 3],
    ['10', '0', 'ps_wirepayment', 'unpaid', 3],
    ['13', '1', 'ps_cashondelivery', 'cod', 3],
    ['4', '1', 'ps_checkout', 'paid', 0],
    ['6', '0', 'ps_checkout', 'unpaid', 0],
    ['7', '0', 'ps_checkout', 'refunded', 0],
  ])(
    'in state %s, valid %s, paid by %s is %s with %i to pack',
    async (current_state, valid, module, payState, left) => {
      const order = await onlyOrder('prestashop', { order: anOrder({ current_state, valid, module }) });

      expect([order.payState, order.lines[0]?.quantityToPack]).toEqual([payState, left]);
    },
  );

  test('with one row as an object is read; without rows it is set aside', async () => {
    const single = anOrder({ associations: { order_rows: aRow() } });
    const { orders, quarantined } = await parsed('prestashop', {
      orders: [single, anOrder({ id: 13, associations: undefined })],
    });

    expect(orders.map(({ lines }) => lines.length)).toEqual([1]);
    expect(quarantined).toEqual([{ id: '13', reason: 'no lines' }]);
  });

  test.each([
    ['beside the orders', (order_details: object) => ({ orders: [anOrder()], order_details })],
    ['within the order', (order_details: object) => ({ order: anOrder({ order_details }) })],
  ])('is packed by its details where they stand %s', async (_, answer) => {
    const order_details = [
      { id: '31', id_order: '12', product_quantity_return: '0', product_quantity_refunded: '2' },
      { id: 32, id_order: 12, product_quantity_return: 1, product_quantity_refunded: 0 },
      { id: '33', id_order: '13', product_quantity_return: '0', product_quantity_refunded: '9' },
    ];
    const { lines } = await onlyOrder('prestashop', answer(order_details), paris);

    expect(lines.map(({ quantityToPack }) => quantityToPack)).toEqual([1, 2]);
  });

  test('in XML is packed by its details too; details that cannot be read set it aside', async () => {
    const xml = (refunded: string): string => `<?xml version="1.0"?><prestashop>
  <orders><order><id>12</id><current_state>2</current_state><date_add>2026-03-29 03:30:00</date_add>
    <associations><order_rows><order_row><id>31</id><product_id>7</product_id><product_quantity>3</product_quantity>
    </order_row></order_rows></associations></order></orders>
  <order_details><order_detail><id>31</id><product_quantity_refunded>${refunded}</product_quantity_refunded>
  </order_detail></order_details></prestashop>`;

    expect((await onlyOrder('prestashop', xml('1'))).lines).toMatchObject([{ quantityToPack: 2 }]);
    expect(await parsed('prestashop', xml('some'))).toMatchObject({ orders: [], quarantined: [{ id: '12' }] });
  });

  test.each([
    ['TikTok order id: 576461413038785752', 'tiktok_shop', 'tiktok order id=576461413038785752'],
    ['Fragile\namazon_order_id 902-1845936-5435065', 'amazon', 'amazon order id=902-1845936-5435065'],
    ['Replaces Amazon order 902-1845936-5435065', 'web', 'none'],
    ['Amazon order, call first', 'web', 'none'],
  ])('with the note %j comes from %s', async (note, channel, evidence) => {
    expect((await onlyOrder('prestashop', { order: anOrder({ note }) })).attribution).toEqual({ channel, evidence });
  });

  test('in XML is the same order', async () => {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<prestashop xmlns:xlink="http://www.w3.org/1999/xlink"><order>
  <id><![CDATA[12]]></id><reference><![CDATA[ XKBKNABJK ]]></reference>
  <current_state xlink:href="https://shop.example/api/order_states/2"><![CDATA[2]]></current_state>
  <valid>1</valid><module>tiktok</module><date_add><![CDATA[2026-03-29 03:30:00]]></date_add>
  <associations><order_rows nodeType="order_row" virtualEntity="true"><order_row>
    <id>31</id><product_id xlink:href="x">7</product_id><product_quantity>3</product_quantity>
    <product_reference>MUG-7</product_reference><product_name><![CDATA[<b>Mug & cup</b>]]></product_name>
  </order_row></order_rows></associations></order></prestashop>`;

    expect(await onlyOrder('prestashop', xml, paris)).toMatchObject({
      externalId: '12',
      externalNumber: 'XKBKNABJK',
      placedAt: '2026-03-29T01:30:00.000Z',
      lines: [{ externalLineIds: ['31'], sku: 'MUG-7', title: '<b>Mug & cup</b>', quantityOrdered: 3 }],
      attribution: { channel: 'tiktok_shop', evidence: 'module=tiktok' },
    });
  });
});

describe('an answer of PrestaShop without orders', () => {
  test.each([
    ['nothing found', '[]'],
    ['nothing found, in XML', '<?xml version="1.0"?><prestashop><orders></orders></prestashop>'],
  ])('%s is no error', async (_, answer) => {
    expect(await parsed('prestashop', answer)).toEqual({ orders: [], quarantined: [] });
  });

  test('a list of ids names the orders to read', async () => {
    const xml =
      '<prestashop><orders><order id="1" xlink:href="x"/><order id="2" xlink:href="x"/></orders></prestashop>';

    expect((await parsed('prestashop', xml)).quarantined.map(({ id }) => id)).toEqual(['1', '2']);
    expect((await parsed('prestashop', { orders: [{ id: 3 }] })).quarantined.map(({ id }) => id)).toEqual(['3']);
  });

  test.each([
    ['an error', { errors: [{ code: 32, message: 'date=1 is missing' }] }, 'channel.refused'],
    [
      'an error in XML',
      '<prestashop><errors><error><code><![CDATA[18]]></code><message><![CDATA[Invalid key]]></message></error></errors></prestashop>',
      'channel.sign-in-expired',
    ],
    ['XML that breaks off', '<prestashop><orders><order><id>1</id>', 'channel.not-json'],
    ['XML with a document type', '<!DOCTYPE x [<!ENTITY a "aaaa">]><prestashop>&a;</prestashop>', 'channel.not-json'],
    ['a maintenance page', '<!DOCTYPE html><html><title>Maintenance</title></html>', 'channel.not-json'],
  ])('%s is one clear error', async (_, answer, code) => {
    await expect(parsed('prestashop', answer)).rejects.toMatchObject({ kind: 'remote', code });
  });

  test('a time zone that does not exist is refused', async () => {
    await expect(parsed('prestashop', '[]', { timeZone: 'Europe/Nowhere' })).rejects.toMatchObject({
      code: 'channel.unknown-time-zone',
    });
    const said = await parsed('prestashop', '[]', { timeZone: 'Mars/X' }).catch(describeError);
    expect(said).toBe('There is no time zone Mars/X. Write it like Europe/Paris or +01:00. Nothing was read.');
  });
});
