import { AppError } from '../../shared/errors.ts';
import { parseCommercialInvoice, parseCustoms } from '../../shared/model/customs.ts';
import { parseInvoice } from '../../shared/model/invoice.ts';
import { renderCommercialInvoice } from '../documents/customs-commercial.ts';
import { renderCustomsForm } from '../documents/customs-form.ts';
import type { RenderedDocument } from '../documents/document.ts';
import { renderInvoice } from '../documents/invoice.ts';
import { readJsonFile, writeNamedFile } from './named-files.ts';

export const invoiceKinds = ['invoice', 'credit-note', 'commercial'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

/** What the command line may say instead of the file. */
export interface PaperWishes {
  readonly kind?: InvoiceKind;
  readonly language?: 'en' | 'fr';
}

/** What was written, for the caller to print. */
export interface WrittenPaper {
  readonly kind: InvoiceKind | 'CN22' | 'CN23';
  readonly pages: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

async function readModel(file: string, wishes: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const value = await readJsonFile(file);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new AppError('validation', 'document.not-an-object', { file });
  return { ...value, ...wishes };
}

async function write(file: string, kind: WrittenPaper['kind'], paper: RenderedDocument): Promise<WrittenPaper> {
  await writeNamedFile(file, paper.bytes);
  return { kind, pages: paper.pages, ...paper.media };
}

/** Draws an invoice, credit note or commercial invoice described as JSON; nothing is written when it is not valid. */
export async function renderInvoiceFile(input: string, output: string, wishes: PaperWishes): Promise<WrittenPaper> {
  const { kind, language } = wishes;
  const spoken = language ? { language } : {};
  if (kind === 'commercial') {
    const model = parseCommercialInvoice(await readModel(input, spoken));
    return write(output, kind, await renderCommercialInvoice(model));
  }
  const model = parseInvoice(await readModel(input, { ...spoken, ...(kind ? { kind } : {}) }));
  return write(output, model.kind, await renderInvoice(model));
}

/** Draws the CN22 or CN23 that a parcel described as JSON needs. */
export async function renderCustomsFile(
  input: string,
  output: string,
  wishes: Pick<PaperWishes, 'language'>,
): Promise<WrittenPaper> {
  const { language } = wishes;
  const paper = await renderCustomsForm(parseCustoms(await readModel(input, language ? { language } : {})));
  return write(output, paper.form, paper);
}
