import { bytesOfHex, type RecordedRead } from '../devices/recording.ts';
import { captureLimits, type PanState, panAfter, panUnknown, unknownPan } from './capture-rule.ts';
import type { FrameReading } from './frame-reading.ts';
import type { ScaleSettings } from './scale-settings.ts';
import { FLUSH_AFTER_MS, type ScaleProtocol } from './scale-stream.ts';

/** What a recorded scale said at a moment, in milliseconds of the recording. */
export type Replayed =
  | { readonly atMs: number; readonly kind: 'frame'; readonly frame: FrameReading }
  /** A weight that a parcel might have got, told once a load. */
  | { readonly atMs: number; readonly kind: 'capture'; readonly mg: number };

/**
 * Puts recorded reads through the stream of a protocol and the capture rule, as the station did.
 *
 * The clock is that of the recording, so that it gives the same however fast it is read.
 */
export function* replayScale(
  reads: readonly RecordedRead[],
  protocol: ScaleProtocol,
  settings: ScaleSettings,
): Generator<Replayed> {
  let stream = protocol.open(settings);
  let pan = unknownPan;
  let lastMs = 0;
  for (const { atMs, direction, hex } of reads) {
    if (direction === 'out') continue;
    if (atMs - lastMs >= FLUSH_AFTER_MS) pan = yield* heard(pan, stream.flush(), lastMs + FLUSH_AFTER_MS);
    if (direction === 'opened') {
      stream = protocol.open(settings);
      pan = panUnknown(pan);
    } else pan = yield* heard(pan, stream.push(bytesOfHex(hex)), atMs);
    lastMs = atMs;
  }
  yield* heard(pan, stream.flush(), lastMs + FLUSH_AFTER_MS);
}

function* heard(pan: PanState, frames: readonly FrameReading[], atMs: number): Generator<Replayed, PanState> {
  let now = pan;
  for (const frame of frames) {
    // What nobody confirmed for so long was no longer known.
    const before = now.phase !== 'unknown' && atMs - now.atMs > captureLimits.freshMs ? panUnknown(now) : now;
    now = panAfter(before, frame, { nowMs: atMs });
    yield { atMs, kind: 'frame', frame };
    if (now.phase === 'settled' && before.phase !== 'settled' && now.mg !== null)
      yield { atMs, kind: 'capture', mg: now.mg };
  }
  return now;
}
