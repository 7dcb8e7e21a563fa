import type { CustomsDeclaration } from '../../shared/model/customs.ts';
import { declaredValue, declaredWeight } from '../../shared/model/customs-rules.ts';
import { across, addressColumn, captioned, categoryBoxes, down, frame, kilograms } from './customs-frame.ts';
import { customsWords, inBoth } from './customs-words.ts';
import type { Box } from './document.ts';
import type { FlowStyle } from './flow-text.ts';
import type { PaperPage } from './fonts-paper.ts';
import { MUTED, type PaperItem, type Setter } from './fonts-setting.ts';
import { amountInWords, longDate, moneyInWords } from './invoice-words.ts';

const sheets = {
  /** The classic sticker. */
  a7: { widthMm: 74, heightMm: 105, scale: 1 },
  /** A label for those whose printer has no other paper. */
  '4x6': { widthMm: 101.6, heightMm: 152.4, scale: 1.3 },
  '100x150': { widthMm: 100, heightMm: 150, scale: 1.28 },
} as const;

interface Sheet {
  readonly customs: CustomsDeclaration;
  readonly setter: Setter;
  /** Sizes of type against the sticker's. */
  readonly scale: number;
  /** The form's frame. */
  readonly at: Box;
}

/** Shares of the form's width. */
const columns = [
  { from: 0, to: 0.44 },
  { from: 0.44, to: 0.6 },
  { from: 0.6, to: 0.79 },
  { from: 0.79, to: 1 },
] as const;

const PAD_MM = 1;

function head({ customs, setter, scale, at }: Sheet): { items: PaperItem[]; bottomMm: number } {
  const { language } = customs;
  const place = { xMm: at.xMm + PAD_MM, yMm: at.yMm + 1.6, widthMm: at.widthMm - 2 * PAD_MM };
  const [first, second] = language === 'fr' ? (['fr', 'en'] as const) : (['en', 'fr'] as const);
  const title = setter.flow({ field: 'caption', text: customsWords.title[first] }, place, {
    sizePt: 8 * scale,
    bold: true,
  });
  const below = { ...place, yMm: place.yMm + title.heightMm };
  const other = setter.flow({ field: 'caption', text: customsWords.title[second] }, below, { sizePt: 6 * scale });
  const openedAt = { ...below, yMm: below.yMm + other.heightMm + 0.2 };
  const opened = setter.flow({ field: 'caption', text: inBoth(customsWords.opened, language) }, openedAt, {
    sizePt: 5 * scale,
    color: MUTED,
  });
  const name = setter.flow({ field: 'caption', text: 'CN 22' }, place, {
    sizePt: 11 * scale,
    bold: true,
    align: 'right',
  });
  const number = setter.flow(
    { field: 'trackingNumber', text: customs.trackingNumber ?? '' },
    { ...place, yMm: place.yMm + name.heightMm },
    { sizePt: 6 * scale, align: 'right' },
  );
  const bottomMm = openedAt.yMm + opened.heightMm + 0.8;
  return {
    items: [
      ...title.items,
      ...other.items,
      ...opened.items,
      ...name.items,
      ...number.items,
      across(at.xMm, bottomMm, at.widthMm),
    ],
    bottomMm,
  };
}

function category({ customs, setter, scale, at }: Sheet, yMm: number): { items: PaperItem[]; bottomMm: number } {
  const place = { xMm: at.xMm + PAD_MM, yMm: yMm + 1.1, widthMm: at.widthMm - 2 * PAD_MM };
  const boxes = categoryBoxes(customs, place, { setter, sizePt: 5 * scale, columns: 2 });
  const why = setter.flow(
    { field: 'explanation', text: customs.explanation ?? '' },
    { ...place, yMm: place.yMm + boxes.heightMm + 0.2 },
    { sizePt: 5.5 * scale, bold: true },
  );
  const bottomMm = place.yMm + boxes.heightMm + why.heightMm + 0.4;
  return { items: [...boxes.items, ...why.items, across(at.xMm, bottomMm, at.widthMm)], bottomMm };
}

function row(
  sheet: Sheet,
  yMm: number,
  cells: { fields: readonly string[]; texts: readonly string[]; style: FlowStyle },
) {
  const { setter, at } = sheet;
  const set = columns.map(({ from, to }, index) => {
    const widthMm = (to - from) * at.widthMm - 2 * PAD_MM;
    const place = { xMm: at.xMm + from * at.widthMm + PAD_MM, yMm: yMm + 0.9, widthMm };
    const align = index === 1 || index === 2 ? ('right' as const) : ('left' as const);
    const line = { field: cells.fields[index] ?? 'caption', text: cells.texts[index] ?? '' };
    return setter.flow(line, place, { ...cells.style, align });
  });
  const heightMm = Math.max(...set.map((cell) => cell.heightMm)) + 1;
  return { items: set.flatMap((cell) => [...cell.items]), bottomMm: yMm + heightMm };
}

