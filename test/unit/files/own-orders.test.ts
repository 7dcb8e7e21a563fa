import { describe, expect, test } from 'vitest';
import { readFile } from './reading.ts';

const header =
  'order_id,channel,placed_at,ship_by,currency,total,name,street1,postcode,city,country,sku,quantity,unit_price';
const order = (id: string, changes = ''): string =>
  `${id},instagram,2026-11-20T14:03:11+01:00,2026-11-23,EUR,"42,40",Zoé Exemple,12 rue,25000,Besançon,FR,MUG-BLU,2,12.50${changes}`;
const csv = (...rows: string[]): string => `${[header, ...rows].join('\n')}\n`;

const expected = {
  channel: 'instagram',
  shop: '',
  externalId: '3705115058471208928',
  number: '3705115058471208928',
  placedAt: '2026-11-20T13:03:11.000Z',
  shipBy: '2026-11-23T23:59:59.000Z',
  priority: 0,
  currency: 'EUR',
  totalMinor: 4240,
  gift: false,
  note: null,
  shippingMethod: null,
  cancelled: false,
  paid: true,
  address: { name: 'Zoé Exemple', street1: '12 rue', postcode: '25000', city: 'Besançon', country: 'FR' },
  lines: [
    { externalLineId: null, sku: 'MUG-BLU', title: 'MUG-BLU', quantity: 2, unitPriceMinor: 1250 },
    { externalLineId: null, sku: 'TEA-GRN', title: 'TEA-GRN', quantity: 1, unitPriceMinor: null },
  ],
};

describe('our own CSV of orders', () => {
  test('reads an order whose details stand on its first row only', async () => {
    const { orders } = await readFile(csv(order('3705115058471208928'), '3705115058471208928,,,,,,,,,,,TEA-GRN,1,'));

    expect(orders).toEqual([expected]);
  });

  test('reads the same when every row repeats the details', async () => {
    const id = '3705115058471208928';
    const { orders } = await readFile(csv(order(id), order(id).replace('MUG-BLU,2,12.50', 'TEA-GRN,1,')));

    expect(orders).toEqual([expected]);
  });

  test('says whether the buyer takes something equal; an empty cell says nothing', async () => {
    const file = (said: string): string => `${header},substitutions\n${order('7', `,${said}`)}\n`;
    const [yes] = (await readFile(file('yes'))).orders;
    const [no] = (await readFile(file('non'))).orders;
    const [silent] = (await readFile(file(''))).orders;

    expect([yes?.substitutions, no?.substitutions]).toEqual([true, false]);
    expect(silent).not.toHaveProperty('substitutions');
  });

  test('knows headers by other names, in any case', async () => {
    const file =
      'Order ID;Date;Destinataire;Adresse;Code postal;Ville;Pays;Référence;Quantité;Cadeau\n7;20.11.2026 14:03;Zoé;1 rue;25000;Besançon;France;MUG;1;oui\n';
    const { orders } = await readFile(file, { channel: 'snapchat' });

    expect(orders).toMatchObject([
      {
        externalId: '7',
        channel: 'snapchat',
        placedAt: '2026-11-20T14:03:00.000Z',
        gift: true,
        lines: [{ sku: 'MUG' }],
      },
    ]);
  });

  test('goes by the channel in the row before the one named for the file, and by “other” without either', async () => {
    const bare = (id: string): string => order(id).replace('instagram', '');
    const named = await readFile(csv(order('1'), bare('2')), { channel: 'pinterest' });
    const unnamed = await readFile(csv(bare('1')));

    expect(named.orders.map(({ channel }) => channel)).toEqual(['instagram', 'pinterest']);
    expect(unnamed.orders.map(({ channel }) => channel)).toEqual(['other']);
  });

  test('takes one id on two channels as two orders', async () => {
    const { orders } = await readFile(csv(order('1'), order('2'), order('1').replace('instagram', 'facebook')));

    expect(orders.map(({ channel, externalId }) => [channel, externalId])).toEqual([
      ['instagram', '1'],
      ['instagram', '2'],
      ['facebook', '1'],
    ]);
  });

  test.each([
    [['instagram', 'instagrum'], 'channel “instagrum” is unknown: write one of facebook, instagram'],
    [['2026-11-23', 'soon'], 'ship_by “soon” is not a date like'],
    [['2026-11-20T14:03:11+01:00', ''], 'placed_at is missing'],
    [['FR', 'XX'], 'country “XX” is unknown'],
    [['FR', ''], 'country is missing'],
    [['MUG-BLU,2', 'MUG-BLU,0'], 'quantity “0” is not a whole number from 1 to 100000'],
    [['MUG-BLU', ''], 'line without SKU'],
    [['Zoé Exemple', ''], 'name is missing'],
  ] as const)('with %j is set aside', async ([from, to], reason) => {
    const { orders, rejected } = await readFile(csv(order('1'), order('2').replace(from, to), order('3')));

    expect(orders.map(({ externalId }) => externalId)).toEqual(['1', '3']);
    expect(rejected).toEqual([{ row: 3, reason: expect.stringContaining(`order “2” is set aside: ${reason}`) }]);
  });

  test('sets an order aside whose rows contradict each other', async () => {
    const { orders, rejected } = await readFile(csv(order('1'), order('1').replace('Besançon', 'Lyon'), order('2')));

    expect(orders.map(({ externalId }) => externalId)).toEqual(['2']);
    expect(rejected).toEqual([
      {
        row: 3,
        reason: 'order “1” is set aside: city is “Lyon” here and “Besançon” in row 2',
      },
    ]);
  });

  test('sets a whole order without id aside by itself', async () => {
    const { orders, rejected } = await readFile(csv(order('1'), order('').replace('Zoé', 'Noël'), order('3')));

    expect(orders.map(({ externalId }) => externalId)).toEqual(['1', '3']);
    expect(rejected).toEqual([{ row: 3, reason: 'order_id is missing' }]);
  });

  test('sets the order before a bare line without id aside: the line may belong to it', async () => {
    const { orders, rejected } = await readFile(
      csv(order('1'), ',,,,,,,,,,,TEA-GRN,1,', order('3').replace('Zoé', 'Noël')),
    );

    expect(orders.map(({ externalId }) => externalId)).toEqual([]);
    expect(rejected.map(({ row, reason }) => [row, reason.slice(0, 25)])).toEqual([
      [3, 'order “1” is set aside: o'],
      [3, 'order “3” is set aside: t'],
    ]);
  });
});

