import { classifyScan } from '../../shared/barcode/classify-scan.ts';
import { keystrokesToText } from '../../shared/barcode/keyboard-repair.ts';
import { GS_KEY, type Stroke } from './wedge-reader.ts';

const settings = { gsKey: GS_KEY };

/** What the PC's own layout made of the keys; right only for a scanner that is set to the same layout. */
function textByLayout(strokes: readonly Stroke[]): string {
  const byPlace = (stroke: Stroke) => stroke.control || stroke.alt || stroke.code === GS_KEY;
  return strokes
    .map((stroke) => (byPlace(stroke) ? keystrokesToText([toKeystroke(stroke)], settings) : stroke.key))
    .join('');
}

function toKeystroke({ code, shift, control, alt, capsLock }: Stroke) {
  return { code, shift, ctrl: control, alt, capsLock };
}

function isRecognised(text: string, now: string): boolean {
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
    const byPlace = keystrokesToText(strokes.map(toKeystroke), settings);
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
