import type { PrintedPaper } from '../../shared/contract/devices.ts';
import type { LabelState, ParcelState } from '../../shared/model/machines.ts';

/** The simulated printer: what is sent to it is shown on the screen at once. */
export const SCREEN = 'screen';

/** Why a stored document was printed that somebody asked for by its name. */
export const ASKED_FOR = 'asked-for';

/** How often one paper is handed over by itself when the printer refused it for a passing reason each time. */
export const MAX_ATTEMPTS = 4;

/** What has become of a paper since it was drawn; nulls for one that no order owns. */
export interface PaperFacts {
  readonly kind:
    | 'label'
    | 'return-label'
    | 'packing-slip'
    | 'pick-list'
    | 'calibration'
    | 'manifest'
    | 'customs-label'
    | 'customs-form'
    | 'commercial-invoice'
    | 'invoice'
    | 'credit-note';
  readonly parcelState: ParcelState | null;
  readonly confirmedAt: string | null;
  /** Of the label that was drawn on this paper. */
  readonly labelState: LabelState | null;
}

const WITH_NUMBER: ReadonlySet<PaperFacts['kind']> = new Set([
  'packing-slip',
  'customs-label',
  'customs-form',
  'commercial-invoice',
]);

/** Which printer a paper needs; labels of both directions are one kind of paper. */
export function paperOf(kind: string): PrintedPaper | undefined {
  switch (kind) {
    case 'label':
    case 'return-label':
    case 'customs-label':
      return 'label';
    case 'packing-slip':
    case 'manifest':
      return 'slip';
    case 'customs-form':
      return 'slip';
    case 'invoice':
    case 'credit-note':
    case 'commercial-invoice':
      return 'invoice';
    case 'pick-list':
      return kind;
    default:
      return undefined;
  }
}

/** Invoices come out of the printer for slips where the bench has none of their own. */
export const insteadOf: Readonly<Partial<Record<PrintedPaper, PrintedPaper>>> = { invoice: 'slip' };

/**
 * Whether printing this paper now would be too late: its label was voided, the parcel is being labelled anew or is gone,
 * or the label is on the box already. What somebody asked for by name may lie on the box.
 */
export function isSuperseded(paper: PaperFacts, reason: string | null): boolean {
  // An invoice is of the order, whatever became of the box it was printed for.
  if (paper.kind === 'invoice' || paper.kind === 'credit-note') return false;
  if (paper.parcelState === 'voided') return true;
  if (paper.labelState !== null) {
    if (paper.labelState !== 'bought') return true;
    return paper.kind === 'label' && paper.confirmedAt !== null && reason !== ASKED_FOR;
  }
  // A slip and customs papers carry the parcel's number, which is another one after the label was voided.
  return WITH_NUMBER.has(paper.kind) && (paper.parcelState === 'closed' || paper.parcelState === 'open');
}

/** Names the job in the system's queue: `1001-2-label`, `1001-2-label-r1` when printed again, `calibration`. */
export function titleOf(
  paper: { readonly kind: string; readonly orderNumber: string | null; readonly parcel: number | null },
  reprint: number,
): string {
  const parts = [paper.orderNumber, paper.parcel, paper.kind, reprint > 0 ? `r${reprint}` : null];
  return parts.filter((part) => part !== null).join('-');
}

/** A job that a printer of ours has to print or has been given. */
export interface SystemJob {
  readonly id: string;
  readonly state: 'queued' | 'submitted';
  /** What the system calls it, once it has it. */
  readonly systemJob: string | null;
  readonly code: string | null;
}
