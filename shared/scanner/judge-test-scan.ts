import { splitAim } from '../barcode/aim.ts';
import { invertCase } from '../barcode/keyboard-repair.ts';
import { printable } from '../barcode/scan-bytes.ts';
import { createStrokeDecoder, textByLayout, textByPlace } from './decode-strokes.ts';
import { type KeyboardSetting, keyboardOf } from './keyboard-of.ts';
import type { Stroke } from './stroke.ts';
import { TEST_CODE, TEST_TEXT } from './test-code.ts';
import { createWedgeReader, isPrefix, isTerminator, MAX_GAP_AFTER_PREFIX_MS, MAX_GAP_MS } from './wedge-reader.ts';

/** What can be said of the way a keyboard scanner is set up; each has its words in the catalogues. */
export const testFindings = [
  'other-code',
  'doubled',
  'start-lost',
  'end-lost',
  'characters-lost',
  'case-changed',
  'caps-lock',
  'layout-unknown',
  'layout-of-scanner',
  'layout-of-pc',
  'layout-shared',
  'gs-lost',
  'gs-changed',
  'no-end',
  'too-slow',
  'split',
  'no-prefix',
  'prefix',
  'aim-off',
  'aim-on',
] as const;
export type TestFindingCode = (typeof testFindings)[number];

export interface TestFinding {
  readonly code: TestFindingCode;
  /** `wrong`: the station misreads codes; `better`: it reads them, and something else will go wrong; `told`: as it is. */
  readonly weight: 'wrong' | 'better' | 'told';
  readonly params: Readonly<Record<string, string | number>>;
}

export interface TestJudgement {
  readonly tone: 'right' | 'works' | 'wrong';
  /** What the station would read, control characters as pictures; empty where it would take it for typing. */
  readonly read: string;
  readonly findings: readonly TestFinding[];
}

const weights: Readonly<Partial<Record<TestFindingCode, TestFinding['weight']>>> = {
  'caps-lock': 'better',
  'layout-of-pc': 'better',
  'layout-shared': 'told',
  'no-prefix': 'told',
  prefix: 'told',
  'aim-on': 'told',
  'aim-off': 'told',
};

const finding = (code: TestFindingCode, params: TestFinding['params'] = {}): TestFinding => ({
  code,
  weight: weights[code] ?? 'wrong',
  params,
});

/**
 * Judges the raw key presses of one scan of the test code, first key to terminator: would the station read it exactly,
 * and if not, what is set wrong?
 *
 * `right` and `works` mean that the station's own reader and decoder gave the test code from these very keys.
 */
export function judgeTestScan(strokes: readonly Stroke[], now: string): TestJudgement {
  const delivered = deliveredBy(strokes, now);
  const isRead = delivered.length === 1 && contentOf(delivered[0] ?? '') === TEST_CODE;
  const last = strokes.at(-1);
  const ended = last !== undefined && isTerminator(last);
  const first = strokes[0];
  const prefixed = first !== undefined && isPrefix(first);
  const body = strokes.slice(prefixed ? 1 : 0, ended ? -1 : undefined);
  const keyboard = keyboardOf(body);
  const found = [
    ...contentFindings(body, keyboard),
    ...(body.some(({ capsLock }) => capsLock) ? [finding('caps-lock')] : []),
    ...(isRead ? [] : timeFindings(strokes, { prefixed, ended })),
    ...(prefixed ? [finding('prefix')] : [finding('no-prefix')]),
    ...aimFindings(keyboard),
  ];
  const findings = weighed(found, isRead);
  const works = findings.some(({ weight }) => weight === 'better');
  return { tone: isRead ? (works ? 'works' : 'right') : 'wrong', read: printable(delivered.join(' ')), findings };
}

/** What was read cannot be wrong, whatever it looks like; and where it was not, something that only looked odd was why. */
function weighed(found: readonly TestFinding[], isRead: boolean): TestFinding[] {
  const raise = !isRead && found.every(({ weight }) => weight !== 'wrong');
  return found.map((one) => {
    if (isRead && one.weight === 'wrong') return { ...one, weight: 'better' };
    return raise && one.weight === 'better' ? { ...one, weight: 'wrong' } : one;
  });
}

