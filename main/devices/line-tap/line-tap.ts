/** Bytes that came or went together, or the beginning of an opening of the line. */
export interface TappedRead {
  /** Milliseconds of the wall clock. */
  readonly atMs: number;
  readonly direction: 'in' | 'out' | 'opened';
  /** At most `MOST_BYTES_KEPT` of them where the read is kept; all of them for a listener. */
  readonly bytes: Uint8Array;
}

/** Reads that support sees. */
export const READS_KEPT = 20;
/** A flood is told by the beginning of each of its reads. */
export const MOST_BYTES_KEPT = 256;

const NO_BYTES = new Uint8Array(0);

/**
 * What a device said and was told last, for support; costs a place in a ring of twenty while bytes come and nothing
 * while they do not. It outlives the openings of its line.
 */
export class LineTap {
  readonly #ring: TappedRead[] = [];
  readonly #listeners = new Set<(read: TappedRead) => void>();
  #next = 0;

  opened(atMs: number): void {
    for (const listener of this.#listeners) listener({ atMs, direction: 'opened', bytes: NO_BYTES });
  }

  read(direction: 'in' | 'out', bytes: Uint8Array, atMs: number): void {
    // A copy of the beginning: a part of a big buffer would keep all of it.
    const kept = bytes.length > MOST_BYTES_KEPT ? bytes.slice(0, MOST_BYTES_KEPT) : bytes;
    this.#ring[this.#next] = { atMs, direction, bytes: kept };
    this.#next = (this.#next + 1) % READS_KEPT;
    for (const listener of this.#listeners) listener({ atMs, direction, bytes });
  }

  /** The oldest first. */
  last(): readonly TappedRead[] {
    return [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
  }

  /** Tells everything from now on; returns what ends it. */
  listen(listener: (read: TappedRead) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
