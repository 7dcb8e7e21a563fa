import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { type LabelDpi, type LabelModel, parseLabelModel } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import type { Documents, LabelFileFormat, LabelProblem, SymbolReading } from '../documents/document.ts';
import { createDocuments } from '../documents/documents.ts';
import { readJsonFile, writeNamedFile } from './named-files.ts';
import { problemInWords } from './proof-words.ts';

/** What the command line says over what the description says. */
export interface RenderChoice {
  readonly profile?: string;
  readonly dpi?: LabelDpi;
}

export interface RenderedFile {
  readonly profile: LabelModel['profile'];
  readonly dpi: LabelDpi;
  readonly symbols: readonly { readonly symbology: string; readonly text: string }[];
  readonly transliterated: readonly string[];
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Draws a label described as JSON, proves it, and writes the PDF only when it reads back. */
export async function renderLabelFile(input: string, output: string, choice: RenderChoice = {}): Promise<RenderedFile> {
  const model = await readModel(input, choice);
  return withDocuments(async (documents) => {
    const rendered = await documents.renderLabel(model);
    const proof = await documents.proveLabel(rendered);
    if (!proof.ok) throw new AppError('rule', 'label.proof-failed', { problems: proof.problems });
    await writeNamedFile(output, rendered.bytes);
    const symbols = proof.symbols.map(({ symbology, text }) => ({ symbology, text }));
    const { media, dpi, transliterated } = rendered;
    return { profile: model.profile, dpi, symbols, transliterated, ...media };
  });
}

export interface VerifyChoice {
  readonly dpi: LabelDpi;
  readonly media?: MediaSize;
  readonly tracking?: string;
  /** Description of a label of ours: every symbol must stand where it was drawn. */
  readonly description?: string;
}

/** A symbol on a page with what a scanner sends and how its bars came out on the printer's dots. */
interface FoundSymbol extends SymbolReading {
  readonly page: number;
  /** Geometry part of ISO/IEC 15416; null for matrices, which have none. */
  readonly grade: string | null;
}

/** What is wrong, with one line for people. */
interface WordedProblem extends LabelProblem {
  readonly words: string;
}

export interface Verdict {
  readonly verdict: 'pass' | 'fail';
  readonly format: LabelFileFormat;
  readonly problems: readonly WordedProblem[];
  readonly dpi: LabelDpi;
  readonly pages: readonly { readonly page: number; readonly widthMm: number; readonly heightMm: number }[];
  readonly symbols: readonly FoundSymbol[];
}

/**
 * Every symbol of a PDF, PNG or ZPL file at the printer's resolution, and whether it may be printed.
 *
 * Throws `validation` `document.unreadable` for a file that is none of them; one that is torn fails.
 */
export async function verifyLabelFile(file: string, choice: VerifyChoice): Promise<Verdict> {
  const bytes = await readFile(file).catch((cause) => {
    throw new AppError('not-found', 'import.file-missing', { fileName: file }, cause);
  });
  const { dpi, description, media, tracking } = choice;
  const model = description === undefined ? undefined : await readModel(description, { dpi });
  return withDocuments(async (documents) => {
    const wanted = { ...(media ? { media } : {}), ...(tracking === undefined ? {} : { trackingNumber: tracking }) };
    const { format, pages, problems } = await documents.examineLabelFile({ bytes, dpi, ...wanted });
    if (!format) throw new AppError('validation', 'document.unreadable', {});
    const all = [...problems, ...(model ? await problemsBeside(documents, model, bytes) : [])];
    return {
      verdict: all.length === 0 ? ('pass' as const) : ('fail' as const),
      format,
      problems: all.map((problem) => ({ ...problem, words: problemInWords(problem) })),
      dpi,
      pages: pages.map(({ page, widthMm, heightMm }) => ({ page, widthMm, heightMm })),
      symbols: pages.flatMap(({ page, symbols }) =>
        symbols.map((symbol) => ({ page, grade: symbol.geometry?.grade ?? null, ...symbol })),
      ),
    };
  });
}

async function problemsBeside(
  documents: Documents,
  model: LabelModel,
  bytes: Uint8Array,
): Promise<readonly LabelProblem[]> {
  const proof = await documents.proveLabel({ ...(await documents.renderLabel(model)), bytes });
  return proof.ok ? [] : proof.problems;
}

async function readModel(file: string, { profile, dpi }: RenderChoice): Promise<LabelModel> {
  const described = await readJsonFile(file);
  if (typeof described !== 'object' || described === null) return parseLabelModel(described);
  return parseLabelModel({ ...described, ...(profile ? { profile } : {}), ...(dpi ? { dpi } : {}) });
}

async function withDocuments<T>(work: (documents: Documents) => Promise<T>): Promise<T> {
  const documents = createDocuments();
  try {
    return await work(documents);
  } finally {
    await documents.close();
  }
}
