import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { LabelState, ManifestState, OrderState, ParcelState } from '../../shared/model/machines.ts';
import { holdStands } from '../orders/hold-rules.ts';
import { deadLabelCode } from './shipping-rules.ts';

/** A scanned label with what decides whether its parcel may be loaded. */
export interface DockLabel {
  readonly id: string;
  readonly kind: 'outbound' | 'return';
  readonly state: LabelState;
  readonly fault: string | null;
  readonly trackingNumber: string;
  /** Null for the shipper's own logistic label. */
  readonly accountId: string | null;
  readonly carrier: string;
  readonly parcelId: string;
  readonly parcelState: ParcelState;
  /** When it was scanned on the box at the bench. */
  readonly confirmedAt: string | null;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly orderState: OrderState;
  readonly hold: { readonly reason: string; readonly detail: string; readonly until: string | null } | null;
  readonly manifest: { readonly id: string; readonly number: string; readonly state: ManifestState } | null;
}

type Params = Readonly<Record<string, string | number>>;

export type Judged =
  | { readonly outcome: 'goes' }
  /** On the open manifest already: nothing to do, nothing wrong. */
  | { readonly outcome: 'known'; readonly manifest: { readonly id: string; readonly number: string } }
  | { readonly outcome: 'refused'; readonly code: string; readonly params: Params };

/**
 * Texts by which a label may be stored that was scanned: the number a carrier's symbol holds without its routing, the
 * SSCC, and the text as it came, with and without blanks.
 */
export function labelTexts(scan: AcceptedScan): string[] {
  const numbers =
    scan.kind === 'sscc'
      ? [scan.sscc]
      : (scan.kind === 'tracking' || scan.kind === 'item') && scan.tracking
        ? [scan.tracking.number]
        : [];
  const compact = scan.text.replace(/\s/g, '');
  return [...new Set([...numbers, ...withoutRouting(compact), scan.text, compact])].filter((text) => text !== '');
}

/** What stands behind the routing, also where the check digit is the carrier's own business. */
function withoutRouting(text: string): string[] {
  const usps = /^420(?:\d{5}|\d{9})(9[1-5]\d{18,32})$/.exec(text)?.[1];
  // A DPD parcel number stands behind `%` and seven of the postcode.
  const dpd = /^%[0-9A-Z]{7}([0-9A-Z]{14})[0-9]{6}$/.exec(text)?.[1];
  const fedex = /^\d{34}$/.test(text) ? text.slice(-12) : undefined;
  const logistic = /^00\d{18}$/.test(text) ? text.slice(2) : undefined;
  return [usps, dpd, fedex, logistic].flatMap((number) => number ?? []);
}

/** Of several labels that one text names, the one that may leave; else the newest, which says why not. */
export function labelMeant(inTurn: readonly DockLabel[]): DockLabel | undefined {
  const bought = inTurn.filter((label) => label.state === 'bought');
  return bought.findLast((label) => label.kind === 'outbound') ?? bought.at(-1) ?? inTurn.at(-1);
}

/** Whether the parcel under a scanned label may be loaded; refusals are codes of the catalogues. */
export function judgeScanOut(label: DockLabel, now: string): Judged {
  const params: Params = { number: label.orderNumber, carrier: label.carrier };
  const refused = (code: string, more: Params = {}): Judged => ({
    outcome: 'refused',
    code,
    params: { ...params, ...more },
  });
  if (label.state === 'voided' || label.state === 'void-requested') {
    return refused(deadLabelCode(label) === 'label.dead' ? 'dock.voided' : 'dock.voided-address');
  }
  if (label.kind === 'return') return refused('dock.return-label');
  const left = label.parcelState !== 'labelled' && label.parcelState !== 'open' && label.parcelState !== 'closed';
  if (left && label.parcelState !== 'voided')
    return label.parcelState === 'manifested'
      ? refused('dock.manifested', { manifest: label.manifest?.number ?? '' })
      : refused('dock.has-left');
  if (label.orderState === 'cancelled') return refused('dock.cancelled');
  if (label.hold && holdStands(label.hold, now))
    return refused('dock.on-hold', { reason: label.hold.reason, detail: label.hold.detail });
  if (label.state !== 'bought' || label.parcelState !== 'labelled') return refused('dock.not-labelled');
  if (label.confirmedAt === null) return refused('dock.not-confirmed');
  if (!label.manifest) return { outcome: 'goes' };
  if (label.manifest.state === 'open') return { outcome: 'known', manifest: label.manifest };
  return refused('dock.closed-manifest', { manifest: label.manifest.number });
}

/** Number of a manifest: the pick-up's day and the how-manieth of that day. */
export function manifestNumber(shipDate: string, counter: number): string {
  return `M${shipDate.replaceAll('-', '')}-${String(counter).padStart(2, '0')}`;
}

/** Whether a text is shaped like the number of a manifest. */
export function isManifestNumber(text: string): boolean {
  return /^M\d{8}-\d{2,}$/.test(text);
}

/** Days after which a parcel that nobody scanned out is not waited for any more: it left without the dock. */
export const WAITING_DAYS = 10;

/** The instant before which a confirmed parcel is not waited for any more. */
export function waitingSince(now: string): string {
  return new Date(Date.parse(now) - WAITING_DAYS * 86_400_000).toISOString();
}

/** Faults of which nobody knows whether the carrier has the manifest all the same. */
export function isInDoubt(fault: string | null): boolean {
  return fault !== null && ['manifest.sending', ...MAYBE_TAKEN].includes(fault);
}

/** Errors of a connector after which the carrier may have acted. */
export const MAYBE_TAKEN: readonly string[] = ['carrier.timeout', 'carrier.unavailable', 'carrier.unreadable'];
