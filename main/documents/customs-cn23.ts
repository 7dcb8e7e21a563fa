import type { CustomsDeclaration } from '../../shared/model/customs.ts';
import { declaredValue, declaredWeight } from '../../shared/model/customs-rules.ts';
import {
  across,
  addressColumn,
  captioned,
  categoryBoxes,
  type Drawn,
  down,
  frame,
  kilograms,
} from './customs-frame.ts';
import { customsWords, inBoth, undeliverableWords } from './customs-words.ts';
import { type Block, dealToPages, type FlowStyle } from './flow-text.ts';
import type { PaperPage } from './fonts-paper.ts';
import { fill, MUTED, type PaperItem, type Setter, TINT } from './fonts-setting.ts';
import { amountInWords, longDate, moneyInWords } from './invoice-words.ts';

/** A5 across, as the forms lie in the pouch on the parcel. */
const A5 = { widthMm: 210, heightMm: 148 } as const;
const LEFT_MM = 6;
const TOP_MM = 6;
const WIDTH_MM = A5.widthMm - 2 * LEFT_MM;
const BOTTOM_MM = A5.heightMm - 6;
/** The part below the table: weights, category, signature. */
const END_TOP_MM = 99;
/** Above the addresses. */
const PARTIES_MM = TOP_MM + 12.2;
const HEAD_MM = 4.6;
const HALF_MM = WIDTH_MM / 2;

const columns = [
  { width: 82, align: 'left' },
  { width: 16, align: 'right' },
  { width: 24, align: 'right' },
  { width: 28, align: 'right' },
  { width: 28, align: 'left' },
  { width: 20, align: 'left' },
] as const;

function cells(
  texts: readonly string[],
  yMm: number,
  look: { fields: readonly string[]; style: FlowStyle; setter: Setter },
): Drawn {
  let xMm = LEFT_MM;
  const set = columns.map(({ width, align }, index) => {
    const place = { xMm: xMm + 1, yMm: yMm + 1.2, widthMm: width - 2 };
    xMm += width;
    return look.setter.flow({ field: look.fields[index] ?? 'caption', text: texts[index] ?? '' }, place, {
      ...look.style,
      align,
    });
  });
  return {
    items: set.flatMap((cell) => [...cell.items]),
    heightMm: Math.max(...set.map((cell) => cell.heightMm)) + 1.4,
  };
}

function rows(customs: CustomsDeclaration, setter: Setter): Block<PaperItem>[] {
  const { language, currency } = customs;
  return customs.lines.map((line, index) => {
    const names = ['description', 'quantity', 'netWeightMg', 'valueMinor', 'hsCode', 'origin'];
    const fields = names.map((name) => `lines.${index}.${name}`);
    const texts = [
      line.description,
      String(line.quantity),
      kilograms(line.netWeightMg, language),
      amountInWords(line.valueMinor, currency, language),
      line.hsCode ?? '',
      line.origin ?? '',
    ];
    const set = (yMm: number) => cells(texts, yMm, { fields, style: { sizePt: 7.5 }, setter });
    const { heightMm } = set(0);
    const draw = (yMm: number) => [...set(yMm).items, across(LEFT_MM, yMm + heightMm, WIDTH_MM)];
    return { kind: 'row', heightMm, draw };
  });
}

function title(customs: CustomsDeclaration, setter: Setter): PaperItem[] {
  const { language } = customs;
  const place = { xMm: LEFT_MM + 1.5, yMm: TOP_MM + 2, widthMm: WIDTH_MM - 3 };
  const [first, second] = language === 'fr' ? (['fr', 'en'] as const) : (['en', 'fr'] as const);
  const word = setter.flow({ field: 'caption', text: customsWords.title[first] }, place, { sizePt: 11, bold: true });
  const opened = `${customsWords.title[second]} · ${inBoth(customsWords.opened, language)}`;
  const number = { field: 'trackingNumber', text: customs.trackingNumber ?? '' };
  return [
    ...word.items,
    ...setter.flow(
      { field: 'caption', text: opened },
      { ...place, yMm: place.yMm + word.heightMm },
      { sizePt: 6, color: MUTED },
    ).items,
    ...setter.flow({ field: 'caption', text: 'CN 23' }, place, { sizePt: 15, bold: true, align: 'right' }).items,
    ...setter.flow(
      number,
      { ...place, yMm: place.yMm + 0.9, widthMm: WIDTH_MM - 30 },
      { sizePt: 10, bold: true, align: 'right' },
    ).items,
    across(LEFT_MM, TOP_MM + 10.6, WIDTH_MM),
  ];
}

