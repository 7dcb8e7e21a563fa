import { readTracking } from '../../shared/barcode/tracking-shapes.ts';
import { checkTracking } from '../../shared/tracking/check-tracking.ts';
import type { LabelProblem, SymbolReading } from './document.ts';

/** What a label's symbols must say of its parcel. */
export interface TrackingExpectation {
  /** As printed or scanned; blanks do not matter. */
  readonly tracking: string;
  /** Further texts that a scanner may send for this very parcel. */
  readonly scanTexts?: readonly string[];
  readonly expectMaxicode?: boolean;
}

/** Blanks, brackets and separators are lost or added on the way from a symbol to a number. */
const compact = (text: string) =>
  [...text]
    .filter((letter) => letter > ' ' && !'().-'.includes(letter))
    .join('')
    .toUpperCase();

/** Shorter texts stand in too many barcodes by chance. */
const SHORTEST = 8;

/** Formats of which a symbol that has the shape is no reference, article or postcode by chance. */
const tellingFormats: readonly string[] = [
  'colissimo',
  'mondial-relay',
  'dhl-licence-plate',
  'postnl-3s',
  'usps-legacy',
];

interface OwnNumber {
  readonly number: string;
  /** Numbers of one family are never two names of one parcel. */
  readonly family: string;
}

/** The number of a parcel in a text, without the routing in front. */
function numberIn(text: string): OwnNumber | undefined {
  const known = readTracking(text);
  // FedEx's numbers of 12 digits stand alone on paper and at the end of 34 in the barcode.
  if (known) return { number: known.number, family: known.format.replace(/^fedex-.*/, 'fedex') };
  const bare = compact(text);
  const sscc = /^00([0-9]{18})$/.exec(bare)?.[1];
  const { valid, format } = checkTracking(bare);
  if (sscc !== undefined && valid) return { number: sscc, family: 'sscc' };
  if (!valid || format === null || !tellingFormats.includes(format)) return undefined;
  return { number: format === 'mondial-relay' ? bare.slice(2, 10) : bare, family: format };
}

/** An SSCC is written with its AI and without. */
function expectedNumber(tracking: string): OwnNumber | undefined {
  const bare = compact(tracking);
  const own = numberIn(bare);
  return own ?? (checkTracking(bare).format === 'sscc' ? { number: bare.slice(-18), family: 'sscc' } : undefined);
}

function carries(symbol: SymbolReading, { tracking, scanTexts = [] }: TrackingExpectation): boolean {
  const text = compact(symbol.text);
  if (scanTexts.some((scan) => compact(scan) === text)) return true;
  const [wanted, own] = [expectedNumber(tracking), numberIn(symbol.text)];
  if (wanted && own && wanted.number === own.number) return true;
  const bare = compact(tracking);
  return text === bare || (bare.length >= SHORTEST && text.includes(bare));
}

/** UPS writes the last eight characters of its number into its MaxiCode. */
function otherMaxiCode({ symbology, text }: SymbolReading, tracking: string): boolean {
  if (!symbology.startsWith(']U')) return false;
  const inside = /1Z([0-9A-Z]{8})(?![0-9A-Z])/.exec(text)?.[1];
  const bare = compact(tracking);
  return inside !== undefined && bare.startsWith('1Z') && !bare.endsWith(inside);
}

function isOther(symbol: SymbolReading, expectation: TrackingExpectation): boolean {
  if (otherMaxiCode(symbol, expectation.tracking)) return true;
  const own = numberIn(symbol.text);
  return (
    own !== undefined && own.family === expectedNumber(expectation.tracking)?.family && !carries(symbol, expectation)
  );
}

/** The number must be there, and no other number of the same carrier's form: the wrong parcel's label. */
export function checkTrackingNumber(
  symbols: readonly SymbolReading[],
  expectation: TrackingExpectation,
): LabelProblem[] {
  const { tracking: expected, expectMaxicode = false } = expectation;
  const problems: LabelProblem[] = [];
  if (!symbols.some((symbol) => carries(symbol, expectation)))
    problems.push({ code: 'proof.tracking-missing', details: { expected } });
  for (const symbol of symbols) {
    if (!isOther(symbol, expectation)) continue;
    const { symbology, text } = symbol;
    problems.push({ code: 'proof.tracking-other', details: { symbology, text, expected } });
  }
  if (expectMaxicode && !symbols.some(({ symbology }) => symbology.startsWith(']U')))
    problems.push({ code: 'proof.symbol-missing', details: { symbology: ']U1', text: expected } });
  return problems;
}
