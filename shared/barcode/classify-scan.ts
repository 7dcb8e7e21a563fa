import { type AimSplit, carriesElementString, splitAim } from './aim.ts';
import { parseDigitalLink } from './digital-link.ts';
import { halfOfDoubled } from './doubled-scan.ts';
import { GS, parseElementString } from './gs1-elements.ts';
import { separatorMaybeLost } from './gs1-lost-separator.ts';
import { readElements } from './gs1-scan.ts';
import { readIso15434 } from './iso15434.ts';
import { repairInvertedCase } from './keyboard-repair.ts';
import { retypedAsUs } from './layout-repair.ts';
import { readDigits, readEan, readItf } from './number-scan.ts';
import { decodeScan, isTooLong, printable, stripTerminators } from './scan-bytes.ts';
import { type Reading, refuse, type ScanResult, type ScanWarning } from './scan-result.ts';
import { readStationCode } from './station-scan.ts';
import { readTracking } from './tracking-shapes.ts';

export interface ScanContext {
  /** ISO instant: the century of a two-digit year depends on it. */
  readonly now: string;
  /** Take GTINs of 8, 12 and 13 digits in Digital Links; on unless it is switched off. */
  readonly legacyDigitalLink?: boolean;
  /** True once this device has delivered a GS: then a code without one has really none. */
  readonly deviceSendsGs?: boolean;
}

/**
 * Says what a scan means: an item, a parcel's SSCC, one of our own codes, a carrier's number, or plain text.
 *
 * Never throws for any bytes. A wrong check digit or length where the symbology promises a right one is refused;
 * a supplier's breach of an association rule is a warning and the GTIN is kept. Text that says nothing is not an
 * error: it may be an order number or a SKU. Rules: GS1 General Specifications, ISO/IEC 15424 and 15434.
 */
export function classifyScan(raw: Uint8Array | string, context: ScanContext): ScanResult {
  if (isTooLong(raw)) return { ...refuse('scan.too-long', 'The scan is longer than 4096 bytes.'), text: '' };
  const typed = stripTerminators(decodeScan(raw));
  const repaired = repairInvertedCase(typed);
  const split = splitAim(repaired ?? typed);
  const { symbology, content } = split;
  const text = printable(content);
  if (content.trim() === '') return { ...refuse('scan.empty', 'The scan is empty.'), text };
  const reading = judgeLayout(typed, judgeDoubling(typed, readContent(split, context), context), context);
  if (!reading.ok) return { ...reading, message: printable(reading.message), text };
  const warnings: ScanWarning[] = repaired === undefined ? [] : ['scan.case-repaired'];
  return {
    ...reading,
    ...(symbology === undefined ? {} : { symbology }),
    text,
    warnings: [...new Set([...warnings, ...reading.warnings])],
  };
}

