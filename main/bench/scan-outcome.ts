import type { Verdict } from '../../shared/contract/common.ts';
import type { PinAsked } from '../../shared/model/actor.ts';
import type { Scene } from './bench-rules.ts';
import type { Bench, BenchChange } from './bench-store.ts';

/** What one scan led to; `scene` is given where the screen can be shown without reading again. */
export interface ScanOutcome {
  readonly tone: Verdict['tone'];
  readonly code: string;
  readonly params: Verdict['params'];
  readonly expected?: string;
  readonly change?: BenchChange;
  /** The bench as it was saved on the way to this outcome. */
  readonly bench?: Bench;
  readonly scene?: Scene;
  /** Code of what the packer should know although the scan was right. */
  readonly warning?: string;
  /** Whose PIN the bench waits for from now on; null: for none. */
  readonly pin?: PinAsked | null;
}

type More = Omit<ScanOutcome, 'tone' | 'code'> extends infer Rest ? Partial<Rest> : never;

const outcome =
  (tone: Verdict['tone']) =>
  (code: string, more: More = {}): ScanOutcome => ({ tone, code, params: {}, ...more });

export const good = outcome('good');
export const complete = outcome('complete');
export const info = outcome('info');
export const bad = outcome('bad');

/** The bench goes back to its queue. */
export const toIdle: BenchChange = {
  mode: 'idle',
  orderId: null,
  parcelId: null,
  taskId: null,
  runId: null,
  lane: null,
  pending: null,
};
