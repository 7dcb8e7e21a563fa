import { readFile, writeFile } from 'node:fs/promises';
import type { OrderView } from '../../shared/contract/orders.ts';
import type { StationCode } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { parseLabelModel } from '../../shared/model/label.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import type { Documents } from '../documents/document.ts';
import { createDocuments } from '../documents/documents.ts';
import { readOrderPage } from '../orders/order-page-views.ts';
import {
  exportJournal,
  exportOrders,
  exportStock,
  journalExportColumns,
  orderExportColumns,
  stockExportColumns,
} from '../reporting/export-views.ts';
import { checkInvariants, type InvariantResult } from '../reporting/invariants-views.ts';
import { createLaunchToken } from '../stations/session-service.ts';
import { codesSheet, listCodes } from './codes.ts';
import type { Core } from './core.ts';
import { type PickListOf, pickList } from './pick-lists.ts';

/** Rows of one export, oldest first, read in pages so that memory stays flat. */
export function exportRows(
  core: Core,
  what: 'orders' | 'journal' | 'stock',
  since: string | undefined,
): AsyncGenerator<Record<string, unknown>> {
  switch (what) {
    case 'orders':
      return exportOrders(core.database, since);
    case 'journal':
      return exportJournal(core.database, since);
    case 'stock':
      return exportStock(core.database, since);
  }
}

/** Columns of an export as CSV, in the order of its rows' own names. */
export const exportColumns: Readonly<Record<'orders' | 'journal' | 'stock', readonly string[]>> = {
  orders: orderExportColumns,
  journal: journalExportColumns,
  stock: stockExportColumns,
};

/** One order with everything about it. */
export function showOrder(core: Core, key: string): Promise<OrderView> {
  return readOrderPage(core.database, key);
}

/** Every order, in the form of `packwright orders --json`. */
export function listAllOrders(core: Core, state: OrderState | undefined): AsyncGenerator<Record<string, unknown>> {
  return exportOrders(core.database, undefined, state);
}

export function codesOf(core: Core, language: 'en' | 'fr'): Promise<StationCode[]> {
  return listCodes(core, { badges: true, language });
}

export async function writeCodesPdf(core: Core, file: string, language: 'en' | 'fr'): Promise<void> {
  await writeOutput(file, await codesSheet(core, { badges: true, language }));
}

/** Writes the pick list of an order or of a walk. */
export async function writePickListPdf(
  core: Core,
  file: string,
  list: { of: PickListOf; language: 'en' | 'fr' },
): Promise<void> {
  await writeOutput(file, await pickList(core, list.of, list.language));
}

export function launchToken(core: Core): Promise<string> {
  return createLaunchToken(core.deps);
}

export function invariantsOf(core: Pick<Core, 'database'>): Promise<InvariantResult[]> {
  return checkInvariants(core.database);
}

/** Draws a label described as JSON, proves it, and writes the PDF only when it reads back. */
export async function renderLabelFile(
  input: string,
  output: string,
): Promise<{ symbols: readonly { symbology: string; text: string }[]; widthMm: number; heightMm: number }> {
  return withDocuments(async (documents) => {
    const model = parseLabelModel(parseJson(await readInput(input), input));
    const rendered = await documents.renderLabel(model);
    const proof = await documents.proveLabel(rendered);
    if (!proof.ok) throw new AppError('rule', 'label.proof-failed', { problems: proof.problems });
    await writeOutput(output, rendered.bytes);
    return { symbols: proof.symbols.map(({ symbology, text }) => ({ symbology, text })), ...rendered.media };
  });
}

/** Every symbol found in a PDF, page by page, at the printer's resolution. */
export async function verifyLabelFile(
  file: string,
  dpi: 203 | 300,
): Promise<Awaited<ReturnType<Documents['readBack']>>> {
  return withDocuments(async (documents) => documents.readBack(await readInput(file), { dpi, format: 'bilevel' }));
}

async function withDocuments<T>(work: (documents: Documents) => Promise<T>): Promise<T> {
  const documents = createDocuments();
  try {
    return await work(documents);
  } finally {
    await documents.close();
  }
}

async function readInput(file: string): Promise<Uint8Array> {
  return readFile(file).catch((cause) => {
    throw new AppError('not-found', 'import.file-missing', { fileName: file }, cause);
  });
}

async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes).catch((cause) => {
    throw new AppError('device', 'data.file-not-writable', { file }, cause);
  });
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AppError('validation', 'label.not-json', { file }, cause);
  }
}
