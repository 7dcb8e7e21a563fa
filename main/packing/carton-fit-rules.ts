import { arrange, type Piece, type Placed, type Size, volumeOf } from './carton-arrange-rules.ts';

/** Units of one item as the catalogue knows them; a side of 0 is not known, a weight of 0 neither. */
export interface Goods {
  readonly sku: string;
  readonly quantity: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly weightMg: number;
  readonly upright: boolean;
  readonly fragile: boolean;
  readonly ownBox: boolean;
}

/** What the choice needs to know of a kind of box. Cost in minor units; `stock` is null where nobody counts. */
export interface CartonKind {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly inner: Size;
  readonly tareMg: number;
  readonly maxWeightMg: number;
  readonly costMinor: number;
  readonly stock: number | null;
}

/** Why a carton will not do: a side is too short, too little room, too weak, or no arrangement was found. */
export type CartonMiss = 'side' | 'volume' | 'weight' | 'arrangement';

export type CartonFit =
  | { readonly outcome: 'fits'; readonly fillPercent: number; readonly placed: readonly Placed[] }
  | { readonly outcome: 'misses'; readonly miss: CartonMiss; readonly sku: string };

/** More units than this are compared by room and sides alone. */
const ARRANGE_UP_TO = 60;
/** Room that many pieces of different sizes really use. */
const USABLE = 0.85;

/** Units that have a size in the catalogue, one by one; the SKUs of the others. */
export function piecesOf(goods: readonly Goods[]): { pieces: Piece[]; unknown: string[] } {
  const known = goods.filter(hasSize);
  return {
    pieces: known.flatMap((item) =>
      Array.from({ length: item.quantity }, () => ({
        sku: item.sku,
        length: item.lengthMm,
        width: item.widthMm,
        height: item.heightMm,
        upright: item.upright,
        fragile: item.fragile,
      })),
    ),
    unknown: goods.filter((item) => item.quantity > 0 && !hasSize(item)).map((item) => item.sku),
  };
}

function hasSize(item: Goods): boolean {
  return item.lengthMm > 0 && item.widthMm > 0 && item.heightMm > 0;
}

/** Weight of goods with their carton as far as the catalogue knows it, milligrams. */
export function leastWeightMg(goods: readonly Goods[], carton: Pick<CartonKind, 'tareMg'>): number {
  return goods.reduce((sum, item) => sum + item.quantity * item.weightMg, carton.tareMg);
}

/**
 * Whether goods of known size go into a carton with `infillPercent` of its room kept for filling.
 *
 * The sides are the inner ones; a unit may lie on any side unless it is upright, and nothing lies above a fragile one.
 */
export function fitCarton(goods: readonly Goods[], carton: CartonKind, infillPercent: number): CartonFit {
  const certain = certainMiss(goods, carton);
  if (certain) return certain;
  const { pieces } = piecesOf(goods);
  const room = volumeOf(carton.inner);
  const used = pieces.reduce((sum, piece) => sum + volumeOf(piece), 0);
  const largest = pieces.reduce<Piece | undefined>(
    (most, piece) => (most && volumeOf(most) >= volumeOf(piece) ? most : piece),
    undefined,
  );
  const sku = largest?.sku ?? '';
  const usable = pieces.length > ARRANGE_UP_TO ? room * USABLE : room;
  if (used > (usable * (100 - infillPercent)) / 100) return { outcome: 'misses', miss: 'volume', sku };
  const placed = pieces.length > ARRANGE_UP_TO ? [] : arrange(pieces, carton.inner);
  if (!placed) return { outcome: 'misses', miss: 'arrangement', sku };
  return { outcome: 'fits', fillPercent: Math.round((100 * used) / room), placed };
}

/** What no packer can get round: a unit that is too long, more goods than room, more weight than the carton bears. */
export function certainMiss(
  goods: readonly Goods[],
  carton: CartonKind,
): Extract<CartonFit, { outcome: 'misses' }> | undefined {
  if (leastWeightMg(goods, carton) > carton.maxWeightMg)
    return { outcome: 'misses', miss: 'weight', sku: heaviest(goods) };
  const { pieces } = piecesOf(goods);
  const tooLong = pieces.find((piece) => !sidesFit(piece, carton.inner));
  if (tooLong) return { outcome: 'misses', miss: 'side', sku: tooLong.sku };
  const used = pieces.reduce((sum, piece) => sum + volumeOf(piece), 0);
  if (used > volumeOf(carton.inner)) return { outcome: 'misses', miss: 'volume', sku: pieces[0]?.sku ?? '' };
  return undefined;
}

function heaviest(goods: readonly Goods[]): string {
  const [most] = [...goods].sort((a, b) => b.quantity * b.weightMg - a.quantity * a.weightMg);
  return most?.sku ?? '';
}

