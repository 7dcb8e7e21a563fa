import type { DotBox } from './decode.ts';
import type { Raster } from './raster.ts';

/**
 * The bullseye of a MaxiCode (ISO/IEC 16023): circles of these radii part dark from light, the middle is light.
 * A line through its centre crosses eleven runs.
 */
const RADII_MM = [0.51, 1.18, 1.86, 2.53, 3.2, 3.87] as const;
const OUTER_MM = 3.87;
const RUNS = RADII_MM.length * 2 - 1;
/** Half of the symbol beside that bullseye, with a little of its white: nothing of the neighbours may come in. */
const HALF_WIDTH_MM = 13.7;
const HALF_HEIGHT_MM = 13.1;
/** The whole symbol may be a tenth smaller or larger than specified; a run may be off by this share of itself. */
const SIZE_TOLERANCE = 0.15;
const RUN_TOLERANCE = 0.45;

/** Share of the outer diameter that each of the eleven runs takes. */
const SHARES: readonly number[] = runShares();

function runShares(): number[] {
  const rings = RADII_MM.slice(1).map((radius, index) => radius - (RADII_MM[index] ?? 0));
  const inOut = [...rings].reverse();
  return [...inOut, 2 * RADII_MM[0], ...rings].map((width) => width / (2 * OUTER_MM));
}

/** Position of each change of colour along one line, beginning with the first dark dot. */
function edgesAlong(length: number, dark: (at: number) => boolean): number[] {
  const edges: number[] = [];
  let last = false;
  for (let at = 0; at < length; at += 1) {
    if (dark(at) === last) continue;
    edges.push(at);
    last = !last;
  }
  if (last) edges.push(length);
  return edges;
}

/** The centre and diameter of a crossing of the bullseye that begins at this edge; undefined where there is none. */
function crossing(edges: readonly number[], first: number, dotsPerMm: number) {
  const [from, to] = [edges[first], edges[first + RUNS]];
  if (from === undefined || to === undefined) return undefined;
  const diameter = to - from;
  if (Math.abs(diameter / (2 * OUTER_MM * dotsPerMm) - 1) > SIZE_TOLERANCE) return undefined;
  const fits = SHARES.every((share, index) => {
    const run = (edges[first + index + 1] ?? 0) - (edges[first + index] ?? 0);
    return Math.abs(run - share * diameter) <= RUN_TOLERANCE * share * diameter + 1;
  });
  return fits ? { centre: (from + to) / 2, diameter } : undefined;
}

function crossingsOf(edges: readonly number[], dotsPerMm: number) {
  // Even edges open a dark run, and the bullseye begins and ends dark.
  return edges.flatMap((_, index) => (index % 2 === 0 ? (crossing(edges, index, dotsPerMm) ?? []) : []));
}

/**
 * Where MaxiCodes stand: found by their bullseye, crossed in both directions.
 *
 * The decoder reads a MaxiCode only when nothing else is in the picture, so that its zone has to be cut out first.
 */
export function maxiCodeZones({ dots, width, height, dotsPerMm }: Raster): DotBox[] {
  const darkAt = (x: number, y: number) => (dots[y * width + x] ?? 255) < 128;
  const zones: DotBox[] = [];
  for (let y = 0; y < height; y += 2) {
    for (const across of crossingsOf(
      edgesAlong(width, (x) => darkAt(x, y)),
      dotsPerMm,
    )) {
      const x = Math.round(across.centre);
      if (zones.some((zone) => x >= zone.left && x < zone.right && y >= zone.top && y < zone.bottom)) continue;
      const down = crossingsOf(
        edgesAlong(height, (at) => darkAt(x, at)),
        dotsPerMm,
      );
      const match = down.find(({ centre }) => Math.abs(centre - y) <= dotsPerMm / 2);
      if (match) zones.push(zoneAround(x, match.centre, match.diameter / (2 * OUTER_MM)));
    }
  }
  return zones.map((zone) => clip(zone, { width, height }));
}

function zoneAround(x: number, y: number, dotsPerMm: number): DotBox {
  const [halfWidth, halfHeight] = [Math.round(HALF_WIDTH_MM * dotsPerMm), Math.round(HALF_HEIGHT_MM * dotsPerMm)];
  const middle = Math.round(y);
  return { left: x - halfWidth, top: middle - halfHeight, right: x + halfWidth, bottom: middle + halfHeight };
}

function clip(zone: DotBox, { width, height }: { width: number; height: number }): DotBox {
  return {
    left: Math.max(0, zone.left),
    top: Math.max(0, zone.top),
    right: Math.min(width, zone.right),
    bottom: Math.min(height, zone.bottom),
  };
}

/** The zone alone, as a PGM file. */
export function cutOut({ dots, width }: Raster, zone: DotBox): Uint8Array {
  const [zoneWidth, zoneHeight] = [zone.right - zone.left, zone.bottom - zone.top];
  const header = new TextEncoder().encode(`P5 ${zoneWidth} ${zoneHeight} 255\n`);
  const pgm = new Uint8Array(header.length + zoneWidth * zoneHeight);
  pgm.set(header);
  for (let y = 0; y < zoneHeight; y += 1) {
    const start = (zone.top + y) * width + zone.left;
    pgm.set(dots.subarray(start, start + zoneWidth), header.length + y * zoneWidth);
  }
  return pgm;
}
