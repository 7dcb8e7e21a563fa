import { afterAll, expect, test } from 'vitest';
import type { ManifestModel } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const model = (parcels: number, change: Partial<ManifestModel> = {}): ManifestModel => ({
  language: 'fr',
  number: 'M20261123-01',
  carrier: 'Transporteur Démo',
  account: '900001',
  shipDate: '2026-11-23',
  shipper: {
    name: 'Atelier Démo',
    street1: '1 quai de l’Exemple',
    postcode: '13002',
    city: 'Marseille',
    country: 'FR',
  },
  rows: Array.from({ length: parcels }, (_, index) => ({
    trackingNumber: `9521234${String(index).padStart(11, '0')}`,
    orderNumber: `#${1000 + index}`,
    service: 'Standard',
    postcode: '75011',
    country: 'FR',
    weightMg: 1_250_000,
  })),
  ...change,
});
const read = async (drawn: { bytes: Uint8Array }) => documents.readBack(drawn.bytes, { dpi: 300, format: 'grey' });

test('a manifest lists each parcel once, adds them up, and its number reads back', async () => {
  const pages = await read(await documents.renderManifest(model(3)));
  expect(pages).toHaveLength(1);
  const [page] = pages;
  expect(page?.symbols.map(({ symbology, text }) => [symbology, text])).toEqual([[']C0', 'M20261123-01']]);
  expect(page).toMatchObject({ inkAtEdge: false });
  for (const text of ['Bordereau de remise', '900001', '23 nov. 2026', '#1002', '3 colis, 3,75 kg', 'Signature'])
    expect(page?.text).toContain(text);
});

test('a full van fills several pages, each with its number, and the signature stands whole on the last', async () => {
  const pages = await read(await documents.renderManifest(model(120, { language: 'en' })));
  expect(pages.length).toBeGreaterThan(2);
  for (const [index, page] of pages.entries()) {
    expect(page.text).toContain(`Page ${index + 1}/${pages.length}`);
    expect(page.text).toContain('M20261123-01');
  }
  const all = pages.map((page) => page.text).join('\n');
  for (const row of model(120).rows) expect(all.split(row.trackingNumber)).toHaveLength(2);
  expect(pages.slice(0, -1).every((page) => !page.text.includes('Signature'))).toBe(true);
  expect(pages.at(-1)?.text).toContain('Received 120 parcels');
});

test('what is long, missing or in other letters is told all the same', async () => {
  const [first] = model(1).rows;
  if (!first) throw new Error('a row');
  const rows = [{ ...first, orderNumber: 'ORDER-'.repeat(7), weightMg: null, postcode: '', service: 'Łódź express' }];
  const [page] = await read(await documents.renderManifest(model(1, { rows, account: '' })));
  expect(page?.text).toContain('Lódz express');
  expect(page?.text).toContain('1 colis');
});
