import { AppError } from '../../shared/errors.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import type { DotPicture } from './png.ts';
import { greyDots } from './png-read.ts';

/** The renderer counts in dots a millimetre: 300 dpi have none, so that it is told millimetres that make whole dots. */
const RENDERED_PER_MM: Readonly<Record<LabelDpi, number>> = { 203: 8, 300: 12 };

/** UTF-8 where it is, else one byte a letter: both are sent. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

/** ZPL as text, for the renderer and for those who look for its commands. */
export const zplText = textOf;

/**
 * Every label that a ZPL printer of this resolution would make of a text, dot by dot, on a canvas of so many dots.
 *
 * The interpreter has eight megabytes: it is loaded with the first label in ZPL, in the thread that proves.
 * Throws `validation` `document.unreadable` for what is no ZPL or has a field that no printer would take.
 */
export async function renderZpl(
  text: string,
  canvas: { width: number; height: number },
  dpi: LabelDpi,
): Promise<DotPicture[]> {
  const { zplToBase64MultipleAsync } = await import('zpl-renderer-js');
  const perMm = RENDERED_PER_MM[dpi];
  let pictures: readonly string[];
  try {
    pictures = await zplToBase64MultipleAsync(text, canvas.width / perMm, canvas.height / perMm, perMm);
  } catch (cause) {
    throw new AppError('validation', 'document.unreadable', { reason: reasonOf(cause) }, cause);
  }
  return pictures.map((picture) => {
    const dots = greyDots(Buffer.from(picture, 'base64'));
    if (!dots) throw new AppError('bug', 'label.encoder-answer', { bcid: 'zpl' });
    return dots;
  });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/^Error rendering: /, '') : '';
}
