import { mod10CheckDigit } from '../../shared/barcode/check-digits.ts';
import type { ImportedItem } from '../../shared/model/imported.ts';
import { gramsToMg } from '../../shared/model/weight.ts';
import { drawKit } from './draw-boxes.ts';
import { families } from './families.ts';
import type { Family, Product } from './product.ts';
import { picture, tag } from './svg.ts';

/** An item of the demo with what the stock and the orders need to know about it. */
export interface DemoItem {
  readonly item: ImportedItem;
  /** Part of the warehouse it lies in: an aisle. */
  readonly aisle: string;
  readonly priceMinor: number;
  /** How often it is bought, beside the others. */
  readonly appeal: number;
}

/** GS1 keeps 952 for examples: no product on earth carries such a number. */
const DEMO_PREFIX = '9521234';

const NO_TRAITS = {
  fragile: false,
  hazardous: false,
  upright: false,
  ownBox: false,
  lotControlled: false,
  serialControlled: false,
  expiryControlled: false,
};

/** GTIN-14 of the trade item number `reference` at packaging level `indicator` (0 a unit, 1 a case). */
function demoGtin(reference: number, indicator: 0 | 1): string {
  const body = `${indicator}${DEMO_PREFIX}${String(reference).padStart(5, '0')}`;
  return body + mod10CheckDigit(body);
}

/** Every eighth item has the number of an older package too, every twentieth a code of the shop's own. */
function codesOf(product: Product, family: Family, reference: number): ImportedItem['codes'] {
  const codes: ImportedItem['codes'] = [{ code: demoGtin(reference, 0), kind: 'gtin', quantity: 1 }];
  if (reference % 8 === 0) codes.push({ code: demoGtin(60_000 + reference, 0), kind: 'gtin', quantity: 1 });
  if (reference % 20 === 5) codes.push({ code: `X${product.sku.replaceAll('-', '')}`, kind: 'alias', quantity: 1 });
  if (family.unitsPerCase > 0)
    codes.push({ code: demoGtin(reference, 1), kind: 'gtin', quantity: family.unitsPerCase });
  return codes;
}

function imageOf(background: string, content: string): ImportedItem['image'] {
  return { mediaType: 'image/svg+xml', bytes: new TextEncoder().encode(picture(background, content)) };
}

function itemOf(product: Product, family: Family, reference: number): ImportedItem {
  const [lengthMm, widthMm, heightMm] = product.sizeMm;
  return {
    sku: product.sku,
    title: product.title,
    codes: codesOf(product, family, reference),
    image: imageOf(family.background, product.drawing + (product.mark === undefined ? '' : tag(product.mark))),
    weightMg: gramsToMg(product.grams),
    lengthMm,
    widthMm,
    heightMm,
    ...NO_TRAITS,
    ...family.traits,
    hsCode: family.customs.hsCode,
    origin: family.customs.origin,
    customsText: family.customs.text,
    vatRate: family.customs.vatRate ?? null,
    components: [],
  };
}

const KITS: readonly (readonly [
  sku: string,
  title: string,
  parts: readonly (readonly [sku: string, quantity: number])[],
])[] = [
  [
    'KIT-TEATIME',
    'Tea for two',
    [
      ['MUG-SKY-S', 2],
      ['TEA-MINT', 1],
    ],
  ],
  [
    'KIT-EVENING',
    'Quiet evening',
    [
      ['BOOK-02', 1],
      ['CAN-VANILLA-S', 1],
      ['TEA-BERRY', 1],
    ],
  ],
  [
    'KIT-PLAY',
    'First toys',
    [
      ['TOY-RINGS', 1],
      ['TOY-DUCK', 1],
    ],
  ],
];

function kitOf(
  [sku, title, parts]: (typeof KITS)[number],
  products: readonly Product[],
  singles: readonly DemoItem[],
): DemoItem {
  const found = parts.flatMap(([part, quantity]) => {
    const index = products.findIndex((product) => product.sku === part);
    const single = singles[index];
    const product = products[index];
    return single && product ? [{ ...single, drawing: product.drawing, quantity }] : [];
  });
  const sides = (side: 'lengthMm' | 'widthMm' | 'heightMm'): number[] => found.map(({ item }) => item[side]);
  return {
    item: {
      sku,
      title,
      codes: [],
      image: imageOf(
        '#F8E9EE',
        drawKit(found.flatMap(({ drawing, quantity }) => Array.from({ length: quantity }, () => drawing))),
      ),
      weightMg: found.reduce((sum, { item, quantity }) => sum + item.weightMg * quantity, 0),
      lengthMm: Math.max(...sides('lengthMm')),
      widthMm: Math.max(...sides('widthMm')),
      heightMm: sides('heightMm').reduce((sum, height) => sum + height, 0),
      ...NO_TRAITS,
      fragile: found.some(({ item }) => item.fragile),
      components: parts.map(([part, quantity]) => ({ sku: part, quantity })),
    },
    aisle: '',
    priceMinor: found.reduce((sum, { priceMinor, quantity }) => sum + priceMinor * quantity, 0) - 300,
    appeal: 4,
  };
}

/** The 200 items that the demo sells, the same at every call; kits last. */
export function buildCatalogue(): DemoItem[] {
  const products = families.flatMap((family) => family.products.map((product) => ({ family, product })));
  const singles = products.map(({ family, product }, index) => ({
    item: itemOf(product, family, index + 1),
    aisle: family.aisle,
    priceMinor: product.priceMinor,
    appeal: family.appeal,
  }));
  const kits = KITS.map((kit) =>
    kitOf(
      kit,
      products.map(({ product }) => product),
      singles,
    ),
  );
  return [...singles, ...kits];
}
