import { classifyScan } from '../../shared/barcode/classify-scan.ts';
import { parseRma } from '../../shared/barcode/station-codes.ts';
import type { LabelState, ParcelState, ReturnState } from '../../shared/model/machines.ts';
import { labelTexts } from '../shipping/dock-rules.ts';

/** Label states in which a label exists, or may: it is never bought a second time. */
const LIVE: readonly LabelState[] = ['intent', 'calling', 'unknown', 'bought'];

export interface KnownReturn {
  readonly id: string;
  readonly state: ReturnState;
  /** Of its newest label; null where none was asked for. */
  readonly labelState: LabelState | null;
}

export type Asked =
  /** Nothing stands for this parcel: a new return. */
  | { readonly kind: 'new' }
  /** The label that lies in the box, or was asked for before, is the one to use. */
  | { readonly kind: 'has-label'; readonly id: string }
  /** It was authorised, and its label failed or was voided. */
  | { readonly kind: 'needs-label'; readonly id: string }
  | { readonly kind: 'refused'; readonly code: 'return.not-left' | 'return.under-way' };

/** What a buyer's wish for a return means for a parcel; one parcel comes back once, on one label. */
export function judgeRequest(
  parcel: { readonly state: ParcelState; readonly labelConfirmedAt: string | null },
  returns: readonly KnownReturn[],
): Asked {
  const gone = parcel.labelConfirmedAt !== null && !['open', 'closed', 'voided'].includes(parcel.state);
  if (!gone) return { kind: 'refused', code: 'return.not-left' };
  const standing = returns.filter(({ state }) => !['rejected', 'expired', 'cancelled'].includes(state)).at(-1);
  if (!standing) return { kind: 'new' };
  if (standing.state !== 'authorised' && standing.state !== 'requested')
    return { kind: 'refused', code: 'return.under-way' };
  const live = standing.labelState !== null && LIVE.includes(standing.labelState);
  return { kind: live ? 'has-label' : 'needs-label', id: standing.id };
}

/** Texts by which a return may be stored that somebody types or scans into the search. */
export function searchTexts(search: string, now: string): string[] {
  const text = search.trim();
  if (text === '') return [];
  const scan = classifyScan(text, { now });
  const rma = parseRma(text.toUpperCase());
  return [...new Set([...(rma ? [rma] : []), ...(scan.ok ? labelTexts(scan) : []), text, text.toUpperCase()])];
}
