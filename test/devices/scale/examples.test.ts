import { describe, expect, test } from 'vitest';
import type { DecodedFrame } from '../../../shared/scale/decode-case.ts';
import type { ScaleSettings } from '../../../shared/scale/scale-settings.ts';
import { ack, decode, decodeText, error, moving, noFlag, weight } from './frames.ts';

const net = { mode: 'net' } as const;
const gross = { mode: 'gross' } as const;
const unsure = { usable: false } as const;

type Example = readonly [text: string, frames: readonly DecodedFrame[], settings?: ScaleSettings];

function reads(protocol: string, examples: readonly Example[]): void {
  for (const [text, frames, settings] of examples)
    test(`${protocol} ${JSON.stringify(text)}`, () => {
      expect(decodeText(protocol, text, settings)).toEqual(frames);
    });
}

describe('MT-SICS', () => {
  reads('mt-sics', [
    ['S S     100.00 g\r\n', [weight(100, 'g', 100, net)]],
    ['S S     100.00  g\r\n', [weight(100, 'g', 100, net)]],
    ['S D     100.00   kg \r\n', [weight(100, 'kg', 100_000, { ...net, ...moving })]],
    ['S D     100.00 g\r\n', [weight(100, 'g', 100, { ...net, ...moving })]],
    ['S S    -12.50 kg\r\n', [weight(-12.5, 'kg', -12500, { ...net, ...unsure })]],
    ['S S     -0.000 kg\r\n', [weight(0, 'kg', 0, net)]],
    ['S S      1.250 LB\r\n', [weight(1.25, 'lb', 566.9905, net)]],
    ['S S      8.00 oz\r\n', [weight(8, 'oz', 226.7962, net)]],
    ['S S    12:07.50 lb:oz\r\n', [weight('12:07.50', 'lb:oz', 5655.7299, net)]],
    ['S S       12 PCS\r\n', [error('not_a_weight')]],
    ['S S 100.00 g\r\n', [weight(100, 'g', 100, net)]],
    ['S S   3.45 g\r\n', [weight(3.45, 'g', 3.45, { ...net, ...unsure })]],
    ['S S     00.00 g\r\n', [weight(0, 'g', 0, { ...net, ...unsure })]],
    ['S I\r\n', [error('busy')]],
    ['S L\r\n', [error('bad_parameter')]],
    ['S -\r\n', [error('underload')]],
    ['ES\r\n', [error('syntax')]],
    ['ET\r\n', [error('transmission')]],
    ['EL\r\n', [error('refused')]],
    ['I4 A "0123456789"\r\n', [ack]],
    ['Z A\r\n', [ack]],
    ['T S     12.50 g\r\n', [ack]],
    ['S A\r\nS S     100.00 g\r\n', [ack, weight(100, 'g', 100, net)]],
    ['.50 g\r\nS S      12.50 g\r\n', [weight(12.5, 'g', 12.5, net)]],
    ['S S     10S S     100.00 g\r\n', [weight(100, 'g', 100, net)]],
    [
      'S S     100.00 g\r\nES\r\nS D      99.00 g\r\n',
      [weight(100, 'g', 100, net), error('syntax'), weight(99, 'g', 99, { ...net, ...moving })],
    ],
  ]);
});

