import type { FrameReading } from './frame-reading.ts';
import type { ScaleSettings } from './scale-settings.ts';
import { type FrameScanner, NEED_MORE, type ScanStep } from './scale-stream.ts';

/** A frame found in one line: it begins at `at` and ends with the line, so that noise before it does no harm. */
export interface LineMatch {
  readonly at: number;
  readonly reading: FrameReading;
}
export type LineParser = (line: string, settings: ScaleSettings) => LineMatch | undefined;

/**
 * Whether a frame without a header may begin at `at`: at the start of the line, or behind noise that cannot be a piece
 * of another frame. Behind a printable character the number could be put together from two.
 */
export function beginsAlone(line: string, at: number): boolean {
  return at === 0 || !/[ -~]/.test(line.charAt(at - 1));
}

const TERMINATORS = { crlf: '\r\n', cr: '\r', lf: '\n' } as const;

/**
 * Lines that end with CR LF, or with what the settings say. A line that lost its terminator is not complete, and a
 * lone CR or LF parts it from the one behind it.
 */
export function lineScanner(parse: LineParser, settings: ScaleSettings): FrameScanner {
  const terminator = TERMINATORS[settings.terminator ?? 'crlf'];
  return (text) => {
    const end = text.indexOf(terminator);
    if (end < 0) return NEED_MORE;
    const take = end + terminator.length;
    const start = Math.max(text.lastIndexOf('\r', end - 1), text.lastIndexOf('\n', end - 1)) + 1;
    // lastIndexOf reads a negative position as 0, where the terminator itself may stand.
    const match = end === 0 || start >= end ? undefined : parse(text.slice(start, end), settings);
    return match ? { take, frame: { from: start + match.at, to: take, reading: match.reading } } : { take };
  };
}

export interface BetweenMarks {
  readonly start: string;
  readonly end: string;
  readonly mostBytes: number;
}

/** Frames between a start and an end character; a second start means that the first frame lost its end. */
export function markedScanner(marks: BetweenMarks, parse: (body: string) => FrameReading | undefined): FrameScanner {
  return (text) => {
    const start = text.indexOf(marks.start);
    if (start !== 0) return { take: start < 0 ? text.length : start };
    const end = text.indexOf(marks.end, 1);
    const again = text.indexOf(marks.start, 1);
    if (again > 0 && (end < 0 || again < end)) return { take: again };
    if (end < 0) return text.length > marks.mostBytes ? { take: 1 } : NEED_MORE;
    const reading = end > marks.mostBytes ? undefined : parse(text.slice(1, end));
    return reading ? { take: end + 1, frame: { from: 0, to: end + 1, reading } } : { take: 1 };
  };
}

/** The text before an end mark, frame start to be found backwards from it by the parser. */
export function endMarkScanner(end: string, parse: (text: string) => LineMatch | undefined): FrameScanner {
  return (text) => {
    const at = text.indexOf(end);
    if (at < 0) return NEED_MORE;
    const take = at + 1;
    const match = parse(text.slice(0, take));
    return match ? { take, frame: { from: match.at, to: take, reading: match.reading } } : { take };
  };
}

/** One position of a fixed layout: a character, a class of them, or any byte. */
export type LayoutPosition = string | RegExp | 'any-byte';

/** `count` positions of the same class. */
export const times = (count: number, position: LayoutPosition): LayoutPosition[] =>
  Array.from({ length: count }, () => position);

/** How far text follows a layout: not at all, as far as it goes, or wholly. */
export function followsLayout(text: string, layout: readonly LayoutPosition[]): 'no' | 'so-far' | 'wholly' {
  const length = Math.min(text.length, layout.length);
  for (let at = 0; at < length; at += 1) if (!fits(text.charAt(at), layout[at] ?? '')) return 'no';
  return length === layout.length ? 'wholly' : 'so-far';
}

function fits(character: string, position: LayoutPosition): boolean {
  if (typeof position !== 'string') return position.test(character);
  return position === 'any-byte' || position === character;
}

/** Frames of fixed length, found by layout and not by a terminator that may also occur inside. */
export function fixedScanner(
  layout: readonly LayoutPosition[],
  parse: (frame: string) => FrameReading | undefined,
  exempt?: number,
): FrameScanner {
  return (text): ScanStep => {
    const follows = followsLayout(text, layout);
    if (follows === 'so-far') return NEED_MORE;
    if (follows === 'no') return { take: 1 };
    const to = layout.length;
    const reading = parse(text.slice(0, to));
    if (!reading) return { take: 1 };
    return { take: to, frame: { from: 0, to, reading, ...(exempt === undefined ? {} : { exempt }) } };
  };
}
