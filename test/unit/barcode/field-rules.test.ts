import { describe, expect, test } from 'vitest';
import { mod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';
import { explainScanLine } from '../../../shared/barcode/explain.ts';
import { matchesRestrictedPattern } from '../../../shared/barcode/gtin.ts';
import { matchCodes } from '../../../shared/barcode/match-codes.ts';

/** Every rule of scan content that suppliers' labels and scanners in the field taught, as `scan explain` answers it. */
const now = '2026-11-22T10:00:00.000Z';
const GS = '\x1d';
const ITEM = '09520123456788';
const AI01 = `01${ITEM}`;
const checked = (body: string): string => body + mod10CheckDigit(body);
const SSCC = checked('34012345000000001');

const explain = (raw: string): object => explainScanLine(Buffer.from(raw, 'utf8').toString('hex'), now);
type Case = readonly [why: string, raw: string, answer: object];
const item = (gtin14: string, more: object = {}) => ({ ok: true, kind: 'item', gtin14, ...more });
const text = (more: object = {}) => ({ ok: true, kind: 'text', ...more });
const stop = (code: string) => ({ ok: false, code });
const answers = (cases: readonly Case[]) =>
  test.each(cases)('%s', (_why, raw, answer) => {
    expect(explain(raw)).toMatchObject(answer);
  });

describe('AIM identifiers', () => {
  answers([
    [']C0 is never GS1, whatever it begins with', `]C0${AI01}10LOT`, text({ warnings: ['gs1.looks-like-gs1'] })],
    [']C1 is GS1-128', `]C1${AI01}10LOT`, item(ITEM, { lot: 'LOT' })],
    [']C2 has FNC1 in second place', `]C2${AI01}`, text()],
    [']E0 is an EAN-13', ']E04006381333931', item('04006381333931')],
    [']E0 carries a UPC-A with its thirteenth digit', ']E00012345000065', item('00012345000065')],
    ['a device letter in front goes too', 'F]E00012345000065', item('00012345000065')],
    [']E0 with an unexpanded UPC-E is no EAN-8', ']E001234565', item('00012345000065')],
    [']E1 is an add-on of two', ']E112', text()],
    [']E2 is an add-on of five', ']E212345', text()],
    [']E3 is an EAN with its add-on', ']E3590123412345712', item('05901234123457')],
    [']E4 is an EAN-8 and nothing else', ']E401234565', item('00000001234565')],
    [']I0 keeps the indicator of a case', ']I015400141288763', item('15400141288763')],
    [']I1 has its check digit verified', ']I115400141288763', item('15400141288763')],
    [']I3 has it stripped: it is put back', ']I31540014128876', item('15400141288763')],
    [']e0 is DataBar', `]e0${AI01}17261130`, item(ITEM, { expiry: '2026-11-30' })],
    [']d1 is plain Data Matrix', `]d1${AI01}`, text()],
    [']d2 is GS1 Data Matrix', `]d2${AI01}21S1`, item(ITEM, { serial: 'S1' })],
    [']d3 has FNC1 in second place', `]d3${AI01}`, text()],
    [']Q1 is a plain QR code', `]Q1${AI01}`, text()],
    [']Q3 is a GS1 QR code', `]Q3${AI01}`, item(ITEM)],
    [']Q5 has FNC1 in second place', `]Q5${AI01}`, text()],
    [']J0 is plain DotCode', `]J0${AI01}`, text()],
    [']J1 is GS1 DotCode', `]J1${AI01}`, item(ITEM)],
    ...[']z0', ']L0', ']A0', ']F0', ']G0', ']X0'].map(
      (aim): Case => [`${aim} holds no element string`, `${aim}${AI01}`, text()],
    ),
    ['without one, GS in front makes it GS1', `${GS}${AI01}10LOT`, item(ITEM, { lot: 'LOT' })],
    ['without one, GS behind 01', `${AI01}10LOT${GS}17261130`, item(ITEM, { lot: 'LOT', expiry: '2026-11-30' })],
    ['without one, GS behind 02', `02${ITEM}3712${GS}10L`, item(ITEM, { quantity: 12 })],
    ['without one, GS behind 00', `00${SSCC}10L${GS}`, { ok: true, kind: 'sscc', sscc: SSCC }],
    ['without one, a GS elsewhere proves nothing', `10LOT${GS}${AI01}`, text()],
  ]);
});

describe('element strings', () => {
  const lengths: readonly (readonly [ai: string, value: string])[] = [
    ['02', ITEM],
    ['11', '261130'],
    ['13', '261130'],
    ['15', '261130'],
    ['16', '261130'],
    ['17', '261130'],
    ['20', '01'],
    ['3103', '001250'],
    ['3202', '001250'],
    ['410', checked('952012345678')],
    ['417', checked('952012345678')],
  ];
  test.each(lengths)('(%s) ends by its length: no GS is needed, and one too many does no harm', (ai, value) => {
    const lot = { lot: 'LOT' };
    expect(explain(`]C1${AI01}${ai}${value}10LOT`)).toMatchObject(lot);
    expect(explain(`]C1${AI01}${GS}${ai}${value}${GS}${GS}10LOT${GS}`)).toMatchObject(lot);
  });

  test.each(['10', '21', '22', '235', '240', '241', '400', '401', '90', '99'])(
    '(%s) ends with GS or with the data, of at most its own length',
    (ai) => {
      const long = { '10': 20, '21': 20, '22': 20, '235': 28 }[ai] ?? (ai === '99' ? 90 : 30);
      const raw = (length: number) => `]C1${AI01}${ai}${'X'.repeat(length)}${GS}3012`;
      expect(explain(raw(long))).toMatchObject({ ok: true, quantity: 12 });
      expect(explain(raw(long + 1))).toMatchObject(stop('scan.bad-length'));
    },
  );

  answers([
    ['prefix 23 is no longer fixed', `]C1${AI01}235ABC-1${GS}10X`, item(ITEM, { lot: 'X' })],
    ['(30) is a quantity', `]C1${AI01}3012`, item(ITEM, { quantity: 12 })],
    ['(37) is the quantity of (02)', `]C100${SSCC}02${ITEM}3712`, { kind: 'sscc', gtin14: ITEM, quantity: 12 }],
    [
      '02 and 37 without 00 are partial: a warning, the GTIN stays',
      `]C102${ITEM}3712`,
      item(ITEM, { quantity: 12, warnings: ['gs1.missing-companion-ai'] }),
    ],
    ['02 without 37 too', `]C102${ITEM}`, item(ITEM, { warnings: ['gs1.missing-companion-ai'] })],
    [
      '01 beside 37 is a warning',
      `]C1${AI01}3712`,
      item(ITEM, { warnings: expect.arrayContaining(['gs1.excluded-ai-pair']) }),
    ],
    ['21 without an item is a warning', ']C121SER1', text({ serial: 'SER1', warnings: ['gs1.missing-companion-ai'] })],
    ['a repeat that is equal is none', `]C1${AI01}${AI01}`, item(ITEM, { warnings: [] })],
    [
      'a lot sent twice with two values is neither',
      `]C1${AI01}10A${GS}10B`,
      item(ITEM, { warnings: ['gs1.repeated-ai-differs'] }),
    ],
    ['(8006) is a piece of the item', `]C18006${ITEM}0102`, item(ITEM, { warnings: ['gs1.piece-of-item'] })],
    ['(8008) has a moment of production', `]C1${AI01}80082611301530`, item(ITEM)],
    ['(420) and (421) belong to parcels', `]C100${SSCC}42012345`, { kind: 'sscc', sscc: SSCC }],
    ['a wrong check digit stops', ']C10109520123456787', stop('scan.bad-check-digit')],
    [
      'a wrong SSCC stops',
      `]C100${SSCC.slice(0, -1)}${(Number(SSCC.slice(-1)) + 1) % 10}`,
      stop('scan.bad-check-digit'),
    ],
    ['a wrong length stops', `]C1${AI01}17261`, stop('scan.bad-length')],
    ['an empty lot stops', `]C1${AI01}10`, stop('scan.bad-length')],
    ['an identifier that GS1 never gave out stops', `]C1${AI01}89X`, stop('gs1.unknown-ai')],
    ['a character outside set 82 stops', `]C1${AI01}10A^B`, stop('scan.bad-characters')],
    ['letters where digits belong stop', `]C1${AI01}30AB`, stop('scan.bad-characters')],
    ['all of set 82 passes', `]C1${AI01}10!"%&'()*+,-./:;<=>?_`, item(ITEM, { lot: '!"%&\'()*+,-./:;<=>?_' })],
  ]);
});

describe('dates', () => {
  answers([
    ['day 00 is the last of the month', `]C1${AI01}17270200`, item(ITEM, { expiry: '2027-02-28' })],
    ['in a leap year too', `]C1${AI01}17280200`, item(ITEM, { expiry: '2028-02-29' })],
    ['50 years ahead is this century', `]C1${AI01}17760101`, item(ITEM, { expiry: '2076-01-01' })],
    ['51 years ahead was the last', `]C1${AI01}17770101`, item(ITEM, { expiry: '1977-01-01' })],
    ['a month 13 is a warning, and no expiry', `]C1${AI01}17261300`, item(ITEM, { warnings: ['gs1.bad-date'] })],
  ]);

  test('50 years back is the next century, by the clock that is handed in', () => {
    const late = '2076-01-01T00:00:00.000Z';
    const read = (yymmdd: string) => classifyScan(`]C1${AI01}17${yymmdd}`, { now: late });
    expect(read('260101')).toMatchObject({ expiry: '2126-01-01' });
    expect(read('270101')).toMatchObject({ expiry: '2027-01-01' });
  });

  test('a date that does not exist leaves no expiry, so that goods which need one stop', () => {
    expect(explain(`]C1${AI01}17261300`)).not.toHaveProperty('expiry');
  });
});

describe('a GS that the scanner dropped', () => {
  const raw = `]C1${AI01}10ABC12112345`;

  test('is suspected where the last value may hold another element', () => {
    expect(explain(raw)).toMatchObject(item(ITEM, { lot: 'ABC12112345', warnings: ['gs1.gs-maybe-lost'] }));
  });

  test('is not, once this scanner has delivered one', () => {
    expect(classifyScan(raw, { now, deviceSendsGs: true })).toMatchObject({ lot: 'ABC12112345', warnings: [] });
  });

  test('cannot be told where no identifier says GS1: the settings are told instead', () => {
    expect(explain(raw.slice(3))).toMatchObject(text({ warnings: ['gs1.looks-like-gs1'] }));
  });
});

describe('ISO 15434', () => {
  const message = (body: string) => `[)>\x1e06${GS}${body}\x1e\x04`;
  answers([
    [
      'has GS and is not GS1',
      message(`P4711${GS}1PABC-1${GS}Q10${GS}1TLOT7`),
      text({ lot: 'LOT7', quantity: 10, fields: { P: '4711', '1P': 'ABC-1', Q: '10', '1T': 'LOT7' } }),
    ],
    ['is the same behind ]d1', `]d1${message(`1PABC${GS}Q3`)}`, text({ quantity: 3, fields: { '1P': 'ABC', Q: '3' } })],
    ['is an item where its part number is a GTIN', message(`P${ITEM}${GS}Q5`), item(ITEM, { quantity: 5 })],
    ['may come without RS and trailer', `[)>06${GS}P4711`, text({ fields: { P: '4711' } })],
  ]);
});

describe('GTINs', () => {
  const priced = ['02', '20', '24', '29'].map(
    (prefix) => [prefix, checked(`${prefix}1234501234`), checked(`${prefix}1234509999`)] as const,
  );
  test.each(priced)('prefix %s is matched with price or weight masked', (_prefix, one, other) => {
    const scan = classifyScan(one, { now });
    const pattern = scan.ok && scan.kind === 'item' ? (scan.restricted?.pattern ?? '') : '';
    expect(explain(one)).toMatchObject({ kind: 'item', warnings: ['gtin.restricted-circulation'] });
    expect(matchesRestrictedPattern(pattern, other.padStart(14, '0'))).toBe(true);
    expect(matchesRestrictedPattern(pattern, checked('951234501234').padStart(14, '0'))).toBe(false);
  });

  answers([
    ['an indicator 1 to 8 is another trade item and stays', checked('1952012345678'), item(checked('1952012345678'))],
    ['also in (01)', `]C101${checked('8952012345678')}`, item(checked('8952012345678'))],
    [
      'also where 14 digits begin with 2: only 13 digits are of restricted circulation',
      checked('2952012345678'),
      item(checked('2952012345678'), { warnings: [] }),
    ],
    ['12 digits are padded', '012345000065', item('00012345000065')],
    ['a wrong check digit is a misread', '4006381333930', stop('scan.bad-check-digit')],
    [
      'eight digits with two meanings give both, UPC-E first',
      '01234565',
      item('00012345000065', { alternativeGtin14: '00000001234565', warnings: ['gtin.ambiguous-8-digits'] }),
    ],
    ['eight digits with one meaning give that', '96385074', item('00000096385074', { warnings: [] })],
    ['eight digits of a lot number are no product', '20261123', text({ warnings: ['gtin.check-digit-wrong'] })],
  ]);

  test('eight digits are looked up both ways', () => {
    const scan = classifyScan('01234565', { now });
    expect(scan.ok && matchCodes(scan)).toEqual(['00012345000065', '00000001234565', '01234565']);
  });

  test.each([
    ['0', '00000'],
    ['1', '10000'],
    ['2', '20000'],
  ])('UPC-E ending %s has its zeros behind two digits', (last) => {
    const upcA = checked(`012${last}0000345`);
    expect(explain(`]E0012345${last}${upcA.slice(-1)}`)).toMatchObject(item(upcA.padStart(14, '0')));
  });

  test.each([
    ['3', '01230000045'],
    ['4', '01234000005'],
    ['7', '01234500007'],
  ])('UPC-E ending %s expands to %s', (last, body) => {
    const upcA = checked(body);
    expect(explain(`]E0012345${last}${upcA.slice(-1)}`)).toMatchObject(item(upcA.padStart(14, '0')));
  });
});

describe('GS1 Digital Links', () => {
  const link = `https://id.example/01/${ITEM}`;
  answers([
    ['name the item', link, item(ITEM, { warnings: [] })],
    ['in capitals as well', `HTTPS://ID.EXAMPLE/01/${ITEM}`, item(ITEM)],
    ['not in mixed case', `HttPs://id.example/01/${ITEM}`, text()],
    [
      'with stem, qualifiers, query and fragment',
      `https://id.example/a/b/01/${ITEM}/22/V/10/L/21/S?17=261130&utm=1&10x=2#top`,
      item(ITEM, { lot: 'L', serial: 'S', expiry: '2026-11-30', warnings: [] }),
    ],
    ['the rightmost key wins', `https://id.example/01/${ITEM}/01/09506000134352`, item('09506000134352')],
    ['a + in the path is a plus', `${link}/10/A+B`, item(ITEM, { lot: 'A+B' })],
    ['a + in the query is a blank, which no lot has', `${link}?10=A+B`, stop('scan.bad-characters')],
    ['percent signs are decoded', `${link}/21/S%2F2`, item(ITEM, { serial: 'S/2' })],
    [
      'qualifiers out of order are a warning',
      `${link}/21/S/10/L`,
      item(ITEM, { lot: 'L', warnings: ['digital-link.path-order'] }),
    ],
    [
      'a lot in the query is a warning',
      `${link}?10=LOT`,
      item(ITEM, { lot: 'LOT', warnings: ['digital-link.lot-in-query'] }),
    ],
    ['names that are no digits are the page’s', `${link}?lot=L&a=01`, item(ITEM, { warnings: [] })],
    [
      'GTINs of 13, 12 and 8 digits are taken, with a warning',
      'https://id.example/01/4006381333931',
      item('04006381333931', { warnings: ['digital-link.short-gtin'] }),
    ],
    ['of 12 digits', 'https://id.example/01/012345000065', item('00012345000065')],
    ['of 8 digits', 'https://id.example/01/96385074', item('00000096385074')],
    ['a slash at the end is none', `${link}/`, stop('digital-link.malformed')],
    ['a wrong check digit stops', 'https://id.example/01/09520123456787', stop('scan.bad-check-digit')],
    ['an ordinary address is text', 'https://shop.example/products/mug?id=01', text({ warnings: [] })],
    ['an address with a date in it too', 'https://shop.example/2026/11/22', text({ warnings: [] })],
  ]);

  test('short GTINs can be switched off', () => {
    const scan = classifyScan('https://id.example/01/4006381333931', { now, legacyDigitalLink: false });
    expect(scan).toMatchObject(stop('scan.bad-length'));
  });
});

describe('text that an AZERTY PC made of a US scanner’s keys', () => {
  answers([
    [
      'is repaired where a check digit proves it',
      retype('4006381333931'),
      item('04006381333931', { warnings: ['scan.layout-repaired'] }),
    ],
    [
      'as an identifier with its element string',
      retype(`]C1${AI01}`),
      item(ITEM, { warnings: ['scan.layout-repaired'] }),
    ],
    [
      'is kept beside the text where nothing proves it',
      'àà\'HA"NIDBVD',
      text({ text: 'àà\'HA"NIDBVD', retyped: '004HQ3NIDBVD', warnings: ['scan.maybe-other-layout'] }),
    ],
    ['is left alone where it holds a digit', 'Café 12', text({ warnings: [] })],
    ['is left alone where it has small letters', 'Café', text({ warnings: [] })],
  ]);

  test('is looked up both ways', () => {
    const scan = classifyScan('àà\'HA"NIDBVD', { now });
    expect(scan.ok && matchCodes(scan)).toEqual(['àà\'HA"NIDBVD', '004HQ3NIDBVD']);
  });
});

/** What a French PC makes of the keys that a US scanner presses. */
function retype(sent: string): string {
  const made: Record<string, string> = {
    ...Object.fromEntries([...'0123456789'].map((digit, index) => [digit, [...'à&é"\'(-è_ç'][index] ?? ''])),
    ']': '$',
  };
  return [...sent].map((character) => made[character] ?? character).join('');
}