describe('Toledo 8217', () => {
  const lb = { unit: 'lb' } as const;
  reads('toledo-8217', [
    ['\x0201.25\r', [weight(1.25, null, null, { ...gross, ...unsure })]],
    ['\x02000.00\r', [weight(0, 'lb', 0, gross)], lb],
    ['\x0201.25N\r', [weight(1.25, 'lb', 566.9905, net)], lb],
    ['\x020012.5lb\r', [weight(12.5, 'lb', 5669.9046, gross)], { unit: 'kg' }],
    ['\x02012lb07.50oz\r', [weight('12:07.50', 'lb:oz', 5655.7299, gross)]],
    ['\x02?A\r', [error('in_motion')]],
    ['\x02?B\r', [error('overload')]],
    ['\x02?D\r', [error('underload')]],
    ['\x02?E\r', [error('underload')]],
    ['\x02?a\r', [error('in_motion')]],
    ['\x02?@\r', [error('unchanged')]],
    ['\x02E\rhello', [ack]],
    ['1.25\r\x0201.25\r', [weight(1.25, 'lb', 566.9905, gross)], lb],
    ['\x0201.\x0202.50\r', [weight(2.5, 'lb', 1133.9809, gross)], lb],
    ['\x021.25\r', [weight(1.25, 'lb', 566.9905, { ...gross, ...unsure })], lb],
    ['\x0200125\r', [weight(125, 'lb', 56699.0463, { ...gross, ...unsure })], lb],
    ['\x0200125\r', [weight(1.25, 'lb', 566.9905, gross)], { unit: 'lb', decimals: 2 }],
  ]);
});

describe('NCI', () => {
  reads('nci-scp01', [
    ['\n0001.25LB\r\n10\r\x03', [weight(1.25, 'lb', 566.9905, moving)]],
    ['\n0001.25LB\r\n01\r\x03', [error('underload')]],
    ['\n^^^^^^^^\r\n02\r\x03', [error('overload')]],
    ['\n^^^^^^^lb\r\n00\r\x03', [error('overload')]],
    ['\n________\r\n01\r\x03', [error('underload')]],
    ['\n--------\r\n00\r\x03', [error('zero_error')]],
    ['\n12lb 07.5oz\r\n00\r\x03', [weight('12:07.5', 'lb:oz', 5655.7299)]],
    ['\n 1250g \r\n00\r\x03', [weight(1250, 'g', 1250)]],
    ['\n-001.25LB\r\n00\r\x03', [weight(-1.25, 'lb', -566.9905, unsure)]],
    ['\n0001.25KG\r\n0p0\r\x03', [weight(1.25, 'kg', 1250, gross)]],
    ['\n0001.25KG\r\n0pt0\r\x03', [weight(1.25, 'kg', 1250, net)]],
    ['\n0001.25KG\r\n0p\r\x03', []],
    ['\n0001.25\r\n00\r\x03', [weight(1.25, 'oz', 35.4369, unsure)], { unit: 'oz' }],
    ['\n0001.25LB\r\n40\r\x03', [error('fault')]],
    ['\n?\r\x03', [error('refused')]],
    ['\n20\r\x03', [ack]],
    ['001.25LB\r\n00\r\x03\n0002.00LB\r\n00\r\x03', [weight(2, 'lb', 907.1847)]],
  ]);
  reads('nci-scp02', [
    ['\nS10\r\x03', [error('in_motion')]],
    ['\nS02\r\x03', [error('overload')]],
    ['\nS01\r\x03', [error('underload')]],
    ['\nS20\r\x03', [ack]],
    ['\n00.000KG\r\nS20\r\x03', [weight(0, 'kg', 0)]],
  ]);
  reads('nci-scp12', [
    ['\n 012.34LB\r10\x03', [weight(12.34, 'lb', 5597.3298, moving)]],
    ['\n 012.34LB\r02\x03', [error('overload')]],
    ['\n 012.34LB\r30\x03', [weight(12.34, 'lb', 5597.3298)], { polarity: 'inverted' }],
    ['\n 012.34LB\r00\x03', [weight(12.34, 'lb', 5597.3298, moving)], { polarity: 'inverted' }],
  ]);
});

describe('Fairbanks', () => {
  reads('fairbanks-ups', [
    ['  12.34 lb GR  \r\n', [weight(12.34, 'lb', 5597.3298, gross)]],
    ['  12.34 kg NT  \r\n', [weight(12.34, 'kg', 12340, net)]],
    ['2.34 lb GR  \r\n  12.34 lb GR  \r\n', [weight(12.34, 'lb', 5597.3298, gross)]],
  ]);
});

