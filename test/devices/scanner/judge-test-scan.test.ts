import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { characterUnder, keyFor, type LayoutName, layoutNames } from '../../../shared/barcode/keyboard-layouts.ts';
import { invertCase } from '../../../shared/barcode/keyboard-repair.ts';
import { judgeTestScan, type TestFindingCode } from '../../../shared/scanner/judge-test-scan.ts';
import type { Stroke } from '../../../shared/scanner/stroke.ts';
import { TEST_CODE, TEST_TEXT } from '../../../shared/scanner/test-code.ts';

const now = '2026-11-22T10:00:00.000Z';
const GS = '\u001d';
const nothingHeld = { shift: false, control: false, alt: false, meta: false, capsLock: false, held: false, at: 0 };

interface Setting {
  readonly scanner?: LayoutName;
  readonly pc?: LayoutName;
  readonly capsLock?: boolean;
  /** What the scanner sends for GS. */
  readonly gs?: 'ctrl' | 'alt-029' | 'f8' | 'none' | '|';
  readonly prefix?: 'ctrl-b' | 'f9';
  readonly end?: 'Enter' | 'Tab' | 'none';
  readonly gapMs?: number;
}

/** Presses of a scanner that is set up so, on a PC that is set up so. */
function scanned(text: string, setting: Setting = {}): Stroke[] {
  const { scanner = 'us', pc = 'us', capsLock = false, gapMs = 10, end = 'Enter' } = setting;
  const plain = (code: string, key: string, more: Partial<Stroke> = {}): Stroke => ({
    ...nothingHeld,
    code,
    key,
    ...more,
  });
  const ctrlB = plain('KeyB', 'b', { control: true });
  const prefix = setting.prefix === 'f9' ? [plain('F9', 'F9')] : setting.prefix === 'ctrl-b' ? [ctrlB] : [];
  const keys = [...text].flatMap((character): Stroke[] => {
    if (character === GS) return gsKeys(setting.gs ?? 'ctrl', plain);
    const press = keyFor(scanner, character);
    if (!press) throw new Error(`no key for ${character} under ${scanner}`);
    const made = characterUnder(pc, press);
    const key = /^[a-z]$/i.test(made) && capsLock ? invertCase(made) : made === '' ? 'Dead' : made;
    return [plain(press.code, key, { shift: press.shift, altGr: press.altGr })];
  });
  const ends = end === 'none' ? [] : [plain(end, end)];
  return [...prefix, ...keys, ...ends].map((stroke, index) => ({ ...stroke, capsLock, at: index * gapMs }));
}

function gsKeys(gs: string, plain: (code: string, key: string, more?: Partial<Stroke>) => Stroke): Stroke[] {
  if (gs === 'ctrl') return [plain('BracketRight', ']', { control: true })];
  if (gs === 'f8') return [plain('F8', 'F8')];
  if (gs === 'alt-029') return ['0', '2', '9'].map((digit) => plain(`Numpad${digit}`, digit, { alt: true }));
  return gs === '|' ? [plain('Backslash', '|', { shift: true })] : [];
}

const judge = (setting: Setting, text = TEST_CODE) => judgeTestScan(scanned(text, setting), now);
const codes = (setting: Setting, text = TEST_CODE): TestFindingCode[] =>
  judge(setting, text)
    .findings.filter(({ weight }) => weight !== 'told')
    .map(({ code }) => code);

describe('the test code', () => {
  test('of a scanner that is set up right is read exactly', () => {
    expect(judge({ prefix: 'ctrl-b' }, `]C0${TEST_CODE}`)).toEqual({
      tone: 'right',
      read: ']C0AaZz09-._/]␝',
      findings: [
        { code: 'prefix', weight: 'told', params: {} },
        { code: 'aim-on', weight: 'told', params: { id: ']C0' } },
      ],
    });
  });

  test.each<Setting>([{}, { prefix: 'f9' }, { gs: 'f8' }, { gs: 'alt-029' }, { end: 'Tab' }, { gapMs: 80 }])(
    'is right with %j',
    (setting) => {
      expect(judge(setting)).toMatchObject({ tone: 'right', read: 'AaZz09-._/]␝' });
    },
  );

  test('without a prefix and without AIM ids says so and is right', () => {
    expect(judge({}).findings.map(({ code }) => code)).toEqual(['no-prefix', 'aim-off']);
  });
});

describe('the keyboard', () => {
  // The test code presses no key in which these two differ from their neighbours.
  const alike: Partial<Record<LayoutName, LayoutName>> = { ch: 'de', 'pt-nordic': 'es-it' };

  test.each<LayoutName>(['fr', 'be', 'de', 'ch', 'es-it', 'pt-nordic'])(
    'of a %s PC under a scanner that presses US keys is named, and the station reads it all the same',
    (pc) => {
      const judged = judge({ pc });
      expect(judged).toMatchObject({ tone: 'works', read: 'AaZz09-._/]␝' });
      expect(judged.findings[0]).toEqual({ code: 'layout-of-pc', weight: 'better', params: { pc: alike[pc] ?? pc } });
    },
  );

  test.each<LayoutName>(['fr', 'de'])('set to %s in the scanner on a US PC is named and wrong', (scanner) => {
    expect(judge({ scanner })).toMatchObject({
      tone: 'wrong',
      findings: [{ code: 'layout-of-scanner', params: { scanner, pc: 'us' } }, {}, {}],
    });
  });

  test('set to French in both, CapsLock turns the letters round: that is why it is wrong', () => {
    const { tone, findings } = judge({ scanner: 'fr', pc: 'fr', capsLock: true });
    expect([tone, findings.filter(({ weight }) => weight === 'wrong').map(({ code }) => code)]).toEqual([
      'wrong',
      ['caps-lock'],
    ]);
  });

  test('set to French in both is right', () => {
    const judged = judge({ scanner: 'fr', pc: 'fr' });
    expect(judged).toMatchObject({ tone: 'right', read: 'AaZz09-._/]␝' });
    expect(judged.findings[0]).toMatchObject({ code: 'layout-shared', params: { pc: 'fr' } });
  });

  test('with CapsLock on is named; places of keys are read, so it works', () => {
    expect(judge({ capsLock: true })).toMatchObject({ tone: 'works', read: 'AaZz09-._/]␝' });
    expect(codes({ capsLock: true })).toEqual(['caps-lock']);
  });
});