function parties(customs: CustomsDeclaration, setter: Setter): Drawn {
  const { language, eori, ioss, vatId, recipientTaxId } = customs;
  const senderNumbers: [string, string | undefined][] = [
    ['EORI', eori],
    ['IOSS', ioss],
    [inBoth(customsWords.vatId, language), vatId],
  ];
  const sides = [
    { address: customs.from, field: 'from', word: customsWords.from, numbers: senderNumbers },
    {
      address: customs.to,
      field: 'to',
      word: customsWords.to,
      numbers: [[inBoth(customsWords.recipientTaxId, language), recipientTaxId]] as [string, string | undefined][], // a pair
    },
  ];
  const set = sides.map(({ address, field, word, numbers }, index) => {
    const place = { xMm: LEFT_MM + 1.5 + index * HALF_MM, yMm: PARTIES_MM, widthMm: HALF_MM - 4 };
    const caption = setter.flow({ field: 'caption', text: inBoth(word, language) }, place, { sizePt: 6, color: MUTED });
    const below = { ...place, yMm: place.yMm + caption.heightMm + 0.3 };
    const column = addressColumn(address, { field, language }, { place: below, setter, sizePt: 7.5 });
    const text = numbers.flatMap(([name, value]) => (value ? [`${name} ${value}`] : [])).join(' · ');
    const at = { ...below, yMm: below.yMm + column.heightMm + 0.2 };
    const registered = setter.line({ field: `${field}.numbers`, text }, at, { sizePt: 7, minPt: 5 });
    const items = [...caption.items, ...column.items, ...registered.items];
    return { items, heightMm: at.yMm + registered.heightMm - PARTIES_MM };
  });
  return {
    items: set.flatMap((side) => side.items),
    heightMm: Math.max(...set.map((side) => side.heightMm)),
  };
}

function tableHead({ language, currency }: CustomsDeclaration, topMm: number, setter: Setter): PaperItem[] {
  const { description, pieces, netKg, value, hs, origin } = customsWords;
  const words = [description, pieces, netKg, value, hs, origin];
  const look = { fields: [], style: { sizePt: 5, color: MUTED }, setter };
  const set = cells(
    words.map((word) => `${inBoth(word, language)}${word === value ? ` (${currency})` : ''}`),
    topMm,
    look,
  );
  let xMm = LEFT_MM;
  const sides = columns.slice(0, -1).map(({ width }) => {
    xMm += width;
    return down(xMm, topMm, END_TOP_MM - topMm);
  });
  return [
    fill({ xMm: LEFT_MM, yMm: topMm, widthMm: WIDTH_MM, heightMm: HEAD_MM }, TINT),
    across(LEFT_MM, topMm, WIDTH_MM),
    across(LEFT_MM, topMm + HEAD_MM, WIDTH_MM),
    ...set.items,
    ...sides,
  ];
}

/** Weights and values of the whole parcel, on every sheet. */
function totals(customs: CustomsDeclaration, setter: Setter): PaperItem[] {
  const { language, currency, lines } = customs;
  const postage = customs.postalChargesMinor;
  const facts = [
    { words: customsWords.netTotal, field: 'netWeight', text: `${kilograms(declaredWeight(lines), language)} kg` },
    {
      words: customsWords.grossWeight,
      field: 'grossWeightMg',
      text: `${kilograms(customs.grossWeightMg, language)} kg`,
    },
    {
      words: customsWords.totalValue,
      field: 'totalValue',
      text: moneyInWords(declaredValue(lines), currency, language),
    },
    {
      words: customsWords.postage,
      field: 'postalChargesMinor',
      text: postage === undefined ? '' : moneyInWords(postage, currency, language),
    },
  ];
  const widthMm = WIDTH_MM / facts.length;
  const items = facts.flatMap(({ words, field, text }, index) => {
    const place = { xMm: LEFT_MM + 1.5 + index * widthMm, yMm: END_TOP_MM + 1.4, widthMm: widthMm - 3 };
    return captioned({ caption: inBoth(words, language), field, text }, place, { setter, sizePt: 8.5 }).items;
  });
  return [across(LEFT_MM, END_TOP_MM, WIDTH_MM), ...items, across(LEFT_MM, END_TOP_MM + 9, WIDTH_MM)];
}

