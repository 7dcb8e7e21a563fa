/** Bytes that came or went together, or the beginning of an opening of the line. */
export interface TappedRead {
  /** Milliseconds of the wall clock. */
  readonly atMs: number;
  readonly direction: 'in' | 'out' | 'opened';
  /** At most `MOST_BYTES_KEPT` of them where the read is kept; all of them for a listener. */
  readonly bytes: Uint8Array;
}

/** Frames that support sees, of each direction: a scale that is asked does not push its answers out by our questions. */
export const READS_KEPT = 20;
/** A flood is told by the beginning of each of its reads. */
export const MOST_BYTES_KEPT = 256;
/** Bytes that follow so closely are one frame that came in pieces. */
const ONE_FRAME_MS = 20;

const NO_BYTES = new Uint8Array(0);

interface KeptRead extends TappedRead {
  bytes: Uint8Array;
  /** When its last piece came. */
  endMs: number;
}

/**
 * What a device said and was told last, for support; costs two places in rings of twenty while bytes come and nothing
 * while they do not. It outlives the openings of its line.
 */
export class LineTap {
  readonly #kept: { readonly in: KeptRead[]; readonly out: KeptRead[] } = { in: [], out: [] };
  readonly #listeners = new Set<(read: TappedRead) => void>();

  opened(atMs: number): void {
    for (const listener of this.#listeners) listener({ atMs, direction: 'opened', bytes: NO_BYTES });
  }

  read(direction: 'in' | 'out', bytes: Uint8Array, atMs: number): void {
    const ring = this.#kept[direction];
    const newest = ring.at(-1);
    if (newest && continues(newest, bytes, atMs)) {
      newest.bytes = Uint8Array.from([...newest.bytes, ...bytes]);
      newest.endMs = atMs;
    } else {
      // A copy of the beginning: a part of a big buffer would keep all of it.
      const kept = bytes.length > MOST_BYTES_KEPT ? bytes.slice(0, MOST_BYTES_KEPT) : bytes;
      ring.push({ atMs, direction, bytes: kept, endMs: atMs });
      if (ring.length > READS_KEPT) ring.shift();
    }
    for (const listener of this.#listeners) listener({ atMs, direction, bytes });
  }

  /** The oldest first. */
  last(): readonly TappedRead[] {
    return [...this.#kept.in, ...this.#kept.out]
      .toSorted((one, other) => one.atMs - other.atMs)
      .map(({ atMs, direction, bytes }) => ({ atMs, direction, bytes }));
  }

  /** Tells everything from now on; returns what ends it. */
  listen(listener: (read: TappedRead) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

function continues(newest: KeptRead, bytes: Uint8Array, atMs: number): boolean {
  return atMs - newest.endMs <= ONE_FRAME_MS && newest.bytes.length + bytes.length <= MOST_BYTES_KEPT;
}
