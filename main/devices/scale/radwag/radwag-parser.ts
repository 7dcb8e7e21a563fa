import {
  acknowledged,
  type FrameReading,
  failed,
  readWeight,
  type ScaleFrameError,
} from '../../../../shared/scale/frame-reading.ts';
import type { LineMatch } from '../../../../shared/scale/frame-scanners.ts';
import { lineProtocol } from '../../../../shared/scale/line-protocol.ts';
import type { ScaleSettings } from '../../../../shared/scale/scale-settings.ts';
import { LINE_9600_8N1, type ScaleProtocol } from '../../../../shared/scale/scale-stream.ts';

// Command(3), flag, blank, sign, number(9, or 10 in a manual's example), blank, unit(3).
const WEIGHT = /(SUI|SU|SI|S) {0,2}([ ?^v]) ([ -])([ \d.-]{9,10}) ([A-Za-z%]{1,3}) {0,2}$/;
const LOOSE = /(?<![A-Za-z])(SUI|SU|SI|S) +([?^v]?) *(-?) *([\d.]{1,10}) +([A-Za-z%]{1,3}) *$/;
const COMMAND_WIDTH = 19;
const ANSWER = /(?<![A-Za-z])[A-Z]{1,4} (A|D|OK|I|E|\^|v)$/;
const UNKNOWN_COMMAND = /(?<![A-Za-z])ES$/;

const ANSWERS: Readonly<Record<string, ScaleFrameError>> = {
  I: 'busy',
  E: 'busy',
  '^': 'overload',
  v: 'underload',
};

/** Reads one line of a Radwag scale. `S A` says that the command was taken; the weight follows. */
export function parseRadwagLine(line: string, settings: ScaleSettings): LineMatch | undefined {
  const match = WEIGHT.exec(line) ?? LOOSE.exec(line);
  if (match) {
    const reading = readFields(match, settings);
    return reading && { at: match.index, reading };
  }
  const answer = ANSWER.exec(line);
  if (answer) {
    const error = ANSWERS[answer[1] ?? ''];
    return { at: answer.index, reading: error ? failed(error) : acknowledged };
  }
  const unknown = UNKNOWN_COMMAND.exec(line);
  return unknown ? { at: unknown.index, reading: failed('syntax') } : undefined;
}

function readFields(match: RegExpExecArray, settings: ScaleSettings): FrameReading | undefined {
  const [whole, , flag = '', sign = '', number = '', unit = ''] = match;
  if (flag === '^') return failed('overload');
  if (flag === 'v') return failed('underload');
  const layoutKnown = whole.length === COMMAND_WIDTH || whole.length === COMMAND_WIDTH + 1;
  return readWeight({ number: sign + number, unit, stable: flag !== '?', mode: null, layoutKnown }, settings);
}

/** Radwag; Kern KET, KEN and KGP. */
export const radwag: ScaleProtocol = lineProtocol(
  {
    name: 'radwag',
    title: 'Radwag, Kern KET, KEN, KGP',
    unitInFrame: true,
    tellsStable: true,
    lines: [LINE_9600_8N1],
    config: ['terminator'],
  },
  parseRadwagLine,
);
