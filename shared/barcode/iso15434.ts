import { GS } from './gs1-elements.ts';
import { itemReading } from './gs1-scan.ts';
import { gtin14 } from './gtin.ts';
import type { Reading, TradeData } from './scan-result.ts';

const RS = '\u001e';
const EOT = '\u0004';

/**
 * Reads an ISO/IEC 15434 message (`[)>` RS format GS fields RS EOT), which has GS but is not GS1.
 *
 * Returns undefined for any other text. Some suppliers leave the first RS or the trailer out. Fields are kept by
 * their data identifier; the message is an item only when `8P` or `P` holds a GTIN with a right check digit.
 */
export function readIso15434(text: string): Reading | undefined {
  if (!text.startsWith('[)>')) return undefined;
  const message = text.slice(text.charAt(3) === RS ? 4 : 3);
  const format = message.slice(0, 2);
  if (!/^[0-9]{2}$/.test(format) || message.charAt(2) !== GS) return undefined;
  const fields = format === '06' || format === '12' ? readFields(message.slice(3)) : {};
  const data = tradeData(fields);
  const number = fields['8P'] ?? fields.P ?? '';
  const item = /^[0-9]{12,14}$/.test(number) ? gtin14(number) : undefined;
  if (item !== undefined) return itemReading(item, { ...data, warnings: [] });
  return { ok: true, kind: 'text', fields, ...data, warnings: [] };
}

/** The first field of each data identifier; everything from the record separator on is the trailer. */
function readFields(body: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const [record = ''] = body.replaceAll(EOT, RS).split(RS, 1);
  for (const field of record.split(GS)) {
    const [, identifier, value] = /^([0-9]{0,3}[A-Z])(.*)$/s.exec(field) ?? [];
    if (identifier !== undefined && value !== undefined) fields[identifier] ??= value;
  }
  return fields;
}

function tradeData(fields: Readonly<Record<string, string>>): TradeData {
  const lot = fields['1T'];
  const serial = fields.S;
  const quantity = /^[1-9][0-9]{0,8}$/.test(fields.Q ?? '') ? Number(fields.Q) : undefined;
  return {
    ...(lot === undefined || lot === '' ? {} : { lot }),
    ...(serial === undefined || serial === '' ? {} : { serial }),
    ...(quantity === undefined ? {} : { quantity }),
  };
}
