import { AppError } from '../../shared/errors.ts';
import type { CustomsDeclaration } from '../../shared/model/customs.ts';
import { chooseForm } from '../../shared/model/customs-rules.ts';
import { planCn22 } from './customs-cn22.ts';
import { planCn23 } from './customs-cn23.ts';
import type { RenderedDocument } from './document.ts';
import { notoSans, type Typeface } from './fonts.ts';
import { makeReadable } from './fonts-letters.ts';
import { copiesOf, drawPaper, type PaperPage } from './fonts-paper.ts';
import { createSetter, fill, MUTED, type PaperItem } from './fonts-setting.ts';

export interface CustomsPlan {
  readonly form: 'CN22' | 'CN23';
  readonly pages: readonly PaperPage[];
}

/**
 * Lays the form out that the parcel needs; pure.
 *
 * Throws `rule` `customs.needs-cn23` with `because` when a CN22 was asked for and is not allowed.
 */
export function planCustomsForm(customs: CustomsDeclaration, typeface: Typeface): CustomsPlan {
  const setter = createSetter(typeface);
  const choice = chooseForm(customs);
  const small = choice.form === 'CN22' ? planCn22(customs, setter) : undefined;
  if (small) return { form: 'CN22', pages: [small] };
  const because = choice.form === 'CN23' ? choice.because : 'articles';
  if (customs.form === 'CN22') throw new AppError('rule', 'customs.needs-cn23', { because });
  const forms = planCn23(customs, setter);
  return { form: 'CN23', pages: copiesOf(customs.sheet === 'a4' ? forms.map(twiceOnA4) : forms, customs.copies) };
}

const A4 = { widthMm: 210, heightMm: 297 } as const;

/** The same form in both halves of an upright sheet, for printers that have no smaller paper. */
function twiceOnA4(form: PaperPage): PaperPage {
  const lower = form.items.map((item): PaperItem => {
    if (item.kind === 'text') return { ...item, yMm: item.yMm + A4.heightMm / 2 };
    return { ...item, at: { ...item.at, yMm: item.at.yMm + A4.heightMm / 2 } };
  });
  const cut = fill({ xMm: 0, yMm: A4.heightMm / 2, widthMm: 4, heightMm: 0.15 }, MUTED);
  const cutRight = fill({ xMm: A4.widthMm - 4, yMm: A4.heightMm / 2, widthMm: 4, heightMm: 0.15 }, MUTED);
  return { ...A4, items: [...form.items, cut, cutRight, ...lower] };
}

/** Draws a CN22 or CN23; errors as in `planCustomsForm`, and `document.unprintable-letters`. */
export async function renderCustomsForm(
  model: CustomsDeclaration,
  typeface: Typeface = notoSans(),
): Promise<RenderedDocument & { readonly form: 'CN22' | 'CN23' }> {
  const customs = makeReadable(model, typeface);
  const { form, pages } = planCustomsForm(customs, typeface);
  const [first] = pages;
  const title = [form, customs.trackingNumber].filter((part) => part).join(' ');
  const info = { title, author: customs.from.name, date: customs.date, language: customs.language };
  const bytes = await drawPaper(pages, info, { typeface });
  const media = { widthMm: first?.widthMm ?? 0, heightMm: first?.heightMm ?? 0 };
  return { bytes, media, dpi: 300, pages: pages.length, symbols: [], transliterated: [], form };
}
