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
    .select(
      'invoice.id',
      'invoice.number',
      'invoice.kind',
      'invoice.order_id as orderId',
      'sales_order.number as orderNumber',
      'invoice.document_id as documentId',
      'invoice.issued_on as issuedOn',
      'invoice.total_minor as totalMinor',
      'invoice.vat_minor as vatMinor',
      'invoice.currency',
      'corrected.number as corrects',
      'invoice.created_at as createdAt',
    );
  return { invoices, total: Number(counted?.count ?? 0) };
}
