import { describe, expect, test } from 'vitest';
import { askedPrint, barCards, noCard, waitingPrint, yesCard } from '../../../renderer/screens/bench/asked-print.ts';
import { scaleNow } from '../../../renderer/screens/bench/use-scale.ts';
import {
  draftOf,
  emptyDraft,
  onProtocol,
  onWay,
  type Protocol,
  readDraft,
} from '../../../renderer/screens/devices/device-draft.ts';
import {
  devicesOf,
  lineWords,
  lookOf,
  mediaWords,
  sinceWords,
  stateWords,
} from '../../../renderer/screens/devices/device-words.ts';
import type { BenchPrint } from '../../../shared/contract/bench.ts';
import type { DeviceView } from '../../../shared/contract/devices.ts';

const at8n1 = { baud: 9_600, dataBits: 8, parity: 'none', stopBits: 1, dtr: true } as const;
const at7e1 = { baud: 9_600, dataBits: 7, parity: 'even', stopBits: 1, dtr: true } as const;
const sics: Protocol = { name: 'mt-sics', title: 'MT-SICS', unitInFrame: true, lines: [at8n1], config: [] };
const toledo: Protocol = {
  ...{ name: 'toledo-8217', title: 'Toledo 8217', unitInFrame: false },
  ...{ lines: [at7e1, at8n1], config: ['decimals'] },
};
const protocols = [sics, toledo];

const aScale = (told: Partial<DeviceView> = {}): DeviceView => ({
  ...{ id: 'd1', stationId: 's1', kind: 'scale', identity: {}, protocol: 'toledo-8217', version: 3 },
  address: { kind: 'serial', path: '/dev/ttyUSB0', line: at7e1 },
  settings: { unit: 'kg', decimals: 3 },
  now: null,
  ...told,
});
const now = (told: Partial<NonNullable<DeviceView['now']>>): NonNullable<DeviceView['now']> => ({
  ...{ state: 'ready', since: '2026-11-22T10:00:00.000Z', code: null, params: {}, path: null, waiting: 0 },
  ...told,
});

describe('the form of a device', () => {
  test('asks for what is missing before anything is sent', () => {
    expect([...readDraft(emptyDraft('scale'), protocols).wrong].toSorted()).toEqual(['path', 'protocol']);
    expect([...readDraft({ ...emptyDraft('printer'), papers: [] }, protocols).wrong].toSorted()).toEqual([
      'papers',
      'path',
    ]);
    const raw = { ...emptyDraft('printer'), way: 'tcp' as const, host: 'h', port: '70000' };
    expect([...readDraft(raw, protocols).wrong]).toEqual(['port']);
  });

  test('fills the line from the protocol’s manual, and each part of it can be changed by itself', () => {
    const draft = { ...emptyDraft('scale'), path: '/dev/ttyUSB0', ...onProtocol(toledo, emptyDraft('scale')) };
    const slower = { ...draft, unit: 'lb', line: { ...draft.line, baud: '4800' } };
    expect(readDraft(slower, protocols).device).toEqual({
      kind: 'scale',
      protocol: 'toledo-8217',
      address: { kind: 'serial', path: '/dev/ttyUSB0', line: { ...at7e1, baud: 4_800 } },
      settings: { unit: 'lb' },
    });
  });

  test('never guesses the unit that a scale does not say, and sends none where the scale says it', () => {
    const draft = { ...emptyDraft('scale'), path: 'COM3', ...onProtocol(toledo, emptyDraft('scale')) };
    expect([...readDraft(draft, protocols).wrong]).toEqual(['unit']);
    const other = { ...draft, unit: 'kg', ...onProtocol(sics, { ...draft, unit: 'kg' }) };
    expect(readDraft(other, protocols).device?.settings).toEqual({});
  });

  test('gives back the device as it was stored', () => {
    const stored = aScale();
    expect(readDraft(draftOf(stored), protocols).device).toEqual({
      kind: 'scale',
      protocol: 'toledo-8217',
      address: stored.address,
      settings: stored.settings,
    });
  });

  test('sends dots to a label printer on the network and PDF to a queue, unless told otherwise', () => {
    const draft = { ...emptyDraft('printer'), ...onWay(emptyDraft('printer'), 'tcp'), host: '192.0.2.7' };
    expect(readDraft(draft, protocols).device).toEqual({
      kind: 'printer',
      address: { kind: 'tcp', host: '192.0.2.7', port: 9_100 },
      settings: { media: '4x6in', papers: ['label'], language: 'zpl', dpi: 203 },
    });
    expect(onWay({ ...draft }, 'queue')).toMatchObject({ way: 'queue', language: 'pdf' });
  });

  test('a USB scale brings its protocol with it', () => {
    expect(onWay(emptyDraft('scale'), 'hid')).toMatchObject({ protocol: 'usb-hid' });
  });
});

