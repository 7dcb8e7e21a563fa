import { insertMany, type Tx } from '../db/unit-of-work.ts';

export interface Finding {
  readonly kind: 'rejected' | 'changed';
  readonly row: number;
  readonly subject: string | null;
  readonly detail: string;
}

export async function insertRun(
  tx: Tx,
  run: { id: string; at: string; kind: string; fileName: string; operatorId: string | null },
): Promise<void> {
  await tx('import_run').insert({
    id: run.id,
    at: run.at,
    kind: run.kind,
    file_name: run.fileName,
    operator_id: run.operatorId,
    imported: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    finished_at: null,
  });
}

export interface RunCounts {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
}

export async function saveRun(tx: Tx, runId: string, counts: RunCounts, finishedAt: string | null): Promise<void> {
  await tx('import_run')
    .where({ id: runId })
    .update({ ...counts, finished_at: finishedAt });
}

export async function insertFindings(
  tx: Tx,
  runId: string,
  findings: readonly (Finding & { id: string })[],
): Promise<void> {
  await insertMany(
    tx,
    'import_finding',
    findings.map((finding) => ({ ...finding, run_id: runId })),
  );
}
