import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScanEnd } from '../../../shared/scanner/scan-framer.ts';
import { createScanFramer, type Framed } from '../../../shared/scanner/scan-framer.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const scansOf = (framed: readonly Framed[]) => framed.flatMap((one) => (one.kind === 'scan' ? [one] : []));
const lostOf = (framed: readonly Framed[]) => framed.flatMap((one) => (one.kind === 'lost' ? [one.code] : []));
/** One read each, this far apart. */
const read = (end: ScanEnd, reads: readonly string[], apartMs = 200): string[] => {
  const framer = createScanFramer(end);
  return scansOf(reads.flatMap((text, index) => framer.push(bytes(text), index * apartMs))).map(({ raw }) => raw);
};

describe('a scan', () => {
  test.each<[ScanEnd, string]>([
    ['any', '\r'],
    ['any', '\n'],
    ['any', '\r\n'],
    ['any', '\t'],
    ['any', '\x03'],
    ['cr', '\r'],
    ['lf', '\n'],
    ['crlf', '\r\n'],
    ['tab', '\t'],
    ['etx', '\x03'],
  ])('set to %s ends with %j', (end, terminator) => {
    expect(read(end, [`9521234567899${terminator}ABC${terminator}`])).toEqual(['9521234567899', 'ABC']);
  });

  test('keeps GS and its AIM id, and loses the STX around it', () => {
    expect(read('any', ['\x02]C10109521234567899\x1d10LOT\x03\r'])).toEqual([']C10109521234567899\x1d10LOT']);
  });

  test('keeps CR and TAB inside where another end is set', () => {
    expect(read('etx', ['\x02A\rB\tC\x03'])).toEqual(['A\rB\tC']);
  });

  test('is read as UTF-8 where it is, else as one character a byte', () => {
    expect(read('cr', ['\xc3\xa9t\xc3\xa9\r', '\xe9t\xe9\r'])).toEqual(['été', 'été']);
  });

  test('is the same however the reads are cut', () => {
    const all = '9521234567899\r\nA\x1dB\r\n]Q3(01)\r\n';
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: all.length }), { maxLength: 10 }), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        const reads = places.slice(1).map((to, index) => all.slice(places[index], to));
        expect(read('any', reads, 1)).toEqual(['9521234567899', 'A\x1dB', ']Q3(01)']);
      }),
    );
  });

  test('that broke off does not become the front of the next, and is told', () => {
    const framer = createScanFramer('cr');
    const framed = [...framer.push(bytes('95212'), 0), ...framer.push(bytes('9521234567899\r'), 2_500)];

    expect(framed).toEqual([
      { kind: 'lost', code: 'scanner.code-cut-off' },
      { kind: 'scan', raw: '9521234567899', atMs: 2_500 },
    ]);
  });

  test('is never made by a pause: what came so far is given up and told', () => {
    const framer = createScanFramer('any');
    expect(framer.push(bytes('95212'), 0)).toEqual([]);

    expect(framer.discard()).toEqual([{ kind: 'lost', code: 'scanner.code-cut-off' }]);
    expect([framer.held(), framer.discard()]).toEqual([0, []]);
  });

  test('whose second STX comes before its end has lost its front', () => {
    const framer = createScanFramer('etx');

    expect(framer.push(bytes('\x0295212\x02ABC\x03'), 0)).toEqual([
      { kind: 'lost', code: 'scanner.code-cut-off' },
      { kind: 'scan', raw: 'ABC', atMs: 0 },
    ]);
  });
});

describe('the same code again', () => {
  const twice = (apartMs: number) => {
    const framer = createScanFramer('cr');
    const scans = scansOf([...framer.push(bytes('A\r'), 0), ...framer.push(bytes('A\r'), apartMs)]);
    return [scans.length, framer.counts().doubled];
  };

  test('within 80 ms is a bounce, and is counted', () => {
    expect(twice(79)).toEqual([1, 1]);
  });

  test('is measured from the scan that counted, so that a fast hand is not silenced', () => {
    const framer = createScanFramer('cr');
    const scans = scansOf([0, 50, 100, 150, 200].flatMap((atMs) => framer.push(bytes('A\r'), atMs)));

    expect(scans.map(({ atMs }) => atMs)).toEqual([0, 100, 200]);
  });

  test.each([80, 81, 500, 10_000])('after %i ms is a second piece', (apartMs) => {
    expect(twice(apartMs)).toEqual([2, 0]);
  });

  test('is a second piece when the clock was set back in between', () => {
    expect(twice(-60_000)).toEqual([2, 0]);
  });

  test('with another code in between is a second piece at any speed', () => {
    const framer = createScanFramer('cr');

    expect(scansOf(framer.push(bytes('A\rB\rA\r'), 0)).map(({ raw }) => raw)).toEqual(['A', 'B', 'A']);
  });
});

describe('an imager that sends every code in view', () => {
  const three = (blankMs?: number) => {
    const framer = createScanFramer('cr', blankMs);
    const scans = scansOf([...framer.push(bytes('A\rB\rC\r'), 0), ...framer.push(bytes('D\r'), 300)]);
    return [scans.map(({ raw }) => raw).join(''), framer.counts().blanked];
  };

  test('is heard whole unless a blanking time is set', () => {
    expect(three()).toEqual(['ABCD', 0]);
  });

  test('counts one code within its blanking time, and the others are counted as blanked', () => {
    expect(three(300)).toEqual(['AD', 2]);
  });
});

test('bytes without an end are not kept for ever', () => {
  const framer = createScanFramer('any');
  for (let turn = 0; turn < 1_000; turn += 1) framer.push(bytes('x'.repeat(1_000)), turn);

  expect(framer.held()).toBeLessThanOrEqual(4_096);
  const framed = framer.push(bytes('\rGOOD\r'), 1_000);
  expect([lostOf(framed), scansOf(framed).map(({ raw }) => raw)]).toEqual([['scanner.code-too-long'], ['GOOD']]);
  expect(framer.counts().rejected).toBe(1);
});
