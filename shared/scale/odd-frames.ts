import type { FrameReading } from './frame-reading.ts';

/** So many equal ones in a row, over so long: no cut or spliced frame comes so often. */
const ALIKE = { frames: 8, ms: 1_500 } as const;

interface Row {
  readonly width: number | undefined;
  readonly sinceMs: number;
  readonly frames: number;
}

/**
 * Judges the frames of one opened scale whose weights stand still and are not usable for their form alone. A width that no
 * manual names is believed once nothing else came for a while; where something is missing, `unclear` is told instead.
 */
export function judgeOddFrames(): (frame: FrameReading, nowMs: number) => FrameReading {
  let row: Row | undefined;
  return (frame, nowMs) => {
    if (frame.kind !== 'weight') return frame;
    const { usable, doubt, width } = frame;
    if (usable) row = undefined;
    if (doubt && row && row.width === width) row = { ...row, frames: row.frames + 1 };
    else if (doubt) row = { width, sinceMs: nowMs, frames: 1 };
    if (!row || row.frames < ALIKE.frames || nowMs - row.sinceMs < ALIKE.ms) return frame;
    if (doubt === 'width') return { ...frame, usable: true };
    return row.width === undefined ? { ...frame, unclear: true } : frame;
  };
}
