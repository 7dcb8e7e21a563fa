import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arrange, type Piece, type Size, volumeOf } from '../../../main/packing/carton-arrange-rules.ts';
import { type CartonKind, fitCarton, type Goods, suggestCarton } from '../../../main/packing/carton-fit-rules.ts';
import { faultsOf, fitsSomehow, seeded } from './arrangements.ts';

function goods(change: Partial<Goods> & { sku: string }): Goods {
  return {
    quantity: 1,
    lengthMm: 100,
    widthMm: 80,
    heightMm: 60,
    weightMg: 250_000,
    upright: false,
    fragile: false,
    ownBox: false,
    ...change,
  };
}

function carton(code: string, inner: readonly [number, number, number], change: Partial<CartonKind> = {}): CartonKind {
  const [length, width, height] = inner;
  const costMinor = Math.round((length * width * height) / 100_000);
  const size = { length, width, height };
  return {
    id: code,
    code,
    title: `Carton ${code}`,
    inner: size,
    tareMg: 100_000,
    maxWeightMg: 20_000_000,
    costMinor,
    stock: null,
    ...change,
  };
}

const S = carton('S', [160, 120, 80]);
const M = carton('M', [250, 200, 150]);
const L = carton('L', [400, 300, 200]);

const side = fc.integer({ min: 5, max: 60 });
const aPiece = fc.record({ length: side, width: side, height: side, upright: fc.boolean(), fragile: fc.boolean() });
const somePieces = fc
  .array(aPiece, { minLength: 1, maxLength: 14 })
  .map((list): Piece[] => list.map((piece, index) => ({ sku: `P${index}`, ...piece })));
const aBox = fc.record({
  length: fc.integer({ min: 40, max: 140 }),
  width: fc.integer({ min: 40, max: 120 }),
  height: fc.integer({ min: 30, max: 100 }),
});

describe('placing units in a carton', () => {
  test('whatever is placed lies inside, meets nothing, stands upright and bears nothing fragile below it', () => {
    fc.assert(
      fc.property(somePieces, aBox, (pieces, box) => {
        const placed = arrange(pieces, box);
        return placed === undefined || faultsOf(placed, pieces, box).length === 0;
      }),
      { numRuns: 400 },
    );
  });

  test('the check that the property uses finds a unit in the air, one on a fragile one and two in one place', () => {
    const piece = { sku: 'A', length: 10, width: 10, height: 10, upright: false, fragile: true };
    const other = { ...piece, sku: 'B', fragile: false };
    const box = { length: 30, width: 30, height: 30 };
    const at = (z: number, x = 0) => [
      { ...piece, x: 0, y: 0, z: 0 },
      { ...other, x, y: 0, z },
    ];

    expect(faultsOf(at(10), [piece, other], box)).toEqual(['B lies above fragile A']);
    expect(faultsOf(at(5, 15), [piece, other], box)).toEqual(['B hangs in the air']);
    expect(faultsOf(at(0, 5), [piece, other], box)).toContain('A and B are in the same place');
  });

  test('finds what an exhaustive search finds, for few units', () => {
    const chance = seeded(11);
    const whole = (most: number): number => 1 + Math.floor(chance() * most);
    let possible = 0;
    let missed = 0;
    for (let round = 0; round < 250; round += 1) {
      const box: Size = { length: 2 + whole(5), width: 2 + whole(4), height: 1 + whole(4) };
      const pieces = Array.from({ length: 1 + whole(3) }, (_, index): Piece => {
        return {
          sku: `P${index}`,
          length: whole(5),
          width: whole(4),
          height: whole(4),
          upright: false,
          fragile: false,
        };
      });
      if (pieces.reduce((sum, piece) => sum + volumeOf(piece), 0) > volumeOf(box)) continue;
      if (!fitsSomehow(pieces, box)) continue;
      possible += 1;
      if (!arrange(pieces, box)) missed += 1;
    }

    expect(possible).toBeGreaterThan(100);
    expect(missed).toBeLessThanOrEqual(Math.floor(possible * 0.01));
  });

  test('a box cut into four pieces is put together again', () => {
    const cut = (length: number, width: number, height: number, sku: string): Piece => {
      return { sku, length, width, height, upright: false, fragile: false };
    };
    const pieces = [cut(180, 300, 200, 'A'), cut(220, 130, 200, 'B'), cut(220, 170, 90, 'C'), cut(220, 170, 110, 'D')];

    expect(arrange(pieces, { length: 400, width: 300, height: 200 })).toHaveLength(4);
  });

  test('fifty units are decided within the time of a scan', () => {
    const chance = seeded(3);
    const pieces = Array.from({ length: 50 }, (_, index): Piece => {
      const size = (): number => 20 + Math.floor(chance() * 90);
      return {
        sku: `P${index}`,
        length: size(),
        width: size(),
        height: size(),
        upright: false,
        fragile: chance() < 0.2,
      };
    });
    const room = Math.cbrt(pieces.reduce((sum, piece) => sum + volumeOf(piece), 0) / 0.9);
    const box = { length: Math.round(room), width: Math.round(room), height: Math.round(room) };
    arrange(pieces, box);
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now();
      arrange(pieces, box);
      return performance.now() - started;
    });

    // Ten milliseconds on a quiet machine; the least of several tells what the work itself costs.
    expect(Math.min(...times)).toBeLessThan(500);
  });
});

