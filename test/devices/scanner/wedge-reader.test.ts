import { describe, expect, test } from 'vitest';
import type { Stroke } from '../../../shared/scanner/stroke.ts';
import { createWedgeReader, type WedgeReader } from '../../../shared/scanner/wedge-reader.ts';

function stroke(key: string, at: number, extra: Partial<Stroke> = {}): Stroke {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : /^\d$/.test(key) ? `Digit${key}` : key;
  const held = { shift: false, control: false, alt: false, meta: false, capsLock: false, held: false };
  return { code, key, ...held, at, ...extra };
}

/** Types text with one gap between all keys and gives the outcome of its terminator. */
function type(reader: WedgeReader, text: string, timing: { from: number; gap: number; end?: string }): string {
  let at = timing.from;
  for (const key of text) {
    reader.read(stroke(key, at));
    at += timing.gap;
  }
  const reading = reader.read(stroke(timing.end ?? 'Enter', at));
  return reading.outcome === 'scanned' ? reading.strokes.map(({ key }) => key).join('') : reading.outcome;
}

describe('what comes right behind a scan without a pause', () => {
  const scan = (reader: WedgeReader) => type(reader, '4006381333931', { from: 0, gap: 8 });
  const end = 13 * 8;

  test('is the scanner’s LF behind its CR, and no key for the page', () => {
    const reader = createWedgeReader();
    scan(reader);
    expect(reader.read(stroke('j', end + 8, { control: true }))).toEqual({ outcome: 'trailing' });
    expect(reader.read(stroke('Enter', end + 16))).toEqual({ outcome: 'trailing' });
  });

  test('is the rest of a 2D code with CR or TAB inside: a scan however short, so that its Enter presses nothing', () => {
    const reader = createWedgeReader();
    scan(reader);
    expect(type(reader, 'X', { from: end + 8, gap: 8, end: 'Tab' })).toBe('X');
    expect(type(reader, 'YZ', { from: end + 24, gap: 8 })).toBe('YZ');
  });

  test('is no more than that: a person’s Enter a moment later is a person’s', () => {
    const reader = createWedgeReader();
    scan(reader);
    expect(reader.read(stroke('Enter', end + 150))).toEqual({ outcome: 'passed' });
  });
});

describe('a keyboard scanner', () => {
  test('is known by its speed and its Enter', () => {
    expect(type(createWedgeReader(), '4006381333931', { from: 0, gap: 10 })).toBe('4006381333931');
  });

  test('may end a scan with Tab', () => {
    expect(type(createWedgeReader(), 'PWTT01X', { from: 0, gap: 5, end: 'Tab' })).toBe('PWTT01X');
  });

  test('may send a character every 80 ms, as Zebra does by default', () => {
    expect(type(createWedgeReader(), '4006381333931', { from: 0, gap: 80 })).toBe('4006381333931');
  });

  test('keeps the first character of the second scan', () => {
    const reader = createWedgeReader();
    expect(type(reader, 'AAA111', { from: 0, gap: 10 })).toBe('AAA111');
    expect(type(reader, 'BBB222', { from: 80, gap: 10 })).toBe('BBB222');
  });

  test('keeps the same code twice as two scans: goods are identical', () => {
    const reader = createWedgeReader();
    const both = [type(reader, '96385074', { from: 0, gap: 4 }), type(reader, '96385074', { from: 40, gap: 4 })];
    expect(both).toEqual(['96385074', '96385074']);
  });

  test('sends GS as a Ctrl combination inside the scan', () => {
    const reader = createWedgeReader();
    for (const [index, key] of [...'010'].entries()) reader.read(stroke(key, index * 10));
    const gs = stroke(']', 30, { code: 'BracketRight', control: true });
    expect(reader.read(gs)).toMatchObject({ outcome: 'collected', first: false });
    const end = reader.read(stroke('Enter', 40));
    expect(end).toMatchObject({ outcome: 'scanned', strokes: { length: 4 } });
  });

  test('sends GS as F8 inside the scan', () => {
    const reader = createWedgeReader();
    for (const [index, key] of ['0', '1', 'F8', '2'].entries()) reader.read(stroke(key, index * 10));
    expect(reader.read(stroke('Enter', 40))).toMatchObject({ outcome: 'scanned', strokes: { length: 4 } });
  });

  test('may be as slow as it likes after a programmed prefix', () => {
    for (const prefix of [stroke('b', 0, { control: true }), stroke('F9', 0)]) {
      const reader = createWedgeReader();
      expect(reader.read(prefix)).toMatchObject({ outcome: 'collected', armed: true });
      expect(type(reader, 'AB', { from: 300, gap: 300 })).toBe('AB');
    }
  });

  test('forgets a prefix that nothing follows', () => {
    const reader = createWedgeReader();
    reader.read(stroke('F9', 0));
    expect(type(reader, 'hello', { from: 5_000, gap: 150 })).toBe('passed');
  });
});

describe('a person at the keyboard', () => {
  test('types slowly and is left alone', () => {
    expect(type(createWedgeReader(), 'hello there', { from: 0, gap: 140 })).toBe('passed');
  });

  test('types fast and is left alone', () => {
    expect(type(createWedgeReader(), 'bonjour', { from: 0, gap: 75 })).toBe('passed');
  });

  test('presses Enter alone', () => {
    expect(createWedgeReader().read(stroke('Enter', 10)).outcome).toBe('passed');
  });

  test('presses two keys at once and Enter: too short for a scan', () => {
    expect(type(createWedgeReader(), 'ab', { from: 0, gap: 5 })).toBe('passed');
  });

  test('holds a key down: repeats are as fast as a scanner and are none', () => {
    const reader = createWedgeReader();
    for (let at = 0; at < 300; at += 30) reader.read(stroke('a', at, { held: at > 0 }));
    expect(reader.read(stroke('Enter', 310)).outcome).toBe('passed');
  });

  test('pauses and then presses Enter: what was typed before is no scan', () => {
    const reader = createWedgeReader();
    for (const [index, key] of [...'abcdef'].entries()) reader.read(stroke(key, index * 20));
    expect(reader.read(stroke('Enter', 900)).outcome).toBe('passed');
  });

  test('does not spoil a scan that comes right after', () => {
    const reader = createWedgeReader();
    reader.read(stroke('x', 0));
    expect(type(reader, '96385074', { from: 150, gap: 8 })).toBe('96385074');
  });
});

test('a busy page does not break a scan: time stamps are those of the keys', () => {
  // The page was blocked for 1.5 s and sees all keys at once; their own stamps lie 6 ms apart.
  expect(type(createWedgeReader(), '4006381333931', { from: 1_500_000, gap: 6 })).toBe('4006381333931');
});