function table(sheet: Sheet, yMm: number): { items: PaperItem[]; bottomMm: number } {
  const { customs, scale, at } = sheet;
  const { language, currency, lines } = customs;
  const words = [customsWords.content, customsWords.netWeight, customsWords.value, customsWords.hsAndOrigin];
  const style = { sizePt: 4.6 * scale, color: MUTED };
  const top = row(sheet, yMm, {
    fields: [],
    texts: words.map((word) => `${inBoth(word, language)}${word === customsWords.value ? ` (${currency})` : ''}`),
    style,
  });
  const items: PaperItem[] = [...top.items, across(at.xMm, top.bottomMm, at.widthMm)];
  let bottomMm = top.bottomMm;
  for (const [index, line] of lines.entries()) {
    const set = row(sheet, bottomMm, {
      fields: ['description', 'netWeightMg', 'valueMinor', 'hsCode'].map((name) => `lines.${index}.${name}`),
      texts: [
        `${line.quantity} × ${line.description}`,
        kilograms(line.netWeightMg, language),
        amountInWords(line.valueMinor, currency, language),
        [line.hsCode, line.origin].filter((part) => part).join(' '),
      ],
      style: { sizePt: 5.6 * scale },
    });
    items.push(...set.items, across(at.xMm, set.bottomMm, at.widthMm));
    bottomMm = set.bottomMm;
  }
  const total = row(sheet, bottomMm, {
    fields: ['caption', 'totalWeight', 'totalValue'],
    texts: [
      inBoth(customsWords.totals, language),
      kilograms(declaredWeight(lines), language),
      moneyInWords(declaredValue(lines), currency, language),
    ],
    style: { sizePt: 5.6 * scale, bold: true },
  });
  const sides = columns.slice(1).map(({ from }) => down(at.xMm + from * at.widthMm, yMm, total.bottomMm - yMm));
  return {
    items: [...items, ...total.items, ...sides, across(at.xMm, total.bottomMm, at.widthMm)],
    bottomMm: total.bottomMm,
  };
}

function numbers({ customs }: Sheet): string {
  const { eori, ioss, vatId, recipientTaxId, grossWeightMg, language } = customs;
  const named: [string, string | undefined][] = [
    [inBoth(customsWords.grossWeight, language), `${kilograms(grossWeightMg, language)} kg`],
    ['EORI', eori],
    ['IOSS', ioss],
    [inBoth(customsWords.vatId, language), vatId],
    [inBoth(customsWords.recipientTaxId, language), recipientTaxId],
  ];
  return named.flatMap(([name, text]) => (text ? [`${name}\u00a0${text.replaceAll(' ', '\u00a0')}`] : [])).join(' · ');
}

function signature(sheet: Sheet, yMm: number): { items: PaperItem[]; bottomMm: number } {
  const { customs, setter, scale, at } = sheet;
  const { language } = customs;
  const place = { xMm: at.xMm + PAD_MM, yMm: yMm + 1, widthMm: at.widthMm - 2 * PAD_MM };
  const more = setter.flow({ field: 'numbers', text: numbers(sheet) }, place, { sizePt: 5.4 * scale });
  const textAt = { ...place, yMm: place.yMm + more.heightMm + 0.5 };
  const certify = setter.flow({ field: 'caption', text: customsWords.certify[language] }, textAt, {
    sizePt: 4.7 * scale,
  });
  const signed = captioned(
    {
      caption: inBoth(customsWords.signature, language),
      field: 'signedBy',
      text: `${longDate(customs.date, language)} · ${customs.signedBy ?? customs.from.name}`,
    },
    { ...textAt, yMm: textAt.yMm + certify.heightMm + 0.8 },
    { setter, sizePt: 6 * scale },
  );
  const bottomMm = textAt.yMm + certify.heightMm + 0.8 + signed.heightMm + 1;
  return { items: [...more.items, ...certify.items, ...signed.items], bottomMm };
}

/** Both addresses above the form, as the label has the room. */
function addresses({ customs, setter, at }: Sheet): { items: PaperItem[]; bottomMm: number } {
  const { language } = customs;
  const half = at.widthMm / 2;
  const sides = [
    { address: customs.from, field: 'from', word: customsWords.from, xMm: at.xMm },
    { address: customs.to, field: 'to', word: customsWords.to, xMm: at.xMm + half + 1 },
  ].map(({ address, field, word, xMm }) => {
    const place = { xMm, yMm: at.yMm, widthMm: half - 2 };
    const caption = setter.flow({ field: 'caption', text: inBoth(word, language) }, place, {
      sizePt: 5.5,
      color: MUTED,
    });
    const below = { ...place, yMm: at.yMm + caption.heightMm };
    const column = addressColumn(address, { field, language }, { place: below, setter, sizePt: 7 });
    return { items: [...caption.items, ...column.items], heightMm: caption.heightMm + column.heightMm };
  });
  return {
    items: sides.flatMap((side) => side.items),
    bottomMm: at.yMm + Math.max(...sides.map((side) => side.heightMm)) + 1.5,
  };
}

function form(sheet: Sheet): { items: PaperItem[]; bottomMm: number } {
  const top = head(sheet);
  const kind = category(sheet, top.bottomMm);
  const content = table(sheet, kind.bottomMm);
  const end = signature(sheet, content.bottomMm);
  return { items: [...top.items, ...kind.items, ...content.items, ...end.items], bottomMm: end.bottomMm };
}

/** The sheet, or undefined where long descriptions leave no room for the signature: then a CN23 is due. */
export function planCn22(customs: CustomsDeclaration, setter: Setter): PaperPage | undefined {
  const { widthMm, heightMm, scale } = sheets[customs.layout];
  const marginMm = 3;
  const whole = { xMm: marginMm, yMm: marginMm, widthMm: widthMm - 2 * marginMm, heightMm: heightMm - 2 * marginMm };
  const above =
    customs.layout === 'a7' ? { items: [], bottomMm: marginMm } : addresses({ customs, setter, scale, at: whole });
  const at = { ...whole, yMm: above.bottomMm, heightMm: heightMm - marginMm - above.bottomMm };
  // Type shrinks before the form is refused, but stays readable.
  for (const share of [1, 0.92, 0.85]) {
    const drawn = form({ customs, setter, scale: scale * share, at });
    if (drawn.bottomMm > heightMm - marginMm) continue;
    return { widthMm, heightMm, items: [...above.items, ...frame(at), ...drawn.items] };
  }
  return undefined;
}