describe('the carton that is suggested', () => {
  test.each([
    ['one small unit goes into the cheapest', [goods({ sku: 'A' })], 'S', 'carton.why.smallest'],
    ['two do not leave room for filling there', [goods({ sku: 'A', quantity: 3 })], 'M', 'carton.why.volume'],
    [
      'a long one needs a longer side',
      [goods({ sku: 'A', lengthMm: 240, widthMm: 20, heightMm: 20 })],
      'M',
      'carton.why.side',
    ],
    [
      'an upright one needs height',
      [goods({ sku: 'A', lengthMm: 60, widthMm: 60, heightMm: 140, upright: true })],
      'M',
      'carton.why.side',
    ],
    [
      'a lying one does not',
      [goods({ sku: 'A', lengthMm: 60, widthMm: 60, heightMm: 140 })],
      'S',
      'carton.why.smallest',
    ],
    [
      'fragile ones are not stacked',
      [goods({ sku: 'A', quantity: 2, lengthMm: 150, widthMm: 110, heightMm: 35, fragile: true })],
      'M',
      'carton.why.arrangement',
    ],
  ])('%s', (_what, list, code, why) => {
    const suggestion = suggestCarton(list, [L, M, S], 10);

    expect({ code: suggestion.carton?.code, why: suggestion.why.code }).toEqual({ code, why });
  });

  test('says how full it is, which one is too small and what is too long for it', () => {
    const list = [goods({ sku: 'POSTER', lengthMm: 240, widthMm: 20, heightMm: 20 })];

    const { why } = suggestCarton(list, [S, M], 10);

    expect(why).toEqual({ code: 'carton.why.side', params: { fill: 1, next: 'S', sku: 'POSTER' } });
  });

  test('cost decides before room, and the smaller of two that cost the same', () => {
    const cheapLarge = { ...L, costMinor: 1 };
    const sameCost = { ...S, costMinor: 1 };

    expect(suggestCarton([goods({ sku: 'A' })], [M, cheapLarge], 10).carton?.code).toBe('L');
    expect(suggestCarton([goods({ sku: 'A' })], [cheapLarge, sameCost], 10).carton?.code).toBe('S');
  });

  test('a carton that bears too little, or of which none is left, is passed over and named', () => {
    const weak = { ...S, maxWeightMg: 200_000 };
    const gone = { ...S, stock: 0 };

    expect(suggestCarton([goods({ sku: 'A' })], [weak, M], 10).why).toMatchObject({ code: 'carton.why.weight' });
    expect(suggestCarton([goods({ sku: 'A' })], [gone, M], 10).why).toMatchObject({
      code: 'carton.why.stock',
      params: { next: 'S' },
    });
  });

  test.each([
    ['an item whose size nobody entered', [goods({ sku: 'A', heightMm: 0 })], 'carton.why.unknown-size', false],
    ['goods larger than every carton', [goods({ sku: 'A', lengthMm: 900 })], 'carton.why.nothing-fits', false],
    ['one item that ships in its own box', [goods({ sku: 'A', ownBox: true })], 'carton.why.own-box', true],
    ['several of these', [goods({ sku: 'A', quantity: 2, ownBox: true })], 'carton.why.own-boxes', false],
  ])('none for %s, and why', (_what, list, why, ownBox) => {
    expect(suggestCarton(list, [S, M], 10)).toMatchObject({ carton: undefined, ownBox, why: { code: why } });
  });

  test('an item of its own box among others goes into a carton with them', () => {
    const list = [goods({ sku: 'A', ownBox: true }), goods({ sku: 'B' })];

    expect(suggestCarton(list, [M], 10).carton?.code).toBe('M');
  });

  test('the suggestion fits by an independent check, whatever the goods', () => {
    const aGood = fc.record({
      lengthMm: fc.integer({ min: 20, max: 260 }),
      widthMm: fc.integer({ min: 20, max: 200 }),
      heightMm: fc.integer({ min: 10, max: 150 }),
      quantity: fc.integer({ min: 1, max: 4 }),
      upright: fc.boolean(),
      fragile: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(aGood, { minLength: 1, maxLength: 4 }), (list) => {
        const all = list.map((good, index) => goods({ sku: `P${index}`, ...good }));
        const { carton: chosen, placed, fillPercent } = suggestCarton(all, [S, M, L], 15);
        if (!chosen) return true;
        const pieces = all.flatMap((item) =>
          Array.from({ length: item.quantity }, (): Piece => {
            return {
              sku: item.sku,
              length: item.lengthMm,
              width: item.widthMm,
              height: item.heightMm,
              upright: item.upright,
              fragile: item.fragile,
            };
          }),
        );
        return fillPercent <= 85 && faultsOf(placed, pieces, chosen.inner).length === 0;
      }),
      { numRuns: 200 },
    );
  });

  test('hundreds of small pieces are compared by room alone', () => {
    const many = [goods({ sku: 'A', quantity: 200, lengthMm: 20, widthMm: 20, heightMm: 20, weightMg: 1_000 })];

    expect(fitCarton(many, L, 15)).toMatchObject({ outcome: 'fits', fillPercent: 7 });
    expect(fitCarton(many, S, 15)).toMatchObject({ outcome: 'misses', miss: 'volume' });
  });
});
