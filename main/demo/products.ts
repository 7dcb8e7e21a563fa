import type { ImportedItem } from '../../shared/model/imported.ts';
import type { Colour } from './colours.ts';
import * as colours from './colours.ts';
import { drawBook } from './draw-books.ts';
import { boxedNames, drawOwnBox } from './draw-boxes.ts';
import { drawMug, drawSyrup, drawTea, type Flavour } from './draw-kitchen.ts';
import { drawCandle, drawSpray } from './draw-scent.ts';
import { drawToy, toyNames } from './draw-toys.ts';
import { drawHeadphones, drawPhoneCase, drawShirt, phoneModels } from './draw-wear.ts';
import type { Svg } from './svg.ts';

export interface Product {
  readonly sku: string;
  readonly title: string;
  readonly grams: number;
  readonly sizeMm: readonly [length: number, width: number, height: number];
  readonly priceMinor: number;
  readonly drawing: Svg;
  /** Size, volume or model, shown on a tag where the drawing itself does not tell. */
  readonly mark?: string;
}

/** Things of one kind: they look alike, lie together and are handled alike. */
export interface Family {
  readonly aisle: 'A' | 'B' | 'C' | 'D';
  readonly background: string;
  readonly appeal: number;
  /** 0 where no cases are delivered. */
  readonly unitsPerCase: number;
  readonly traits: Partial<
    Pick<
      ImportedItem,
      'fragile' | 'hazardous' | 'upright' | 'ownBox' | 'lotControlled' | 'serialControlled' | 'expiryControlled'
    >
  >;
  readonly products: readonly Product[];
}

const {
  red,
  orange,
  yellow,
  green,
  forest,
  mint,
  teal,
  sky,
  blue,
  navy,
  purple,
  pink,
  brown,
  sand,
  grey,
  black,
  white,
} = colours;
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const flavour = (code: string, name: string, look: readonly [hex: string, fruit: Flavour['fruit']]): Flavour => ({
  code,
  name,
  hex: look[0],
  fruit: look[1],
});

const mugColours: readonly Colour[] = [red, orange, yellow, green, teal, sky, blue, purple, pink, brown, black, white];
const mugs = mugColours.flatMap((colour, glaze) =>
  [false, true].map(
    (big): Product => ({
      sku: `MUG-${colour.code}-${big ? 'L' : 'S'}`,
      title: `${sentence(colour.name)} mug, ${big ? 400 : 250} ml`,
      grams: big ? 420 : 310,
      sizeMm: big ? [130, 95, 110] : [120, 85, 95],
      priceMinor: big ? 1490 : 1190,
      drawing: drawMug(colour, { big, glaze }),
      mark: big ? '400 ml' : '250 ml',
    }),
  ),
);

