import { existsSync } from 'node:fs';
import { AppError } from '../../shared/errors.ts';
import type { LabelExamination, LabelFile, LabelProof, PageReading, ReadBackOptions } from './document.ts';
import { type ProofDocument, type ProofJob, type ProofResult, runProofJob } from './proof-jobs.ts';
import { ProofThread } from './proof-thread.ts';

/** Where papers are read back. */
export interface Proof {
  proveLabel(document: ProofDocument): Promise<LabelProof>;
  readBack(bytes: Uint8Array, options: ReadBackOptions): Promise<PageReading[]>;
  examineLabelFile(file: LabelFile): Promise<LabelExamination>;
  close(): Promise<void>;
}

type Run = (job: ProofJob) => Promise<ProofResult>;

const wrongAnswer = (): AppError => new AppError('bug', 'proof.wrong-answer');

async function proveWith(run: Run, document: ProofDocument): Promise<LabelProof> {
  const { bytes, media, dpi, pages, symbols } = document;
  const result = await run({ kind: 'prove', document: { bytes, media, dpi, pages, symbols } });
  if (result.kind !== 'prove') throw wrongAnswer();
  return result.proof;
}

async function readWith(run: Run, bytes: Uint8Array, options: ReadBackOptions): Promise<PageReading[]> {
  const result = await run({ kind: 'read', bytes, options });
  if (result.kind !== 'read') throw wrongAnswer();
  return result.pages;
}

async function examineWith(run: Run, file: LabelFile): Promise<LabelExamination> {
  const result = await run({ kind: 'examine', file });
  if (result.kind !== 'examine') throw wrongAnswer();
  return result.examination;
}

/**
 * Opens the proof: in a thread of its own where the build has laid `workerFile`, else in this thread, as when run from
 * sources (Node 20 starts no thread from TypeScript). Both give the same answers.
 */
export function openProof(workerFile: URL = new URL('./proof-worker.js', import.meta.url)): Proof {
  const thread = existsSync(workerFile) ? new ProofThread(workerFile) : undefined;
  const run: Run = (job) => (thread ? thread.run(job) : runProofJob(job));
  return {
    proveLabel: (document) => proveWith(run, document),
    readBack: (bytes, options) => readWith(run, bytes, options),
    examineLabelFile: (file) => examineWith(run, file),
    close: async () => thread?.close(),
  };
}
