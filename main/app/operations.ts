import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { OrderView } from '../../shared/contract/orders.ts';
import type { StationCode } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { parseLabelModel } from '../../shared/model/label.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import type { Documents } from '../documents/document.ts';
import { createDocuments } from '../documents/documents.ts';
import { readOrderPage } from '../orders/order-page-views.ts';
import { exportJournal, exportOrders, exportStock } from '../reporting/export-views.ts';
import { checkInvariants, type InvariantResult } from '../reporting/invariants-views.ts';
import { createLaunchToken } from '../stations/session-service.ts';
import { codesSheet, listCodes } from './codes.ts';
import type { Core } from './core.ts';

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
      return exportStock(core.database);
  }
}

/** One order with everything about it. */
export function showOrder(core: Core, key: string): Promise<OrderView> {
  return readOrderPage(core.database, key);
}

/** Every order, in the form of `packwright orders --json`. */
export function listAllOrders(core: Core, state: OrderState | undefined): AsyncGenerator<Record<string, unknown>> {
  return exportOrders(core.database, undefined, state);
}

export function codesOf(core: Core): Promise<StationCode[]> {
  return listCodes(core, { badges: true, language: 'en' });
}

export async function writeCodesPdf(core: Core, file: string, language: 'en' | 'fr'): Promise<void> {
  await writeFile(file, await codesSheet(core, { badges: true, language }));
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
    await writeFile(output, rendered.bytes);
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

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new AppError('validation', 'label.not-json', { file }, cause);
  }
}

/** Writes rows to a stream as CSV with a header, or as one JSON array, without holding them. */
export async function writeRows(
  rows: AsyncIterable<Record<string, unknown>>,
  to: NodeJS.WritableStream,
  format: 'csv' | 'json',
): Promise<number> {
  let count = 0;
  const put = async (text: string): Promise<void> => {
    if (!to.write(text)) await new Promise((resolve) => to.once('drain', resolve));
  };
  if (format === 'json') {
    await put('[');
    for await (const row of rows) {
      await put(`${count === 0 ? '\n' : ',\n'}${JSON.stringify(row)}`);
      count += 1;
    }
    await put('\n]\n');
    return count;
  }
  const csv = stringify({ header: true, cast: { object: (value) => JSON.stringify(value) } });
  const done = new Promise<void>((resolve, reject) => {
    csv.on('error', reject);
    csv.on('end', resolve);
  });
  csv.on('data', (chunk: Buffer) => to.write(chunk));
  for await (const row of rows) {
    if (!csv.write(row)) await new Promise((resolve) => csv.once('drain', resolve));
    count += 1;
  }
  csv.end();
  await done;
  return count;
}

export type OrdersPage = CallOutput<'orders.list-view'>;