function papers(customs: CustomsDeclaration): string {
  const named: [string, string | undefined][] = [
    [inBoth(customsWords.licence, customs.language), customs.licence],
    [inBoth(customsWords.certificate, customs.language), customs.certificate],
    [inBoth(customsWords.invoice, customs.language), customs.invoiceNumber],
  ];
  return named.flatMap(([name, text]) => (text ? [`${name} ${text}`] : [])).join(' · ');
}

function particulars(customs: CustomsDeclaration, setter: Setter): PaperItem[] {
  const { language } = customs;
  const place = { xMm: LEFT_MM + 1.5, yMm: END_TOP_MM + 11, widthMm: HALF_MM + 6 };
  const caption = setter.flow({ field: 'caption', text: inBoth(customsWords.category, language) }, place, {
    sizePt: 5.5,
    color: MUTED,
  });
  const boxesAt = { ...place, yMm: place.yMm + caption.heightMm + 0.5 };
  const boxes = categoryBoxes(customs, boxesAt, { setter, sizePt: 6.5, columns: 2 });
  const items: PaperItem[] = [...caption.items, ...boxes.items];
  let yMm = boxesAt.yMm + boxes.heightMm + 0.6;
  const left = inBoth(undeliverableWords[customs.ifUndeliverable], language);
  for (const [field, text] of [
    ['explanation', customs.explanation],
    ['papers', papers(customs)],
    ['comments', customs.comments && `${customsWords.comments[language]} : ${customs.comments}`],
    ['ifUndeliverable', `${inBoth(customsWords.undeliverable, language)} : ${left}`],
  ] as const) {
    if (!text) continue;
    const flowed = setter.line(
      { field, text },
      { ...place, yMm },
      { sizePt: 7, minPt: 5, bold: field === 'explanation' },
    );
    items.push(...flowed.items);
    yMm += flowed.heightMm;
  }
  return items;
}

function signature(customs: CustomsDeclaration, page: { at: number; of: number }, setter: Setter): PaperItem[] {
  const { language } = customs;
  const place = { xMm: LEFT_MM + HALF_MM + 11.5, yMm: END_TOP_MM + 11, widthMm: HALF_MM - 13 };
  const certify = setter.flow({ field: 'caption', text: customsWords.certify[language] }, place, { sizePt: 6 });
  const signed = captioned(
    {
      caption: inBoth(customsWords.signature, language),
      field: 'signedBy',
      text: `${longDate(customs.date, language)} · ${customs.signedBy ?? customs.from.name}`,
    },
    { ...place, yMm: place.yMm + certify.heightMm + 2 },
    { setter, sizePt: 8 },
  );
  const number = `${customsWords.page[language]} ${page.at}/${page.of}`;
  return [
    down(LEFT_MM + HALF_MM + 9, END_TOP_MM + 9, BOTTOM_MM - END_TOP_MM - 9),
    ...certify.items,
    ...signed.items,
    ...setter.flow(
      { field: 'caption', text: number },
      { ...place, yMm: BOTTOM_MM - 3.2 },
      { sizePt: 5.5, color: MUTED, align: 'right' },
    ).items,
  ];
}

/** As many sheets as the articles need, each with the whole form round them. */
export function planCn23(customs: CustomsDeclaration, setter: Setter): PaperPage[] {
  const both = parties(customs, setter);
  const tableMm = PARTIES_MM + both.heightMm + 1;
  const rowsMm = tableMm + HEAD_MM;
  const dealt = dealToPages(rows(customs, setter), { firstTopMm: rowsMm, nextTopMm: rowsMm, bottomMm: END_TOP_MM });
  const whole = { xMm: LEFT_MM, yMm: TOP_MM, widthMm: WIDTH_MM, heightMm: BOTTOM_MM - TOP_MM };
  return dealt.map(
    ({ items }, index): PaperPage => ({
      ...A5,
      items: [
        ...tableHead(customs, tableMm, setter),
        ...title(customs, setter),
        ...both.items,
        down(LEFT_MM + HALF_MM - 1, TOP_MM + 10.6, tableMm - TOP_MM - 10.6),
        ...items,
        ...totals(customs, setter),
        ...particulars(customs, setter),
        ...signature(customs, { at: index + 1, of: dealt.length }, setter),
        ...frame(whole),
      ],
    }),
  );
}
