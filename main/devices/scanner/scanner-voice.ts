import type { DeviceSettings } from '../../../shared/contract/devices.ts';

/** What a scanner is told of its scan. */
export type ScanAnswer = 'good' | 'bad';

type Family = 'datalogic' | 'honeywell';

/** Datalogic and PSC host commands: good-read beep, long beep of “not on file”, enable, disable. */
const GOOD_READ = 0x42;
const NOT_ON_FILE = 0x46;
const ENABLE = 0x45;
const DISABLE = 0x44;
/** Honeywell in host-ACK mode is silent until one of these comes; after ten seconds it beeps three times by itself. */
const ACK = 0x06;
const NAK = 0x15;
const XON = 0x11;
const XOFF = 0x13;

/** So many scans wait before the scanner is held; it goes on when few are left. */
const HOLD_AT = 8;
const GO_ON_AT = 2;

const answers: Readonly<Record<Family, Readonly<Record<ScanAnswer, number>>>> = {
  datalogic: { good: GOOD_READ, bad: NOT_ON_FILE },
  honeywell: { good: ACK, bad: NAK },
};

/** One scanner whose line is open, as far as it takes bytes from the station; silent where its settings say so. */
export interface ScannerVoice {
  /** So many of its scans wait now. */
  waiting(count: number): void;
  /** The bench has decided one scan. */
  answer(answer: ScanAnswer): void;
  /** A refusal of the bench stays until somebody acknowledges it, or was acknowledged. */
  latch(latched: boolean): void;
  /** True from a bad answer until the bench's refusal is acknowledged: it is worth asking whether it was. */
  asks(): boolean;
  /** The line is about to be closed: nothing that was switched off stays off. */
  close(): void;
}

/**
 * Speaks to one scanner by its family's own bytes (devices manual of Datalogic and Honeywell; section 2.6 of the notes).
 *
 * A Datalogic is switched off after a refusal until the refusal is acknowledged by a deliberate act at the screen, so
 * that nobody scans on unheard. It is switched on with every opening of the line: a station that was ended meanwhile
 * must not leave it dead.
 */
export function scannerVoice(settings: DeviceSettings, write: (bytes: Uint8Array) => void): ScannerVoice {
  const { acknowledge = 'none', flow = 'none' } = settings;
  const family = acknowledge === 'none' ? undefined : acknowledge;
  let refused = false;
  let disabled = false;
  let held = false;
  let over = false;
  const send = (...bytes: readonly number[]): void => {
    // A scan may be decided after its scanner was unplugged.
    if (!over) write(Uint8Array.from(bytes));
  };
  const enable = (): void => {
    if (disabled) send(ENABLE);
    disabled = false;
  };
  if (family === 'datalogic') send(ENABLE);
  if (flow === 'xon-xoff') send(XON);
  return {
    waiting(count) {
      if (flow === 'none' || (held ? count > GO_ON_AT : count < HOLD_AT)) return;
      held = !held;
      send(held ? XOFF : XON);
    },
    answer(answer) {
      if (family === undefined) return;
      send(answers[family][answer]);
      if (family === 'datalogic' && answer === 'bad') refused = true;
    },
    latch(latched) {
      if (!refused) return;
      if (latched && !disabled) {
        disabled = true;
        send(DISABLE);
      }
      if (latched) return;
      refused = false;
      enable();
    },
    asks: () => refused,
    close() {
      enable();
      if (held) send(XON);
      over = true;
    },
  };
}
