import { writeFile } from 'node:fs/promises';
import type { OrderView } from '../../shared/contract/orders.ts';
import type { StationCode } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { OrderState } from '../../shared/model/machines.ts';
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

async function writeOutput(file: string, bytes: Uint8Array): Promise<void> {
  await writeFile(file, bytes).catch((cause) => {
    throw new AppError('device', 'data.file-not-writable', { file }, cause);
  });
}
