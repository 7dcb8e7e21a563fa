import { hasMod10CheckDigit } from './check-digits.ts';
import { checkElement, unknownIdentifier } from './gs1-elements.ts';
import { findIdentifier } from './gs1-identifiers.ts';
import { type Gs1Element, type Refusal, refuse, type ScanWarning } from './scan-result.ts';

/** Primary keys with the sequences in which their qualifiers may follow in the path. */
const qualifierSequences: Readonly<Record<string, readonly (readonly string[])[]>> = {
  '00': [],
  '01': [['22', '10', '21'], ['235']],
  '253': [],
  '255': [],
  '401': [],
  '402': [],
  '414': [['254'], ['7040']],
  '415': [['8020']],
  '417': [['7040']],
  '8003': [],
  '8004': [['7040']],
  '8006': [['22', '10', '21']],
  '8010': [['8011']],
  '8013': [],
  '8017': [['8019']],
  '8018': [['8019']],
};

export interface DigitalLink {
  readonly ok: true;
  readonly elements: readonly Gs1Element[];
  readonly warnings: readonly ScanWarning[];
}

/**
 * Reads a GS1 Digital Link; undefined when `text` is an ordinary address or none at all.
 *
 * The scheme is all lower or all upper case, the rightmost primary key counts. `legacy` takes GTINs of 8, 12
 * and 13 digits. What sits in the wrong place (a lot in the query) is a warning, wrong content a refusal.
 */
export function parseDigitalLink(text: string, legacy: boolean): DigitalLink | Refusal | undefined {
  const {
    host,
    path = '',
    query = '',
  } = /^(?:https?|HTTPS?):\/\/(?<host>[^/?#]+)(?<path>\/[^?#]*)(?:\?(?<query>[^#]*))?(?:#.*)?$/s.exec(text)?.groups ??
  {};
  if (host === undefined) return undefined;
  const segments = path.slice(1).split('/');
  const start = keyPosition(segments);
  const isSound = /^[A-Za-z0-9.\-:[\]]+$/.test(host) && /^[!#-;=?-[\]_a-z~]*$/.test(text);
  if (start === undefined || !isSound) return namesKey(path) ? malformed() : undefined;
  const key = segments[start] ?? '';
  if (isOrdinaryPath(key, segments[start + 1] ?? '', start)) return undefined;
  const inPath = readPath(segments.slice(start), legacy);
  const inQuery = readQuery(query);
  if (!inPath.ok) return isRelevant(key) ? inPath : undefined;
  if (!inQuery.ok) return isRelevant(key) ? inQuery : undefined;
  const elements = [...inPath.elements, ...inQuery.elements];
  if (!elements.some(({ ai }) => isRelevant(ai))) return undefined;
  const placement = placementWarnings(inPath.elements, inQuery.elements);
  return { ok: true, elements, warnings: [...inPath.warnings, ...placement] };
}

/** Goods and parcels: for any other key a fault in the address is nobody's business at the bench. */
function isRelevant(key: string): boolean {
  return ['00', '01', '8006'].includes(key);
}

/** Walks the pairs of segments from the right, as long as they begin with an identifier, up to a primary key. */
function keyPosition(segments: readonly string[]): number | undefined {
  for (let place = segments.length - 2; place >= 0; place -= 2) {
    const ai = segments[place] ?? '';
    if (findIdentifier(ai) === undefined) return undefined;
    if (Object.hasOwn(qualifierSequences, ai)) return place;
  }
  return undefined;
}

/** `/2026/01/15` and `/shop/01/shoes` are ordinary: a key's value is digits, and long ones behind a stem. */
function isOrdinaryPath(key: string, value: string, place: number): boolean {
  if (!isRelevant(key)) return false;
  if (!/^[0-9]+$/.test(value)) return true;
  return place > 0 && value.length < 12 && !(value.length === 8 && hasMod10CheckDigit(value));
}

/** True when a valid GTIN or SSCC stands in the path all the same: then the address is a broken link, not a page. */
function namesKey(path: string): boolean {
  const values = [...path.matchAll(/\/(?:01\/([0-9]{14})|00\/([0-9]{18}))(?=\/|$)/g)];
  return values.some(([, gtin, sscc]) => hasMod10CheckDigit(gtin ?? sscc ?? ''));
}

function malformed(): Refusal {
  return refuse(
    'digital-link.malformed',
    'The address names a GTIN or SSCC but is no valid GS1 Digital Link (a slash at the end, an unknown identifier).',
  );
}

function readPath(segments: readonly string[], legacy: boolean): DigitalLink | Refusal {
  const elements: Gs1Element[] = [];
  const warnings: ScanWarning[] = [];
  for (let place = 0; place < segments.length; place += 2) {
    const ai = segments[place] ?? '';
    const value = decode(segments[place + 1] ?? '');
    const isShort = legacy && ai === '01' && [8, 12, 13].includes(value.length);
    if (isShort) warnings.push('digital-link.short-gtin');
    const element = { ai, value: isShort ? value.padStart(14, '0') : value };
    const refusal = checkPair(element);
    if (refusal !== undefined) return refusal;
    elements.push(element);
  }
  return { ok: true, elements, warnings };
}

/** Names that are not digits only, and names without a value, belong to the web page. */
function readQuery(query: string): DigitalLink | Refusal {
  const elements: Gs1Element[] = [];
  for (const pair of query.split('&')) {
    const [, ai, encoded] = /^([0-9]+)=(.*)$/s.exec(pair) ?? [];
    if (ai === undefined || encoded === undefined) continue;
    const value = decode(encoded.replaceAll('+', ' '));
    const element = { ai, value: ai === '01' && [8, 12, 13].includes(value.length) ? value.padStart(14, '0') : value };
    const refusal = checkPair(element);
    if (refusal !== undefined) return refusal;
    elements.push(element);
  }
  return { ok: true, elements, warnings: [] };
}

function checkPair({ ai, value }: Gs1Element): Refusal | undefined {
  const identifier = findIdentifier(ai);
  return identifier === undefined ? unknownIdentifier(ai) : checkElement(identifier, value);
}

/** Percent sequences become bytes; a broken one stays as it is and is then judged as characters. */
function decode(encoded: string): string {
  return encoded.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function placementWarnings(inPath: readonly Gs1Element[], inQuery: readonly Gs1Element[]): ScanWarning[] {
  const [key, ...qualifiers] = inPath.map(({ ai }) => ai);
  const sequences = qualifierSequences[key ?? ''] ?? [];
  const fits = (ais: readonly string[]) => ais.length === 0 || sequences.some((sequence) => isInOrder(ais, sequence));
  const warnings = new Set<ScanWarning>(fits(qualifiers) ? [] : ['digital-link.path-order']);
  const seen = new Set(inPath.map(({ ai }) => ai));
  for (const { ai } of inQuery) {
    const belongsInPath = sequences.some(
      (sequence) => sequence.includes(ai) && qualifiers.every((q) => sequence.includes(q)),
    );
    if (belongsInPath) warnings.add(ai === '10' ? 'digital-link.lot-in-query' : 'digital-link.qualifier-in-query');
    if (seen.has(ai)) warnings.add('digital-link.repeated-ai');
    seen.add(ai);
  }
  return [...warnings];
}

function isInOrder(ais: readonly string[], sequence: readonly string[]): boolean {
  const places = ais.map((ai) => sequence.indexOf(ai));
  return places.every((place, index) => place >= 0 && (index === 0 || place > (places[index - 1] ?? place)));
}
