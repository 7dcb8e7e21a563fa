import type { LabelProblem, LabelProblemCode } from '../documents/document.ts';

type Details = LabelProblem['details'];

/** The symbol as people call it: its kind by the first letter of its identifier, and what it says. */
const kinds: Readonly<Record<string, string>> = {
  A: 'Code 39',
  C: 'Code 128',
  E: 'EAN',
  F: 'Codabar',
  G: 'Code 93',
  I: 'Interleaved 2 of 5',
  L: 'PDF417',
  Q: 'QR code',
  U: 'MaxiCode',
  d: 'DataMatrix',
  z: 'Aztec code',
};

function symbol({ symbology, text }: Details): string {
  const kind = kinds[String(symbology).charAt(1)] ?? `symbol ${symbology}`;
  const words = [...String(text ?? '')].filter((letter) => letter >= ' ').join('');
  return words === '' ? `the ${kind}` : `the ${kind} "${words.length > 40 ? `${words.slice(0, 39)}…` : words}"`;
}

const again = 'Fetch it from the carrier again.';
const trueSize = 'Ask the carrier for a label of the right size; scaled bars do not scan.';

/** What is wrong and what to do, in one line each. */
const sentences: Readonly<Record<LabelProblemCode, (details: Details) => string>> = {
  'proof.unreadable-document': (d) =>
    d.reason === 'cut'
      ? `The file breaks off before its end. ${again}`
      : `The file cannot be opened${d.reason ? ` (${d.reason})` : ''}. ${again}`,
  'proof.wrong-format': (d) =>
    `The file is ${d.found === 'other' ? 'no label' : d.found}, no ${d.expected ?? 'label'}. ${again}`,
  'proof.page-count': (d) => `It has ${d.pages} pages; a label has one. Ask the carrier for the label alone.`,
  'proof.page-size': (d) => `Its page is ${d.widthMm} × ${d.heightMm} mm, which is not the label's size. ${trueSize}`,
  'proof.resolution': (d) =>
    `It is drawn for a printer of ${d.drawnForDpi} dpi, this one has ${d.dpi}. Ask the carrier for ${d.dpi} dpi.`,
  'proof.symbol-missing': (d) => `There is no ${symbol(d).replace(/^the /, '')} that can be read. Make the label anew.`,
  'proof.symbol-wrong': (d) => `Another text stands where ${symbol(d)} was drawn. Make the label anew.`,
  'proof.symbol-unexpected': (d) => `Nobody drew ${symbol(d)}. Make the label anew.`,
  'proof.symbol-misplaced': (d) =>
    `${upper(symbol(d))} is off by ${d.dxMm} × ${d.dyMm} mm. Print at true size, unshifted.`,
  'proof.symbol-damaged': (d) => `${upper(symbol(d))} is damaged. Something lies on it, or it is torn.`,
  'proof.module-width': (d) => `${upper(symbol(d))} was scaled. ${trueSize}`,
  'proof.bar-height': (d) => `${upper(symbol(d))} is only ${d.heightMm} mm high.`,
  'proof.bar-gain': (d) =>
    `The bars of ${symbol(d)} are ${Number(d.modules) < 0 ? 'too thin' : 'too thick'}. Have the label made anew for this printer.`,
  'proof.decodability': (d) =>
    `${upper(symbol(d))} has grade ${d.grade} at this resolution; C is needed. Ask the carrier for a label for this printer.`,
  'proof.quiet-zone': (d) =>
    `Something stands in the white beside ${symbol(d)}: ${d.modules} modules of ${d.needed}. Have the label made anew.`,
  'proof.overlap': (d) => `${upper(symbol(d))} touches another symbol.`,
  'proof.grey': (d) =>
    `${upper(symbol(d))} is grey or blurred, and the printer burns black only. Ask the carrier for black and white.`,
  'proof.no-symbol': () => 'There is no barcode on it that can be read. Do not ship with it; fetch it again.',
  'proof.content-cut': () =>
    'It is printed up to the edge or beyond: the label is shifted or cut. Ask the carrier for one that fits.',
  'proof.tracking-missing': (d) =>
    `None of its barcodes carries ${d.expected}: it is the label of another parcel. Do not use it.`,
  'proof.tracking-other': (d) => `${upper(symbol(d))} belongs to another parcel than ${d.expected}. Do not use it.`,
};

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One line for the command line: what is wrong with a label, and what to do. */
export function problemInWords({ code, details }: LabelProblem): string {
  return sentences[code](details);
}
