import { afterAll, describe, expect, test } from 'vitest';
import type { PickListModel, PickListRow } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { planPickList } from '../../../main/documents/pick-list.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const runCode = encodeStationCode('run', '7K3M9QXA');
const orderCode = encodeStationCode('order', '7K3M9QXA');

const aRow = (change: Partial<PickListRow> = {}): PickListRow => ({
  location: 'A-01-2',
  sku: 'LAMP-1',
  title: 'Lampe « Éclat »',
  quantity: 2,
  slot: 1,
  orderNumber: '#1042',
  tote: 'T07',
  ...change,
});

const aWalk = (change: Partial<PickListModel> = {}): PickListModel => ({
  language: 'en',
  kind: 'run',
  name: '7K3M9QXA',
  code: runCode,
  printedOn: '2026-11-22',
  orders: [
    { slot: 1, number: '#1042', tote: 'T07', units: 2 },
    { slot: 2, number: '#1043', tote: null, units: 1 },
  ],
  rows: [aRow(), aRow({ location: 'B-02-1', sku: 'MUG-3', title: 'Mug', quantity: 1, slot: 2, orderNumber: '#1043' })],
  ...change,
});

async function read(model: PickListModel) {
  const rendered = await documents.renderPickList(model);
  const pages = await documents.readBack(rendered.bytes, { dpi: 300, format: 'grey' });
  return { rendered, pages, texts: pages.map(({ text }) => text.replace(/\s+/g, ' ')) };
}

describe('a pick list', () => {
  test('of a walk shows orders with their places and totes, and the bins in walking order', async () => {
    const { texts } = await read(aWalk());

    for (const words of [
      'Pick list, walk 7K3M9QXA',
      '1. #1042 T07 2 units',
      '2. #1043 tote: .......... 1 unit',
      'A-01-2',
    ])
      expect(texts[0]).toContain(words);
    expect(texts[0]?.indexOf('A-01-2')).toBeLessThan(texts[0]?.indexOf('B-02-1') ?? 0);
    expect(texts[0]).toMatch(/A-01-2 2 LAMP-1 Lampe « Éclat » 1\. #1042 T07/);
  });

  test('in French of one order speaks French and names no place on a cart', async () => {
    const { texts } = await read(
      aWalk({
        language: 'fr',
        kind: 'order',
        name: '#1042',
        code: orderCode,
        orders: [{ slot: null, number: '#1042', tote: null, units: 2 }],
        rows: [aRow({ slot: null, tote: null })],
      }),
    );

    for (const words of [
      'Liste de prélèvement, commande #1042',
      'Emplacement',
      'Qté',
      'bac : ..........',
      '22 nov. 2026',
    ])
      expect(texts[0]).toContain(words);
    expect(texts[0]).not.toMatch(/\b1\. #1042/);
  });

  test('carries the code of the walk where a scanner reads it, proved like a label', async () => {
    const rendered = await documents.renderPickList(aWalk());
    const proof = await documents.proveLabel(rendered);

    expect(proof.ok ? proof.symbols.map(({ symbology, text }) => symbology + text) : proof.problems).toEqual([
      `]C0${runCode}`,
    ]);
  });

  test('runs over as many pages as it needs, each with its head and a box to tick for every bin', async () => {
    const rows = Array.from({ length: 90 }, (_, index) =>
      aRow({
        location: `A-${String(index).padStart(2, '0')}-1`,
        title: `Item ${index} with a name that takes two rows`,
      }),
    );
    const { pages, texts } = await read(aWalk({ rows }));

    expect(pages.length).toBeGreaterThan(2);
    expect(texts.every((text) => text.includes('Bin') && text.includes('7K3M9QXA'))).toBe(true);
    expect(rows.every((row) => texts.some((text) => text.includes(row.location)))).toBe(true);
    const { pages: plans } = planPickList(aWalk({ rows }));
    const boxes = plans.flatMap(({ items }) => items.filter((item) => item.kind === 'fill' && item.at.widthMm === 5.5));
    expect(boxes).toHaveLength(rows.length * 2);
    for (const { items } of plans)
      for (const item of items) if (item.kind === 'text') expect(item.yMm + 2).toBeLessThan(290);
  });

  test('prints the SKU where the font has no letters for a title', async () => {
    const { texts } = await read(aWalk({ rows: [aRow({ title: '陶瓷杯' })] }));

    expect(texts[0]).toContain('LAMP-1 LAMP-1');
  });
});
