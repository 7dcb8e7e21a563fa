import { explainWeight } from './weight-explain-rules.ts';
import { type Lesson, learnFrom, relearnFrom } from './weight-learning-rules.ts';
import {
  expectWeight,
  fillingOf,
  type LearnedWeight,
  type Packaging,
  type Part,
  packagingOf,
  TELLABLE_SIGMAS,
  unitWeight,
  weightFits,
} from './weight-rules.ts';

/** What a run of invented parcels showed; rates are shares of 1. */
export interface WeighingReport {
  readonly parcels: number;
  /** Right parcels that were refused. */
  readonly falseAlarms: number;
  readonly falseAlarmRate: number;
  /** Parcels with one unit too few or too many, heavier than three sigmas of the whole parcel. */
  readonly errors: number;
  readonly caught: number;
  readonly caughtRate: number;
  /** The same by the weight of the error in sigmas. */
  readonly bySigmas: readonly {
    readonly from: number;
    readonly to: number | null;
    readonly errors: number;
    readonly caughtRate: number;
  }[];
  /** Single units that are too light to be told from chance, as a share of all errors that were tried. */
  readonly tooLightShare: number;
  /** Alarms whose first explanation is the unit that was really wrong, and those where it is among the first three. */
  readonly explainedFirstRate: number;
  readonly explainedAmongThreeRate: number;
}

export interface WeighingRun {
  readonly parcels: number;
  readonly seed: number;
  /** Whether a third of the catalogue is wrong: most of it by several per cent, some of it grossly. */
  readonly wrongCatalogue: boolean;
}

interface Truth {
  readonly sku: string;
  readonly trueMg: number;
  readonly spreadMg: number;
  readonly catalogueMg: number;
  readonly mm3: number;
}

const ITEMS = 150;
const INFILL_PERCENT = 15;
const MG_PER_LITRE = 12_000;
/** Usual shipping cartons: tare in milligrams, room in litres. */
const CARTONS = [
  [60_000, 1.4],
  [110_000, 4],
  [190_000, 9],
  [320_000, 20],
  [520_000, 40],
  [800_000, 90],
].map(([tareMg = 0, litres = 0], index) => ({ code: `C${index + 1}`, tareMg, mm3: litres * 1_000_000 }));
const BANDS = [3, 4, 5, 6, 8, 12] as const;

/**
 * Weighs invented parcels from the first day on: items learn as they go, every parcel is weighed once as it should be
 * and once with one unit too few or too many. The people who fill the boxes, the boards and the items vary by laws of
 * their own (filling up to 30 % from packer to packer, tare 2 %, units 0.3 to 2 %), which the model does not know.
 */
export function simulateWeighing(run: WeighingRun): WeighingReport {
  const chance = createChance(run.seed);
  const items = inventItems(chance, run.wrongCatalogue);
  const memory = new Map<string, LearnedWeight>();
  const tally = { falseAlarms: 0, light: 0, tried: 0, first: 0, three: 0 };
  const bands = BANDS.map((from, index) => ({ from, to: BANDS[index + 1] ?? null, errors: 0, caught: 0 }));
  for (let count = 0; count < run.parcels; count += 1) {
    const parcel = inventParcel(chance, items);
    const parts = parcel.lines.map(([item, quantity]) => partOf(item, quantity, memory));
    const expected = expectWeight(parts, parcel.packaging);
    const right = weigh(chance, parcel, undefined);
    const fits = weightFits(expected, right);
    if (!fits) tally.falseAlarms += 1;
    tryError({ chance, parcel, parts, expected, tally, bands });
    const again = relearnFrom(parts, parcel.packaging, right);
    const lessons: Lesson[] = fits ? learnFrom(parts, parcel.packaging, right) : again ? [again] : [];
    for (const { itemId, learned } of lessons) memory.set(itemId, learned);
  }
  return summarise(run, tally, bands);
}

type Band = { readonly from: number; readonly to: number | null; errors: number; caught: number };
type Tally = { falseAlarms: number; light: number; tried: number; first: number; three: number };

function summarise(run: WeighingRun, tally: Tally, bands: readonly Band[]): WeighingReport {
  const errors = bands.reduce((sum, band) => sum + band.errors, 0);
  const caught = bands.reduce((sum, band) => sum + band.caught, 0);
  const share = (part: number, whole: number): number => (whole === 0 ? 0 : Number((part / whole).toFixed(5)));
  return {
    parcels: run.parcels,
    falseAlarms: tally.falseAlarms,
    falseAlarmRate: share(tally.falseAlarms, run.parcels),
    errors,
    caught,
    caughtRate: share(caught, errors),
    bySigmas: bands.map((band) => ({
      from: band.from,
      to: band.to,
      errors: band.errors,
      caughtRate: share(band.caught, band.errors),
    })),
    tooLightShare: share(tally.light, tally.tried),
    explainedFirstRate: share(tally.first, caught),
    explainedAmongThreeRate: share(tally.three, caught),
  };
}

interface Parcel {
  readonly lines: readonly (readonly [Truth, number])[];
  readonly tareMg: number;
  readonly freeLitres: number;
  readonly packaging: Packaging;
  readonly goodsMm3: number;
  readonly code: string;
}

interface Trial {
  readonly chance: Chance;
  readonly parcel: Parcel;
  readonly parts: readonly Part[];
  readonly expected: ReturnType<typeof expectWeight>;
  readonly tally: Tally;
  readonly bands: readonly Band[];
}

