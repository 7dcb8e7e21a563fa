import type { Page } from 'playwright';

/** One scan as the page itself timed it, in milliseconds of the page's clock. */
export interface PaintedScan {
  /** `event.timeStamp` of the terminator. */
  readonly keyAt: number;
  /** After the frame that shows the verdict. */
  readonly paintedAt: number;
  /** The round trip of its `bench.scan`, by the browser's resource timing. */
  readonly doorMs: number;
}

export interface ScreenClock {
  /** The next scan whose verdict is painted. */
  next(): Promise<PaintedScan>;
  /** Waits until the page has no scan on its way. */
  allAnswered(): Promise<void>;
  /** Longest task since the last `forgetLongTasks`, milliseconds; tasks under 50 ms count as 0. */
  longestTask(): Promise<number>;
  forgetLongTasks(): Promise<void>;
}

interface ClockInPage {
  next(): Promise<PaintedScan>;
  longest: number;
}

/** Name under which the page keeps its clock. */
type ClockWindow = Window & { screenClock?: ClockInPage };

/** Puts a clock into the page, now or at its next load: it listens before the page's own scripts do. */
export async function startScreenClock(page: Page): Promise<ScreenClock> {
  await page.addInitScript(installClock);
  await page.evaluate(installClock);
  return {
    next: () =>
      page.evaluate(() => {
        const { screenClock } = window as ClockWindow; // put there by installClock
        if (!screenClock) throw new Error('the page has no clock');
        return screenClock.next();
      }),
    allAnswered: async () => {
      await page.waitForFunction(() => (sessionStorage.getItem('packwright.scans') ?? '[]') === '[]', undefined, {
        polling: 20,
      });
    },
    longestTask: () => page.evaluate(() => (window as ClockWindow).screenClock?.longest ?? 0), // as above
    forgetLongTasks: () =>
      page.evaluate(() => {
        const { screenClock } = window as ClockWindow; // as above
        if (screenClock) screenClock.longest = 0;
      }),
  };
}

/** Runs in the page: self-contained, because its source is what is sent. */
function installClock(): void {
  const here = window as ClockWindow; // the only writer of this name
  if (here.screenClock) return;
  let keyAt = 0;
  let shown: string | null = null;
  let waiting: ((scan: PaintedScan) => void) | undefined;
  const clock: ClockInPage = {
    longest: 0,
    next: () =>
      new Promise((resolve, reject) => {
        waiting = resolve;
        setTimeout(() => {
          if (waiting === resolve) reject(new Error(`no verdict came: ${document.body.innerText.slice(0, 300)}`));
        }, 15_000);
      }),
  };
  here.screenClock = clock;
  const doorMs = (): number => {
    const [last] = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/api/bench.scan'));
    performance.clearResourceTimings();
    return last?.duration ?? 0;
  };
  const afterFrame = (done: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        done();
      };
      port2.postMessage(null);
    });
  };
  const look = (): void => {
    const at = document.querySelector('[data-at]')?.getAttribute('data-at') ?? null;
    if (at === null || at === shown) return;
    shown = at;
    const resolve = waiting;
    const key = keyAt;
    waiting = undefined;
    if (!resolve) return;
    afterFrame(() => {
      const { startTime: paintedAt } = performance.mark('packwright.verdict-painted');
      performance.clearMarks();
      // Timing of a finished request may be told a moment after its answer was used.
      setTimeout(() => resolve({ keyAt: key, paintedAt, doorMs: doorMs() }), 0);
    });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') keyAt = event.timeStamp;
  };
  addEventListener('keydown', onKey, { capture: true });
  new MutationObserver(look).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['data-at'],
  });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) clock.longest = Math.max(clock.longest, duration);
  }).observe({ type: 'longtask' });
}
