import { afterAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../../main/documents/documents.ts';
import { scannerSheetWords } from '../../../main/documents/scanner-sheet-words.ts';
import { testSymbols } from '../../../main/documents/symbols.ts';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';
import { sheetFamilies } from '../../../shared/scanner/sheet-families.ts';
import { isTestCode, TEST_CODE } from '../../../shared/scanner/test-code.ts';
import { testQrRows } from '../../../shared/scanner/test-symbol.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const languages = ['en', 'fr'] as const;

describe.each(sheetFamilies)('the set-up sheet for %s', (family) => {
  test.each(languages)('in %s holds the test code three times, each read back exactly', async (language) => {
    const sheet = await documents.renderScannerSheet({ family, language });
    const [page, ...more] = await documents.readBack(sheet.bytes, { dpi: 300, format: 'bilevel' });

    expect(more).toEqual([]);
    expect(page?.symbols.map(({ symbology, text }) => [symbology, text]).toSorted()).toEqual([
      [']C0', TEST_CODE],
      [']Q1', TEST_CODE],
      [']d1', TEST_CODE],
    ]);
  });

  test.each(languages)('in %s says every word of it on one page', async (language) => {
    const words = scannerSheetWords(family, language);
    const sheet = await documents.renderScannerSheet({ family, language });
    const [page] = await documents.readBack(sheet.bytes, { dpi: 203, format: 'grey' });
    const said = (page?.text ?? '').replace(/\s+/g, '');
    const wanted = words.sections.flatMap(({ title, lead, steps }) => [
      title,
      lead,
      ...steps.flatMap(({ set, look }) => [set, look]),
    ]);

    const missing = [words.heading, words.subheading, ...wanted].filter(
      (text) => !said.includes(text.replace(/\s+/g, '')),
    );
    expect(missing).toEqual([]);
  });
});

test('the sheets of a family differ by language and from each other', () => {
  const all = sheetFamilies.flatMap((family) => languages.map((language) => scannerSheetWords(family, language)));
  expect(new Set(all.map((words) => JSON.stringify(words.sections))).size).toBe(all.length);
});

test('the QR code that the page shows is the one an encoder makes of the test code', () => {
  const { columns, modules } = testSymbols(TEST_CODE).qr.pattern;
  const rows = Array.from({ length: columns }, (_, row) => modules.slice(row * columns, (row + 1) * columns).join(''));
  expect(testQrRows).toEqual(rows);
});

test('the test code is no goods, no card and no carrier’s number', () => {
  for (const raw of [TEST_CODE, `]C0${TEST_CODE}`, `]d1${TEST_CODE}`, TEST_CODE.slice(0, -1)]) {
    expect(isTestCode(raw)).toBe(true);
    expect(classifyScan(raw, { now: '2026-11-22T10:00:00.000Z' })).toMatchObject({ ok: true, kind: 'text' });
  }
  expect(['AaZz09', '4006381333931', `${TEST_CODE}${TEST_CODE}`].map(isTestCode)).toEqual([false, false, false]);
});
