import {
  acknowledged,
  type FrameReading,
  failed,
  readWeight,
  restarted,
  type ScaleFrameError,
} from '../../../../shared/scale/frame-reading.ts';
import type { LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

const COMMAND = '(?:SIRU|SIR|SIU|SI|SRU|SR|SU|S|ZI|Z|TI|TAC|TA|T)';
// Fields are split on blanks, not by columns: scales differ in the width of the number.
const WEIGHT = /S[UI]? ([SD]) ( *)(-?[\d.:]{1,12}) +([A-Za-z:%]{1,5}) *$/;
/** No scale prints a number that begins so: its front is missing. */
const CUT = /^-?(?:0\d|\.)/;
/** A padded field is ten wide, nine in one driver's example; some scales do not pad at all. */
const PADDED_WIDTH = 9;
const STATUS = new RegExp(`(?<![A-Za-z])${COMMAND} ([IL+-]) *$`);
const WHOLE_LINE = /(?:^|[^A-Za-z])(E[STL])$/;
const SCALE_ERROR = /(?<![A-Za-z])S [SD] +Error\b.*$/i;
const DONE = /(?<![A-Za-z])(?:(?:ZI|Z|TI|TAC|TA|T) [ASD]|[A-Z]{1,4}\d{0,2} A)(?: .*)?$/;
const RESTARTED = /I4 A "[^"]*" *$/;

const STATUS_ERRORS: Readonly<Record<string, ScaleFrameError>> = {
  I: 'busy',
  L: 'bad_parameter',
  '+': 'overload',
  '-': 'underload',
  ES: 'syntax',
  ET: 'transmission',
  EL: 'refused',
};

/** Reads one line of an MT-SICS scale, without its CR LF. The value told is always net. */
export function parseMtSicsLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const weight = WEIGHT.exec(line);
  if (weight) {
    const [, status, blanks = '', number = '', unit = ''] = weight;
    const wide = blanks === '' || blanks.length + number.length >= PADDED_WIDTH;
    const layoutKnown = !CUT.test(number) && (wide || 'other-width');
    return found(weight, readWeight({ number, unit, stable: status === 'S', mode: 'net', layoutKnown }, settings));
  }
  const status = STATUS.exec(line) ?? WHOLE_LINE.exec(line);
  if (status) return found(status, failed(STATUS_ERRORS[status[1] ?? ''] ?? 'refused'));
  const error = SCALE_ERROR.exec(line);
  if (error) return found(error, failed('fault'));
  const restart = RESTARTED.exec(line);
  if (restart) return found(restart, restarted);
  const done = DONE.exec(line);
  return done ? found(done, acknowledged) : undefined;
}

function found(match: RegExpExecArray, reading: FrameReading | undefined): LineMatch | undefined {
  return reading && { at: match.index, reading };
}

/** MT-SICS (Mettler; also Kern KCP, Ohaus PSI). */
export const mtSics: ScaleProtocol = lineProtocol(
  {
    name: 'mt-sics',
    title: 'MT-SICS (Mettler Toledo, Kern KCP, Ohaus PSI)',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: ['terminator'],
  },
  parseMtSicsLine,
);
