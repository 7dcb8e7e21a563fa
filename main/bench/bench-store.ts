import { AppError } from '../../shared/errors.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** What one bench is doing. What it expects next follows from the order and parcel, so nothing of that is stored. */
export interface Bench {
  readonly stationId: string;
  readonly mode: 'idle' | 'pick' | 'batch' | 'singles' | 'pack' | 'put-back' | 'count' | 'dock';
  readonly orderId: string | null;
  readonly parcelId: string | null;
  /** Pick task whose bin was confirmed by scan. */
  readonly taskId: string | null;
  readonly runId: string | null;
  /** Where the bench returns after a parcel; null for its queue. */
  readonly lane: 'singles' | null;
  /** A scan that waits for its second half, as JSON of `Pending`. */
  readonly pending: string | null;
  /** Last refusal, until the next right scan. */
  readonly latched: string | null;
  readonly version: number;
}

export type BenchChange = Partial<Omit<Bench, 'stationId' | 'version'>>;

/** Saves only over what was read; returns the bench as it is now. */
export async function saveBench(tx: Tx, bench: Bench, change: BenchChange): Promise<Bench> {
  const next: Bench = { ...bench, ...change, version: bench.version + 1 };
  const row = {
    mode: next.mode,
    order_id: next.orderId,
    parcel_id: next.parcelId,
    task_id: next.taskId,
    run_id: next.runId,
    lane: next.lane,
    pending: next.pending,
    latched: next.latched,
    version: next.version,
  };
  if (bench.version === 0) {
    await tx('bench').insert({ station_id: bench.stationId, ...row });
    return next;
  }
  const changed = await tx('bench').where({ station_id: bench.stationId, version: bench.version }).update(row);
  if (changed !== 1) throw new AppError('conflict', 'bench.changed-elsewhere');
  return next;
}
