import { describe, expect, test } from 'vitest';
import { getScaleProtocol } from '../../../main/app/scale-protocols.ts';
import { scaleVoices } from '../../../main/devices/simulated/scale-voices.ts';
import type { FrameReading } from '../../../shared/scale/frame-reading.ts';

const LOADS_MG = [1_230_000, 45_600, 12_345_000, 730_500];
const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

describe.each(Object.entries(scaleVoices))('%s', (name, voice) => {
  const open = () => getScaleProtocol(name).open({ unit: voice.unit });
  const usable = (frames: readonly FrameReading[]): (number | string)[] =>
    frames.flatMap((frame) => (frame.kind === 'weight' && frame.usable ? [frame.value] : []));
  const read = (...texts: readonly string[]): FrameReading[] => {
    const stream = open();
    return [...texts.flatMap((text) => stream.push(bytesOf(text))), ...stream.flush()];
  };
  const frames = LOADS_MG.map((mg) => voice.frame({ mg, stable: true }));
  const moving = LOADS_MG.map((mg) => voice.frame({ mg, stable: false }));
  const true_ = new Set(frames.flatMap((frame) => usable(read(frame))));

  test('the head of one frame and the tail of another, with bytes lost between, are no weight of their own', () => {
    const wrong: string[] = [];
    for (const one of [...frames, ...moving])
      for (const other of frames)
        for (let head = 0; head < one.length; head += 1)
          for (let tail = 1; tail < other.length; tail += 1) {
            // Cut at the same place the halves are a frame like any other: only a check byte would tell.
            if (head === tail || one.length - head === other.length - tail) continue;
            const spliced = one.slice(0, head) + other.slice(tail);
            // Two stable ones came before: the scale was weighing when bytes were lost.
            for (const value of usable(read(other, other, spliced)))
              if (!true_.has(value)) wrong.push(`${JSON.stringify(spliced)} ${value}`);
          }
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test('the tail of a frame before a whole one, as after opening, is no weight of its own', () => {
    for (const one of frames)
      for (const other of frames)
        for (let tail = 1; tail < one.length; tail += 1)
          for (const value of usable(read(one.slice(tail), other))) expect(true_).toContain(value);
  });

  test('a stream torn at any place reads the same', () => {
    const text = [...frames, ...moving].join('');
    const whole = read(text);
    for (let at = 1; at < text.length; at += 1) expect(read(text.slice(0, at), text.slice(at))).toEqual(whole);
  });
});