describe('a fault is named', () => {
  test.each<[string, Setting, string, readonly TestFindingCode[]]>([
    ['a GS that never comes', { gs: 'none' }, TEST_CODE, ['gs-lost']],
    ['a GS sent as something else', { gs: '|' }, TEST_CODE, ['gs-changed']],
    ['no end behind the code', { end: 'none' }, TEST_CODE, ['no-end']],
    ['too slow without a prefix', { gapMs: 120 }, TEST_CODE, ['too-slow']],
    ['capitals only', {}, TEST_CODE.toUpperCase(), ['case-changed']],
    ['the cases turned round', {}, invertCase(TEST_CODE), ['case-changed']],
    ['the start cut off', {}, TEST_CODE.slice(3), ['start-lost']],
    ['the end cut off', {}, TEST_TEXT.slice(0, 7), ['end-lost']],
    ['marks that do not come', {}, TEST_CODE.replace('_', ''), ['characters-lost']],
    ['the code twice', {}, TEST_TEXT + TEST_TEXT, ['doubled']],
    ['another code', {}, '4006381333931', ['other-code']],
  ])('%s', (_name, setting, text, found) => {
    expect(judge(setting, text).tone).toBe('wrong');
    expect(codes(setting, text)).toEqual(found);
  });

  test('a GS sent as something else says as what', () => {
    expect(judge({ gs: '|' }).findings[0]?.params).toEqual({ as: '|' });
  });

  test('a pause inside the code splits it', () => {
    const strokes = scanned(TEST_CODE).map((stroke, index) =>
      index < 5 ? stroke : { ...stroke, at: stroke.at + 400 },
    );
    const { tone, findings } = judgeTestScan(strokes, now);
    expect([tone, findings[0]]).toEqual(['wrong', { code: 'split', weight: 'wrong', params: { ms: 410 } }]);
  });

  test('slow is right behind a prefix', () => {
    expect(judge({ gapMs: 120, prefix: 'f9' }).tone).toBe('right');
  });

  test('keys without a place, as remote desktops send them, are judged by what they make', () => {
    const strokes = scanned(TEST_CODE).map((stroke) => ({ ...stroke, code: stroke.control ? stroke.code : '' }));
    expect(judgeTestScan(strokes, now)).toMatchObject({ tone: 'right', read: 'AaZz09-._/]␝' });
  });
});

const aKey: fc.Arbitrary<Stroke> = fc.record({
  code: fc.constantFrom('KeyA', 'KeyQ', 'Digit1', 'Minus', 'BracketRight', 'Numpad0', 'F8', 'F9', 'Enter', 'Tab', ''),
  key: fc.constantFrom('a', 'Q', '1', '-', ']', 'F8', 'F9', 'Enter', 'Tab', 'Shift', 'Dead', 'à', ''),
  shift: fc.boolean(),
  control: fc.boolean(),
  alt: fc.boolean(),
  altGr: fc.boolean(),
  meta: fc.boolean(),
  capsLock: fc.boolean(),
  held: fc.boolean(),
  at: fc.double({ min: 0, max: 1e6, noNaN: true }),
});

test('no keys at all make it throw, and none but the test code make it right', () => {
  fc.assert(
    fc.property(fc.array(aKey, { maxLength: 40 }), (strokes) => {
      const { tone, read, findings } = judgeTestScan(strokes, now);
      expect(findings.length).toBeGreaterThan(0);
      expect(tone === 'right' ? read : '').toMatch(/^(?:AaZz09-\._\/\]␝)?$/);
    }),
    { numRuns: 500 },
  );
});

test('whatever is set how: it is read exactly or a fault is named', () => {
  const anySetting = fc.record({
    scanner: fc.constantFrom(...layoutNames),
    pc: fc.constantFrom(...layoutNames),
    capsLock: fc.boolean(),
    gs: fc.constantFrom('ctrl' as const, 'alt-029' as const, 'f8' as const, 'none' as const),
    prefix: fc.constantFrom('ctrl-b' as const, 'f9' as const),
    end: fc.constantFrom('Enter' as const, 'Tab' as const, 'none' as const),
    gapMs: fc.integer({ min: 1, max: 900 }),
  });
  fc.assert(
    fc.property(anySetting, (setting) => {
      const { tone, findings } = judge(setting);
      const isExact = setting.gs !== 'none' && setting.end !== 'none' && setting.scanner === 'us';
      if (isExact) expect(tone).not.toBe('wrong');
      if (tone === 'wrong') expect(findings.some(({ weight }) => weight === 'wrong')).toBe(true);
      if (setting.gs === 'none') expect(findings.map(({ code }) => code)).toContain('gs-lost');
      if (setting.end === 'none') expect(findings.map(({ code }) => code)).toContain('no-end');
      if (setting.capsLock) expect(findings.map(({ code }) => code)).toContain('caps-lock');
    }),
    { numRuns: 400 },
  );
});
