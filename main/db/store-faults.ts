import { AppError } from '../../shared/errors.ts';

/** Codes of the two drivers, by what they mean to whoever works here. */
const NAMES: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'database.disk-full',
  '53100': 'database.disk-full',
  SQLITE_CORRUPT: 'database.corrupt',
  SQLITE_NOTADB: 'database.corrupt',
  SQLITE_READONLY: 'database.not-writable',
  SQLITE_IOERR: 'database.not-writable',
  SQLITE_CANTOPEN: 'database.unreachable',
  // PostgreSQL stops, starts, has no such database any more, or its machine does not answer.
  '57P01': 'database.unreachable',
  '57P02': 'database.unreachable',
  '57P03': 'database.unreachable',
  '3D000': 'database.unreachable',
  '53300': 'database.unreachable',
  ECONNREFUSED: 'database.unreachable',
  ECONNRESET: 'database.unreachable',
  ETIMEDOUT: 'database.unreachable',
  EHOSTUNREACH: 'database.unreachable',
  ENOTFOUND: 'database.unreachable',
};

/** A connection that ended in the middle has no code, only words. */
const LOST = /^Connection (?:terminated|ended) unexpectedly|Timeout acquiring a connection/;

/** Whether the same transaction may well succeed when it is run again. */
export function isTransient(error: unknown): boolean {
  // 23505: two benches made the same row at once; the one that runs again sees the other's.
  return ['40001', '40P01', '23505', 'SQLITE_BUSY', 'SQLITE_LOCKED'].includes(codeOf(error));
}

/** Gives the faults of the store itself their own words; everything else passes. */
export function withStoreName(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  const name = NAMES[codeOf(error)] ?? (LOST.test(error.message) ? 'database.unreachable' : undefined);
  if (name) return new AppError('device', name, {}, error);
  if (isTransient(error)) return new AppError('conflict', 'database.busy', {}, error);
  return error;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
