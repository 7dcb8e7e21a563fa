import { scaleByTen } from '../../../../shared/scale/decimal.ts';
import { type FrameReading, failed, readWeight, type ScaleFrameError } from '../../../../shared/scale/frame-reading.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import type { ScaleProtocol, ScaleStream } from '../../../../shared/scale/scale-stream.ts';

const LENGTH = 6;
const UNITS: Readonly<Record<number, string>> = { 1: 'mg', 2: 'g', 3: 'kg', 4: 'ct', 10: 'ozt', 11: 'oz', 12: 'lb' };
const STABLE_ZERO = 2;
const MOVING = 3;
const STABLE = 4;
const STATUS_ERRORS: Readonly<Record<number, ScaleFrameError>> = {
  1: 'fault',
  5: 'underload',
  6: 'overload',
  7: 'calibration',
  8: 'zero_error',
};
/** No scale has a tenth of a million units or more a step; such an exponent is noise. */
const LEAST_EXPONENT = -6;
const MOST_EXPONENT = 5;

/** Reads `[report 3|4][status][unit][int8 exponent][low][high]` (HID point of sale usages, page 0x8D). */
export function parseUsbHidReport(report: Uint8Array, settings: ScaleSettings): FrameReading | undefined {
  const [id = 0, status = 0, unit = 0, exponentByte = 0, low = 0, high = 0] = report;
  // Nothing but zeros is "nothing read yet", not a stable zero.
  if (report.subarray(1, LENGTH).every((byte) => byte === 0)) return failed('no_reading');
  if (id !== 3 && id !== 4) return undefined;
  const error = STATUS_ERRORS[status];
  if (error) return failed(error);
  if (status !== STABLE_ZERO && status !== MOVING && status !== STABLE) return undefined;
  const exponent = exponentByte > 127 ? exponentByte - 256 : exponentByte;
  if (exponent < LEAST_EXPONENT || exponent > MOST_EXPONENT) return undefined;
  const raw = low + high * 256;
  const number = { value: scaleByTen(raw, exponent), places: Math.max(0, -exponent), hasPoint: exponent < 0 };
  // An unknown unit code is still the frame's word: the setting does not replace it.
  return readWeight(
    {
      number,
      unit: UNITS[unit] ?? null,
      stable: status !== MOVING,
      mode: null,
      layoutKnown: status !== STABLE_ZERO || raw === 0,
    },
    UNITS[unit] ? settings : {},
  );
}

const NO_BYTES = new Uint8Array(0);

/**
 * Reports from reads. USB hands over whole reports; pieces are put together for recordings and bridges that tear them.
 *
 * A report that another one seems to begin in is a torn one, so a pieced report waits for what follows or for `flush`.
 */
export function createUsbHidStream(settings: ScaleSettings): ScaleStream {
  let pending: Uint8Array = NO_BYTES;
  let bytes = 0;
  let framed = 0;
  const drain = (ended: boolean): FrameReading[] => {
    const readings: FrameReading[] = [];
    let at = 0;
    for (; at + LENGTH <= pending.length && (ended || at + 2 * LENGTH <= pending.length + 1); at += 1) {
      const reading = reportAt(pending, at, settings);
      if (!reading || isTorn(pending, at, settings)) continue;
      readings.push(reading);
      framed += LENGTH;
      at += LENGTH - 1;
    }
    pending = ended ? NO_BYTES : pending.slice(at);
    return readings;
  };
  return {
    push(chunk) {
      bytes += chunk.length;
      const whole = wholeReports(chunk, settings);
      if (whole) {
        const before = drain(true);
        framed += chunk.length;
        return [...before, ...whole];
      }
      pending = Uint8Array.from([...pending, ...chunk]);
      return drain(false);
    },
    flush: () => drain(true),
    reset() {
      pending = NO_BYTES;
    },
    counts: () => ({ bytes, framed, held: pending.length }),
  };
}

function reportAt(bytes: Uint8Array, at: number, settings: ScaleSettings): FrameReading | undefined {
  const id = bytes[at];
  return id === 3 || id === 4 ? parseUsbHidReport(bytes.subarray(at, at + LENGTH), settings) : undefined;
}

function isTorn(bytes: Uint8Array, at: number, settings: ScaleSettings): boolean {
  for (let inside = at + 1; inside < at + LENGTH && inside + LENGTH <= bytes.length; inside += 1)
    if (reportAt(bytes, inside, settings)?.kind === 'weight') return true;
  return false;
}

/** The readings of a read that is one report (padded with zeros or not) or several; undefined for any other. */
function wholeReports(chunk: Uint8Array, settings: ScaleSettings): FrameReading[] | undefined {
  if (chunk.length < LENGTH) return undefined;
  const first = parseUsbHidReport(chunk.subarray(0, LENGTH), settings);
  if (first && chunk.subarray(LENGTH).every((byte) => byte === 0)) return [first];
  if (chunk.length % LENGTH !== 0) return undefined;
  const readings: FrameReading[] = [];
  for (let at = 0; at < chunk.length; at += LENGTH) {
    const reading = parseUsbHidReport(chunk.subarray(at, at + LENGTH), settings);
    if (!reading) return undefined;
    readings.push(reading);
  }
  return readings;
}

/** USB HID scales (Dymo, Stamps, Fairbanks, Mettler BC). The first report after opening is the weighing before: the driver drops it. */
export const usbHid: ScaleProtocol = {
  name: 'usb-hid',
  title: 'USB scale (Dymo, Stamps, Fairbanks, Mettler)',
  unitInFrame: true,
  tellsStable: true,
  lines: [],
  config: [],
  open: createUsbHidStream,
};