describe('CAS', () => {
  const lamp = (code: number): string => `US,NT,1${String.fromCharCode(code)},-00013.5  g\r\n`;
  const told = [weight(-13.5, 'g', -13.5, { ...net, ...moving })];
  reads('cas-22', [
    [lamp(0x8d), told],
    [lamp(0x0d), told],
    [lamp(0x0a), told],
    [lamp(0x2c), told],
    ['OL,GS,1\xc4,000013.5 kg\r\n', [error('overload')]],
    ['ST,GS,1\xc4,000013.5 lb\r\nST,GS,1\xc4,0000', [weight(13.5, 'lb', 6123.497, gross)]],
    ['ST,GS,1\xc4,00ST,GS,1\xc4,000013.5 lb\r\n', [weight(13.5, 'lb', 6123.497, gross)]],
    ['ST,GS,1\xc4,00013.5 kg\r\n', []],
  ]);
  reads('cas-10', [
    ['25\r\n  001.25\r\n', [weight(1.25, 'kg', 1250, noFlag)], { unit: 'kg' }],
    ['  001.25\r\n', [weight(1.25, null, null, noFlag)]],
    ['- 001.25\r\n', [weight(-1.25, 'kg', -1250, noFlag)], { unit: 'kg' }],
  ]);
  test('PD-II frames are refused with a wrong check byte, answered with ACK, and over at F', () => {
    expect(decode('cas-pd2', '06')).toEqual([ack]);
    expect(decode('cas-pd2', '0102532030312e3233346b67640304')).toEqual([error('checksum')]);
    expect(decode('cas-pd2', '010255 46 464646464646 6b67 1f 0304')).toEqual([error('overload')]);
    expect(decode('cas-pd2', '06|0102532030312e|3233346b67650304')).toEqual([ack, weight(1.234, 'kg', 1234)]);
  });
});

describe('A&D', () => {
  reads('and', [
    ['US,-000012.5 kg\r\n', [weight(-12.5, 'kg', -12500, moving)]],
    ['ST,OK,+001234.5  g\r\n', [weight(1234.5, 'g', 1234.5)]],
    ['ST,+00001.25 lb\r\n', [weight(1.25, 'lb', 566.9905)]],
    ['ST,-00000.00  g\r\n', [weight(0, 'g', 0)]],
    ['ST,+00010.00ozt\r\n', [weight(10, 'ozt', 311.0348)]],
    ['OL,-999999.9  g\r\n', [error('underload')]],
    ['QT,+00000012 PC\r\n', [error('not_a_weight')]],
    ['ST,+00012.50  %\r\n', [error('not_a_weight')]],
    ['001234.5  g\r\nUS,+001234.5  g\r\n', [weight(1234.5, 'g', 1234.5, moving)]],
  ]);
  test('a scale at 7E1 on a line opened as 8N1 is read, and the line named', () => {
    const parity = (byte: number): number => (byte.toString(2).replaceAll('0', '').length % 2 ? byte | 0x80 : byte);
    const bytes = Buffer.from(Array.from(Buffer.from('ST,+001234.5  g\r\n', 'latin1'), parity));
    expect(decode('and', bytes.toString('hex'))).toEqual([{ ...weight(1234.5, 'g', 1234.5), line: '7E1' }]);
    bytes[4] = (bytes[4] ?? 0) ^ 0x80;
    expect(decode('and', bytes.toString('hex'))).toEqual([]);
  });
});

describe('Ohaus', () => {
  reads('ohaus', [
    ['     192.21 g\r\n', [weight(192.21, 'g', 192.21)]],
    ['     192.21 g ?\r\n', [weight(192.21, 'g', 192.21, moving)]],
    ['       0.01 g ?\r\n', [weight(0.01, 'g', 0.01, moving)]],
    ['     176.30 g ? 00:00:15\r\n', [weight(176.3, 'g', 176.3, moving)]],
    ['    -176.30 g\r\n', [weight(-176.3, 'g', -176.3, unsure)]],
    ['207.80 g TOTAL\r\n', [error('not_a_weight')]],
    ['    12.34 kg    G  \r\n', [weight(12.34, 'kg', 12340, gross)]],
    ['    12.34 kg     G  \r\n', [weight(12.34, 'kg', 12340, gross)]],
    ['    12.34 kg       \r\n', [weight(12.34, 'kg', 12340)]],
    ['-   12.34 kg       \r\n', [weight(-12.34, 'kg', -12340, unsure)]],
    ['    12.34 lb    ?   \r\n', [weight(12.34, 'lb', 5597.3298, moving)]],
    ['92.21 g\r\n     192.21 g\r\n', [weight(192.21, 'g', 192.21)]],
  ]);
});