/** What the station makes of these keys: its own reader, its own decoder. */
function deliveredBy(strokes: readonly Stroke[], now: string): string[] {
  const reader = createWedgeReader();
  const decode = createStrokeDecoder(() => new Date(now));
  return strokes.flatMap((stroke) => {
    const reading = reader.read(stroke);
    return reading.outcome === 'scanned' ? [decode(reading.strokes)] : [];
  });
}

const contentOf = (text: string): string => splitAim(text).content;

/** What the content itself shows: the layout where every character came, else what is missing or another. */
function contentFindings(body: readonly Stroke[], keyboard: KeyboardSetting | undefined): TestFinding[] {
  if (keyboard) return [...layoutFindings(keyboard), ...gsFindings(keyboard.behind)];
  const texts = [textByPlace(body), textByLayout(body)].map(contentOf);
  return [texts.map(lossOf).find((loss) => loss !== undefined) ?? finding('other-code')];
}

function layoutFindings({ scanner, pc }: KeyboardSetting): TestFinding[] {
  if (scanner === 'us') return pc === undefined || pc === 'us' ? [] : [finding('layout-of-pc', { pc })];
  if (scanner === pc) return [finding('layout-shared', { pc })];
  return [pc === undefined ? finding('layout-unknown', { scanner }) : finding('layout-of-scanner', { scanner, pc })];
}

function gsFindings(behind: string): TestFinding[] {
  if (behind === '\u001d') return [];
  return behind === '' ? [finding('gs-lost')] : [finding('gs-changed', { as: printable(behind).slice(0, 12) })];
}

function lossOf(text: string): TestFinding | undefined {
  const marks = text.replaceAll('\u001d', '');
  if (marks === '') return undefined;
  if (marks === TEST_TEXT + TEST_TEXT) return finding('doubled');
  const flat = marks.toUpperCase();
  const wanted = TEST_TEXT.toUpperCase();
  if (flat === wanted && marks !== invertCase(TEST_TEXT)) return finding('case-changed');
  if (marks === invertCase(TEST_TEXT)) return finding('case-changed');
  if (marks.length < 4) return undefined;
  if (TEST_TEXT.endsWith(marks)) return finding('start-lost', { read: marks });
  if (TEST_TEXT.startsWith(marks)) return finding('end-lost', { read: marks });
  const missing = missingFrom(marks);
  return missing === undefined ? undefined : finding('characters-lost', { missing });
}

/** What of the test text did not come, where the rest came in its order; undefined where something else came. */
function missingFrom(marks: string): string | undefined {
  let place = 0;
  let missing = '';
  for (const wanted of TEST_TEXT) {
    if (marks[place] === wanted) place += 1;
    else missing += wanted;
  }
  return place === marks.length && missing.length <= 4 ? missing : undefined;
}

/** Why the reader would not take these keys for one scan. */
function timeFindings(
  strokes: readonly Stroke[],
  { prefixed, ended }: { prefixed: boolean; ended: boolean },
): TestFinding[] {
  if (!ended) return [finding('no-end')];
  const gaps = strokes.slice(1).map(({ at }, index) => at - (strokes[index]?.at ?? at));
  const limit = prefixed ? MAX_GAP_AFTER_PREFIX_MS : MAX_GAP_MS;
  const long = gaps.filter((gap) => gap > limit);
  const average = Math.round(gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length));
  if (long.length > 0 && long.length <= 2) return [finding('split', { ms: Math.round(Math.max(...long)) })];
  if (long.length > 2 || (!prefixed && average > MOST_AVERAGE_MS)) return [finding('too-slow', { ms: average })];
  return [];
}

/** Slower than this on the average, keys are a person's. */
const MOST_AVERAGE_MS = 89;

function aimFindings(keyboard: KeyboardSetting | undefined): TestFinding[] {
  if (!keyboard) return [];
  return keyboard.symbology === undefined ? [finding('aim-off')] : [finding('aim-on', { id: keyboard.symbology })];
}
