import { classifyScan } from '../barcode/classify-scan.ts';
import { keystrokesToText } from '../barcode/keyboard-repair.ts';
import type { Stroke } from './stroke.ts';
import { isTestCode } from './test-code.ts';
import { GS_KEY } from './wedge-reader.ts';

const settings = { gsKey: GS_KEY };

/** What the PC's own layout made of the keys; right only for a scanner that is set to the same layout. */
export function textByLayout(strokes: readonly Stroke[]): string {
  const byPlace = (stroke: Stroke) => stroke.control || stroke.alt || stroke.code === GS_KEY;
  // Under other layouts ] lies elsewhere, and Ctrl with it is GS all the same.
  const isGs = (stroke: Stroke) => stroke.control && stroke.key === ']';
  return strokes
    .map((stroke) =>
      isGs(stroke) ? '\u001d' : byPlace(stroke) ? keystrokesToText([toKeystroke(stroke)], settings) : stroke.key,
    )
    .join('');
}

/** What the places of the keys say; right for a scanner that is set to a US keyboard, whatever the PC has. */
export function textByPlace(strokes: readonly Stroke[]): string {
  return keystrokesToText(strokes.map(toKeystroke), settings);
}

function toKeystroke({ code, shift, control, alt, capsLock }: Stroke) {
  return { code, shift, ctrl: control, alt, capsLock };
}

function isRecognised(text: string, now: string): boolean {
  if (isTestCode(text)) return true;
  const scan = classifyScan(text, { now });
  return scan.ok && scan.kind !== 'text';
}

/**
 * Makes the decoder of one page: the text of a scan, from the places of the keys or from the PC's layout.
 *
 * A scanner left at its US setting needs the places, one set to the PC's layout (usual on French PCs) the layout.
 * Where the two differ, the one that proves itself by a check digit wins and is remembered for codes without one.
 */
export function createStrokeDecoder(clock: () => Date): (strokes: readonly Stroke[]) => string {
  let layoutProved = false;
  return (strokes) => {
    const byPlace = textByPlace(strokes);
    const byLayout = textByLayout(strokes);
    if (byPlace === byLayout) return byPlace;
    // Some remote desktops and on-screen keyboards name no key.
    if (strokes.every((stroke) => stroke.code === '')) return byLayout;
    const now = clock().toISOString();
    if (isRecognised(byPlace, now)) layoutProved = false;
    else if (isRecognised(byLayout, now)) layoutProved = true;
    return layoutProved ? byLayout : byPlace;
  };
}
