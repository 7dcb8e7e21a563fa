import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { getScaleProtocol } from '../../../main/app/scale-protocols.ts';
import { parseRecording, type Recording } from '../../../shared/devices/recording.ts';
import { type Replayed, replayScale } from '../../../shared/scale/replay.ts';

const text = readFileSync(resolve('test/fixtures/devices/mt-sics-bench.jsonl'), 'utf8');

function recordingOf(source: string): Recording {
  const recording = parseRecording(source);
  if (!recording) throw new Error('no recording');
  return recording;
}
const replay = ({ head, reads }: Recording): Replayed[] => [
  ...replayScale(reads, getScaleProtocol(head.protocol ?? ''), head.settings),
];

describe('a recorded quarter of a minute at a bench', () => {
  test('gives each parcel its weight once, over torn frames, lost bytes, a restart and a pulled cable', () => {
    const captures = replay(recordingOf(text)).flatMap((one) => (one.kind === 'capture' ? [one.mg] : []));

    expect(captures).toEqual([750_000, 1_200_500]);
  });

  test('takes the second weight only after the cable was in again and it stood for 300 ms', () => {
    const recording = recordingOf(text);
    const opened = recording.reads.filter(({ direction }) => direction === 'opened').at(-1)?.atMs ?? 0;
    const last = replay(recording).findLast(({ kind }) => kind === 'capture');

    expect(last?.atMs).toBeGreaterThanOrEqual(opened + 300);
  });

  test('tells no weight of the tails after opening, nor of the frame that lost its middle', () => {
    const values = replay(recordingOf(text)).flatMap((one) =>
      one.kind === 'frame' && one.frame.kind === 'weight' && one.frame.usable ? [one.frame.value] : [],
    );

    expect(new Set(values)).toEqual(new Set([0, 750, 1_200.5]));
  });

  test('ends with half a line, as after a power cut, and is read all the same', () => {
    expect(recordingOf(text).broken).toBe(1);
  });
});

test.each(['', '{}', '{"recording":2}', '\x00\xff', '{"atMs":1,"direction":"in","hex":"00"}'])(
  'a file that begins %j is no recording',
  (source) => {
    expect(parseRecording(source)).toBeUndefined();
  },
);
