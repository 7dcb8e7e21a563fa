/** Outer size of a cuboid, millimetres. */
export interface Size {
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** One unit that has to go in; its height stays vertical when it is upright, and nothing lies above a fragile one. */
export interface Piece extends Size {
  readonly sku: string;
  readonly upright: boolean;
  readonly fragile: boolean;
}

/** A unit where it lies: its corner nearest to the origin, and its size as it was turned. */
export interface Placed extends Piece {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Share of a unit's base that must rest on the floor or on other units. */
const SUPPORT = 0.6;
/** Comparisons of two cuboids that one carton may cost; a scan waits for the answer. */
const BUDGET = 110_000;
/** A search that goes back is for few units. */
const SEARCH_UP_TO = 7;
const SHUFFLES = 200;

interface Attempt {
  readonly box: Size;
  readonly placed: Placed[];
  readonly points: Point[];
  readonly left: { comparisons: number };
}

/**
 * Places every piece inside the box by extreme points (Crainic, Perboli, Tadei 2008), in several orders and directions,
 * then, with few pieces, by a search that goes back. Deterministic and bounded; undefined when no arrangement was found.
 */
export function arrange(pieces: readonly Piece[], box: Size): Placed[] | undefined {
  const left = { comparisons: BUDGET };
  const start = (): Attempt => ({ box, placed: [], points: [{ x: 0, y: 0, z: 0 }], left });
  for (const [order, rank] of attemptsFor(pieces)) {
    const attempt = start();
    if (order.every((piece) => left.comparisons > 0 && placeBest(attempt, piece, rank))) return attempt.placed;
    if (left.comparisons <= 0) return undefined;
  }
  left.comparisons = BUDGET;
  return pieces.length > SEARCH_UP_TO ? undefined : search(start(), fragileLast(pieces, volumeOf));
}

const turnsKnown = new WeakMap<Piece, readonly Size[]>();

function turnsOf(piece: Piece): readonly Size[] {
  const known = turnsKnown.get(piece) ?? listTurns(piece);
  turnsKnown.set(piece, known);
  return known;
}

/** Sizes that a piece has when it is turned, each once. */
function listTurns({ length: l, width: w, height: h, upright }: Piece): Size[] {
  const all: [number, number, number][] = upright
    ? [
        [l, w, h],
        [w, l, h],
      ]
    : [
        [l, w, h],
        [w, l, h],
        [l, h, w],
        [h, l, w],
        [w, h, l],
        [h, w, l],
      ];
  const seen = new Map(all.map((sides) => [sides.join(), sides]));
  return [...seen.values()].map(([length, width, height]) => ({ length, width, height }));
}

/** Volume in cubic millimetres. */
export function volumeOf({ length, width, height }: Size): number {
  return length * width * height;
}

const sizes: readonly ((piece: Piece) => number)[] = [
  volumeOf,
  (piece) => Math.max(piece.length, piece.width, piece.height),
  (piece) => piece.length * piece.width,
  (piece) => piece.height,
];

/** Every order with every rank; then, for more pieces than a search can try, the first order a little shuffled. */
function* attemptsFor(pieces: readonly Piece[]): Generator<readonly [Piece[], Rank]> {
  for (const rank of ranks) for (const size of sizes) yield [fragileLast(pieces, size), rank];
  if (pieces.length <= SEARCH_UP_TO) return;
  let state = pieces.length;
  const chance = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  for (let round = 0; round < SHUFFLES; round += 1) {
    const weights = new Map(pieces.map((piece) => [piece, volumeOf(piece) * (0.5 + chance())]));
    const rank = ranks[round % ranks.length];
    if (rank) yield [fragileLast(pieces, (piece) => weights.get(piece) ?? 0), rank];
  }
}

/** What nothing may lie on goes in last, so that it ends on top. */
function fragileLast(pieces: readonly Piece[], size: (piece: Piece) => number): Piece[] {
  return [...pieces].sort((a, b) => Number(a.fragile) - Number(b.fragile) || size(b) - size(a));
}

type Rank = (at: Point, turned: Size, box: Size) => number;

const BASE = 100_000;
/** Where a piece likes to lie: layer by layer from the floor, wall by wall, or where least is left beside it. */
const ranks: readonly Rank[] = [
  (at, turned) => (at.z + turned.height) * BASE + at.y + at.x,
  (at, turned) => at.z * BASE + (at.x + turned.length) + (at.y + turned.width) / BASE,
  (at, turned) => (at.x + turned.length) * BASE + at.z + at.y,
  (at, turned) => (at.y + turned.width) * BASE + at.z + at.x,
  (at, turned, box) =>
    Math.min(box.length - at.x - turned.length, box.width - at.y - turned.width, box.height - at.z - turned.height) *
      BASE +
    at.z,
];

function placeBest(attempt: Attempt, piece: Piece, rank: Rank): boolean {
  let bestAt: Point | undefined;
  let bestTurn: Size | undefined;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const turned of turnsOf(piece)) {
    for (const at of attempt.points) {
      const ranked = rank(at, turned, attempt.box);
      if (ranked >= bestRank || !fitsAt(attempt, piece, { at, turned })) continue;
      bestAt = at;
      bestTurn = turned;
      bestRank = ranked;
    }
  }
  if (bestAt && bestTurn) put(attempt, { ...piece, ...bestAt, ...bestTurn });
  return bestAt !== undefined;
}

/** Tries every piece at every point in every turn, and takes back what leads nowhere. */
function search(attempt: Attempt, pieces: readonly Piece[]): Placed[] | undefined {
  if (pieces.length === 0) return attempt.placed;
  const tried = new Set<string>();
  for (const [index, piece] of pieces.entries()) {
    const kind = [piece.length, piece.width, piece.height, piece.upright, piece.fragile].join();
    if (tried.has(kind)) continue;
    tried.add(kind);
    const rest = pieces.filter((_, other) => other !== index);
    for (const turned of turnsOf(piece)) {
      for (const at of attempt.points) {
        if (attempt.left.comparisons <= 0) return undefined;
        if (!fitsAt(attempt, piece, { at, turned })) continue;
        const next: Attempt = { ...attempt, placed: [...attempt.placed], points: [...attempt.points] };
        put(next, { ...piece, ...at, ...turned });
        const found = search(next, rest);
        if (found) return found;
      }
    }
  }
  return undefined;
}

type Body = Point & Size;

/** Written with plain numbers: this runs some hundred thousand times for one carton. */
function fitsAt({ box, placed, left }: Attempt, piece: Piece, { at, turned }: { at: Point; turned: Size }): boolean {
  const { x, y, z } = at;
  const [endX, endY, endZ] = [x + turned.length, y + turned.width, z + turned.height];
  left.comparisons -= 1;
  if (endX > box.length || endY > box.width || endZ > box.height) return false;
  const needed = turned.length * turned.width * SUPPORT;
  let carried = z === 0 ? needed : 0;
  for (const other of placed) {
    left.comparisons -= 1;
    const length = Math.min(endX, other.x + other.length) - Math.max(x, other.x);
    if (length <= 0) continue;
    const width = Math.min(endY, other.y + other.width) - Math.max(y, other.y);
    if (width <= 0) continue;
    const top = other.z + other.height;
    if (z < top && endZ > other.z) return false;
    if (z >= top ? other.fragile : piece.fragile) return false;
    if (z === top) carried += length * width;
  }
  return carried >= needed;
}

function put({ placed, points }: Attempt, body: Placed): void {
  placed.push(body);
  const beside = { x: body.x + body.length, y: body.y, z: body.z };
  const behind = { x: body.x, y: body.y + body.width, z: body.z };
  const above = { x: body.x, y: body.y, z: body.z + body.height };
  const found = [slide(placed, beside, 'y'), slide(placed, beside, 'z'), slide(placed, behind, 'x')];
  found.push(slide(placed, behind, 'z'), beside, behind);
  if (!body.fragile) found.push(slide(placed, above, 'x'), slide(placed, above, 'y'), above);
  for (const point of found) if (!points.some((known) => same(known, point))) points.push(point);
  const free = points.filter((point) => !placed.some((other) => holds(other, point)));
  points.splice(0, points.length, ...free);
}

const same = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y && a.z === b.z;

/** Whether a corner set at this point would begin inside the cuboid. */
function holds(body: Body, at: Point): boolean {
  return (
    at.x >= body.x &&
    at.x < body.x + body.length &&
    at.y >= body.y &&
    at.y < body.y + body.width &&
    at.z >= body.z &&
    at.z < body.z + body.height
  );
}

const EXTENT = { x: 'length', y: 'width', z: 'height' } as const;

/** The point moved towards a wall until a cuboid stops it. */
function slide(placed: readonly Placed[], at: Point, axis: keyof typeof EXTENT): Point {
  let stop = 0;
  for (const body of placed) {
    const face = body[axis] + body[EXTENT[axis]];
    if (face <= at[axis] && face > stop && coversOthers(body, at, axis)) stop = face;
  }
  return { ...at, [axis]: stop };
}

function coversOthers(body: Body, at: Point, axis: keyof typeof EXTENT): boolean {
  return (['x', 'y', 'z'] as const).every(
    (other) => other === axis || (at[other] >= body[other] && at[other] < body[other] + body[EXTENT[other]]),
  );
}
