import { describe, expect, test } from 'vitest';
import { parseDigitalLink } from '../../../shared/barcode/digital-link.ts';

const read = (text: string, legacy = true) => {
  const link = parseDigitalLink(text, legacy);
  if (link === undefined) return 'plain text';
  if (!link.ok) return link.code;
  return [link.elements.map(({ ai, value }) => `(${ai})${value}`).join(''), ...link.warnings].join(' ');
};
const GTIN = '09520123456788';

describe('GS1 Digital Links', () => {
  test.each([
    [`https://id.gs1.org/01/${GTIN}`, `(01)${GTIN}`],
    [`http://a/01/${GTIN}`, `(01)${GTIN}`],
    [`HTTPS://ID.GS1.ORG/01/${GTIN}`, `(01)${GTIN}`],
    [`https://a:65535/some/stem/01/${GTIN}/22/2A/10/ABC1/21/12345`, `(01)${GTIN}(22)2A(10)ABC1(21)12345`],
    [`https://[2001:db8::1]/01/${GTIN}/235/TPX`, `(01)${GTIN}(235)TPX`],
    ['https://a/00/faux/00/006141411234567890', '(00)006141411234567890'],
    [`https://a/01/12312312312333/x/01/${GTIN}`, `(01)${GTIN}`],
    [`https://a/01/${GTIN}/10/ABC%2d12%2F3`, `(01)${GTIN}(10)ABC-12/3`],
    [`https://a/01/${GTIN}/10/AB+C?98=X%2BY`, `(01)${GTIN}(10)AB+C(98)X+Y`],
    [`https://a/01/${GTIN}?17=261231&3103=000195#10=X`, `(01)${GTIN}(17)261231(3103)000195`],
    [`https://a/01/${GTIN}?&&linkType=all&17=261231&&flag&x=1&`, `(01)${GTIN}(17)261231`],
    [`https://a/01/${GTIN}?`, `(01)${GTIN}`],
    [`https://a/00/952012345678912345?02=${GTIN}&37=25&10=A`, `(00)952012345678912345(02)${GTIN}(37)25(10)A`],
    [`https://a/8004/9520614141234567?01=9520123456788`, `(8004)9520614141234567(01)${GTIN}`],
    [`https://a/01/${GTIN}/235/X?10=A`, `(01)${GTIN}(235)X(10)A`],
    [`https://a/8006/${GTIN}0102/21/S`, `(8006)${GTIN}0102(21)S`],
  ])('%s', (text, told) => {
    expect(read(text)).toBe(told);
  });

  test.each([
    [`https://a/01/${GTIN}?10=A`, `(01)${GTIN}(10)A digital-link.lot-in-query`],
    [`https://a/01/${GTIN}?21=S`, `(01)${GTIN}(21)S digital-link.qualifier-in-query`],
    [`https://a/01/${GTIN}/21/S/10/A`, `(01)${GTIN}(21)S(10)A digital-link.path-order`],
    [`https://a/01/${GTIN}/17/261231`, `(01)${GTIN}(17)261231 digital-link.path-order`],
    [`https://a/00/006141411234567890/10/A`, '(00)006141411234567890(10)A digital-link.path-order'],
    [`https://a/01/${GTIN}?99=A&99=A`, `(01)${GTIN}(99)A(99)A digital-link.repeated-ai`],
    ['https://a/01/9520123456788', `(01)${GTIN} digital-link.short-gtin`],
    ['https://a/01/416000336108', '(01)00416000336108 digital-link.short-gtin'],
    ['https://a/stem/01/02345673', '(01)00000002345673 digital-link.short-gtin'],
  ])('%s is kept with a warning', (text, told) => {
    expect(read(text)).toBe(told);
  });

  test.each([
    ['https://a/01/09520123456789', 'scan.bad-check-digit'],
    ['https://a/stem/01/9520123456789', 'scan.bad-check-digit'],
    ['https://a/01/095201234567880', 'scan.bad-length'],
    ['https://a/01/952', 'scan.bad-length'],
    ['https://a/00/00614141123456789', 'scan.bad-length'],
    [`https://a/01/${GTIN}/10/${'A'.repeat(21)}`, 'scan.bad-length'],
    [`https://a/01/${GTIN}/10/`, 'scan.bad-length'],
    [`https://a/01/${GTIN}?99=`, 'scan.bad-length'],
    [`https://a/01/${GTIN}?98=XYZ+987`, 'scan.bad-characters'],
    [`https://a/01/${GTIN}/10/A%00B`, 'scan.bad-characters'],
    [`https://a/01/${GTIN}/10/%C3%A9`, 'scan.bad-characters'],
    [`https://a/01/${GTIN}?99=ABC&999=faux`, 'gs1.unknown-ai'],
    [`https://a/01/${GTIN}?89=ABC`, 'gs1.unknown-ai'],
    [`https://a/01/${GTIN}/`, 'digital-link.malformed'],
    [`https://a/01/${GTIN}/89/ABC`, 'digital-link.malformed'],
    [`https://a/01/${GTIN}/10/A B`, 'digital-link.malformed'],
    ['https://a/00/006141411234567890/', 'digital-link.malformed'],
  ])('%s stops with %s', (text, code) => {
    expect(read(text)).toBe(code);
  });

  test.each(['https://a/01/9520123456788', 'https://a/01/416000336108', 'https://a/01/02345673'])(
    '%s stops where short GTINs are switched off',
    (text) => {
      expect(read(text, false)).toBe('scan.bad-length');
    },
  );

  test.each([
    'https://example.com',
    'https://example.com/',
    'https://example.com/products/blue-shirt?variant=12',
    'https://blog.example/2026/01/15',
    'https://blog.example/2026/01/15/',
    'https://shop.example/01/shoes',
    'https://shop.example/401/overview',
    'https://shop.example/8004/abc',
    'https://shop.example/shelf/00/12',
    'https://shop.example/article/01/1234567890',
    `HtTpS://a/01/${GTIN}`,
    `ftp://a/01/${GTIN}`,
    `https://01/${GTIN}`,
    'www.example.com/01/x',
    'http:///',
    'https://',
    'not an address',
  ])('%s is an ordinary address', (text) => {
    expect(read(text)).toBe('plain text');
  });
});
