import type { CallName } from '../../shared/contract/index.ts';

export interface StaleQueriesDeps {
  /** Makes the answers of these calls old, so that what is on the screen is asked for again. */
  invalidate(calls: readonly CallName[]): void;
  setTimer(work: () => void, milliseconds: number): unknown;
  now(): number;
}

/** Events that come together are answered together. */
const GATHER_MS = 30;
/** An import of thousands of orders sends as many events: the screen follows it in steps. */
const LEAST_BETWEEN_MS = 400;

/** Gathers what events make old and asks again at once, then at most every 0.4 seconds. */
export function createStaleQueries(deps: StaleQueriesDeps): (calls: readonly CallName[]) => void {
  const waiting = new Set<CallName>();
  let last = Number.NEGATIVE_INFINITY;
  let planned = false;

  function flush(): void {
    planned = false;
    last = deps.now();
    const calls = [...waiting];
    waiting.clear();
    deps.invalidate(calls);
  }

  return (calls) => {
    for (const call of calls) waiting.add(call);
    if (planned || waiting.size === 0) return;
    planned = true;
    deps.setTimer(flush, Math.max(GATHER_MS, last + LEAST_BETWEEN_MS - deps.now()));
  };
}

export interface OwnEchoDeps {
  /** Milliseconds for which what is shown is known to be new. */
  freshFor(): number;
  pass(): void;
  setTimer(work: () => void, milliseconds: number): unknown;
}

/**
 * Holds back the echo of this page's own scans: each answer brought the bench already, and asking again between two
 * scans would keep the second one waiting. Whatever else happened is asked for as soon as the scanner pauses.
 */
export function createOwnEcho(deps: OwnEchoDeps): () => void {
  let planned = false;

  function settle(): void {
    planned = false;
    hear();
  }

  function hear(): void {
    if (planned) return;
    const wait = deps.freshFor();
    if (wait === 0) {
      deps.pass();
      return;
    }
    planned = true;
    deps.setTimer(settle, wait);
  }

  return hear;
}