describe('Kern', () => {
  reads('kern-s-w', [
    ['       0.665 g  \r\n', [weight(0.665, 'g', 0.665)]],
    ['      12.665 kg \r\n', [weight(12.665, 'kg', 12665)]],
    ['       Error\r\n', [error('fault')]],
    ['  12.665 g  \r\n', []],
  ]);
  reads('kern-eoc', [
    ['US,NT  -1.234kg\r\n', [weight(-1.234, 'kg', -1234, { ...net, ...moving })]],
    ['ST,GS    1234 g\r\n', [weight(1234, 'g', 1234, gross)]],
    ['OL,GS        kg\r\n', [error('overload')]],
    ['.234kg\r\nST,GS   1.234kg\r\n', [weight(1.234, 'kg', 1234, gross)]],
    ['ST,GS 1.234kg\r\n', [weight(1.234, 'kg', 1234, { ...gross, ...unsure })]],
  ]);
});

describe('Radwag', () => {
  reads('radwag', [
    ['S A\r\nS    -      8.5 g  \r\n', [ack, weight(-8.5, 'g', -8.5, unsure)]],
    ['S           8.5 g  \r\n', [weight(8.5, 'g', 8.5)]],
    ['SI ^        8.5 g  \r\n', [error('overload')]],
    ['SI v        8.5 g  \r\n', [error('underload')]],
    ['S I\r\n', [error('busy')]],
    ['ES\r\n', [error('syntax')]],
  ]);
});

describe('the other line families', () => {
  reads('dini', [
    ['US,1,    12.34kg,     0.00kg\r\n', [weight(12.34, 'kg', 12340, moving)]],
    ['OL,1,    99.99kg,     0.00kg\r\n', [error('overload')]],
    ['ST,1,    -2.34kg,     0.00kg\r\n', [weight(-2.34, 'kg', -2340, unsure)]],
  ]);
  reads('adam', [
    ['N/W  + 5.00 lb\r\n', [weight(5, 'lb', 2267.9619, { ...net, ...noFlag })]],
    ['G/W  - 5.00 lb\r\n', [weight(-5, 'lb', -2267.9619, { ...gross, ...noFlag })]],
    ['Gross Wt 1.234 Kg\r\n', [weight(1.234, 'kg', 1234, { ...gross, ...noFlag })]],
    ['Net Wt   1.234 Kg\r\n', [weight(1.234, 'kg', 1234, { ...net, ...noFlag })]],
    ['   1.234kg\r\n', [weight(1.234, 'kg', 1234)]],
    ['   1.234kg   2.500kg', [weight(1.234, 'kg', 1234), weight(2.5, 'kg', 2500)]],
  ]);
  reads('sterling-7600', [['SNWNet     0.010 lb\r\n', [weight(0.01, 'lb', 4.5359, { ...net, ...noFlag })]]]);
  reads('st-nt', [
    ['US,GS,-  1.234kg\r\n', [weight(-1.234, 'kg', -1234, { ...gross, ...moving })]],
    ['OL,GS,+ 99.999kg\r\n', [error('overload')]],
    ['wn00007.5kg\r\n', [weight(7.5, 'kg', 7500, { ...net, ...noFlag })]],
    ['2.50kg\r\nST,NT,+ 12.500kg\r\n', [weight(12.5, 'kg', 12500, net)]],
    ['ST,NT,+00123.4kg\r\n', [weight(123.4, 'kg', 123400, net)]],
    ['ST,NT,+  1ST,NT,+  1.234kg\r\n', [weight(1.234, 'kg', 1234, net)]],
  ]);
  reads('stx-a', [
    ['\x02A   0.165\r\x03', [weight(0.165, null, null, noFlag)]],
    ['165\r\x03\x02A   0.165\r\x03', [weight(0.165, 'lb', 74.8427, noFlag)], { unit: 'lb' }],
  ]);
});

