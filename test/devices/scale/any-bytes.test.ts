import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scaleProtocols } from '../../../main/app/scale-protocols.ts';
import type { DecodedFrame } from '../../../shared/scale/decode-case.ts';
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

describe.each(scaleProtocols.map((protocol) => protocol.name))('a million bytes of noise on %s', (name) => {
  test('give no usable weight, and the rest that is kept stays small', () => {
    const noise = noiseOf(name.length * 7919 + name.charCodeAt(0), 1_000_000);
    const reads = Array.from({ length: 1000 }, (_, at) => noise.subarray(at * 1000, at * 1000 + (at % 2 ? 1000 : 937)));
    const started = performance.now();
    expect(usable(decodeReads(name, reads, { unit: 'kg', decimals: 2 }))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
