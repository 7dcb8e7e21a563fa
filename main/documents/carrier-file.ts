import { AppError } from '../../shared/errors.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import { isWhole, lookOf } from './carrier-file-format.ts';
import { labelOfPng } from './carrier-file-png.ts';
import { checkQuietZones } from './carrier-file-quiet.ts';
import { labelOfZpl } from './carrier-file-zpl.ts';
import type { LabelExamination, LabelFile, LabelFileFormat, LabelProblem, SymbolReading } from './document.ts';
import { dotsPerMm } from './dot-grid.ts';
import { judgeLabel } from './label-verdict.ts';
import { checkPageSize } from './proof-rules.ts';
import { type ReadPage, readingOf, readPages } from './read-back.ts';

const labelFormats: readonly LabelFileFormat[] = ['pdf', 'png', 'zpl'];

/** One page more than any carrier puts behind a label: nobody waits for the rest of a catalogue. */
const MOST_PAGES = 10;
/** Both give 600 dots an inch. */
const FINER: Readonly<Record<LabelDpi, number>> = { 203: 3, 300: 2 };

interface Page {
  readonly pdf: Uint8Array;
  readonly read: readonly ReadPage[];
  readonly problems: readonly LabelProblem[];
}

async function readAll(pdf: Uint8Array, { dpi, trackingNumber }: LabelFile): Promise<ReadPage[]> {
  const read: ReadPage[] = [];
  for await (const page of readPages(pdf, { dpi, format: 'bilevel' })) {
    read.push(page);
    if (trackingNumber !== undefined && read.length === MOST_PAGES) break;
  }
  return read;
}

/** A part of a larger sheet is no label: a printer that feeds the sheet would scale it or print it beside the label. */
function checkSheets(pages: readonly ReadPage[], { media }: LabelFile): LabelProblem[] {
  return pages.flatMap(({ widthMm, heightMm, sheet }) => {
    const seen = { widthMm, heightMm };
    // What is seen of it was told already.
    if (media && checkPageSize(seen, media).length > 0) return [];
    return checkPageSize(sheet, media ?? seen);
  });
}

const isLinear = ({ symbology }: SymbolReading): boolean => 'ACEFGI'.includes(symbology.charAt(1));

/** Bars that are on the page and that the printer's dots destroy: a label that was shrunk has lost them all. */
async function lostBars(read: readonly ReadPage[], file: LabelFile): Promise<LabelProblem[]> {
  if (read.length !== 1 || read.some(({ symbols }) => symbols.some(isLinear))) return [];
  const problems: LabelProblem[] = [];
  const options = { dpi: file.dpi, format: 'bilevel', finer: FINER[file.dpi] } as const;
  for await (const { symbols } of readPages(file.bytes, options)) {
    for (const { symbology, text } of symbols.filter(isLinear))
      problems.push({ code: 'proof.decodability', details: { symbology, text, grade: 'F', decodability: 0 } });
  }
  return problems;
}

async function pageOfPdf(file: LabelFile): Promise<Page> {
  const read = await readAll(file.bytes, file);
  const problems: LabelProblem[] = [...checkSheets(read, file), ...(await lostBars(read, file))];
  // One parcel has one label; a file that is only looked at may hold many.
  if (read.length !== 1 && file.trackingNumber !== undefined)
    problems.unshift({ code: 'proof.page-count', details: { pages: read.length } });
  return { pdf: file.bytes, read, problems };
}

async function pageOfDots(file: LabelFile, format: 'png' | 'zpl'): Promise<Page | undefined> {
  const make = format === 'png' ? labelOfPng : labelOfZpl;
  const label = await make(file.bytes, file.media, file.dpi);
  if (!label) return undefined;
  const read = await readAll(label.pdf, file);
  const symbols = read.flatMap((page) => page.symbols);
  return { pdf: label.pdf, read, problems: [...label.problems, ...label.greySymbols(symbols)] };
}

function unreadable(format: LabelFileFormat, reason: string): LabelExamination {
  return {
    format,
    pages: [],
    pdf: null,
    problems: [{ code: 'proof.unreadable-document', details: { format, reason } }],
  };
}

/** One problem of a kind a symbol or page: the picture and its page may both have seen it. */
function once(problems: readonly LabelProblem[]): LabelProblem[] {
  const seen = new Set<string>();
  return problems.filter(({ code, details }) => {
    const key = `${code} ${details.symbology ?? ''} ${details.text ?? ''}`;
    return seen.size !== seen.add(key).size;
  });
}

async function examine(file: LabelFile, format: LabelFileFormat): Promise<LabelExamination> {
  const page = format === 'pdf' ? await pageOfPdf(file) : await pageOfDots(file, format);
  if (!page) return unreadable(format, '');
  const pages = page.read.map(readingOf);
  const { media, trackingNumber, scanTexts = [], expectMaxicode = false } = file;
  const expectation = {
    dotsPerMm: dotsPerMm(file.dpi),
    // A picture's own size was judged by its pixels: its page is the media.
    ...(media && format === 'pdf' ? { media } : {}),
    ...(trackingNumber === undefined ? {} : { tracking: trackingNumber }),
    scanTexts,
    expectMaxicode,
  };
  const problems = [...page.problems, ...judgeLabel(pages, expectation), ...page.read.flatMap(checkQuietZones)];
  return { format, pages, pdf: page.pdf, problems: once(problems) };
}

/**
 * Reads a label that somebody else made as its printer burns it, and judges it.
 *
 * Nothing about the bytes is an error: what is no label, is torn, belongs to another parcel or another printer is a
 * problem with its code.
 */
export async function examineLabelFile(file: LabelFile): Promise<LabelExamination> {
  const look = lookOf(file.bytes);
  const format = labelFormats.find((one) => one === look);
  if (!format || (file.format && file.format !== format)) {
    const details = { found: look, ...(file.format ? { expected: file.format } : {}) };
    return { format: format ?? null, pages: [], pdf: null, problems: [{ code: 'proof.wrong-format', details }] };
  }
  if (!isWhole(file.bytes, format)) return unreadable(format, 'cut');
  try {
    return await examine(file, format);
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'validation') throw error;
    return unreadable(format, String(error.details.reason ?? ''));
  }
}
