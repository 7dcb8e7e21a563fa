import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';
import { explainScanLine } from '../../../shared/barcode/explain.ts';
import { scanRefusals, scanWarnings } from '../../../shared/barcode/scan-result.ts';

const now = '2026-11-22T10:00:00.000Z';

// Bytes alone would hardly ever get past the first test, so most scans are pieces of real ones put together at random.
const piece = fc.oneof(
  fc.constantFrom(
    ']C1',
    ']d2',
    ']E0',
    ']E4',
    ']I3',
    ']Q3',
    ']e0',
    ']C0',
    'F]E0',
    '\u001d',
    '\u001e',
    '\u0004',
    '\r\n',
    '|',
  ),
  fc.constantFrom(
    '01',
    '00',
    '02',
    '10',
    '17',
    '21',
    '37',
    '3103',
    '7003',
    '8008',
    '235',
    '420',
    '92',
    '[)>',
    '06',
    'P',
    'Q',
  ),
  fc.constantFrom(
    '09520123456788',
    '106141412345678908',
    '4006381333931',
    '260230',
    'https://a',
    '/01/',
    '?10=',
    '%',
    '+',
  ),
  fc.constantFrom('PWC', 'pwl', 'R', '1Z', 'JJD', '\u0000', 'é', '\ud800'),
  fc.stringMatching(/^[0-9]{1,20}$/),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const scanText = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

describe('any scan at all', () => {
  test('is answered, by text or bytes, with known codes and text that can be shown', () => {
    const raw = fc.oneof(
      scanText,
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ minLength: 4000, maxLength: 4200 }),
    );
    fc.assert(
      fc.property(raw, fc.boolean(), fc.boolean(), (scan, legacyDigitalLink, deviceSendsGs) => {
        const result = classifyScan(scan, { now, legacyDigitalLink, deviceSendsGs });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
        expect(result.text).not.toMatch(/[\u0000-\u001f]/);
        if (!result.ok) {
          expect(scanRefusals).toContain(result.code);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
          expect(result.message).not.toMatch(/[\u0000-\u001f]/);
        } else for (const warning of result.warnings) expect(scanWarnings).toContain(warning);
      }),
      { numRuns: 3000 },
    );
  });

  test('is explained as the same by its hex', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const explained = explainScanLine(Buffer.from(bytes).toString('hex'), now);
        expect(explained).toMatchObject({ ok: classifyScan(bytes, { now }).ok });
      }),
    );
  });
});
