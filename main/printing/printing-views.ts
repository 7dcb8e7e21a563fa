import type { CallOutput } from '../../shared/contract/index.ts';
import type { Database } from '../db/database.ts';

/** The latest print jobs of one bench, newest first. */
export async function listPrintJobs(
  database: Database,
  stationId: string,
  limit: number,
): Promise<CallOutput<'printing.jobs-view'>> {
  const rows = await database
    .read('print_job')
    .join('document', 'document.id', 'print_job.document_id')
    .join('sales_order', 'sales_order.id', 'document.order_id')
    .where({ 'print_job.station_id': stationId })
    .orderBy([
      { column: 'print_job.created_at', order: 'desc' },
      { column: 'print_job.id', order: 'desc' },
    ])
    .limit(limit)
    .select(
      'print_job.id',
      'document_id as documentId',
      'document.kind',
      'number as orderNumber',
      'print_job.printer',
      'print_job.state',
      'print_job.code',
      'print_job.params',
      'system_job as systemJob',
      'reprint',
      'print_job.created_at as createdAt',
    );
  return { jobs: rows.map((row) => ({ ...row, params: JSON.parse(row.params) })), open: [] };
}
