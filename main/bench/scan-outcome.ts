import type { Verdict } from '../../shared/contract/common.ts';
import type { Scene } from './bench-rules.ts';
import type { BenchChange } from './bench-store.ts';

/** What one scan led to; `scene` is given where the screen can be shown without reading again. */
export interface ScanOutcome {
  readonly tone: Verdict['tone'];
  readonly code: string;
  readonly params: Verdict['params'];
  readonly expected?: string;
  readonly change?: BenchChange;
  readonly scene?: Scene;
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
  pending: null,
};
