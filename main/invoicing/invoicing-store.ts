import { selectRows } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { InvoiceFacts } from './invoice-facts-rules.ts';

export interface StoredInvoice {
  readonly id: string;
  readonly number: string;
  readonly kind: 'invoice' | 'credit-note';
  readonly orderId: string;
  /** Null while the paper of a taken number is not drawn yet. */
  readonly documentId: string | null;
  readonly facts: InvoiceFacts;
}

interface InvoiceRow extends Omit<StoredInvoice, 'facts'> {
  readonly facts: string;
}

const COLUMNS = {
  id: 'id',
  number: 'number',
  kind: 'kind',
  orderId: 'order_id',
  documentId: 'document_id',
  facts: 'facts',
} as const;

const fromRow = ({ facts, ...row }: InvoiceRow): StoredInvoice => ({
  ...row,
  facts: InvoiceFacts.parse(JSON.parse(facts)),
});

/** The order is this unit of work's alone until it ends: two benches never both invoice it. */
export async function lockOrder(tx: Tx, orderId: string): Promise<void> {
  await tx('sales_order').where({ id: orderId }).forUpdate().first('id');
}

/** The next number of a series; it is given back with everything else when the transaction fails. */
export async function takeCount(tx: Tx, series: string): Promise<number> {
  const sql = `insert into invoice_series (name, next) values (?, 2)
    on conflict (name) do update set next = invoice_series.next + 1 returning next`;
  const [row] = await selectRows<{ next: number | string }>(tx, sql, [series]);
  return Number(row?.next) - 1;
}

export async function insertInvoice(
  tx: Tx,
  invoice: Omit<StoredInvoice, 'documentId'> & {
    readonly correctsId: string | null;
    readonly rmaId: string | null;
    readonly totalMinor: number;
    readonly vatMinor: number;
    readonly createdAt: string;
  },
): Promise<void> {
  await tx('invoice').insert({
    id: invoice.id,
    number: invoice.number,
    kind: invoice.kind,
    order_id: invoice.orderId,
    document_id: null,
    corrects_id: invoice.correctsId,
    rma_id: invoice.rmaId,
    issued_on: invoice.facts.issuedOn,
    facts: JSON.stringify(invoice.facts),
    total_minor: invoice.totalMinor,
    vat_minor: invoice.vatMinor,
    currency: invoice.facts.currency,
    created_at: invoice.createdAt,
  });
}

/** The order's invoice, drawn or not. */
export async function findInvoiceOf(tx: Tx, orderId: string): Promise<StoredInvoice | undefined> {
  const row = await tx('invoice').where({ order_id: orderId, kind: 'invoice' }).first<InvoiceRow | undefined>(COLUMNS);
  return row && fromRow(row);
}

export async function findInvoice(tx: Tx, id: string): Promise<StoredInvoice | undefined> {
  const row = await tx('invoice').where({ id }).first<InvoiceRow | undefined>(COLUMNS);
  return row && fromRow(row);
}

export async function listCredits(tx: Tx, invoiceId: string): Promise<StoredInvoice[]> {
  const rows = await tx('invoice').where({ corrects_id: invoiceId }).orderBy('number').select<InvoiceRow[]>(COLUMNS);
  return rows.map(fromRow);
}

/** Ties the paper to its number; false when another process drew it meanwhile. */
export async function setDocument(tx: Tx, id: string, documentId: string): Promise<boolean> {
  const changed = await tx('invoice').where({ id }).whereNull('document_id').update({ document_id: documentId });
  return changed === 1;
}

/** Those whose number was taken and whose paper a crash prevented. */
export async function listUndrawn(tx: Tx): Promise<string[]> {
  const rows: { id: string }[] = await tx('invoice').whereNull('document_id').orderBy('number').limit(500).select('id');
  return rows.map(({ id }) => id);
}
