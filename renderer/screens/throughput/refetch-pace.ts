export interface RefetchPaceDeps {
  /** Asks again; resolves when the answer is there. */
  fetch(): Promise<unknown>;
  setTimer(work: () => void, milliseconds: number): unknown;
  clearTimer(timer: unknown): void;
  now(): number;
}

/** A shift sends dozens of events a second: the report follows it in steps. */
const LEAST_BETWEEN_MS = 2_000;
/** A report of a long period may take the station a while: it gets at most a fifth of the time. */
const REST_PER_MS = 4;

/** Asks again after a hint, never twice at once, at most every two seconds, and less often where answers take long. */
export function createRefetchPace(deps: RefetchPaceDeps): { hint(): void; stop(): void } {
  let free = deps.now();
  let timer: unknown;
  let running = false;
  let again = false;

  async function run(): Promise<void> {
    timer = undefined;
    running = true;
    const began = deps.now();
    await deps.fetch().catch(() => undefined); // the query itself shows the error
    const took = deps.now() - began;
    free = Math.max(began + LEAST_BETWEEN_MS, began + took + REST_PER_MS * took);
    running = false;
    if (again) hint();
  }

  function hint(): void {
    again = running;
    if (running || timer !== undefined) return;
    timer = deps.setTimer(() => void run(), Math.max(0, free - deps.now()));
  }

  return {
    hint,
    stop: () => {
      deps.clearTimer(timer);
      timer = undefined;
      again = false;
    },
  };
}
