import { describe, expect, test } from 'vitest';
import { notoSans } from '../../../main/documents/fonts.ts';
import { cleanText, makeReadable } from '../../../main/documents/fonts-letters.ts';
import { createSetter } from '../../../main/documents/fonts-setting.ts';
import { renderInvoice } from '../../../main/documents/invoice.ts';
import { anInvoice, consumer, lamp } from './invoice-builders.ts';
import { lookInside, textOfPages } from './pdf-inside.ts';

const names = {
  Polish: 'Łucja Śmigły-Żółć, ul. Świętokrzyska',
  Greek: 'Αλέξανδρος Παπαδόπουλος, Οδός Ερμού',
  Cyrillic: 'Ђорђе Жуковић, вулиця Хрещатик, Їжак',
  Romanian: 'Ștefan Țepeș, șoseaua Băneasa',
  Vietnamese: 'Nguyễn Thị Hồng Ngọc, đường Trần Hưng Đạo, Huế, quận Ế Ặ',
  Czech: 'Přemysl Čeřovský, Žďár nad Sázavou',
  ligatures: 'Office difficile, fleur fjord',
} as const;

describe('letters of the embedded font', () => {
  test.each(Object.entries(names))('print %s names as they are, and a search finds them', async (_language, name) => {
    const invoice = anInvoice({ buyer: { ...consumer, name }, lines: [{ ...lamp, title: `Lampe ${name}` }] });
    const { bytes } = await renderInvoice(invoice);
    const [text = ''] = await textOfPages(bytes);
    expect(text.normalize('NFC').split(name)).toHaveLength(3);
  });

  test('are found also when they came as letter and accent', async () => {
    const { bytes } = await renderInvoice(
      anInvoice({ buyer: { ...consumer, name: 'Hélène Lefèvre'.normalize('NFD') } }),
    );
    expect((await textOfPages(bytes)).join()).toContain('Hélène Lefèvre');
  });

  test('stay the same whatever was printed before in the same shift', async () => {
    const before = await renderInvoice(anInvoice());
    await renderInvoice(anInvoice({ buyer: { ...consumer, name: names.Vietnamese } }));
    const after = await renderInvoice(anInvoice());
    expect(Buffer.from(after.bytes).equals(Buffer.from(before.bytes))).toBe(true);
  });

  test('are embedded as far as they are used: a page stays small', async () => {
    const { bytes } = await renderInvoice(anInvoice());
    expect(bytes.length).toBeLessThan(40_000);
    expect((await lookInside(bytes)).notEmbedded).toEqual([]);
  });
});

describe('letters that the font has not', () => {
  test('are told with every field, and nothing is drawn', async () => {
    const invoice = anInvoice({
      buyer: { ...consumer, name: '田中太郎', city: 'القاهرة' },
      lines: [lamp, { ...lamp, title: 'โคมไฟ' }],
    });
    await expect(renderInvoice(invoice)).rejects.toMatchObject({
      kind: 'rule',
      code: 'document.unprintable-letters',
      details: {
        fields: [
          { field: 'buyer.name', characters: '田中太郎' },
          { field: 'buyer.city', characters: expect.stringContaining('ق') },
          { field: 'lines.1.title', characters: expect.stringContaining('ค') },
        ],
      },
    });
  });

  test('are dropped when they are pictures, and signs of trade stay', () => {
    expect(cleanText('Lampe 🌸 Éclat™ ❤️  ®')).toBe('Lampe Éclat™ ®');
  });

  test('are told when nothing but pictures was written', () => {
    expect(() => makeReadable({ title: '🌸🌸' }, notoSans())).toThrow('document.unprintable-letters');
  });
});

describe('the setter', () => {
  const setter = createSetter(notoSans());
  const place = { xMm: 0, yMm: 0, widthMm: 40 };

  test('breaks a long word rather than let it leave its column', () => {
    const { items } = setter.flow({ field: 'title', text: 'X'.repeat(60) }, place, { sizePt: 9 });
    expect(items.length).toBeGreaterThan(1);
    for (const item of items) expect(item.widthMm).toBeLessThanOrEqual(place.widthMm);
    expect(items.map(({ text }) => text).join('')).toBe('X'.repeat(60));
  });

  test('measures a line as wide as its words and blanks', () => {
    const [whole, parts] = [
      setter.widthMm('Prix unitaire', 10),
      setter.widthMm('Prix ', 10) + setter.widthMm('unitaire', 10),
    ];
    expect(whole).toBeCloseTo(parts, 6);
    expect(setter.widthMm('Prix', 10, true)).toBeGreaterThan(setter.widthMm('Prix', 10));
  });
});
