import type { Family } from './product.ts';
import { candles, mugs, syrups, teas } from './products-home.ts';
import { books, headphones, ownBoxes, phoneCases, shirts, sprays, toys } from './products-other.ts';

/** Everything the demo sells, but its kits. */
export const families: readonly Family[] = [
  { aisle: 'A', background: '#E9F0F6', appeal: 1.4, unitsPerCase: 12, traits: { fragile: true }, products: mugs },
  { aisle: 'B', background: '#F3EEE6', appeal: 1, unitsPerCase: 0, traits: {}, products: shirts },
  { aisle: 'A', background: '#F6EEF1', appeal: 1.2, unitsPerCase: 6, traits: { fragile: true }, products: candles },
  {
    aisle: 'C',
    background: '#EAF3EC',
    appeal: 0.8,
    unitsPerCase: 6,
    traits: { fragile: true, upright: true },
    products: syrups,
  },
  {
    aisle: 'C',
    background: '#F1F1F3',
    appeal: 0.5,
    unitsPerCase: 12,
    traits: { hazardous: true, upright: true },
    products: sprays,
  },
  { aisle: 'B', background: '#EEF0F8', appeal: 1.1, unitsPerCase: 0, traits: {}, products: phoneCases },
  { aisle: 'D', background: '#F7F2E4', appeal: 1, unitsPerCase: 0, traits: {}, products: books },
  { aisle: 'D', background: '#E8F4F4', appeal: 0.9, unitsPerCase: 0, traits: {}, products: toys },
  {
    aisle: 'A',
    background: '#F0F5E4',
    appeal: 1.3,
    unitsPerCase: 24,
    traits: { lotControlled: true, expiryControlled: true },
    products: teas,
  },
  {
    aisle: 'B',
    background: '#E9EEF2',
    appeal: 0.7,
    unitsPerCase: 0,
    traits: { serialControlled: true },
    products: headphones,
  },
  { aisle: 'D', background: '#F4ECDD', appeal: 0.4, unitsPerCase: 0, traits: { ownBox: true }, products: ownBoxes },
];
