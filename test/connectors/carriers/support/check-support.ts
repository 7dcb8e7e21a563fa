import { expect } from 'vitest';
import type { Purchase, ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import { decodeSymbols } from '../../../../main/documents/decode.ts';
import { rasterPages } from '../../../../main/documents/raster.ts';
import type { CarrierAbility, CarrierMessage } from '../../../../shared/model/carrier.ts';
import { parseLabelModel } from '../../../../shared/model/label.ts';
import type { ConnectorUnderTest } from './connector-world.ts';

/** One sentence about the connector and what proves it. */
export interface Check {
  readonly title: string;
  run(): Promise<void>;
}

export function can(subject: ConnectorUnderTest, ability: CarrierAbility): boolean {
  return subject.connector.abilities.includes(ability);
}

/** A refusal is only of use where somebody can read it. */
export function expectWords(messages: readonly CarrierMessage[]): void {
  const errors = messages.filter(({ level }) => level === 'error');
  expect(errors).not.toEqual([]);
  for (const { text } of errors) expect(text.trim()).not.toBe('');
}

/** Every text that a scanner reads on the file; of ZPL the contents of its bar code fields. */
export async function textsOn(purchase: Purchase): Promise<string[]> {
  const { label } = purchase;
  if (label.kind === 'values') return [];
  if (label.format === 'zpl') {
    const zpl = Buffer.from(label.bytes).toString('utf8');
    return [...zpl.matchAll(/\^B[C0XQY7A3][^^]*(?:\^FH.?)?\^FD([^^]*)\^FS/g)].map(([, text = '']) =>
      text.replace(/^>[:;0-9]/, '').replace(/>8|_1/g, ''),
    );
  }
  const texts: string[] = [];
  const options = { dpi: 203, format: 'grey' } as const;
  for await (const { raster } of rasterPages(label.bytes, options))
    texts.push(...(await decodeSymbols(raster, 'grey')).map(({ text }) => text));
  return texts;
}

/** A label that can be printed: a file that opens and reads back as this parcel, or values that its layout takes. */
export async function expectLabel(purchase: Purchase, request: ShipmentRequest): Promise<void> {
  expect(purchase.scanTexts).not.toEqual([]);
  if (purchase.label.kind === 'values') {
    parseLabelModel(modelOf(purchase, request));
    return;
  }
  const texts = await textsOn(purchase);
  const bare = (text: string): string => text.replace(/[^0-9A-Za-z]/g, '');
  const known = purchase.scanTexts.map(bare);
  expect(texts.map(bare).filter((text) => known.includes(text))).not.toEqual([]);
}

function modelOf(purchase: Purchase, request: ShipmentRequest): object {
  if (purchase.label.kind === 'file') throw new Error('a file has no values');
  const { profile, fields } = purchase.label;
  return {
    kind: request.kind,
    profile,
    media: request.label.media,
    dpi: request.label.dpi,
    approved: false,
    from: request.from,
    to: request.to,
    carrier: profile,
    service: purchase.serviceTitle,
    parcelIndex: request.parcel.index,
    parcelCount: request.parcel.count,
    orderNumber: request.orderNumber,
    weightMg: request.parcel.weightMg,
    shipDate: request.shipDate,
    ...(request.kind === 'return' ? { rma: request.rma, expiresOn: purchase.validUntil ?? request.shipDate } : {}),
    ...fields,
  };
}
