import { afterAll, describe, expect, test } from 'vitest';
import type { PackingSlipModel, SlipLine, SlipReturns } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { planPackingSlip } from '../../../main/documents/packing-slip.ts';
import { encodeRma, encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { parseMedia } from '../../../shared/model/media.ts';
import { london, nantes, paris } from './label-builders.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const rma = encodeRma('7K3M9QX');
const orderCode = encodeStationCode('order', '7K3M9QX');

function aLine(changes: Partial<SlipLine> = {}): SlipLine {
  return {
    sku: 'LAMP-1',
    gtin: '04006381333931',
    title: 'Lampe « Éclat »',
    ordered: 3,
    packed: 3,
    backOrdered: 0,
    lots: [],
    serials: [],
    ...changes,
  };
}

function someReturns(changes: Partial<SlipReturns> = {}): SlipReturns {
  return {
    rma,
    noticeBy: '2026-12-08',
    sendBy: '2026-12-22',
    address: nantes,
    whoPays: 'seller',
    labelInBox: true,
    withdrawalUrl: 'https://lumiere.example/retractation',
    law: 'fr',
    ...changes,
  };
}

function aSlip(changes: Partial<PackingSlipModel> = {}): PackingSlipModel {
  return {
    language: 'fr',
    company: { ...nantes, email: 'bonjour@lumiere.example' },
    orderNumber: '#1042',
    orderCode,
    channel: 'instagram',
    orderedOn: '2026-11-20',
    packedOn: '2026-11-21',
    shipTo: paris,
    parcels: [{ sscc: '106141412345678908' }],
    lines: [aLine()],
    ...changes,
  };
}

/** The text of each page as a reader sees it, line ends as blanks. */
async function read(model: PackingSlipModel) {
  const rendered = await documents.renderPackingSlip(model);
  const pages = await documents.readBack(rendered.bytes, { dpi: 300, format: 'grey' });
  return { rendered, pages, texts: pages.map(({ text }) => text.replace(/\s+/g, ' ')) };
}

describe('a packing slip', () => {
  test('names what something was sent instead of', async () => {
    const lines = [aLine({ replaces: 'LAMP-0' })];

    expect((await read(aSlip({ lines }))).texts[0]).toContain('Envoyé à la place de LAMP-0');
    expect((await read(aSlip({ language: 'en', lines }))).texts[0]).toContain('Sent instead of LAMP-0');
  });

  test('in French shows order, channel, recipient and what was packed, and no price', async () => {
    const lines = [aLine({ ordered: 3, packed: 2, backOrdered: 1, lots: ['L2026-11'], serials: ['SN-1', 'SN-2'] })];
    const { texts } = await read(aSlip({ lines }));

    for (const words of [
      'Bon de livraison',
      '#1042',
      'instagram',
      'Hélène Dupré-Lefèvre',
      '75011 Paris',
      'LAMP-1',
      '04006381333931',
      'Lampe « Éclat »',
      'Lot L2026-11',
      'N° de série SN-1, SN-2',
      'À suivre',
      'Page 1/1',
      '21 nov. 2026',
    ]) {
      expect(texts[0]).toContain(words);
    }
    expect(texts[0]).not.toMatch(/€|\bEUR\b|\bprix\b|\d,\d\d/i);
  });

  test('in English speaks English', async () => {
    const { texts } = await read(aSlip({ language: 'en', shipTo: london, returns: someReturns({ law: 'eu' }) }));

    for (const words of [
      'Packing slip',
      'Sending something back',
      'Right of withdrawal',
      'by the end of 08 Dec 2026',
      'UNITED KINGDOM',
    ]) {
      expect(texts[0]).toContain(words);
    }
    expect(texts[0]).not.toContain('L221');
  });

  test('is proved like a label: order, RMA twice and the withdrawal page read back', async () => {
    const rendered = await documents.renderPackingSlip(aSlip({ returns: someReturns() }));
    const proof = await documents.proveLabel(rendered);

    expect(proof.ok ? proof.symbols.map(({ symbology, text }) => symbology + text) : proof.problems).toEqual([
      `]C0${orderCode}`,
      `]C0${rma}`,
      `]d1${rma}`,
      ']Q1https://lumiere.example/retractation',
    ]);
  });

  test('says with the words of the French code how to withdraw, online too, and names the days', async () => {
    const { texts } = await read(aSlip({ returns: someReturns() }));

    expect(texts[0]).toContain(
      "Vous pouvez également exercer votre droit de rétractation en ligne sur https://lumiere.example/retractation. Si vous utilisez cette fonctionnalité en ligne, nous vous enverrons, dans les meilleurs délais, un accusé de réception de la rétractation sur un support durable (par exemple, par courriel), y compris son contenu ainsi que la date et l'heure de sa soumission.",
    );
    for (const words of [
      'art. L221-18 du code de la consommation',
      'L221-23',
      'L221-24',
      'L221-28',
      '08 déc. 2026',
      '22 déc. 2026',
      'Renoncer au contrat ici',
      'Le retour est à notre charge',
    ]) {
      expect(texts[0]).toContain(words);
    }
  });

  test.each([
    [
      'fr',
      'fr',
      [
        'Formulaire de rétractation',
        'Je/nous (*) vous notifie/notifions (*) par la présente ma/notre (*) rétractation du contrat portant sur la vente du bien (*)',
        'Commandé le (*)/reçu le (*) :',
        'Signature du (des) consommateur(s) (uniquement en cas de notification du présent formulaire sur papier) :',
        '(*) Rayez la mention inutile.',
        'garantie légale de conformité de deux ans (art. L217-3)',
      ],
    ],
    [
      'en',
      'eu',
      [
        'Model withdrawal form',
        'I/We (*) hereby give notice that I/We (*) withdraw from my/our (*) contract of sale',
        'Ordered on (*)/received on (*):',
        'Signature of consumer(s) (only if this form is notified on paper):',
        '(*) Delete as appropriate.',
        'the legal guarantee of conformity of two years',
      ],
    ],
  ] as const)(
    'carries the form of the law in %s, filled in as far as known, on a sheet and on a label',
    async (language, law, words) => {
      const slip = aSlip({ language, returns: someReturns({ law }) });

      const sheet = (await read(slip)).texts.join(' ');
      const label = (await read({ ...slip, media: { widthMm: 101.6, heightMm: 152.4 } })).texts.join(' ');

      for (const text of [sheet, label].map((one) => one.replaceAll(/\s+/g, ' ')))
        for (const word of [...words, slip.orderNumber, slip.shipTo.name, slip.company.name])
          expect(text).toContain(word);
    },
  );

  test('leaves the law out where none is asked for, and says who pays', async () => {
    const { withdrawalUrl: _none, ...returns } = someReturns({ law: 'none', whoPays: 'buyer', labelInBox: false });
    const { texts, pages } = await read(aSlip({ returns }));

    expect(texts[0]).not.toContain('Droit de rétractation');
    expect(texts.join()).not.toContain('Formulaire de rétractation');
    expect(texts[0]).toContain('Les frais de retour sont à votre charge.');
    expect(texts[0]).toContain("Adressez le colis à l'adresse de retour");
    expect(pages[0]?.symbols.map(({ symbology }) => symbology)).not.toContain(']Q1');
  });

  test('without returns has no boxes to fill in and no RMA', async () => {
    const { texts } = await read(aSlip());

    expect(texts[0]).not.toContain('Retour');
    expect(texts[0]).not.toContain('Motif');
  });

  test('of sixty lines fills several pages, each with its heading, its number and every line once', async () => {
    const lines = Array.from({ length: 60 }, (_, index) => aLine({ sku: `SKU-${String(index).padStart(2, '0')}x` }));
    const { texts, rendered } = await read(aSlip({ lines, returns: someReturns() }));
    const whole = texts.join(' ');

    expect(texts.length).toBe(rendered.pages);
    expect(texts.length).toBeGreaterThan(2);
    texts.forEach((text, index) => {
      expect(text).toContain(`Page ${index + 1}/${texts.length}`);
      expect(text).toContain('Bon de livraison');
    });
    for (const { sku } of lines) expect(whole.split(sku)).toHaveLength(2);
  });

  test('names an article by its SKU where the font has no letters for its description', async () => {
    const { texts } = await read(aSlip({ lines: [aLine({ sku: 'HONG-1', title: '红灯笼' })] }));

    expect(texts[0]).toContain('HONG-1 04006381333931 HONG-1');
  });

  test('breaks a serial list or a word that is wider than its column instead of cutting it', () => {
    const serials = Array.from({ length: 40 }, (_, index) => `SERIAL-${index}`);
    const { pages } = planPackingSlip(aSlip({ lines: [aLine({ title: 'x'.repeat(120), serials })] }));
    const printed = pages.flatMap(({ items }) => items.filter((item) => item.kind === 'text'));
    const textOf = (field: string) =>
      printed
        .filter((item) => item.field === field)
        .map(({ text }) => text)
        .join('');

    expect(textOf('lines.0.title')).toBe('x'.repeat(120));
    expect(textOf('lines.0.serials').replaceAll(' ', '')).toBe(`N°desérie${serials.join(',')}`);
    for (const { xMm, widthMm } of printed) expect(xMm + widthMm).toBeLessThanOrEqual(196.1);
  });

  test('refuses an order code that no barcode of its width can carry', () => {
    expect(() => planPackingSlip(aSlip({ orderCode: 'W'.repeat(60) }))).toThrow(
      expect.objectContaining({ code: 'label.symbol-too-wide', details: { field: 'orderCode' } }),
    );
  });
});

describe('a packing slip on label media', () => {
  const media = (text: string) => parseMedia(text) ?? { widthMm: 0, heightMm: 0 };
  const codes = [`]C0${orderCode}`, `]C0${rma}`, `]d1${rma}`, ']Q1https://lumiere.example/retractation'];

  test.each([
    ['4x6in', 203],
    ['4x6in', 300],
    ['100x150mm', 203],
    ['80x120mm', 203],
    ['a5', 203],
  ] as const)('fills %s at %i dpi, page by page, and every code reads back', async (name, dpi) => {
    const slip = aSlip({ media: media(name), dpi, returns: someReturns() });
    const rendered = await documents.renderPackingSlip(slip);
    const proof = await documents.proveLabel(rendered);
    const pages = await documents.readBack(rendered.bytes, { dpi, format: 'bilevel' });

    expect(proof.ok ? proof.symbols.map(({ symbology, text }) => symbology + text).sort() : proof.problems).toEqual(
      [...codes].sort(),
    );
    expect(rendered.media).toEqual(media(name));
    for (const page of pages) {
      expect(page.widthMm).toBeCloseTo(media(name).widthMm, 1);
      expect(page.heightMm).toBeCloseTo(media(name).heightMm, 1);
    }
  });

  test('says everything that the slip on A4 says', async () => {
    const lines = [
      aLine({ packed: 2, backOrdered: 1, replaces: 'LAMP-0', lots: ['L2026-11'], serials: ['SN-1', 'SN-2'] }),
    ];
    const model = aSlip({ lines, returns: someReturns() });
    const words = (texts: readonly string[]) => new Set(texts.join(' ').split(' '));
    const wide = words((await read(model)).texts);
    const narrow = words((await read({ ...model, media: media('100x150mm') })).texts);

    const missing = [...wide].filter((word) => /[\p{L}\d]{2}/u.test(word) && !narrow.has(word));
    // Page numbers differ, and a description below its article has no column.
    expect(missing.filter((word) => !/^\d\/\d$/.test(word))).toEqual(['Désignation']);
  });

  test('of sixty long French lines carries each once, its boxes beside it, on numbered pages', async () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      aLine({
        sku: `SKU-${String(index).padStart(2, '0')}x`,
        title: 'Lampe de table en chêne massif '.repeat(4).trim(),
      }),
    );
    const { texts, rendered } = await read(aSlip({ lines, media: media('4x6in'), returns: someReturns() }));
    const whole = texts.join(' ');

    expect(texts.length).toBe(rendered.pages);
    texts.forEach((text, index) => {
      expect(text).toContain(`Page ${index + 1}/${texts.length}`);
      expect(text).toContain('#1042');
    });
    for (const { sku } of lines) expect(whole.split(sku)).toHaveLength(2);
    for (const text of texts) expect(text.split('Motif ').length).toBeGreaterThanOrEqual(text.split('SKU-').length);
  });

  test('is black on white: a thermal head burns no grey', () => {
    const { pages } = planPackingSlip(aSlip({ media: media('4x6in'), returns: someReturns() }));
    const colours = pages.flatMap(({ items }) => items.flatMap((item) => ('color' in item ? [item.color] : [])));

    expect(new Set(colours)).toEqual(new Set(['black']));
  });

  test('keeps everything on the page: nothing beyond its edges, nothing below its foot', () => {
    const serials = Array.from({ length: 200 }, (_, index) => `SERIAL-${index}`);
    const lines = [aLine({ sku: 'A-VERY-LONG-SKU-WITHOUT-ANY-BLANK-IN-IT', title: 'x'.repeat(300), serials })];
    const { pages } = planPackingSlip(aSlip({ lines, media: media('70x100mm'), returns: someReturns() }));

    for (const { items } of pages) {
      for (const item of items) {
        if (item.kind !== 'text') continue;
        expect(item.xMm + item.widthMm).toBeLessThanOrEqual(66);
        expect(item.yMm).toBeLessThan(97);
      }
    }
  });

  test('on media too small for an address stays A4', async () => {
    expect((await documents.renderPackingSlip(aSlip({ media: media('50x25mm') }))).media).toEqual(media('a4'));
  });
});
