import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideInnerKit, decideKit, type PackKit, perSet, setIsComplete } from '../../../main/packing/kit-rules.ts';
import { decidePackScan, type PackLine, type ScanPolicy, unitsLeft } from '../../../main/packing/packing-rules.ts';

const line = (change: Partial<PackLine> = {}): PackLine => ({
  id: 'l',
  itemId: 'bolt',
  parentLineId: null,
  sku: 'BOLT',
  ordered: 10,
  picked: 10,
  packed: 0,
  weightMg: 100,
  lotControlled: false,
  serialControlled: false,
  expiryControlled: false,
  scanPolicy: 'case',
  ...change,
});
const scan = { details: {}, today: '2026-11-22', quantity: null };
const piece = { itemId: 'bolt', quantity: 1 };
const caseOfSix = { itemId: 'bolt', quantity: 6 };
const decide = (lines: PackLine[], hit = piece, quantity: number | null = null) =>
  decidePackScan({ lines, kits: [] }, [hit], { ...scan, quantity });

describe('what one scan stands for', () => {
  test.each<[ScanPolicy, number, number | null, string]>([
    ['each', 1, null, 'accepted'],
    ['each', 6, null, 'pack.each-needed'],
    ['each', 1, 2, 'pack.quantity-refused'],
    ['case', 6, null, 'accepted'],
    ['case', 1, 2, 'pack.quantity-refused'],
    ['quantity', 1, null, 'accepted'],
    ['quantity', 1, 10, 'accepted'],
    ['quantity', 1, 11, 'pack.too-many'],
    ['quantity', 6, null, 'accepted'],
    ['quantity', 6, 2, 'pack.too-many'],
  ])('under the rule %s, a code of %i pieces after a card of %s: %s', (scanPolicy, pieces, card, answer) => {
    const decision = decide([line({ scanPolicy })], { itemId: 'bolt', quantity: pieces }, card);

    expect(decision.outcome === 'accepted' ? 'accepted' : decision.code).toBe(answer);
    if (decision.outcome === 'accepted') expect(decision.quantity).toBe(pieces * (card ?? 1));
  });

  test('a piece with a number of its own is scanned alone, whatever the rule', () => {
    const serial = line({ serialControlled: true, scanPolicy: 'quantity' });

    expect(decide([serial], piece, 2)).toEqual({ outcome: 'refused', code: 'pack.quantity-refused' });
    expect(decide([serial], caseOfSix)).toEqual({ outcome: 'refused', code: 'pack.serial-needed' });
  });

  test('units of one scan are shared out over the lines of their item, in order, or none is packed', () => {
    const wanted = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })), { minLength: 1 });
    fc.assert(
      fc.property(wanted, fc.integer({ min: 1, max: 12 }), (list, quantity) => {
        const lines = list.map(([picked, packed], index) =>
          line({ id: `${index}`, picked, packed: Math.min(picked, packed) }),
        );
        const decision = decide(lines, { itemId: 'bolt', quantity });
        expect(decision.outcome === 'accepted').toBe(quantity <= unitsLeft(lines));
        if (decision.outcome === 'refused') return;
        expect(decision.parts.reduce((sum, part) => sum + part.quantity, 0)).toBe(quantity);
        for (const part of decision.parts) {
          const own = lines.find((candidate) => candidate.id === part.lineId);
          expect(part.quantity).toBeLessThanOrEqual((own?.picked ?? 0) - (own?.packed ?? 0));
        }
      }),
    );
  });
});