function sidesFit(piece: Piece, inner: Size): boolean {
  const descending = (sides: number[]): number[] => sides.sort((a, b) => b - a);
  const lies = (sides: number[], room: number[]): boolean =>
    descending(sides).every((side, index) => side <= (descending(room)[index] ?? 0));
  if (piece.upright)
    return piece.height <= inner.height && lies([piece.length, piece.width], [inner.length, inner.width]);
  return lies([piece.length, piece.width, piece.height], [inner.length, inner.width, inner.height]);
}

export type CartonWhy =
  | { readonly code: 'carton.why.smallest'; readonly params: { readonly fill: number } }
  | { readonly code: (typeof whyOf)[CartonMiss]; readonly params: WhyNext }
  | { readonly code: 'carton.why.stock'; readonly params: { readonly fill: number; readonly next: string } }
  | { readonly code: 'carton.why.unknown-size' | 'carton.why.nothing-fits'; readonly params: { readonly sku: string } }
  | { readonly code: 'carton.why.no-cartons' | 'carton.why.own-box' | 'carton.why.own-boxes'; readonly params: object };

interface WhyNext {
  readonly fill: number;
  readonly next: string;
  readonly sku: string;
}

export interface CartonSuggestion {
  readonly carton: CartonKind | undefined;
  readonly fillPercent: number;
  readonly placed: readonly Placed[];
  /** Several units that each ship in their own box are no reason for a carton around them. */
  readonly ownBox: boolean;
  readonly why: CartonWhy;
}

const without = (why: CartonWhy, ownBox = false): CartonSuggestion => ({
  carton: undefined,
  fillPercent: 0,
  placed: [],
  ownBox,
  why,
});

/** The cheapest carton in stock that takes the goods (by cost, then room), and what keeps them from a smaller one. */
export function suggestCarton(
  goods: readonly Goods[],
  cartons: readonly CartonKind[],
  infillPercent: number,
): CartonSuggestion {
  const units = goods.reduce((sum, item) => sum + item.quantity, 0);
  if (units > 0 && goods.every((item) => item.ownBox || item.quantity === 0))
    return units === 1
      ? without({ code: 'carton.why.own-box', params: {} }, true)
      : without({ code: 'carton.why.own-boxes', params: {} });
  if (cartons.length === 0) return without({ code: 'carton.why.no-cartons', params: {} });
  const [unknown] = piecesOf(goods).unknown;
  if (unknown !== undefined) return without({ code: 'carton.why.unknown-size', params: { sku: unknown } });
  const missed: Missed[] = [];
  for (const carton of cheapestFirst(cartons)) {
    if (carton.stock !== null && carton.stock <= 0) {
      missed.push({ carton, miss: 'stock', sku: '' });
      continue;
    }
    const fit = fitCarton(goods, carton, infillPercent);
    if (fit.outcome === 'fits')
      return {
        carton,
        fillPercent: fit.fillPercent,
        placed: fit.placed,
        ownBox: false,
        why: whyNotSmaller(carton, fit.fillPercent, missed),
      };
    missed.push({ carton, miss: fit.miss, sku: fit.sku });
  }
  const last = missed.at(-1);
  return without({ code: 'carton.why.nothing-fits', params: { sku: last?.sku ?? '' } });
}

interface Missed {
  readonly carton: CartonKind;
  readonly miss: CartonMiss | 'stock';
  readonly sku: string;
}

/** Cheapest first; of two that cost the same, the smaller one. */
export function cheapestFirst(cartons: readonly CartonKind[]): CartonKind[] {
  return [...cartons].sort(
    (a, b) => a.costMinor - b.costMinor || volumeOf(a.inner) - volumeOf(b.inner) || (a.code < b.code ? -1 : 1),
  );
}

const whyOf = {
  side: 'carton.why.side',
  volume: 'carton.why.volume',
  weight: 'carton.why.weight',
  arrangement: 'carton.why.arrangement',
} as const satisfies Readonly<Record<CartonMiss, string>>;

/** The next smaller carton is the largest of those that were tried in vain and hold less. */
function whyNotSmaller(chosen: CartonKind, fill: number, missed: readonly Missed[]): CartonWhy {
  const smaller = missed.filter(({ carton }) => volumeOf(carton.inner) <= volumeOf(chosen.inner));
  const [next] = [...smaller].sort((a, b) => volumeOf(b.carton.inner) - volumeOf(a.carton.inner));
  if (!next) return { code: 'carton.why.smallest', params: { fill } };
  if (next.miss === 'stock') return { code: 'carton.why.stock', params: { fill, next: next.carton.code } };
  return { code: whyOf[next.miss], params: { fill, next: next.carton.code, sku: next.sku } };
}
