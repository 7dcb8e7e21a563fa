import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getScaleProtocol, scaleProtocols } from '../../../main/app/scale-protocols.ts';
import { type DecodedFrame, toDecodedFrame } from '../../../shared/scale/decode-case.ts';
import { decodeReads, type Vector } from './frames.ts';
import { vectors } from './vectors.ts';

const all: readonly [string, Vector][] = Object.entries(vectors);
const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const settingsOf = ({ unit, config }: Vector) => ({ unit, ...config });
const usable = (frames: readonly DecodedFrame[]): DecodedFrame[] => frames.filter((frame) => frame.usable === true);

/** Bytes from a small generator of our own: a million of them through fast-check would take minutes. */
function noiseOf(seed: number, length: number): Uint8Array {
  let state = seed >>> 0;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}

test('every protocol has a vector', () => {
  expect(new Set(all.map(([, vector]) => vector.protocol))).toEqual(new Set(scaleProtocols.map(({ name }) => name)));
});

describe.each(all)('%s', (_id, vector) => {
  const frame = bytesOf(vector.hex);
  const settings = settingsOf(vector);
  const read = (...reads: readonly Uint8Array[]): DecodedFrame[] => decodeReads(vector.protocol, reads, settings);

  test('reads the same torn at any position, and byte by byte', () => {
    for (let at = 0; at <= frame.length; at += 1)
      expect(read(frame.slice(0, at), frame.slice(at))).toEqual(vector.frames);
    expect(read(...Array.from(frame, (byte) => Uint8Array.of(byte)))).toEqual(vector.frames);
  });

  test('is found twice when it comes twice in one read', () => {
    expect(read(join(frame, frame))).toEqual([...vector.frames, ...vector.frames]);
  });

  test('cut short it is no weight, and the whole one behind it is read', () => {
    for (let at = 1; at < frame.length; at += 1) {
      expect(usable(read(frame.slice(0, at)))).toEqual([]);
      const values = usable(read(join(frame.slice(0, at), frame))).map(({ value }) => value);
      for (const value of values) expect(value).toBe(vector.frames[0]?.value);
    }
  });

  test('its tail after opening is no weight, and the whole one behind it is read', () => {
    for (let at = 1; at < frame.length; at += 1) {
      expect(usable(read(frame.slice(at)))).toEqual([]);
      const frames = read(join(frame.slice(at), frame));
      expect(frames.at(-1)).toEqual(vector.frames.at(-1));
      for (const { value } of usable(frames)) expect(value).toBe(vector.frames[0]?.value);
    }
  });

  test('is read behind noise, the second one at the latest, and never as another weight', () => {
    const [told] = vector.frames;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 3 }), (noise, between) => {
        const frames = read(noise, frame, between, frame, frame);
        expect(frames.at(-1)).toEqual(told);
        for (const { value } of usable(frames)) expect(value).toBe(told?.value);
      }),
      { numRuns: 100, seed: 4 },
    );
  });
});

const pairs: readonly [protocol: string, one: string, other: string][] = [
  ['cas-22', 'ST,GS,1\xc4,000013.5 kg\r\n', 'ST,GS,1\xc4,000245.7 kg\r\n'],
  ['and', 'ST,+001234.5  g\r\n', 'ST,+000067.8  g\r\n'],
  ['kern-eoc', 'ST,GS   1.234kg\r\n', 'ST,GS  56.789kg\r\n'],
  ['st-nt', 'ST,NT,+  1.234kg\r\n', 'ST,NT,+ 56.789kg\r\n'],
  ['kern-s-w', '       0.665 g  \r\n', '      12.345 g  \r\n'],
  ['fairbanks-ups', '  12.34 lb GR  \r\n', ' 145.67 lb GR  \r\n'],
  ['toledo-continuous', '\x02\x2c\x30\x20  1234     0\r', '\x02\x2c\x30\x20 45678     0\r'],
  ['cas-pd2', '\x01\x02S 01.234kg\x65\x03\x04', '\x01\x02S 15.678kg\x6c\x03\x04'],
];

test.each(pairs)(
  'a head and a tail of %s frames with bytes lost between are no weight of their own',
  (name, one, other) => {
    const [first, second] = [Buffer.from(one, 'latin1'), Buffer.from(other, 'latin1')];
    const told = [first, second].map((frame) => usable(decodeReads(name, [frame])).map(({ value }) => value));
    expect(told.flat()).toHaveLength(2);
    for (let head = 0; head <= first.length; head += 1)
      for (let tail = 0; tail <= second.length; tail += 1) {
        // Cut at the same place, the two halves are a frame like any other; only a check byte would tell.
        if (head === tail && name !== 'cas-pd2') continue;
        const spliced = join(first.subarray(0, head), second.subarray(tail));
        for (const { value } of usable(decodeReads(name, [spliced]))) expect(told.flat()).toContain(value);
      }
  },
);

describe.each(scaleProtocols.map((protocol) => protocol.name))('a million bytes of noise on %s', (name) => {
  test('gives no usable weight, and hardly any of it is kept', () => {
    const noise = noiseOf(name.length * 7919 + name.charCodeAt(0), 1_000_000);
    const stream = getScaleProtocol(name).open({ unit: 'kg', decimals: 2 });
    let mostHeld = 0;
    for (let at = 0; at < noise.length; at += 937) {
      expect(usable(stream.push(noise.subarray(at, at + 937)).map(toDecodedFrame))).toEqual([]);
      mostHeld = Math.max(mostHeld, stream.counts().held);
    }
    expect(mostHeld).toBeLessThanOrEqual(512);
    expect(stream.counts().bytes).toBe(noise.length);
  });

  test.each(['A', ' ', '1', '\x01', '\x02', '\n', 'ST,GS,'])('%j for ever is not kept either', (text) => {
    const stream = getScaleProtocol(name).open({});
    for (let turn = 0; turn < 20; turn += 1) {
      expect(stream.push(Buffer.from(text.repeat(500), 'latin1')).filter(({ kind }) => kind === 'weight')).toEqual([]);
      expect(stream.counts().held).toBeLessThanOrEqual(512);
    }
  });
});
