import { describe, expect, test } from 'vitest';
import { onlyOrder, parsed } from '../support/parsing.ts';

const header = 'order_id,order_number,channel,placed_at,name,street1,city,country,line_id,sku,title,quantity';

describe('a file of orders on stdin', () => {
  test('becomes the same shape as an answer of a platform', async () => {
    const csv = `${header}\n3705115058471208928,#7,instagram,2026-11-20 14:00:00 +0100,Ada,1 Sample St,Berlin,DE,9,MUG,Mug,2\n`;

    expect(await onlyOrder('csv', csv)).toEqual({
      externalId: '3705115058471208928',
      externalNumber: '#7',
      placedAt: '2026-11-20T13:00:00.000Z',
      shipBy: null,
      payState: 'paid',
      labelMode: 'seller',
      addressState: 'clear',
      lines: [{ externalLineIds: ['9'], sku: 'MUG', title: 'Mug', quantityOrdered: 2, quantityToPack: 2 }],
      attribution: { channel: 'instagram', evidence: 'file=instagram' },
    });
  });

  test('says who makes the label', async () => {
    const row = ',#8,web,2026-11-20,Ada,1 Sample St,Berlin,DE,1,MUG,Mug,1,';
    const { orders } = await parsed('csv', `${header},label_mode\nA1${row}platform\nA2${row}\n`);

    expect(orders.map(({ labelMode }) => labelMode)).toEqual(['platform', 'seller']);
  });

  test.each([
    ['Windows-1252', (text: string) => Buffer.from(text, 'latin1')],
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  ])('is read in %s, as a spreadsheet writes it', async (_, bytes) => {
    const csv = `${header}\nA1,#8,web,2026-11-20,Inès,1 Allée,Genève,CH,1,MUG,Théière,1\n`;

    expect((await onlyOrder('csv', bytes(csv))).lines).toMatchObject([{ title: 'Théière' }]);
  });

  test('sets a broken order aside with its id', async () => {
    const csv = `${header}\nA1,#8,web,2026-11-20,Ada,1 Sample St,Berlin,DE,1,MUG,Mug,none\nA2,#9,web,2026-11-20,Ada,1 S,Berlin,DE,1,MUG,Mug,1\n`;
    const { orders, quarantined } = await parsed('csv', csv);

    expect(orders.map(({ externalId }) => externalId)).toEqual(['A2']);
    expect(quarantined).toMatchObject([{ id: 'A1', reason: expect.stringContaining('quantity “none”') }]);
  });

  test('that is something else is one clear error', async () => {
    await expect(parsed('csv', '<!doctype html><p>hello')).rejects.toMatchObject({ code: 'import.unknown-format' });
    await expect(parsed('csv', '  ')).rejects.toMatchObject({ code: 'import.empty-file' });
    await expect(parsed('ebay', '{}')).rejects.toMatchObject({ code: 'channel.unknown' });
  });
});