const shirtColours: readonly Colour[] = [red, yellow, forest, sky, navy, pink, grey, white];
const shirts = shirtColours.flatMap((colour) =>
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

const scents: readonly Flavour[] = [
  flavour('VANILLA', 'vanilla', ['#E8C46A', 'flower']),
  flavour('ROSE', 'rose', ['#E2718F', 'flower']),
  flavour('LAVENDER', 'lavender', ['#8C74C9', 'leaf']),
  flavour('CEDAR', 'cedar', ['#5E8C61', 'leaf']),
  flavour('ORANGE', 'orange', ['#EC8A35', 'slice']),
  flavour('CINNAMON', 'cinnamon', ['#A4602F', 'star']),
  flavour('FIG', 'fig', ['#6B4A7E', 'round']),
  flavour('OCEAN', 'ocean', ['#3E93C7', 'star']),
  flavour('BLACKBERRY', 'blackberry', ['#4A3B78', 'berries']),
];
const candles = scents.flatMap((scent) =>
  [false, true].map(
    (big): Product => ({
      sku: `CAN-${scent.code}-${big ? 'L' : 'S'}`,
      title: `Candle ${scent.name}, ${big ? 300 : 120} g`,
      grams: big ? 580 : 260,
      sizeMm: big ? [95, 95, 105] : [75, 75, 80],
      priceMinor: big ? 2490 : 1390,
      drawing: drawCandle(scent, big),
      mark: big ? '300 g' : '120 g',
    }),
  ),
);

const syrupFlavours: readonly Flavour[] = [
  flavour('CHERRY', 'cherry', ['#B8243C', 'berries']),
  flavour('LEMON', 'lemon', ['#EFCB3A', 'slice']),
  flavour('MINT', 'mint', ['#2F9E6E', 'leaf']),
  flavour('PEACH', 'peach', ['#F2A07B', 'round']),
  flavour('VIOLET', 'violet', ['#7B4FA8', 'flower']),
  flavour('APPLE', 'apple', ['#8DBB3C', 'round']),
  flavour('CASSIS', 'blackcurrant', ['#43244F', 'berries']),
  flavour('GRENADINE', 'grenadine', ['#DB3E5A', 'star']),
  flavour('ORGEAT', 'almond', ['#D9C7A7', 'leaf']),
];
const syrups = syrupFlavours.flatMap((taste) =>
  [false, true].map(
    (big): Product => ({
      sku: `SYR-${taste.code}-${big ? '70' : '25'}`,
      title: `Syrup ${taste.name}, ${big ? 70 : 25} cl`,
      grams: big ? 1260 : 520,
      sizeMm: big ? [80, 80, 300] : [60, 60, 190],
      priceMinor: big ? 990 : 590,
      drawing: drawSyrup(taste, big),
      mark: big ? '70 cl' : '25 cl',
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
const sprays = sprayColours.map(
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
const phoneCases = phoneModels.flatMap((model, row) =>
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
const books = titles.map(
  (title, index): Product => ({
    sku: `BOOK-${String(index + 1).padStart(2, '0')}`,
    title: `Book “${title}”`,
    grams: 260 + ((index * 37) % 9) * 30,
    sizeMm: [210, 148, 18 + ((index * 5) % 17)],
    priceMinor: 1290 + (index % 4) * 250,
    drawing: drawBook(title, { hex: bookColours[index % bookColours.length]?.hex ?? navy.hex, cover: index }),
  }),
);

const toys = toyNames.map(
  (name, index): Product => ({
    sku: `TOY-${name.toUpperCase()}`,
    title: `Wooden ${name}`,
    grams: 240 + ((index * 61) % 8) * 55,
    sizeMm: [180, 140, 90],
    priceMinor: 1790 + (index % 3) * 400,
    drawing: drawToy(name),
  }),
);

const teaFlavours: readonly Flavour[] = [
  flavour('GREEN', 'green', ['#6FA33C', 'leaf']),
  flavour('EARLGREY', 'earl grey', ['#2E4A6B', 'slice']),
  flavour('MINT', 'mint', ['#2F9E6E', 'leaf']),
  flavour('ROOIBOS', 'rooibos', ['#B5502B', 'star']),
  flavour('BERRY', 'berry', ['#A62C55', 'berries']),
  flavour('JASMINE', 'jasmine', ['#C9B84E', 'flower']),
  flavour('CHAMOMILE', 'chamomile', ['#E8C23C', 'flower']),
  flavour('LEMON', 'lemon', ['#D9D040', 'slice']),
  flavour('GINGER', 'ginger', ['#D08A3A', 'star']),
  flavour('HIBISCUS', 'hibiscus', ['#C2334D', 'flower']),
  flavour('APPLE', 'apple', ['#86A83A', 'round']),
  flavour('SMOKY', 'smoky', ['#3B3A3C', 'leaf']),
];
const teas = teaFlavours.map(
  (taste): Product => ({
    sku: `TEA-${taste.code}`,
    title: `Tea ${taste.name}, 100 g`,
    grams: 165,
    sizeMm: [80, 80, 110],
    priceMinor: 1090,
    drawing: drawTea(taste),
  }),
);

const headphones = [black, white, red].flatMap((colour) =>
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
const ownBoxes = boxedNames.map((name): Product => {
  const [title = name, grams = 1000, sizeMm = [300, 200, 200], priceMinor = 2990] = boxed[name] ?? [];
  return { sku: `BOX-${name.toUpperCase()}`, title, grams, sizeMm, priceMinor, drawing: drawOwnBox(name, title) };
});

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
