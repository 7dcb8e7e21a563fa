import type { Verdict } from '../../shared/contract/common.ts';
import type { CallOutput, EventPayload } from '../../shared/contract/index.ts';
import type { GivenVerdict } from './last-verdict.ts';

type Scanned = EventPayload<'devices.scanned'>;
type View = Pick<CallOutput<'bench.view'>, 'latched'>;

export interface PortScansDeps<V extends View> {
  readonly stationId: string;
  /** Asks for the bench as it is now; rejects when no answer comes. */
  fetchView(): Promise<V>;
  showView(view: V): Promise<void>;
  showVerdict(given: GivenVerdict): void;
  /** The packer may be on any screen. */
  showBench(verdict: Verdict): void;
  showWaiting(count: number): void;
  newId(): string;
  now(): string;
  /** Lets the page draw what was shown, so that each verdict is seen and heard. */
  drawn(): Promise<void>;
}

interface Answered {
  readonly verdict: Verdict;
  readonly commandId: string;
}

/**
 * Shows what scanners on ports led to: the station has heard and decided already, so nothing is sent.
 *
 * Every window of the bench does so; other benches' scans are none of its business. The bench is fetched once for
 * all that came meanwhile, and shown before the verdicts, as it is with a scan of one's own.
 */
export function createPortScans<V extends View>(deps: PortScansDeps<V>): (event: Scanned) => void {
  let heard: Answered[] = [];
  let showing = false;

  async function show(batch: readonly Answered[]): Promise<void> {
    const view = await deps.fetchView().catch(() => undefined);
    if (view) await deps.showView(view);
    for (const answered of shownOf(batch, view)) {
      deps.showVerdict({ ...answered, latched: view?.latched?.at === answered.verdict.at });
      await deps.drawn();
    }
  }

  async function work(): Promise<void> {
    if (showing) return;
    showing = true;
    while (heard.length > 0) {
      const batch = heard;
      heard = [];
      await show(batch);
    }
    showing = false;
  }

  return (event) => {
    if (event.stationId !== deps.stationId) return;
    deps.showWaiting(event.waiting);
    const verdict = event.verdict ?? undecided(event.code, deps.now());
    heard.push({ verdict, commandId: deps.newId() });
    deps.showBench(verdict);
    void work();
  };
}

/** Behind a refusal that stays only the last answer is shown: one before it would bring the refusal's sound back. */
function shownOf(batch: readonly Answered[], view: View | undefined): readonly Answered[] {
  return view?.latched ? batch.slice(-1) : batch;
}

/** The station could not decide: shown like a wrong scan, so that it is made again. */
function undecided(code: string | null, at: string): Verdict {
  return { tone: 'bad', code: code ?? 'station.unexpected', params: { ref: 'scanner' }, at };
}
