import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { InvoiceFacts } from '../invoicing/invoice-facts-rules.ts';
import { creditInvoice, type Issued, issueInvoice } from '../invoicing/invoicing-service.ts';
import type { Core } from './core.ts';
import { writeNamedFile } from './named-files.ts';

/** What was written, for the caller to print. */
export interface WrittenInvoice {
  readonly number: string;
  readonly order: string;
  readonly file: string;
}

/** Writes the invoice of an order to a file; it is issued when there is none yet. Errors: `order.unknown` and those of `issueInvoice`. */
export async function writeInvoice(core: Core, order: string, file: string): Promise<WrittenInvoice> {
  const orderId = await orderIdOf(core, order);
  return write(core, await issueInvoice(core.deps, systemActor, { orderId, print: false }), { order, file });
}

export interface CreditFile {
  /** Units to give back, by SKU. */
  readonly units: readonly { readonly sku: string; readonly quantity: number }[];
  readonly shipping: boolean;
  readonly file: string;
}

/** Issues a credit note for units of an invoiced order and writes it to a file. */
export async function writeCreditNote(core: Core, order: string, credit: CreditFile): Promise<WrittenInvoice> {
  const orderId = await orderIdOf(core, order);
  const lines = await Promise.all(
    credit.units.map(async ({ sku, quantity }) => ({ lineId: await lineIdOf(core, orderId, sku), quantity })),
  );
  const wish = { orderId, returnId: null, lines, shipping: credit.shipping, print: false };
  return write(core, await creditInvoice(core.deps, systemActor, wish), { order, file: credit.file });
}

async function write(core: Core, issued: Issued, to: { order: string; file: string }): Promise<WrittenInvoice> {
  const row = await core.database.read('document').where({ id: issued.documentId }).first('bytes');
  await writeNamedFile(to.file, new Uint8Array(row.bytes));
  return { number: issued.number, ...to };
}

/** An order number is unique inside a channel only; the newest wins. */
async function orderIdOf(core: Core, number: string): Promise<string> {
  const row = await core.database.read('sales_order').where({ number }).orderBy('placed_at', 'desc').first('id');
  if (!row) throw new AppError('not-found', 'order.unknown', { id: number });
  return row.id;
}

/** The line of the invoice that sold this article. */
async function lineIdOf(core: Core, orderId: string, sku: string): Promise<string> {
  const row = await core.database.read('invoice').where({ order_id: orderId, kind: 'invoice' }).first('facts');
  if (!row) throw new AppError('rule', 'invoicing.not-invoiced', { id: orderId });
  const line = InvoiceFacts.parse(JSON.parse(row.facts)).lines.find((one) => one.sku === sku);
  if (!line) throw new AppError('rule', 'invoicing.unknown-line', { sku });
  return line.lineId;
}
