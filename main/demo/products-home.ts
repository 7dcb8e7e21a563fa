import {
  black,
  blue,
  brown,
  type Colour,
  green,
  orange,
  pink,
  purple,
  red,
  sky,
  teal,
  white,
  yellow,
} from './colours.ts';
import { drawMug, drawSyrup, drawTea, type Flavour } from './draw-kitchen.ts';
import { drawCandle } from './draw-scent.ts';
import { type Product, sentence } from './product.ts';

const flavour = (code: string, name: string, look: readonly [hex: string, fruit: Flavour['fruit']]): Flavour => ({
  code,
  name,
  hex: look[0],
  fruit: look[1],
});

const mugColours: readonly Colour[] = [red, orange, yellow, green, teal, sky, blue, purple, pink, brown, black, white];
export const mugs = mugColours.flatMap((colour, glaze) =>
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
export const candles = scents.flatMap((scent) =>
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
export const syrups = syrupFlavours.flatMap((taste) =>
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
export const teas = teaFlavours.map(
  (taste): Product => ({
    sku: `TEA-${taste.code}`,
    title: `Tea ${taste.name}, 100 g`,
    grams: 165,
    sizeMm: [80, 80, 110],
    priceMinor: 1090,
    drawing: drawTea(taste),
  }),
);
