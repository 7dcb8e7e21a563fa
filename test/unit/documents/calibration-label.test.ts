import { PDFiumLibrary } from '@hyzyla/pdfium';
import { afterAll, describe, expect, test } from 'vitest';
import type { CalibrationModel } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { type MediaSize, parseMedia } from '../../../shared/model/media.ts';

const documents = createDocuments();
afterAll(() => documents.close());

function aLabel(changes: Partial<CalibrationModel> = {}): CalibrationModel {
  const media = { widthMm: 100, heightMm: 150 };
  return { language: 'en', media, dpi: 203, printer: 'Zebra ZD421', date: '2026-11-22', ...changes };
}

function sizeOf(media: string): MediaSize {
  const size = parseMedia(media);
  if (!size) throw new Error(`no media ${media}`);
  return size;
}

/** What a head burns: black and white dots. */
interface Paper {
  readonly width: number;
  readonly height: number;
  isDark(x: number, y: number): boolean;
}

/** Rasterises as a driver does; `scale` is what "fit to page" makes of it. */
async function burn(model: CalibrationModel, scale = 1): Promise<Paper> {
  const { bytes, media } = await documents.renderCalibrationLabel(model);
  const dotsPerMm = model.dpi === 203 ? 8 : model.dpi / 25.4;
  const [width, height] = [
    Math.round(media.widthMm * dotsPerMm * scale),
    Math.round(media.heightMm * dotsPerMm * scale),
  ];
  const library = await PDFiumLibrary.init();
  const pdf = await library.loadDocument(bytes);
  try {
    const { data } = await pdf.getPage(0).render({ width, height, scale: 1, colorSpace: 'Gray', render: 'bitmap' });
    const dots = Uint8Array.from(data);
    return { width, height, isDark: (x, y) => (dots[y * width + x] ?? 255) < 128 };
  } finally {
    pdf.destroy();
    library.destroy();
  }
}

/** Lengths of the dark and white runs along one line of the paper; the first is white. */
function runsAlong(length: number, isDark: (at: number) => boolean): number[] {
  const runs = [0];
  let dark = false;
  for (let at = 0; at < length; at += 1) {
    if (isDark(at) !== dark) {
      dark = !dark;
      runs.push(0);
    }
    runs.push((runs.pop() ?? 0) + 1);
  }
  return runs;
}

function longestLine(paper: Paper, direction: 'down' | 'right'): number {
  const [lines, length] = direction === 'down' ? [paper.width, paper.height] : [paper.height, paper.width];
  const darkAt = (line: number, at: number) => (direction === 'down' ? paper.isDark(line, at) : paper.isDark(at, line));
  let longest = 0;
  for (let line = 0; line < lines; line += 1) {
    const runs = runsAlong(length, (at) => darkAt(line, at)).filter((_, index) => index % 2 === 1);
    longest = Math.max(longest, ...runs);
  }
  return longest;
}

/** Widths of the groups of eight bars whose bars and gaps are all equally wide, wherever they are on the paper. */
function equalGroups(paper: Paper, bars: 'down' | 'right'): number[] {
  const [lines, length] = bars === 'down' ? [paper.height, paper.width] : [paper.width, paper.height];
  const darkAt = (line: number, at: number) => (bars === 'down' ? paper.isDark(at, line) : paper.isDark(line, at));
  const found = new Set<number>();
  for (let line = 0; line < lines; line += 4) {
    const runs = runsAlong(length, (at) => darkAt(line, at));
    for (let first = 1; first + 14 < runs.length; first += 2) {
      const group = runs.slice(first, first + 15);
      const alone = (runs[first - 1] ?? 0) > 8 && (runs[first + 15] ?? 0) > 8;
      if (alone && group.every((run) => run === group[0])) found.add(group[0] ?? 0);
    }
  }
  return [...found].sort();
}

