import type { Handle } from '../db/rows.ts';
import { newestOfEach, type ScenePrint } from './print-question-rules.ts';

/** The newest job of each paper of a parcel that may still come out or is in question, the newest first. */
export async function listScenePrints(handle: Handle, parcelId: string): Promise<ScenePrint[]> {
  const rows: (Omit<ScenePrint, 'params'> & { readonly params: string })[] = await handle('print_job')
    .join('document', 'document.id', 'print_job.document_id')
    .leftJoin('label', 'label.document_id', 'document.id')
    .where({ 'document.parcel_id': parcelId })
    .where((alive) => alive.whereNull('label.id').orWhere({ 'label.state': 'bought' }))
    .orderBy([
      { column: 'print_job.created_at', order: 'desc' },
      { column: 'print_job.id', order: 'desc' },
    ])
    .select(
      'print_job.id as jobId',
      'print_job.document_id as documentId',
      'document.kind',
      'print_job.state',
      'print_job.code',
      'print_job.params',
    );
  return newestOfEach(rows.map((row) => ({ ...row, params: JSON.parse(row.params) })));
}
