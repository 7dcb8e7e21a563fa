import type { Address } from '../../shared/model/address.ts';
import { type CustomsDeclaration, customsCategories } from '../../shared/model/customs.ts';
import { MG_PER_KG } from '../../shared/model/weight.ts';
import { addressBlock } from './address-lines.ts';
import { categoryWords, inBoth } from './customs-words.ts';
import type { Box, Language } from './document.ts';
import type { FlowPlace, FlowStyle } from './flow-text.ts';
import { fill, INK, MUTED, type PaperItem, type Setter } from './fonts-setting.ts';
import { decimalInWords } from './invoice-words.ts';

/** Items with the height they take. */
export interface Drawn {
  readonly items: readonly PaperItem[];
  readonly heightMm: number;
}

const LINE_MM = 0.25;

/** The four sides of a box. */
export function frame({ xMm, yMm, widthMm, heightMm }: Box): PaperItem[] {
  return [
    fill({ xMm, yMm, widthMm, heightMm: LINE_MM }, INK),
    fill({ xMm, yMm: yMm + heightMm - LINE_MM, widthMm, heightMm: LINE_MM }, INK),
    fill({ xMm, yMm, widthMm: LINE_MM, heightMm }, INK),
    fill({ xMm: xMm + widthMm - LINE_MM, yMm, widthMm: LINE_MM, heightMm }, INK),
  ];
}

export function across(xMm: number, yMm: number, widthMm: number): PaperItem {
  return fill({ xMm, yMm, widthMm, heightMm: LINE_MM }, INK);
}

export function down(xMm: number, yMm: number, heightMm: number): PaperItem {
  return fill({ xMm, yMm, widthMm: LINE_MM, heightMm }, INK);
}

/** Kilograms with three decimals, as the forms want them, more only where a net weight would print as nothing. */
export function kilograms(mg: number, language: Language): string {
  return decimalInWords(mg / MG_PER_KG, language, { least: 3, most: mg < 1_000 ? 6 : 3 });
}

/** One caption above one value. */
export function captioned(
  words: { readonly caption: string; readonly field: string; readonly text: string },
  place: FlowPlace,
  { setter, sizePt }: { readonly setter: Setter; readonly sizePt: number },
): Drawn {
  const caption = setter.flow({ field: 'caption', text: words.caption }, place, {
    sizePt: sizePt * 0.68,
    color: MUTED,
  });
  const at = { ...place, yMm: place.yMm + caption.heightMm + 0.3 };
  const value = setter.flow({ field: words.field, text: words.text }, at, { sizePt, bold: true });
  return { items: [...caption.items, ...value.items], heightMm: caption.heightMm + 0.3 + value.heightMm };
}

/** Lines of an address with what reaches the person, in a column. */
export function addressColumn(
  address: Address,
  { field, language }: { readonly field: string; readonly language: Language },
  at: { readonly place: FlowPlace; readonly setter: Setter; readonly sizePt: number },
): Drawn {
  const contact = [address.phone, address.email].filter((part) => part).join(' · ');
  const lines = [
    ...addressBlock(address, field, language).map(({ field, text, bold }) => ({ field, text, bold: bold ?? false })),
    { field: `${field}.phone`, text: contact, bold: false },
  ];
  const items: PaperItem[] = [];
  let yMm = at.place.yMm;
  for (const { bold, ...line } of lines) {
    if (line.text === '') continue;
    const style: FlowStyle & { minPt: number } = { sizePt: at.sizePt, bold, minPt: at.sizePt * 0.75 };
    const flowed = at.setter.line(line, { ...at.place, yMm }, style);
    items.push(...flowed.items);
    yMm += flowed.heightMm;
  }
  return { items, heightMm: yMm - at.place.yMm };
}

/** The six boxes of the category, one crossed, in as many columns as told. */
export function categoryBoxes(
  customs: Pick<CustomsDeclaration, 'category' | 'language'>,
  place: FlowPlace,
  { setter, sizePt, columns }: { readonly setter: Setter; readonly sizePt: number; readonly columns: number },
): Drawn {
  const side = sizePt * 0.42;
  const widthMm = place.widthMm / columns;
  const rowMm = sizePt * 0.68;
  const texts = customsCategories.map((category) => inBoth(categoryWords[category], customs.language));
  const room = widthMm - side - 1.6;
  const widest = Math.max(...texts.map((text) => setter.widthMm(text, sizePt)));
  // All alike: a category in smaller type would look less allowed.
  const wordsPt = Math.min(sizePt, (sizePt * room) / widest);
  const items = customsCategories.flatMap((category, index) => {
    const at = { xMm: place.xMm + (index % columns) * widthMm, yMm: place.yMm + Math.floor(index / columns) * rowMm };
    const words = { xMm: at.xMm + side + 0.9, yMm: at.yMm + (side - sizePt * 0.25) / 2, widthMm: room + 0.2 };
    const cross = { xMm: at.xMm, yMm: at.yMm + (side - sizePt * 0.25) / 2, widthMm: side };
    return [
      ...frame({ ...at, widthMm: side, heightMm: side }),
      ...(category === customs.category
        ? setter.flow({ field: 'category', text: 'X' }, cross, { sizePt, bold: true, align: 'centre' }).items
        : []),
      ...setter.flow({ field: 'caption', text: texts[index] ?? '' }, words, { sizePt: wordsPt }).items,
    ];
  });
  return { items, heightMm: Math.ceil(customsCategories.length / columns) * rowMm };
}
