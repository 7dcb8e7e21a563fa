import type { ScanResult } from '../../shared/barcode/scan-result.ts';
import type { PinAsked } from '../../shared/model/actor.ts';

/** Wrong PINs in a row after which the badge is refused for a while. */
export const PIN_TRIES = 5;
const PIN_BLOCK_MINUTES = 5;
const MAX_DIGITS = 8;
const TYPED_PIN = /^\d{4,8}$/;
/** Somebody who walked away in the middle of a PIN scans the badge again. */
const ASKED_MS = 60_000;

/** Which PIN each bench waits for. */
export interface PinDesk {
  asked(stationId: string): PinAsked | undefined;
  set(stationId: string, asked: PinAsked | undefined): void;
}

/** Keeps what benches wait for, in memory; what is older than a minute is forgotten. */
export function createPinDesk(clock: () => Date): PinDesk {
  const desks = new Map<string, PinAsked>();
  return {
    asked(stationId) {
      const asked = desks.get(stationId);
      if (asked && clock().getTime() - Date.parse(asked.at) < ASKED_MS) return asked;
      desks.delete(stationId);
      return undefined;
    },
    set(stationId, asked) {
      if (asked) desks.set(stationId, asked);
      else desks.delete(stationId);
    },
  };
}

export type PinInput =
  /** Not the whole PIN yet. */
  | { readonly kind: 'digits'; readonly digits: string }
  | { readonly kind: 'try'; readonly pin: string }
  | { readonly kind: 'leave' };

/** What a scan means while a PIN is asked for: digits typed at once, or one card a figure and CONFIRM; undefined for anything else. */
export function readPinInput(asked: PinAsked, scan: ScanResult): PinInput | undefined {
  if (TYPED_PIN.test(scan.text)) return { kind: 'try', pin: scan.text };
  if (!scan.ok || scan.kind !== 'command') return undefined;
  const { digits } = asked;
  switch (scan.name) {
    case 'digit':
      return { kind: 'digits', digits: `${digits}${scan.argument ?? ''}`.slice(0, MAX_DIGITS) };
    case 'undo':
      return { kind: 'digits', digits: digits.slice(0, -1) };
    case 'confirm':
    case 'yes':
      return TYPED_PIN.test(digits) ? { kind: 'try', pin: digits } : { kind: 'digits', digits };
    case 'cancel':
    case 'no':
      return { kind: 'leave' };
    default:
      return undefined;
  }
}

/** Text that may be a PIN typed at the wrong moment: it is shown and stored nowhere. */
export function mayBePin(text: string, source: string): boolean {
  return source === 'typed' && TYPED_PIN.test(text);
}

/** What a wrong PIN leads to. */
export function afterWrongPin(failures: number, now: string): { failures: number; blockedUntil: string | null } {
  if (failures + 1 < PIN_TRIES) return { failures: failures + 1, blockedUntil: null };
  return { failures: 0, blockedUntil: new Date(Date.parse(now) + PIN_BLOCK_MINUTES * 60_000).toISOString() };
}

/** Whole minutes until a blocked badge is taken again, at least one; 0 when it is not blocked. */
export function minutesBlocked(blockedUntil: string | null, now: string): number {
  if (blockedUntil === null || blockedUntil <= now) return 0;
  return Math.ceil((Date.parse(blockedUntil) - Date.parse(now)) / 60_000);
}