describe('words for a device', () => {
  // The keys themselves: what is told, without the language.
  const messages = { language: 'en' as const, t: (key: string) => key };

  test('a printer that tells nothing is not called ready', () => {
    const printer = aScale({ kind: 'printer', now: now({ activity: 'not-told' }) });
    expect([stateWords(printer, messages), lookOf(printer)]).toEqual(['printer-does.not-told', 'plain']);
    expect(stateWords({ now: now({ state: 'fault', activity: 'stopped' }) }, messages)).toBe('device-state.fault');
    expect(stateWords({ now: null }, messages)).toBe('device-state.unknown');
  });

  test('a device that works but is read by luck is noted, one that nobody knows of is not called ill', () => {
    expect(lookOf({ now: now({}) })).toBe('good');
    expect(lookOf({ now: now({ code: 'scale.line-hint' }) })).toBe('note');
    expect(lookOf({ now: now({ state: 'silent', code: 'scale.silent' }) })).toBe('quiet');
    expect(lookOf({ now: now({ state: 'absent', code: 'device.unplugged' }) })).toBe('bad');
    expect(lookOf({ now: null })).toBe('unknown');
  });

  test('lines and sizes are named as menus and boxes name them', () => {
    expect([lineWords(at7e1), mediaWords('4x6in'), mediaWords('100x150mm'), mediaWords('a4')]).toEqual([
      '9600 7E1',
      '4 × 6 in',
      '100 × 150 mm',
      'A4',
    ]);
  });

  test('since when is a time of day, with its day once that is over', () => {
    const since = new Date(2026, 10, 22, 9, 5, 7);
    const later = new Date(2026, 10, 22, 18, 0, 0).getTime();
    expect(sinceWords(since.toISOString(), later, 'en')).toBe('09:05:07');
    expect(sinceWords(since.toISOString(), later + 86_400_000, 'fr')).toMatch(/^22 nov\.?.*09:05$/);
  });

  test('a bench shows its own devices, the scale first', () => {
    const listed = [aScale({ id: 'p', kind: 'printer' }), aScale({ id: 'x', stationId: 's2' }), aScale({ id: 's' })];
    expect(devicesOf(listed, 's1').map(({ id }) => id)).toEqual(['s', 'p']);
  });
});

describe('the weight on the screen', () => {
  const reading = { stationId: 's1', state: 'stable', mg: 1_250_000, at: '2026-11-22T10:00:00.000Z' } as const;
  const told = Date.parse(reading.at);
  const around = { nowMs: told + 900, simulated: false, connected: true };

  test('is grey once the scale has told nothing for a second', () => {
    const heard = { reading, atMs: told };
    expect(scaleNow(heard, around).fresh).toBe(true);
    expect(scaleNow(heard, { ...around, nowMs: told + 1_100 }).fresh).toBe(false);
    expect(scaleNow(heard, { ...around, connected: false }).fresh).toBe(false);
  });

  test('of another PC is judged by when it came and not by that PC’s clock', () => {
    expect(scaleNow({ reading, atMs: told + 7_200_000 }, { ...around, nowMs: told + 7_200_500 }).fresh).toBe(true);
  });

  test('of the simulated scale stays: it tells only what changes', () => {
    expect(scaleNow({ reading, atMs: told }, { ...around, nowMs: told + 60_000, simulated: true }).fresh).toBe(true);
  });
});

describe('the question about a print', () => {
  const print = (told: Partial<BenchPrint>): BenchPrint => ({
    ...{ jobId: 'j', kind: 'label', state: 'printed', code: null, params: {} },
    ...told,
  });

  test('is asked of the label before any other paper, and only where nobody knows or it failed', () => {
    const slip = print({ jobId: 'slip', kind: 'packing-slip', state: 'failed' });
    const label = print({ jobId: 'label', state: 'unknown' });
    expect(askedPrint([slip, label])?.jobId).toBe('label');
    expect(askedPrint([slip, print({ state: 'submitted' })])?.jobId).toBe('slip');
    expect(askedPrint([print({})])).toBeUndefined();
  });

  test('is not asked of a paper that waits for the printer: that one comes by itself', () => {
    const waits = print({ jobId: 'w', state: 'queued', code: 'printer.unreachable' });
    expect([askedPrint([waits]), waitingPrint([print({ state: 'submitted' }), waits])?.jobId]).toEqual([
      undefined,
      'w',
    ]);
  });

  test('brings its own cards: they are not offered twice', () => {
    const card = (text: string) => ({ kind: 'command' as const, text, title: '' });
    const expects = [card(yesCard), card(noCard), card('PWCOTHER')];
    expect(barCards({ expects, prints: [print({ state: 'unknown' })] })).toEqual([card('PWCOTHER')]);
    expect(barCards({ expects, prints: [] })).toEqual(expects);
  });
});
