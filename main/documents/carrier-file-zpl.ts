import type { LabelDpi } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import { burn, type DotLabel, onSheet } from './carrier-file-png.ts';
import type { LabelProblem } from './document.ts';
import { dotsPerMm, toThreeDecimals } from './dot-grid.ts';
import { dotsAsPdf } from './picture-page.ts';
import type { DotPicture } from './png.ts';
import { renderZpl, zplText } from './zpl-renderer.ts';

/** Room beyond the sheet in which content shows that would be cut. */
const BEYOND_MM = 60;
/** Where a label names no size and nobody says what it is printed on. */
const USUAL_MEDIA: MediaSize = { widthMm: 101.6, heightMm: 152.4 };
const WIDTH_TOLERANCE_MM = 2;
/** Drawn for 203 dpi and burnt at 300, a label covers two thirds of its sheet. */
const SMALL_SHARE = 0.72;

interface Ink {
  readonly right: number;
  readonly bottom: number;
}

/** The last dots that are burnt; 0 where nothing is. */
function inkOf({ width, height, dots }: DotPicture): Ink {
  let [right, bottom] = [0, 0];
  for (let y = 0; y < height; y += 1) {
    for (let x = width - 1; x >= 0; x -= 1) {
      if (dots[y * width + x] !== 0) continue;
      right = Math.max(right, x + 1);
      bottom = y + 1;
      break;
    }
  }
  return { right, bottom };
}

function numberAfter(command: string, text: string): number | undefined {
  const found = new RegExp(`\\^${command}\\s*0*([1-9][0-9]{0,4})`, 'i').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** The sheet that the label itself names with `^PW` and `^LL`. */
function namedSheet(text: string, dpi: LabelDpi): MediaSize {
  const [width, length] = [numberAfter('PW', text), numberAfter('LL', text)];
  const mm = (dots: number) => toThreeDecimals(dots / dotsPerMm(dpi));
  return {
    widthMm: width === undefined ? USUAL_MEDIA.widthMm : mm(width),
    heightMm: length === undefined ? USUAL_MEDIA.heightMm : mm(length),
  };
}

interface Drawn {
  readonly text: string;
  readonly ink: Ink;
  readonly sheet: { readonly width: number; readonly height: number };
}

/** Drawn for the other head: named by its width, or seen by the part of the sheet that it covers. */
function otherResolution({ text, ink, sheet }: Drawn, media: MediaSize, dpi: LabelDpi): LabelProblem[] {
  const other: LabelDpi = dpi === 203 ? 300 : 203;
  const width = numberAfter('PW', text);
  const off = (at: LabelDpi) => Math.abs((width ?? 0) / dotsPerMm(at) - media.widthMm);
  const named = width !== undefined && off(dpi) > WIDTH_TOLERANCE_MM && off(other) <= WIDTH_TOLERANCE_MM;
  const small = dpi === 300 && ink.right < sheet.width * SMALL_SHARE && ink.bottom < sheet.height * SMALL_SHARE;
  if (!named && !(small && ink.right > 0)) return [];
  return [{ code: 'proof.resolution', details: { drawnForDpi: other, dpi } }];
}

/** `^PW` is where a printer stops burning; `^PQ` how many it prints. */
function checkCommands({ text, ink, sheet }: Drawn): LabelProblem[] {
  const problems: LabelProblem[] = [];
  const edge = Math.min(sheet.width, numberAfter('PW', text) ?? sheet.width);
  const copies = numberAfter('PQ', text) ?? 1;
  if (copies !== 1) problems.push({ code: 'proof.page-count', details: { pages: copies } });
  if (ink.right > edge || ink.bottom > sheet.height) problems.push({ code: 'proof.content-cut', details: { page: 1 } });
  return problems;
}

/**
 * The first label of a ZPL file as its printer burns it.
 *
 * Throws `validation` `document.unreadable`. Content that would fall off the sheet is seen beyond it.
 */
export async function labelOfZpl(
  bytes: Uint8Array,
  wanted: MediaSize | undefined,
  dpi: LabelDpi,
): Promise<DotLabel | undefined> {
  const text = zplText(bytes);
  const media = wanted ?? namedSheet(text, dpi);
  const perMm = dotsPerMm(dpi);
  const sheet = { width: Math.round(media.widthMm * perMm), height: Math.round(media.heightMm * perMm) };
  const beyond = Math.round(BEYOND_MM * perMm);
  // A label that is narrower than the canvas would be put into its middle, one that is turned over at its far end.
  const unplaced = text.replace(/\^PW\s*[0-9]*|\^POI/gi, '');
  const labels = await renderZpl(unplaced, { width: sheet.width + beyond, height: sheet.height + beyond }, dpi);
  const [first] = labels;
  if (!first) return undefined;
  const burnt = burn(first);
  const drawn: Drawn = { text, sheet, ink: inkOf(burnt) };
  const problems = [...otherResolution(drawn, media, dpi), ...checkCommands(drawn)];
  if (labels.length > 1) problems.unshift({ code: 'proof.page-count', details: { pages: labels.length } });
  const pdf = await dotsAsPdf(onSheet(burnt, { ...sheet, left: 0, top: 0 }), dpi);
  return { pdf, problems, greySymbols: () => [] };
}
