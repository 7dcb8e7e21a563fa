import { classifyScan } from './classify-scan.ts';
import type { ScanKind, ScanResult } from './scan-result.ts';

/** The kinds that `scan explain` knows: a carton card is a command to the packer, a walk orders, an RMA code text with its `rma`. */
const explainedKinds: Readonly<Record<ScanKind, string>> = {
  item: 'item',
  sscc: 'sscc',
  command: 'command',
  carton: 'command',
  badge: 'badge',
  tote: 'tote',
  location: 'location',
  tracking: 'tracking',
  order: 'order',
  run: 'order',
  return: 'text',
  text: 'text',
};

/**
 * One line of `packwright scan explain`: the hex of a scan's raw bytes in, a plain JSON object out.
 *
 * `{ok: true, kind, gtin14, lot, expiry, serial, sscc, quantity, text, warnings}` with what is not known left out,
 * or `{ok: false, code, message}`. Beyond these, each only where it applies: `alternativeGtin14`, `tracking`, `rma`, `fields`
 * (ISO 15434), `retyped`, `restricted` and `addOn` of an item, and what else a trade unit tells (`FURTHER`).
 */
export function explainScanLine(hex: string, now: string): object {
  const digits = hex.replace(/\s/g, '');
  if (!/^(?:[0-9A-Fa-f]{2})*$/.test(digits)) {
    return { ok: false, code: 'scan.bad-hex', message: 'The line is not the hex of whole bytes.' };
  }
  const bytes = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return explain(classifyScan(bytes, { now }));
}

/** Dates as ISO 8601 days, the weight in milligrams. */
const FURTHER = [
  'variant',
  'expiryTime',
  'bestBefore',
  'sellBy',
  'productionDate',
  'packagingDate',
  'netWeightMg',
  'orderNumber',
] as const;

function explain(scan: ScanResult): object {
  if (!scan.ok) return { ok: false, code: scan.code, message: scan.message };
  const all = {
    ok: true,
    kind: explainedKinds[scan.kind],
    gtin14: 'gtin14' in scan ? scan.gtin14 : undefined,
    alternativeGtin14: 'alternativeGtin14' in scan ? scan.alternativeGtin14 : undefined,
    lot: 'lot' in scan ? scan.lot : undefined,
    expiry: 'expiry' in scan ? scan.expiry : undefined,
    serial: 'serial' in scan ? scan.serial : undefined,
    sscc: 'sscc' in scan ? scan.sscc : undefined,
    quantity: 'quantity' in scan ? scan.quantity : undefined,
    ...(scan.kind === 'item' || scan.kind === 'sscc'
      ? Object.fromEntries(FURTHER.map((name) => [name, scan[name]]))
      : {}),
    restricted: scan.kind === 'item' ? scan.restricted : undefined,
    addOn: scan.kind === 'item' ? scan.addOn : undefined,
    tracking: 'tracking' in scan ? scan.tracking : undefined,
    rma: scan.kind === 'return' ? scan.code : undefined,
    fields: 'fields' in scan ? scan.fields : undefined,
    retyped: 'retyped' in scan ? scan.retyped : undefined,
    text: scan.text,
    warnings: scan.warnings,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
