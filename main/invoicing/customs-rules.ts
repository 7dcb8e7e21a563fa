import { vagueDescription } from '../../shared/model/customs-words.ts';

/** What lies in the parcel of one order line: the line itself, or a component of the kit that was sold. */
export interface DeclaredUnits {
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitWeightMg: number;
  readonly hsCode: string | null;
  readonly origin: string | null;
  readonly customsText: string | null;
  /** What the buyer paid for these units; null where nobody told. */
  readonly valueMinor: number | null;
}

export interface DeclaredItem {
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  readonly netWeightMg: number;
  readonly valueMinor: number;
  readonly hsCode: string;
  readonly origin: string;
}

/** A declaration, or what the catalogue must say first: columns of the items file by SKU. */
export type Declaration =
  | { readonly outcome: 'complete'; readonly items: readonly DeclaredItem[] }
  | {
      readonly outcome: 'incomplete';
      readonly missing: readonly { readonly sku: string; readonly columns: readonly string[] }[];
    };

const LONGEST = 200;

/** Declares what lies in a parcel, one entry a SKU; `grossMg` is what the scale said. */
export function declare(units: readonly DeclaredUnits[], grossMg: number | null): Declaration {
  const missing = [
    ...new Map(units.map((unit) => [unit.sku, { sku: unit.sku, columns: missingColumns(unit) }])).values(),
  ];
  const incomplete = missing.filter(({ columns }) => columns.length > 0);
  if (incomplete.length > 0) return { outcome: 'incomplete', missing: incomplete };
  const items = new Map<string, DeclaredItem>();
  for (const unit of units) {
    const known = items.get(unit.sku);
    items.set(unit.sku, {
      sku: unit.sku,
      description: describe(unit),
      quantity: (known?.quantity ?? 0) + unit.quantity,
      netWeightMg: (known?.netWeightMg ?? 0) + unit.quantity * unit.unitWeightMg,
      valueMinor: (known?.valueMinor ?? 0) + (unit.valueMinor ?? 0),
      hsCode: unit.hsCode ?? '',
      origin: unit.origin ?? '',
    });
  }
  return { outcome: 'complete', items: withinGross([...items.values()], grossMg) };
}

function missingColumns(unit: DeclaredUnits): string[] {
  return [
    ...(unit.hsCode ? [] : ['hs_code']),
    ...(unit.origin ? [] : ['origin']),
    ...(isTelling(describe(unit)) ? [] : ['customs_text']),
    ...(unit.unitWeightMg > 0 ? [] : ['weight_g']),
    ...(unit.valueMinor === null ? ['unit_price'] : []),
  ];
}

/** The words for customs; without them what the shop calls it, where that says what it is. */
function describe({ customsText, title }: DeclaredUnits): string {
  return (customsText ?? title).slice(0, LONGEST).trim();
}

function isTelling(text: string): boolean {
  return text.length >= 3 && vagueDescription(text) === undefined;
}

/** The articles never weigh more than the parcel: what a catalogue rounds up gives way to the scale. */
function withinGross(items: readonly DeclaredItem[], grossMg: number | null): DeclaredItem[] {
  const netMg = items.reduce((sum, item) => sum + item.netWeightMg, 0);
  if (grossMg === null || netMg <= grossMg) return [...items];
  return items.map((item) => ({ ...item, netWeightMg: Math.max(1, Math.floor((item.netWeightMg * grossMg) / netMg)) }));
}

/** `MUG-1: hs_code, origin; TEA-2: weight_g`, the first few. */
export function missingInWords(
  missing: readonly { readonly sku: string; readonly columns: readonly string[] }[],
): string {
  const shown = missing.slice(0, 5).map(({ sku, columns }) => `${sku}: ${columns.join(', ')}`);
  return [...shown, ...(missing.length > 5 ? [`… (+${missing.length - 5})`] : [])].join('; ');
}

/** Carriers whose parcels cross the border under the Universal Postal Union, with CN22 or CN23. */
const POSTAL =
  /\b(s10|upu|colissimo|chronopost|la[ -]?poste|usps|dhl[ -]paket|deutsche[ -]post|post(nl|e|al)?|royal[ -]mail)\b/i;

/** Which paper a carrier wants on a parcel that leaves the customs union. */
export function customsPaper(carrier: {
  readonly connector: string;
  readonly carrier: string;
}): 'postal' | 'commercial' {
  return POSTAL.test(`${carrier.connector} ${carrier.carrier}`) ? 'postal' : 'commercial';
}
