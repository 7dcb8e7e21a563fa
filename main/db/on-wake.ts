/** Work that is done when it is asked for, never twice at once, and once more when asked for meanwhile. */
export interface OnWake {
  wake(): void;
  /** Comes back when nothing that was asked for is left. */
  idle(): Promise<void>;
  /** Starts nothing more and waits for what runs. */
  close(): Promise<void>;
}

/**
 * Runs `work` after each `wake`, and every `tickMs` in case a bell was not heard.
 *
 * Work that throws is left to the next tick: the database may be away for a moment, and what was to do is still in it.
 */
export function onWake(tickMs: number, work: (closed: () => boolean) => Promise<void>): OnWake {
  let wanted = false;
  let closed = false;
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    try {
      while (wanted && !closed) {
        wanted = false;
        await work(() => closed);
      }
    } catch {
      // The next tick tries again.
    } finally {
      // In the same step as the last look at `wanted`: no wake falls between.
      running = undefined;
    }
  };
  const wake = (): void => {
    if (closed) return;
    wanted = true;
    running ??= run();
  };
  const timer = setInterval(wake, tickMs);
  timer.unref();
  return {
    wake,
    async idle() {
      while (running) await running;
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await running;
    },
  };
}
