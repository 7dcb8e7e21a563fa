import { AppError, errorKinds } from '../../shared/errors.ts';
import type { ProofJob, ProofResult } from './proof-jobs.ts';

export interface ProofRequest {
  readonly id: number;
  readonly job: ProofJob;
}

/** An error crosses the thread as data: a class would not survive the copy. */
export interface ProofFault {
  readonly kind: string;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export type ProofReply =
  | { readonly id: number; readonly ok: true; readonly result: ProofResult }
  | { readonly id: number; readonly ok: false; readonly fault: ProofFault };

export function faultOf(error: unknown): ProofFault {
  if (error instanceof AppError) return { kind: error.kind, code: error.code, details: error.details };
  return { kind: 'bug', code: 'proof.crashed', details: { reason: error instanceof Error ? error.message : '' } };
}

export function errorOf({ kind, code, details }: ProofFault): AppError {
  const known = errorKinds.find((name) => name === kind);
  return new AppError(known ?? 'bug', code, details);
}