describe('our own JSON of orders', () => {
  const wire = (changes: object = {}): object => ({
    order_id: 'A-1',
    channel: 'instagram',
    placed_at: '2026-11-20T13:03:11.000Z',
    ship_by: '2026-11-23',
    currency: 'EUR',
    total: 42.4,
    address: { name: 'Zoé Exemple', street1: '12 rue', postcode: 25000, city: 'Besançon', country: 'FR' },
    lines: [
      { sku: 'MUG-BLU', quantity: 2, unit_price: '12.50' },
      { sku: 'TEA-GRN', quantity: 1 },
    ],
    ...changes,
  });
  const id = (text: string): string => text.replaceAll('"A-1"', '3705115058471208928');

  test.each([
    ['an array', JSON.stringify([wire()])],
    ['an array over many lines', JSON.stringify([wire()], null, 2)],
    ['{"orders": […]}', JSON.stringify({ orders: [wire()] }, null, 1)],
    ['an object a line', `${JSON.stringify(wire())}\n`],
    ['one object over many lines', JSON.stringify(wire(), null, 4)],
  ])('reads %s, with a 19-digit id that stands there as a number', async (_, text) => {
    const { orders, rejected } = await readFile(id(text), { fileName: 'orders.json' });

    expect(rejected).toEqual([]);
    expect(orders).toEqual([expected]);
  });

  test('reads the names that our own export writes', async () => {
    const text = JSON.stringify([
      {
        externalId: '9',
        number: '#9',
        channel: 'x',
        placedAt: '2026-11-20',
        name: 'Zoé',
        street1: '1 rue',
        city: 'Lyon',
        country: 'FR',
        lines: [{ sku: 'A', quantityOrdered: 3 }],
      },
    ]);

    expect((await readFile(text)).orders).toMatchObject([{ externalId: '9', number: '#9', lines: [{ quantity: 3 }] }]);
  });

  test('reads 5,000 orders that come byte by byte in pieces', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => wire({ order_id: index + 1, note: `{"[${index}]}\\"` }));
    const { orders } = await readFile(JSON.stringify(many), { size: 997 });

    expect(orders).toHaveLength(5_000);
    expect(orders.at(-1)).toMatchObject({ externalId: '5000', note: '{"[4999]}\\"' });
  });

  test('sets one order aside by the line where it starts, and reads on', async () => {
    const text = JSON.stringify(
      [wire({ order_id: 1 }), wire({ order_id: 2, lines: [] }), 7, wire({ order_id: 3 })],
      null,
      1,
    );
    const { orders, rejected } = await readFile(text);
    const lines = text.split('\n');

    expect(orders.map(({ externalId }) => externalId)).toEqual(['1', '3']);
    expect(rejected).toEqual([
      { row: lines.indexOf('  "order_id": 2,'), reason: 'order “2” is set aside: no lines' },
      { row: lines.indexOf(' 7,') + 1, reason: 'an order was expected here' },
    ]);
  });

  test.each([
    ['a lost brace', (text: string) => text.replace('"quantity":1}', '"quantity":1')],
    ['a lost quotation mark', (text: string) => text.replace('"TEA-GRN"', '"TEA-GRN')],
    ['a lost comma', (text: string) => text.replace('"currency":"EUR",', '"currency":"EUR"')],
  ])('loses one order of many lines to %s', async (_, damage) => {
    const lines = [1, 2, 3, 4].map((number) => JSON.stringify(wire({ order_id: number })));
    lines[1] = damage(lines[1] ?? '');
    const separate = await readFile(lines.join('\n'));
    const list = await readFile(`[\n${lines.join(',\n')}\n]`);

    expect(separate.orders.map(({ externalId }) => externalId)).toEqual(['1', '3', '4']);
    expect(separate.rejected).toMatchObject([{ row: 2, reason: expect.stringContaining('broken JSON') }]);
    expect(list.orders.map(({ externalId }) => externalId)).toEqual(['1', '3', '4']);
    expect(list.rejected.at(0)).toMatchObject({ row: 3, reason: expect.stringContaining('broken JSON') });
  });

  test('says so when the file was cut off', async () => {
    const text = `[\n${JSON.stringify(wire({ order_id: 1 }))},\n${JSON.stringify(wire({ order_id: 2 }))}`;
    const inside = await readFile(text.slice(0, -30));
    const between = await readFile(text);

    expect(inside.orders.map(({ externalId }) => externalId)).toEqual(['1']);
    expect(inside.rejected).toMatchObject([{ row: 3, reason: expect.stringContaining('broken JSON') }, { row: 3 }]);
    expect(between.rejected).toEqual([{ row: 3, reason: 'the file ends before its list does: orders may be missing' }]);
  });

  test('refuses text that a database or a label cannot hold', async () => {
    const { rejected } = await readFile(JSON.stringify([wire({ note: 'a\u0000b' })]));

    expect(rejected).toEqual([{ row: 1, reason: 'order “A-1” is set aside: unreadable characters' }]);
  });
});