describe('Toledo continuous', () => {
  const sum = (frame: string): string =>
    frame + String.fromCharCode(-Array.from(frame).reduce((total, one) => total + one.charCodeAt(0), 0) & 0x7f);
  const frame = '\x02\x2c\x30\x20  1234     0\r';
  const told = weight(12.34, 'kg', 12340, gross);
  reads('toledo-continuous', [
    [frame + frame, [told, told]],
    [sum(frame), [told]],
    [`${frame}\n${frame}\n`, [told, told]],
    [`${frame}\n`, [told]],
    [sum(frame) + sum(frame), [told, told]],
    [`${sum(frame).slice(0, -1)}\x7a`, [error('checksum')]],
    [`${frame}\x11\x7f\x05${frame}`, [told, told]],
    [`${sum(frame)}${frame}`, [told]],
    [sum(frame) + frame + sum(frame), [told, error('checksum'), told]],
    [frame, [], { checksum: true }],
    [sum(frame), [told], { checksum: true }],
    ['\x02\x2c\x20\x20  1234     0\r', [weight(12.34, 'lb', 5597.3298, gross)]],
    ['\x02\x2d\x31\x20  1234     0\r', [weight(1.234, 'kg', 1234, net)]],
    ['\x02\x2c\x32\x20  1234     0\r', [weight(-12.34, 'kg', -12340, { ...gross, ...unsure })]],
    ['\x02\x2c\x38\x20  1234     0\r', [weight(12.34, 'kg', 12340, { ...gross, ...moving })]],
    ['\x02\x2c\x34\x20  1234     0\r', [error('overload')]],
    ['\x02\x29\x30\x20  1234     0\r', [weight(12340, 'kg', 12340000, gross)]],
    [`\x02\x2c\x30\x20  12${frame}`, [told]],
  ]);
});

describe('USB HID', () => {
  test.each<[string, readonly DecodedFrame[]]>([
    ['030402000a00', [weight(10, 'g', 10)]],
    ['030403fdd204', [weight(1.234, 'kg', 1234)]],
    ['03020b000000', [weight(0, 'oz', 0)]],
    ['03030bff6f04', [weight(113.5, 'oz', 3217.6709, moving)]],
    ['03050bff6f04', [error('underload')]],
    ['03060bff6f04', [error('overload')]],
    ['03010bff6f04', [error('fault')]],
    ['03070b000000', [error('calibration')]],
    ['000000000000', [error('no_reading')]],
    ['030000000000', [error('no_reading')]],
    ['03040bff6f04|03040cfe1103', [weight(113.5, 'oz', 3217.6709), weight(7.85, 'lb', 3560.7001)]],
    ['03040bff6f0403040cfe1103', [weight(113.5, 'oz', 3217.6709), weight(7.85, 'lb', 3560.7001)]],
    ['03040bff6f03040cfe1103', [weight(7.85, 'lb', 3560.7001)]],
    ['03040bff6f|03040cfe1103', [weight(7.85, 'lb', 3560.7001)]],
    ['030405000a00', [weight(10, null, null, unsure)]],
    ['03040bff6f040000', [weight(113.5, 'oz', 3217.6709)]],
  ])('%s', (hex, frames) => {
    expect(decode('usb-hid', hex)).toEqual(frames);
  });
});

describe('a case that is no hex', () => {
  test('is named and does not stop the next one', () => {
    expect(decode('mt-sics', '5g')).toEqual([error('not_hex')]);
    expect(decode('mt-sics', '')).toEqual([]);
    expect(decode('mt-sics', '53 20 2B 0D 0A')).toEqual([error('overload')]);
  });
});