describe('a calibration label', () => {
  test.each([
    ['4x6in', 203, 'right', 50],
    ['4x6in', 203, 'down', 100],
    ['4x6in', 300, 'down', 100],
    ['100x150mm', 203, 'right', 50],
    ['100x150mm', 203, 'down', 100],
    ['a4', 300, 'down', 100],
    ['150x100mm', 203, 'right', 100],
  ] as const)('of %s at %i dpi has a rule %s of %i mm, to the dot', async (media, dpi, direction, mm) => {
    const paper = await burn(aLabel({ media: sizeOf(media), dpi }));

    const dots = longestLine(paper, direction);
    expect(Math.abs(dots - mm * (dpi === 203 ? 8 : dpi / 25.4))).toBeLessThanOrEqual(1);
  });

  test('shows bars and gaps of exactly 1, 2, 3 and 4 dots along and across the feed', async () => {
    const paper = await burn(aLabel());

    expect(equalGroups(paper, 'down')).toEqual([1, 2, 3, 4]);
    expect(equalGroups(paper, 'right')).toEqual([1, 2, 3, 4]);
  });

  test('gives a driver away that scales by two per cent, by its rule and by its bars', async () => {
    const paper = await burn(aLabel(), 0.98);

    expect(longestLine(paper, 'down') / 8).toBeCloseTo(98, 0);
    expect(equalGroups(paper, 'down')).not.toEqual([1, 2, 3, 4]);
    expect(equalGroups(paper, 'right')).not.toEqual([1, 2, 3, 4]);
  });

  test('has its outermost marks 3 mm from every edge', async () => {
    const { isDark, width, height } = await burn(aLabel());
    const dark = { left: width, right: 0, top: height, bottom: 0 };
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        if (!isDark(x, y)) continue;
        dark.left = Math.min(dark.left, x);
        dark.right = Math.max(dark.right, x + 1);
        dark.top = Math.min(dark.top, y);
        dark.bottom = Math.max(dark.bottom, y + 1);
      }
    }

    expect(dark).toEqual({ left: 24, right: width - 24, top: 24, bottom: height - 24 });
  });

  test.each([203, 300] as const)('carries codes of 1, 2 and 3 dots at %i dpi that read back', async (dpi) => {
    const proof = await documents.proveLabel(await documents.renderCalibrationLabel(aLabel({ dpi })));

    expect(
      proof.ok
        ? proof.symbols.map(({ text, geometry }) => [text, Math.round((geometry?.moduleMm ?? 0) * (dpi / 25.4))])
        : proof.problems,
    ).toEqual([
      ['DOTS-1', 1],
      ['DOTS-2', 2],
      ['DOTS-3', 3],
    ]);
  });

  test.each([
    ['en', 'Measure: the long line is 100 mm. If not, the driver scales: set print-scaling to none'],
    ['fr', "Mesurez : le grand trait fait 100 mm. Sinon le pilote met à l'échelle : réglez print-scaling sur none"],
  ] as const)('says what to look for, in %s, and which printer it is', async (language, words) => {
    const { bytes } = await documents.renderCalibrationLabel(aLabel({ language }));
    const [page] = await documents.readBack(bytes, { dpi: 203, format: 'bilevel' });
    const text = page?.text.replace(/\s+/g, ' ');

    expect(text).toContain(words);
    for (const part of ['Zebra ZD421', '100 × 150 mm', '203 dpi', '2026']) expect(text).toContain(part);
  });

  test('on a small label keeps to what fits: the page is the label, the rule whole centimetres', async () => {
    const model = aLabel({ media: sizeOf('60x40mm') });
    const rendered = await documents.renderCalibrationLabel(model);
    const [page] = await documents.readBack(rendered.bytes, { dpi: 203, format: 'bilevel' });

    expect(page).toMatchObject({ widthMm: expect.closeTo(60, 2), heightMm: expect.closeTo(40, 2) });
    expect(longestLine(await burn(model), 'right')).toBe(30 * 8);
  });

  test('of a printer whose name the font has not is still drawn', async () => {
    const { bytes } = await documents.renderCalibrationLabel(aLabel({ printer: '打印机' }));

    expect(bytes.length).toBeGreaterThan(1000);
  });
});
