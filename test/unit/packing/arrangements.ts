import type { Piece, Placed, Size } from '../../../main/packing/carton-arrange-rules.ts';

/** Faults of an arrangement, found cell by cell and pair by pair without the packer's own code. */
export function faultsOf(placed: readonly Placed[], pieces: readonly Piece[], box: Size): string[] {
  const faults: string[] = [];
  const name = (list: readonly Piece[]): string =>
    list
      .map((piece) => `${piece.sku}:${[piece.length, piece.width, piece.height].sort((a, b) => a - b).join('x')}`)
      .sort()
      .join(' ');
  if (name(placed) !== name(pieces)) faults.push('not the same pieces');
  for (const body of placed) {
    const original = pieces.find((piece) => piece.sku === body.sku);
    if (body.x < 0 || body.y < 0 || body.z < 0) faults.push(`${body.sku} sticks out`);
    if (body.x + body.length > box.length) faults.push(`${body.sku} is past the length`);
    if (body.y + body.width > box.width) faults.push(`${body.sku} is past the width`);
    if (body.z + body.height > box.height) faults.push(`${body.sku} is past the height`);
    if (original?.upright && original.height !== body.height) faults.push(`${body.sku} lies on its side`);
    if (heldShare(body, placed) < 0.5) faults.push(`${body.sku} hangs in the air`);
  }
  for (const [index, one] of placed.entries())
    for (const two of placed.slice(index + 1)) {
      const meets = (a: 'x' | 'y' | 'z', s: keyof Size): boolean =>
        one[a] < two[a] + two[s] && two[a] < one[a] + one[s];
      const flat = meets('x', 'length') && meets('y', 'width');
      if (flat && meets('z', 'height')) faults.push(`${one.sku} and ${two.sku} are in the same place`);
      const [lower, upper] = one.z < two.z ? [one, two] : [two, one];
      if (flat && lower.fragile) faults.push(`${upper.sku} lies above fragile ${lower.sku}`);
    }
  return faults;
}

/** Share of the base that rests on something, by counting a grid of points. */
function heldShare(body: Placed, all: readonly Placed[]): number {
  if (body.z === 0) return 1;
  const steps = 20;
  let held = 0;
  for (let i = 0; i < steps; i += 1)
    for (let j = 0; j < steps; j += 1) {
      const x = body.x + ((i + 0.5) * body.length) / steps;
      const y = body.y + ((j + 0.5) * body.width) / steps;
      const under = (o: Placed): boolean =>
        o.z + o.height === body.z && x > o.x && x < o.x + o.length && y > o.y && y < o.y + o.width;
      if (all.some(under)) held += 1;
    }
  return held / steps ** 2;
}

/** Small seeded generator (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Whether few small pieces fit at all (no rule but that they do not meet): every turn at every sum of sides. */
export function fitsSomehow(pieces: readonly Piece[], box: Size): boolean {
  const sums = (room: number): number[] => {
    let reached = new Set([0]);
    for (const piece of pieces) {
      const grown = [...reached].flatMap((sum) => [piece.length, piece.width, piece.height].map((side) => sum + side));
      reached = new Set([...reached, ...grown].filter((sum) => sum < room));
    }
    return [...reached];
  };
  const [xs, ys, zs] = [sums(box.length), sums(box.width), sums(box.height)];
  const lying: number[][] = [];
  const place = (index: number): boolean => {
    const piece = pieces[index];
    if (!piece) return true;
    for (const [l, w, h] of permutations(piece))
      for (const x of xs)
        for (const y of ys)
          for (const z of zs) {
            if (x + l > box.length || y + w > box.width || z + h > box.height) continue;
            const clash = lying.some(
              ([a = 0, b = 0, c = 0, p = 0, q = 0, r = 0]) =>
                x < a + p && a < x + l && y < b + q && b < y + w && z < c + r && c < z + h,
            );
            if (clash) continue;
            lying.push([x, y, z, l, w, h]);
            if (place(index + 1)) return true;
            lying.pop();
          }
    return false;
  };
  return place(0);
}

function permutations({ length: l, width: w, height: h, upright }: Piece): [number, number, number][] {
  const flat: [number, number, number][] = [
    [l, w, h],
    [w, l, h],
  ];
  return upright ? flat : [...flat, [l, h, w], [h, l, w], [w, h, l], [h, w, l]];
}
