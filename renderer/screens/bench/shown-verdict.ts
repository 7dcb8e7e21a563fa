import type { BenchView } from '../../../shared/contract/bench.ts';
import type { Verdict } from '../../../shared/contract/common.ts';
import type { GivenVerdict } from '../../scan/last-verdict.ts';

export interface ShownVerdict {
  readonly verdict: Verdict | undefined;
  /** Tells two equal verdicts in a row apart; undefined while nothing is shown. */
  readonly id: string | undefined;
  /** The help card was the latest scan: its words are shown beside a latched refusal, not instead of it. */
  readonly help: boolean;
}

type Shown = Pick<BenchView, 'latched' | 'step' | 'parcel' | 'order'>;

/** The scale settled and the station took the weight by itself: no scan was answered, so the screen says it. */
function takenWeight(view: Shown, last: GivenVerdict): ShownVerdict | undefined {
  const { step, parcel, order } = view;
  const waited = last.verdict.code === 'pack.all-packed' || last.verdict.code.startsWith('weigh.');
  const past = step === 'label-pending' || step === 'label-failed' || step === 'scan-label';
  if (!waited || !past || !parcel || parcel.weightMg === null) return undefined;
  const params = { weightMg: parcel.weightMg, expectedMg: parcel.expectedMg, number: order?.number ?? '' };
  const verdict: Verdict = { tone: 'complete', code: 'pack.weighed', params, at: last.verdict.at };
  return { verdict, id: `weighed ${parcel.id}`, help: false };
}

/**
 * What the banner shows: a latched refusal before anything else, then what the latest scan led to.
 *
 * A refusal that the station never latched (nobody is signed in, say) stays until the next scan answers; one that it
 * latched goes with the latch, whoever took it away.
 */
export function shownVerdict(view: Shown, last: GivenVerdict | undefined): ShownVerdict {
  const { latched } = view;
  const help = last?.verdict.code === 'help';
  if (latched && latched.at !== last?.verdict.at) return { verdict: latched, id: `latched ${latched.at}`, help };
  const nothing: ShownVerdict = { verdict: undefined, id: last?.commandId, help };
  if (!last || help) return nothing;
  const taken = takenWeight(view, last);
  if (taken) return taken;
  const { verdict, commandId } = last;
  return last.latched && !latched ? nothing : { verdict, id: commandId, help };
}
