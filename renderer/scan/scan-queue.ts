import { createStateCell, type StateCell } from '../station/state-cell.ts';

export type ScanSource = 'wedge' | 'serial' | 'simulated' | 'typed';

/** One scan on its way. `commandId` stays the same over every repeat, so that the station acts on it once. */
export interface PendingScan {
  readonly commandId: string;
  readonly raw: string;
  readonly source: ScanSource;
}

export interface QueueState {
  /** In order; the first one is at the station. */
  readonly pending: readonly PendingScan[];
  /** `unreachable`: the first one was sent and no answer came; it is sent again until one does. */
  readonly status: 'idle' | 'sending' | 'unreachable';
}

export interface ScanQueueDeps {
  /** Sends one scan and shows what it led to. Rejects only when no answer came. */
  send(scan: PendingScan): Promise<void>;
  newCommandId(): string;
  /** Waits before repeat number `attempt`, counted from 0. */
  pauseBefore(attempt: number): Promise<void>;
  /** Keeps scans over a reload of the page. */
  save(pending: readonly PendingScan[]): void;
  saved(): readonly PendingScan[];
}

export interface ScanQueue {
  readonly state: StateCell<QueueState>;
  /** `id` is given where the scan came with one; a scan that is on its way under it already is not taken again. */
  push(raw: string, source: ScanSource, id?: string): void;
  /** Starts working; scans pushed before wait. Also takes up what a reload left behind. */
  start(): void;
  stop(): void;
}

/**
 * The one way scans take to the station: strictly in order, one at a time, none dropped.
 *
 * A scan made while the one before is unanswered waits; one whose answer was lost is repeated under its own id.
 */
export function createScanQueue(deps: ScanQueueDeps): ScanQueue {
  const state = createStateCell<QueueState>({ pending: deps.saved(), status: 'idle' });
  let running = false;
  let working = false;

  function change(next: Partial<QueueState>): void {
    const changed = { ...state.get(), ...next };
    if (next.pending) deps.save(changed.pending);
    state.set(changed);
  }

  async function deliver(scan: PendingScan): Promise<void> {
    for (let attempt = 0; running; attempt += 1) {
      try {
        await deps.send(scan);
        change({ pending: state.get().pending.filter((other) => other !== scan), status: 'sending' });
        return;
      } catch {
        change({ status: 'unreachable' });
        await deps.pauseBefore(attempt);
      }
    }
  }

  async function work(): Promise<void> {
    if (working) return;
    working = true;
    for (let [scan] = state.get().pending; scan && running; [scan] = state.get().pending) {
      change({ status: 'sending' });
      await deliver(scan);
    }
    working = false;
    change({ status: 'idle' });
  }

  return {
    state,
    push(raw, source, id) {
      const { pending } = state.get();
      if (id !== undefined && pending.some(({ commandId }) => commandId === id)) return;
      change({ pending: [...pending, { commandId: id ?? deps.newCommandId(), raw, source }] });
      if (running) void work();
    },
    start() {
      running = true;
      void work();
    },
    stop() {
      running = false;
    },
  };
}