/** The same parcel with one unit too few or one too many of something that belongs into it. */
function tryError({ chance, parcel, parts, expected, tally, bands }: Trial): void {
  const [item] = parcel.lines[Math.floor(chance.uniform() * parcel.lines.length)] ?? [];
  if (!item) return;
  const by = chance.uniform() < 0.6 ? -1 : 1;
  const weightMg = weigh(chance, parcel, { item, by });
  const sigmas = item.trueMg / expected.sigmaMg;
  tally.tried += 1;
  const band = bands.find(({ from, to }) => sigmas >= from && (to === null || sigmas < to));
  if (!band || sigmas <= TELLABLE_SIGMAS) {
    tally.light += 1;
    return;
  }
  band.errors += 1;
  if (weightFits(expected, weightMg)) return;
  band.caught += 1;
  const others = CARTONS.filter((carton) => carton.code !== parcel.code && carton.mm3 >= parcel.goodsMm3).map(
    (carton) => ({
      code: carton.code,
      title: carton.code,
      packaging: packagingIn(carton, parcel.goodsMm3),
    }),
  );
  const explanations = explainWeight({ parts, packaging: parcel.packaging, others, weightMg });
  const isTrue = ({ kind, sku, quantity }: (typeof explanations)[number]): boolean =>
    sku === item.sku && quantity === 1 && kind === (by < 0 ? 'missing' : 'extra');
  if (explanations[0] && isTrue(explanations[0])) tally.first += 1;
  if (explanations.slice(0, 3).some(isTrue)) tally.three += 1;
}

function partOf(item: Truth, quantity: number, memory: ReadonlyMap<string, LearnedWeight>): Part {
  const weight = unitWeight(item.catalogueMg, memory.get(item.sku));
  return { itemId: item.sku, sku: item.sku, title: item.sku, quantity, weight };
}

function packagingIn(carton: { tareMg: number; mm3: number }, goodsMm3: number): Packaging {
  const filling = { roomMm3: carton.mm3, goodsMm3, infillPercent: INFILL_PERCENT, mgPerLitre: MG_PER_LITRE };
  return packagingOf(carton.tareMg, fillingOf(filling));
}

function weigh(chance: Chance, parcel: Parcel, error: { item: Truth; by: number } | undefined): number {
  let mg = parcel.tareMg * (1 + 0.02 * chance.normal());
  mg += parcel.freeLitres * MG_PER_LITRE * Math.max(0.3, (0.9 + 0.2 * chance.uniform()) * (1 + 0.2 * chance.normal()));
  for (const [item, quantity] of parcel.lines) {
    const units = quantity + (error?.item === item ? error.by : 0);
    for (let unit = 0; unit < units; unit += 1) mg += item.trueMg + item.spreadMg * chance.normal();
  }
  // A scale that shows whole grams and repeats within half of one.
  return Math.round((mg + 500 * chance.normal()) / 1_000) * 1_000;
}

function inventParcel(chance: Chance, items: readonly Truth[]): Parcel {
  const lines = new Map<Truth, number>();
  const wanted = 1 + Math.floor(chance.uniform() ** 2 * 5);
  while (lines.size < wanted) {
    // Some things sell far better than others.
    const item = items[Math.floor(chance.uniform() ** 1.7 * items.length)];
    if (item) lines.set(item, chance.uniform() < 0.7 ? 1 : 2 + Math.floor(chance.uniform() * 2));
  }
  const goodsMm3 = [...lines].reduce((sum, [item, quantity]) => sum + quantity * item.mm3, 0);
  const needed = goodsMm3 / (1 - INFILL_PERCENT / 100) / 0.8;
  const carton = CARTONS.find((candidate) => candidate.mm3 >= needed) ?? {
    code: 'OWN',
    tareMg: 1_000_000,
    mm3: needed,
  };
  const freeLitres = Math.max((INFILL_PERCENT / 100) * carton.mm3, carton.mm3 - goodsMm3) / 1_000_000;
  return {
    lines: [...lines],
    tareMg: carton.tareMg,
    freeLitres,
    goodsMm3,
    code: carton.code,
    packaging: packagingIn(carton, goodsMm3),
  };
}

function inventItems(chance: Chance, wrongCatalogue: boolean): Truth[] {
  return Array.from({ length: ITEMS }, (_, index) => {
    const trueMg = Math.round(20_000 * 150 ** chance.uniform());
    const off = wrongCatalogue && chance.uniform() < 0.33 ? grossOrSlight(chance) : 0.012 * chance.normal();
    return {
      sku: `SKU-${index + 1}`,
      trueMg,
      spreadMg: Math.max(200, trueMg * (0.003 + 0.017 * chance.uniform() ** 2)),
      catalogueMg: Math.max(1_000, Math.round((trueMg * (1 + off)) / 1_000) * 1_000),
      mm3: trueMg * (1 + 2 * chance.uniform()),
    };
  });
}

/** Nine of ten wrong weights are some per cent off, the tenth is another item's. */
function grossOrSlight(chance: Chance): number {
  return chance.uniform() < 0.9 ? 0.05 * chance.normal() : chance.uniform() < 0.5 ? 0.6 : -0.45;
}

interface Chance {
  uniform(): number;
  normal(): number;
}

/** Small seeded generator (Tommy Ettinger's mulberry32) with Box and Muller's normal on top. */
function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}