/** Text that an AZERTY PC made of a US scanner's keys: taken where a check digit proves it, else kept beside the text. */
function judgeLayout(typed: string, reading: Reading, context: ScanContext): Reading {
  if (!reading.ok || reading.kind !== 'text') return reading;
  const meant = retypedAsUs(typed);
  for (const text of meant) {
    const proved = readContent(splitAim(text), context);
    if (proved.ok && proved.kind !== 'text')
      return { ...proved, warnings: ['scan.layout-repaired', ...proved.warnings] };
  }
  const retyped = meant.find((text) => /^[ -`{-~]+$/.test(text));
  if (retyped === undefined) return reading;
  return { ...reading, retyped, warnings: ['scan.maybe-other-layout', ...reading.warnings] };
}

/** Twice the same known code, or digits that make sense only once, is one scan that came by two ways. */
function judgeDoubling(typed: string, reading: Reading, context: ScanContext): Reading {
  const half = halfOfDoubled(typed);
  if (half === undefined) return reading;
  const once = readContent(splitAim(half), context);
  if (!reading.ok || (once.ok && once.kind !== 'text')) {
    return refuse(
      'scan.doubled',
      `The same code came twice in one scan (${printable(half)}): is the scanner set up twice?`,
    );
  }
  return half.length < 6 ? reading : { ...reading, warnings: [...reading.warnings, 'scan.maybe-doubled'] };
}

function readContent(split: AimSplit, context: ScanContext): Reading {
  const { symbology, content } = split;
  if (symbology?.startsWith(']E')) return readEanWithComposite(symbology, content, context);
  if (symbology?.startsWith(']I')) return readItf(symbology, content);
  const link = parseDigitalLink(content, context.legacyDigitalLink ?? true);
  if (link !== undefined) {
    if (!link.ok) return link;
    const reading = readElements(link.elements, context.now);
    return reading.ok ? { ...reading, warnings: [...link.warnings, ...reading.warnings] } : reading;
  }
  const message = readIso15434(content);
  if (message !== undefined) return message;
  const isGs1 = symbology === undefined ? looksMarkedAsGs1(content) : carriesElementString(symbology);
  return isGs1 ? readGs1(content, context) : readPlain(split);
}

/** Without an identifier only a GS tells: one in front, or one behind an element that is a number of goods. */
function looksMarkedAsGs1(content: string): boolean {
  if (content.startsWith(GS)) return true;
  return content.includes(GS) && /^(?:0[12][0-9]{14}|00[0-9]{18})/.test(content);
}

// USPS puts its number behind 420 and ZIP, FedEx Ground behind 96: application identifiers that say nothing of goods.
const CARRIER_ELEMENTS = new RegExp(`^(?:420(?:[0-9]{5}|[0-9]{9})${GS}?)?9[1-6][0-9]{20,32}$`);

function readGs1(content: string, context: ScanContext): Reading {
  const tracking = CARRIER_ELEMENTS.test(content) ? readTracking(content) : undefined;
  if (tracking !== undefined) return { ok: true, kind: 'tracking', tracking, warnings: [] };
  const parsed = parseElementString(content);
  if (!parsed.ok) return parsed;
  const reading = readElements(parsed.elements, context.now);
  if (!reading.ok || context.deviceSendsGs || !separatorMaybeLost(content, parsed.elements, context.now))
    return reading;
  return { ...reading, warnings: [...reading.warnings, 'gs1.gs-maybe-lost'] };
}

/** An EAN with a composite component sends `]e0` and element strings behind its own digits. */
function readEanWithComposite(symbology: string, content: string, context: ScanContext): Reading {
  const [, digits, component] = /^([0-9]+)\|?\]e0(.+)$/s.exec(content) ?? [];
  const item = readEan(symbology, digits ?? content);
  if (component === undefined || !item.ok || item.kind !== 'item') return item;
  return readGs1(`01${item.gtin14}${component}`, context);
}

function readPlain({ symbology, content }: AimSplit): Reading {
  const text = content.trim();
  const compact = text.replaceAll(' ', '');
  const number = /^[0-9]+$/.test(compact) ? readDigits(compact, symbology) : undefined;
  const known = number ?? readLettered(text) ?? readLowerCase(text);
  if (known !== undefined) return known;
  const looksLikeGs1 = /^(?:01[0-9]{14}|02[0-9]{14}|00[0-9]{18})/.test(text) && parseElementString(text).ok;
  return { ok: true, kind: 'text', warnings: looksLikeGs1 ? ['gs1.looks-like-gs1'] : [] };
}

/** Our own codes and carriers' numbers, which are all upper case. */
function readLettered(text: string): Reading | undefined {
  const own = readStationCode(text);
  if (own !== undefined) return own;
  const tracking = readTracking(text);
  return tracking === undefined ? undefined : { ok: true, kind: 'tracking', tracking, warnings: [] };
}

/** The same typed under CapsLock: taken only when the check character proves it, else it is somebody's lower-case text. */
function readLowerCase(text: string): Reading | undefined {
  if (text === text.toUpperCase() || text !== text.toLowerCase()) return undefined;
  const reading = readLettered(text.toUpperCase());
  return reading?.ok ? { ...reading, warnings: ['scan.case-repaired', ...reading.warnings] } : undefined;
}
