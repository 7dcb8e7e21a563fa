import { describe, expect, test } from 'vitest';
import { ASKED_FOR, isSuperseded, type PaperFacts, paperOf, titleOf } from '../../../main/printing/printing-rules.ts';
import { type NewDevice, prints, refuseDevice, settingsFor, sharedPaper } from '../../../main/stations/device-rules.ts';
import { labelStates, parcelStates } from '../../../shared/model/machines.ts';

const label = (facts: Partial<PaperFacts> = {}): PaperFacts => ({
  kind: 'label',
  parcelState: 'labelled',
  confirmedAt: null,
  labelState: 'bought',
  ...facts,
});
const slip = (facts: Partial<PaperFacts> = {}): PaperFacts =>
  label({ kind: 'packing-slip', labelState: null, ...facts });

describe('a paper would come out too late', () => {
  test('when its label is anything but bought', () => {
    const late = labelStates.filter((labelState) => isSuperseded(label({ labelState }), null));
    expect(late).toEqual(labelStates.filter((state) => state !== 'bought'));
  });

  test('when the label is on the box already, unless somebody asked for it by name', () => {
    const confirmed = label({ confirmedAt: '2026-11-22T10:00:00.000Z' });
    expect([isSuperseded(confirmed, null), isSuperseded(confirmed, ASKED_FOR)]).toEqual([true, false]);
  });

  test('when the slip’s parcel is open, closed again or void', () => {
    const late = parcelStates.filter((parcelState) => isSuperseded(slip({ parcelState }), null));
    expect(late).toEqual(['open', 'closed', 'voided']);
  });

  test('never when no order owns it, or the slip’s label was scanned first', () => {
    const loose = { kind: 'calibration', parcelState: null, confirmedAt: null, labelState: null } as const;
    expect(isSuperseded(loose, null)).toBe(false);
    expect(isSuperseded(slip({ confirmedAt: '2026-11-22T10:00:00.000Z' }), null)).toBe(false);
  });
});

test('labels of both directions are one kind of paper; a calibration label belongs to the printer that it tests', () => {
  const kinds = ['label', 'return-label', 'packing-slip', 'invoice', 'pick-list', 'calibration'];
  expect(kinds.map(paperOf)).toEqual(['label', 'label', 'slip', 'invoice', 'pick-list', undefined]);
});

test('a CN22 sticks on the box, forms on sheets come with the slip, invoices of any kind with the invoices', () => {
  const kinds = ['customs-label', 'customs-form', 'commercial-invoice', 'credit-note'];
  expect(kinds.map(paperOf)).toEqual(['label', 'slip', 'invoice', 'invoice']);
});

test('customs papers carry the number of a label that was voided; an invoice is of the order', () => {
  const paper = (kind: PaperFacts['kind'], parcelState: PaperFacts['parcelState']) =>
    isSuperseded({ kind, parcelState, confirmedAt: null, labelState: null }, null);

  expect(paper('customs-form', 'closed')).toBe(true);
  expect(paper('customs-label', 'labelled')).toBe(false);
  expect(paper('invoice', 'closed')).toBe(false);
  expect(paper('invoice', 'voided')).toBe(false);
  expect(paper('commercial-invoice', 'voided')).toBe(true);
});

test('a job is recognisable in the system’s queue', () => {
  expect([
    titleOf({ kind: 'label', orderNumber: '1001', parcel: 2 }, 0),
    titleOf({ kind: 'label', orderNumber: '1001', parcel: 2 }, 3),
    titleOf({ kind: 'calibration', orderNumber: null, parcel: null }, 0),
  ]).toEqual(['1001-2-label', '1001-2-label-r3', 'calibration']);
});

describe('printers', () => {
  const queue = { kind: 'queue', name: 'Zebra' } as const;
  const printer = (change: Partial<NewDevice> = {}): NewDevice => ({
    kind: 'printer',
    address: queue,
    settings: {},
    ...change,
  });
  const line = { baud: 9_600, dataBits: 8, parity: 'none', stopBits: 1, dtr: true } as const;

  test('get labels of 4 × 6 inches as PDF unless told otherwise', () => {
    expect(settingsFor('printer', { dpi: 300 })).toEqual({
      media: '4x6in',
      papers: ['label'],
      language: 'pdf',
      dpi: 300,
    });
    expect(settingsFor('scanner', { scanEnd: 'any' })).toEqual({ scanEnd: 'any' });
  });

  test('are reached by a queue, TCP or IPP, the others never by a queue', () => {
    const serial = { kind: 'serial', path: '/dev/ttyUSB0', line } as const;
    const tcp = { kind: 'tcp', host: 'printer', port: 9_100 } as const;
    const ipp = { kind: 'ipp', uri: 'ipp://printer/ipp/print' } as const;
    const refusals = [queue, tcp, ipp, serial].map((address) => refuseDevice(printer({ address }), []));
    expect(refusals).toEqual([undefined, undefined, undefined, 'device.address-not-for-kind']);
    expect(refuseDevice(printer({ kind: 'scanner' }), [])).toBe('device.address-not-for-kind');
    expect(refuseDevice(printer({ protocol: 'and' }), [])).toBe('device.no-protocol-wanted');
  });

  test('do not share a paper', () => {
    const slips = printer({ settings: { papers: ['slip', 'pick-list'] } });
    expect(sharedPaper(printer(), [slips])).toBeUndefined();
    expect(sharedPaper(printer(), [slips, printer()])).toBe('label');
    expect(sharedPaper(printer({ settings: { papers: [] } }), [printer()])).toBeUndefined();
    expect([prints(printer(), 'label'), prints(slips, 'label'), prints(printer({ kind: 'scale' }), 'label')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
