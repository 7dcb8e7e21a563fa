import type { Verdict } from '../../shared/contract/common.ts';
import { createStateCell } from '../station/state-cell.ts';

export interface GivenVerdict {
  readonly verdict: Verdict;
  /** The scan it answers; two equal verdicts in a row are two scans. */
  readonly commandId: string;
  /** The station keeps it on the screen of this bench until a right scan. */
  readonly latched: boolean;
}

/** What the latest scan of this page led to. */
export const lastVerdict = createStateCell<GivenVerdict | undefined>(undefined);
