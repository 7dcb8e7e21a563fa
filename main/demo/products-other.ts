import {
  black,
  blue,
  brown,
  type Colour,
  forest,
  green,
  grey,
  mint,
  navy,
  orange,
  pink,
  purple,
  red,
  sand,
  sky,
  teal,
  white,
  yellow,
} from './colours.ts';
import { drawBook } from './draw-books.ts';
import { boxedNames, drawOwnBox } from './draw-boxes.ts';
import { drawSpray } from './draw-scent.ts';
import { drawToy, toyNames } from './draw-toys.ts';
import { drawHeadphones, drawPhoneCase, drawShirt, phoneModels } from './draw-wear.ts';
import type { Product } from './product.ts';

const shirtColours: readonly Colour[] = [red, yellow, forest, sky, navy, pink, grey, white];
export const shirts = shirtColours.flatMap((colour) =>
  ['S', 'M', 'L', 'XL', 'XXL'].map(
    (size, index): Product => ({
      sku: `TEE-${colour.code}-${size}`,
      title: `T-shirt ${colour.name}, ${size}`,
      grams: 140 + index * 18,
      sizeMm: [300, 220, 22 + index * 2],
      priceMinor: 1990,
      drawing: drawShirt(colour, size),
    }),
  ),
);

const sprayColours: readonly Colour[] = [
  red,
  orange,
  yellow,
  green,
  teal,
  sky,
  blue,
  purple,
  pink,
  brown,
  black,
  white,
];
export const sprays = sprayColours.map(
  (colour): Product => ({
    sku: `SPR-${colour.code}`,
    title: `Spray paint ${colour.name}, 400 ml`,
    grams: 385,
    sizeMm: [65, 65, 195],
    priceMinor: 890,
    drawing: drawSpray(colour),
  }),
);

const caseColours: readonly Colour[] = [black, mint, pink, orange, navy, yellow, purple, red];
export const phoneCases = phoneModels.flatMap((model, row) =>
  caseColours.map(
    (colour, pattern): Product => ({
      sku: `CASE-${model.replace('+', 'P').replace(' ', '').toUpperCase()}-${colour.code}`,
      title: `Phone case ${model}, ${colour.name}`,
      grams: 38,
      sizeMm: [165 + row * 3, 85, 12],
      priceMinor: 1690,
      drawing: drawPhoneCase(colour, { model, pattern }),
      mark: model,
    }),
  ),
);

const titles = [
  'The Paper Lighthouse',
  'Salt and Maps',
  'A Walk to Nowhere',
  'Le Jardin fictif',
  'Ninety Quiet Days',
  'The Invented Star',
  'Circles',
  'Wave after Wave',
  'The Clay Harbour',
  'Second Moon',
  'High Pastures',
  'Tomato Letters',
  'Short Lines',
  'Winter Compass',
  'Echo Chamber',
  'The Slow River',
];
const bookColours = [
  navy,
  red,
  forest,
  sand,
  black,
  purple,
  teal,
  blue,
  brown,
  orange,
  sky,
  green,
  pink,
  yellow,
  grey,
  white,
];
export const books = titles.map(
  (title, index): Product => ({
    sku: `BOOK-${String(index + 1).padStart(2, '0')}`,
    title: `Book “${title}”`,
    grams: 260 + ((index * 37) % 9) * 30,
    sizeMm: [210, 148, 18 + ((index * 5) % 17)],
    priceMinor: 1290 + (index % 4) * 250,
    drawing: drawBook(title, { hex: bookColours[index % bookColours.length]?.hex ?? navy.hex, cover: index }),
  }),
);

export const toys = toyNames.map(
  (name, index): Product => ({
    sku: `TOY-${name.toUpperCase()}`,
    title: `Wooden ${name}`,
    grams: 240 + ((index * 61) % 8) * 55,
    sizeMm: [180, 140, 90],
    priceMinor: 1790 + (index % 3) * 400,
    drawing: drawToy(name),
  }),
);

export const headphones = [black, white, red].flatMap((colour) =>
  (['over-ear', 'in-ear'] as const).map(
    (kind): Product => ({
      sku: `HP-${kind === 'over-ear' ? 'OVER' : 'IN'}-${colour.code}`,
      title: `Headphones ${kind}, ${colour.name}`,
      grams: kind === 'over-ear' ? 420 : 110,
      sizeMm: kind === 'over-ear' ? [200, 180, 85] : [95, 70, 40],
      priceMinor: kind === 'over-ear' ? 8990 : 5990,
      drawing: drawHeadphones(colour, kind),
    }),
  ),
);

const boxed: Readonly<
  Record<string, readonly [title: string, grams: number, sizeMm: Product['sizeMm'], priceMinor: number]>
> = {
  lamp: ['Desk lamp', 1900, [420, 220, 200], 3990],
  kettle: ['Kettle', 1450, [260, 220, 250], 4490],
  turntable: ['Turntable', 5200, [460, 400, 160], 14_900],
  globe: ['Globe', 1300, [320, 320, 380], 3490],
  fan: ['Table fan', 2300, [360, 300, 420], 4290],
  coffee: ['Coffee maker', 3100, [380, 260, 400], 7990],
  game: ['Board game', 1150, [300, 300, 75], 2990],
};
export const ownBoxes = boxedNames.map((name): Product => {
  const [title = name, grams = 1000, sizeMm = [300, 200, 200], priceMinor = 2990] = boxed[name] ?? [];
  return { sku: `BOX-${name.toUpperCase()}`, title, grams, sizeMm, priceMinor, drawing: drawOwnBox(name, title) };
});