describe('a kit', () => {
  const kit: PackKit = { lineId: 'k', itemId: 'set', sku: 'SET', ordered: 2, scan: 'one', scanPolicy: 'case' };
  const cups = line({ id: 'c', itemId: 'cup', parentLineId: 'k', sku: 'CUP', ordered: 4, picked: 4 });
  const tea = line({ id: 't', itemId: 'tea', parentLineId: 'k', sku: 'TEA', ordered: 2, picked: 2 });
  const one = { sets: 1, card: null };

  test('scanned as one packs every component of one set', () => {
    expect(decideKit([cups, tea, line()], [kit], one)).toEqual({
      outcome: 'accepted',
      parts: [
        { lineId: 'c', quantity: 2 },
        { lineId: 't', quantity: 1 },
      ],
      quantity: 3,
      unitsLeft: 13,
      kitLineId: 'k',
    });
    expect(perSet(cups, kit)).toBe(2);
  });

  test('names what is missing of a set, and is too many when all of it is packed', () => {
    expect(
      decideKit(
        [
          { ...cups, packed: 3 },
          { ...tea, packed: 2 },
        ],
        [kit],
        one,
      ),
    ).toEqual({
      outcome: 'refused',
      code: 'pack.kit-incomplete',
      skus: ['CUP', 'TEA'],
    });
    expect(
      decideKit(
        [
          { ...cups, packed: 4 },
          { ...tea, packed: 2 },
        ],
        [kit],
        one,
      ),
    ).toMatchObject({
      code: 'pack.too-many',
    });
  });

  test('that is exploded, or has a part with a lot, a serial number or an expiry, names its parts', () => {
    const refused = { outcome: 'refused', code: 'pack.kit-explode', skus: ['CUP', 'TEA'] };

    expect(decideKit([cups, tea], [{ ...kit, scan: 'explode' }], one)).toEqual(refused);
    for (const control of ['lotControlled', 'serialControlled', 'expiryControlled'])
      expect(decideKit([cups, { ...tea, [control]: true }], [kit], one)).toEqual(refused);
  });

  test('that was ordered on two lines is packed from the first that is whole', () => {
    const second = { ...kit, lineId: 'k2' };
    const more = { ...cups, id: 'c2', parentLineId: 'k2' };
    const lines = [{ ...cups, packed: 4 }, { ...tea, packed: 2 }, more, { ...tea, id: 't2', parentLineId: 'k2' }];

    expect(decideKit(lines, [kit, second], one)).toMatchObject({ outcome: 'accepted', kitLineId: 'k2' });
  });

  test('takes a quantity card only under that rule, and several sets by it', () => {
    expect(decideKit([cups, tea], [kit], { sets: 1, card: 2 })).toMatchObject({ code: 'pack.quantity-refused' });
    const byCard: PackKit = { ...kit, scanPolicy: 'quantity' };
    expect(decideKit([cups, tea], [byCard], { sets: 1, card: 2 })).toMatchObject({ outcome: 'accepted', quantity: 6 });
    expect(decideKit([cups, tea], [{ ...kit, scanPolicy: 'each' }], { sets: 2, card: null })).toMatchObject({
      code: 'pack.each-needed',
    });
  });

  test('is offered by its code only while a set is whole', () => {
    expect(setIsComplete([cups, tea], kit)).toBe(true);
    expect(setIsComplete([{ ...cups, packed: 3 }, tea], kit)).toBe(false);
  });

  test('inside another kit takes its parts from components only, never from what was ordered by itself', () => {
    const inner = {
      scan: 'one',
      scanPolicy: 'case',
      components: [{ itemId: 'cup', sku: 'CUP', quantity: 2 }],
    } as const;
    const alone = line({ id: 'alone', itemId: 'cup', sku: 'CUP' });

    expect(decideInnerKit([alone], inner, one)).toMatchObject({ code: 'pack.wrong-item' });
    expect(decideInnerKit([alone, { ...cups, packed: 3 }, { ...cups, id: 'd' }], inner, one)).toMatchObject({
      parts: [
        { lineId: 'c', quantity: 1 },
        { lineId: 'd', quantity: 1 },
      ],
      kitLineId: null,
    });
    const greedy = { ...inner, components: [...inner.components, ...inner.components] };
    expect(decideInnerKit([{ ...cups, packed: 1 }], greedy, one)).toMatchObject({
      code: 'pack.kit-incomplete',
      skus: ['CUP'],
    });
  });
});
