/** Remembers which order ids a file already had, in about 20 bytes each whatever their length. */
export interface SeenIds {
  /** Adds an id; false when it was there already. */
  add(id: string): boolean;
  has(id: string): boolean;
}

/**
 * A hash set of 63-bit hashes: a million orders take 16 to 32 MB where a set of strings would hold on to the text of the
 * whole file. Two different ids meet by chance once in 10^7 files of a million orders.
 */
export function createSeenIds(): SeenIds {
  let slots = new Uint32Array(2 * 1024);
  let count = 0;
  return {
    add(id) {
      const [high, low] = hash(id);
      const slot = findSlot(slots, high, low);
      if (slots[slot + 1] !== 0) return false;
      slots.set([high, low], slot);
      count += 1;
      if (count * 4 > slots.length) slots = grow(slots);
      return true;
    },
    has(id) {
      return slots[findSlot(slots, ...hash(id)) + 1] !== 0;
    },
  };
}

/** Index of the pair in the open-addressed table, or of the free slot where it belongs; a free slot holds zeros. */
function findSlot(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length / 2 - 1;
  let slot = (low >>> 1) & mask;
  while (slots[slot * 2 + 1] !== 0 && (slots[slot * 2] !== high || slots[slot * 2 + 1] !== low))
    slot = (slot + 1) & mask;
  return slot * 2;
}

function grow(slots: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(slots.length * 2);
  for (let at = 0; at < slots.length; at += 2) {
    const [high = 0, low = 0] = slots.subarray(at, at + 2);
    if (low !== 0) larger.set([high, low], findSlot(larger, high, low));
  }
  return larger;
}

/** Two 32-bit multiplicative hashes that mix into each other at the end (the cyrb53 scheme); `low` is odd, so never 0. */
function hash(text: string): [high: number, low: number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x9e3779b1);
    low = Math.imul(low ^ code, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return [high >>> 0, (low | 1) >>> 0];
}
