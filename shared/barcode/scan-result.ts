import type { CommandName } from './station-commands.ts';
import type { Tracking } from './tracking-shapes.ts';

/** Everything a scan may be accepted with reservations for; each code has its text in the screen's catalogues. */
export const scanWarnings = [
  'scan.case-repaired',
  'scan.layout-repaired',
  'scan.maybe-other-layout',
  'scan.maybe-doubled',
  'gtin.ambiguous-8-digits',
  'gtin.check-digit-wrong',
  'gtin.restricted-circulation',
  'sscc.check-digit-wrong',
  'gs1.looks-like-gs1',
  'gs1.missing-companion-ai',
  'gs1.excluded-ai-pair',
  'gs1.repeated-ai-differs',
  'gs1.gs-maybe-lost',
  'gs1.bad-date',
  'gs1.piece-of-item',
  'digital-link.short-gtin',
  'digital-link.lot-in-query',
  'digital-link.qualifier-in-query',
  'digital-link.path-order',
  'digital-link.repeated-ai',
  'tracking.maybe-fedex',
] as const;
export type ScanWarning = (typeof scanWarnings)[number];

/** Every reason for which a scan is refused. */
export const scanRefusals = [
  'scan.empty',
  'scan.too-long',
  'scan.bad-hex',
  'scan.doubled',
  'scan.bad-check-digit',
  'scan.bad-check-character',
  'scan.bad-length',
  'scan.bad-characters',
  'scan.bad-station-code',
  'scan.unknown-command',
  'gs1.unknown-ai',
  'gs1.two-items',
  'digital-link.malformed',
] as const;
export type ScanRefusalCode = (typeof scanRefusals)[number];

/** One GS1 application identifier with its value. */
export interface Gs1Element {
  readonly ai: string;
  readonly value: string;
}

/** What a scan tells about goods besides their number. Dates are YYYY-MM-DD. */
export interface TradeData {
  readonly lot?: string;
  readonly serial?: string;
  readonly variant?: string;
  readonly expiry?: string;
  /** HH:MM, only from AI 7003. */
  readonly expiryTime?: string;
  readonly bestBefore?: string;
  readonly sellBy?: string;
  readonly productionDate?: string;
  readonly packagingDate?: string;
  /** Whole units: AI 30, AI 37 or the quantity of an ISO 15434 message. */
  readonly quantity?: number;
  readonly netWeightMg?: number;
  /** AI 400: the customer's order number. */
  readonly orderNumber?: string;
  /** Every element as it was sent, in order. */
  readonly elements?: readonly Gs1Element[];
}

interface ReadScan {
  readonly ok: true;
  /** AIM identifier as sent (`]C1`), absent when the device sends none. */
  readonly symbology?: string;
  /** The content without identifier and terminators, control characters shown as pictures (GS as `␝`). */
  readonly text: string;
  readonly warnings: readonly ScanWarning[];
}

export interface ItemScan extends ReadScan, TradeData {
  readonly kind: 'item';
  readonly gtin14: string;
  /** The other reading of eight digits: look `gtin14` up first, then this. */
  readonly alternativeGtin14?: string;
  /** Restricted circulation: match items by this pattern, its `?` are price or weight. */
  readonly restricted?: { readonly pattern: string };
  /** The two or five digits beside an EAN, such as a magazine's issue. */
  readonly addOn?: string;
  /** A bare 12-digit number that is a FedEx number as well. */
  readonly tracking?: Tracking;
}

export interface SsccScan extends ReadScan, TradeData {
  readonly kind: 'sscc';
  /** 18 digits. */
  readonly sscc: string;
  /** The trade item inside (AI 02) when the label tells. */
  readonly gtin14?: string;
}

export interface CommandScan extends ReadScan {
  readonly kind: 'command';
  /** The payload as printed, `QTY-12`. */
  readonly code: string;
  readonly name: CommandName;
  /** `12` of `QTY-12`, `M` of `CARTON-M`. */
  readonly argument?: string;
}

export interface OwnCodeScan extends ReadScan {
  readonly kind: 'badge' | 'tote' | 'location' | 'order' | 'carton' | 'run';
  readonly code: string;
}

export interface ReturnScan extends ReadScan {
  readonly kind: 'return';
  /** The RMA code in its printed form, nine characters. */
  readonly code: string;
}

export interface TrackingScan extends ReadScan {
  readonly kind: 'tracking';
  readonly tracking: Tracking;
}

export interface TextScan extends ReadScan, TradeData {
  readonly kind: 'text';
  /** ISO 15434 fields by data identifier (`P`, `1P`, `Q`, `1T`, ...). */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a scanner at its US setting would have sent, where an AZERTY PC may have typed this text: look it up second. */
  readonly retyped?: string;
}

export type AcceptedScan = ItemScan | SsccScan | CommandScan | OwnCodeScan | ReturnScan | TrackingScan | TextScan;
export type ScanKind = AcceptedScan['kind'];

export interface RefusedScan {
  readonly ok: false;
  readonly code: ScanRefusalCode;
  /** English, for support; the screen words `code` itself. */
  readonly message: string;
  readonly text: string;
}

export type ScanResult = AcceptedScan | RefusedScan;

/** A refusal before the scan's text is put to it. */
export type Refusal = Omit<RefusedScan, 'text'>;

export function refuse(code: ScanRefusalCode, message: string): Refusal {
  return { ok: false, code, message };
}

/** What one reader makes of the content; `text` and `symbology` are added when the scan is put together. */
export type Reading = WithoutFrame<AcceptedScan> | Refusal;

// Spelled as a conditional type so that it goes through the union member by member.
type WithoutFrame<T> = T extends AcceptedScan ? Omit<T, 'text' | 'symbology'> : never;
