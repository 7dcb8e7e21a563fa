import type { CartonFields } from '../../shared/contract/packing.ts';

type Sides = readonly [length: number, width: number, height: number];
type Row = readonly [
  code: string,
  title: string,
  inner: Sides,
  tareG: number,
  bearsKg: number,
  cents: number,
  stock: number,
];

/** Usual shipping cartons of single and double wall board; the wall takes three or six millimetres on each side. */
const ROWS: readonly Row[] = [
  ['XS', 'Flat box', [230, 160, 60], 62, 5, 24, 400],
  ['S', 'Small box', [200, 150, 120], 88, 8, 31, 350],
  ['M', 'Medium box', [310, 220, 150], 172, 15, 52, 300],
  ['L', 'Large box', [400, 300, 200], 318, 20, 84, 180],
  ['XL', 'Strong box', [600, 400, 300], 842, 30, 178, 60],
  ['TUBE', 'Long box', [620, 110, 110], 168, 6, 96, 8],
];

const SINGLE_WALL_MM = 6;
const DOUBLE_WALL_MM = 12;

const sides = ([lengthMm, widthMm, heightMm]: Sides, wall: number): CartonFields['inner'] => ({
  lengthMm: lengthMm + wall,
  widthMm: widthMm + wall,
  heightMm: heightMm + wall,
});

/** The demo's cartons; of the long one hardly any is left. */
export function demoCartons(): CartonFields[] {
  return ROWS.map(([code, title, inner, tareG, bearsKg, costMinor, stock]) => ({
    code,
    title,
    inner: sides(inner, 0),
    outer: sides(inner, bearsKg > 20 ? DOUBLE_WALL_MM : SINGLE_WALL_MM),
    tareMg: tareG * 1_000,
    maxWeightMg: bearsKg * 1_000_000,
    costMinor,
    stock,
    active: true,
  }));
}
