import type { InvoiceView } from '../../shared/contract/invoicing.ts';
import type { Database } from '../db/database.ts';

/** Invoices and credit notes whose paper is there, newest first. */
export async function listInvoices(
  database: Database,
  input: { readonly orderId?: string | undefined; readonly limit: number },
): Promise<{ invoices: InvoiceView[]; total: number }> {
  const rows = database
    .read('invoice')
    .whereNotNull('invoice.document_id')
    .modify((query) => void (input.orderId && query.where('invoice.order_id', input.orderId)));
  const counted = await rows.clone().count({ count: '*' }).first();
  const invoices: InvoiceView[] = await rows
    .clone()
    .join('sales_order', 'sales_order.id', 'invoice.order_id')
    .leftJoin('invoice as corrected', 'corrected.id', 'invoice.corrects_id')
    .orderBy([
      { column: 'invoice.created_at', order: 'desc' },
      { column: 'invoice.id', order: 'desc' },
    ])
    .limit(input.limit)
    .select({
      id: 'invoice.id',
      number: 'invoice.number',
      kind: 'invoice.kind',
      orderId: 'invoice.order_id',
      orderNumber: 'sales_order.number',
      documentId: 'invoice.document_id',
      issuedOn: 'invoice.issued_on',
      totalMinor: 'invoice.total_minor',
      vatMinor: 'invoice.vat_minor',
      currency: 'invoice.currency',
      corrects: 'corrected.number',
      createdAt: 'invoice.created_at',
    });
  return { invoices, total: Number(counted?.count ?? 0) };
}
