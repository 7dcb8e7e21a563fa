import { describe, expect, test } from 'vitest';
import { currentLine, currentTask, hitsOf, type Scene, stepOf, unitsToPack } from '../../../main/bench/bench-rules.ts';
import { emptyQueue, locationText, type Surroundings, viewOf } from '../../../main/bench/bench-view-rules.ts';
import type { SceneLabel, SceneLine, SceneOrder, SceneParcel, SceneTask } from '../../../main/bench/scene-store.ts';
import { defaultSettings } from '../../../main/stations/settings-rules.ts';
import { classifyScan } from '../../../shared/barcode/classify-scan.ts';
import { matchCodes } from '../../../shared/barcode/match-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { parcelStates } from '../../../shared/model/machines.ts';

const order: SceneOrder = {
  id: 'o',
  number: '#1',
  channel: 'tiktok',
  externalId: '1',
  code: 'ABCDEFGH',
  state: 'picking',
  priority: 0,
  placedAt: '2026-11-20T08:00:00.000Z',
  shipBy: '2026-11-23T16:00:00.000Z',
  country: 'FR',
  gift: false,
  tote: 'T-1',
  toteId: 't',
  claimedBy: 's',
  claimUntil: '2026-11-20T09:00:00.000Z',
  note: null,
  hold: null,
};
const line = (change: Partial<SceneLine> = {}): SceneLine => ({
  id: 'l',
  orderId: 'o',
  lineNo: 1,
  parentLineId: null,
  sku: 'TEA',
  itemId: 'tea',
  title: 'Tea',
  imageHash: null,
  weightMg: 100_000,
  ordered: 2,
  cancelled: 0,
  allocated: 2,
  picked: 2,
  packed: 0,
  shipped: 0,
  fragile: false,
  hazardous: false,
  upright: false,
  lotControlled: false,
  serialControlled: false,
  expiryControlled: false,
  inParcel: change.packed ?? 0,
  ownBox: false,
  scanPolicy: 'case',
  kit: null,
  ...change,
});
const task = (change: Partial<SceneTask> = {}): SceneTask => ({
  id: 't1',
  lineId: 'l',
  itemId: 'tea',
  location: 'A-01-1',
  quantity: 2,
  picked: 0,
  state: 'claimed',
  ...change,
});
const parcel = (change: Partial<SceneParcel> = {}): SceneParcel => ({
  id: 'p',
  sequence: 1,
  sscc: '095212340000000013',
  state: 'open',
  weightMg: null,
  labelConfirmedAt: null,
  version: 1,
  cartonId: null,
  ownBox: false,
  dunnageMg: 0,
  closing: false,
  confirmed: [],
  ...change,
});
const label = (change: Partial<SceneLabel> = {}): SceneLabel => ({
  id: 'label',
  kind: 'outbound',
  state: 'bought',
  trackingNumber: '095212340000000013',
  scanText: '095212340000000013',
  documentId: 'd',
  fault: null,
  ...change,
});
const scene = (mode: 'idle' | 'pick' | 'pack', change: Partial<Scene> = {}): Scene => ({
  bench: {
    stationId: 's',
    mode,
    orderId: 'o',
    parcelId: 'p',
    taskId: null,
    runId: null,
    lane: null,
    pending: null,
    latched: null,
    version: 1,
  },
  order,
  lines: [line()],
  kits: [],
  codes: [{ code: '09521234000006', itemId: 'tea', quantity: 1, kind: 'gtin' }],
  tasks: [task()],
  parcel: mode === 'pack' ? parcel() : undefined,
  boxes: [],
  labels: [],
  settings: defaultSettings,
  ...change,
});
const around: Surroundings = {
  seat: { station: { id: 's', name: 'Bench 1' }, operator: { id: 'op', name: 'Mia', role: 'packer', language: 'fr' } },
  queue: emptyQueue,
  suggestions: [],
  today: '2026-11-22',
};
const withTask = (taskId: string): Scene => {
  const picking = scene('pick');
  return { ...picking, bench: { ...picking.bench, taskId } };
};

describe('what the bench waits for', () => {
  test.each<[string, Scene, boolean, BenchView['step']]>([
    ['nobody is signed in, whatever lies there', scene('pack'), false, 'badge'],
    ['nothing is open', scene('idle'), true, 'choose'],
    ['an order without a tote', scene('pick', { order: { ...order, tote: null } }), true, 'tote'],
    ['a bin that was not confirmed', scene('pick'), true, 'location'],
    ['the bin of an earlier task', withTask('other'), true, 'location'],
    ['the bin that was confirmed', withTask('t1'), true, 'item'],
    ['a tote that is not empty', scene('pack'), true, 'pack-item'],
    ['an empty tote and an open box', scene('pack', { lines: [line({ packed: 2 })] }), true, 'weigh'],
    [
      'a closed box',
      scene('pack', { parcel: parcel({ state: 'closed' }), labels: [label({ state: 'calling' })] }),
      true,
      'label-pending',
    ],
    [
      'a label that failed',
      scene('pack', { parcel: parcel({ state: 'closed' }), labels: [label({ state: 'failed' })] }),
      true,
      'label-failed',
    ],
    ['a label on paper', scene('pack', { parcel: parcel({ state: 'labelled' }) }), true, 'scan-label'],
    [
      'a label that was scanned',
      scene('pack', { parcel: parcel({ state: 'labelled', labelConfirmedAt: 'now' }) }),
      true,
      'choose',
    ],
    ['a parcel that was voided elsewhere', scene('pack', { parcel: parcel({ state: 'voided' }) }), true, 'choose'],
    ['an order that is gone', scene('pick', { order: undefined }), true, 'choose'],
  ])('%s', (_what, here, signedIn, step) => {
    expect(stepOf(here, signedIn)).toBe(step);
    expect(viewOf(here, signedIn ? around : { ...around, seat: { ...around.seat, operator: null } }).step).toBe(step);
  });

  test('is told for every state that a parcel may have', () => {
    for (const state of parcelStates)
      expect(stepOf(scene('pack', { parcel: parcel({ state }) }), true)).toBeTypeOf('string');
  });
});

describe('where the hand goes next', () => {
  const tasks = [task({ id: 'a', picked: 2, state: 'done' }), task({ id: 'b', lineId: 'm' }), task({ id: 'c' })];
  const lines = [line({ packed: 2 }), line({ id: 'm', sku: 'CUP', packed: 1 })];

  test('the first task on the walk that is not done, and its line', () => {
    const here = scene('pick', { tasks, lines });

    expect(currentTask(here)?.id).toBe('b');
    expect(currentLine(here)?.sku).toBe('CUP');
  });

  test('the first line whose pieces still lie in the tote', () => {
    const here = scene('pack', { lines });

    expect(currentLine(here)?.sku).toBe('CUP');
    expect(unitsToPack(here)).toBe(1);
  });

  test('codes are looked up in the order in which the scan may mean them', () => {
    const codes = ['a', 'b', 'c'].map((code) => ({ code, itemId: code, quantity: 1, kind: 'gtin' as const }));

    expect(hitsOf(codes, ['c', 'x', 'a']).map((hit) => hit.itemId)).toEqual(['c', 'a']);
  });
});

describe('what the screen shows', () => {
  test('nothing of the order to a bench where nobody is signed in', () => {
    const shown = viewOf(scene('pack', { order: { ...order, note: 'For Papi' } }), {
      ...around,
      seat: { ...around.seat, operator: null },
    });

    expect(shown).toMatchObject({
      mode: 'sign-in',
      order: null,
      note: null,
      tote: null,
      lines: [],
      parcel: null,
      labels: [],
    });
  });

  test('the refusal that was latched, as it was told', () => {
    const latched = { tone: 'bad', code: 'pack.too-many', params: {}, at: '2026-11-22T10:00:00.000Z' };
    const here = scene('pack');

    expect(viewOf({ ...here, bench: { ...here.bench, latched: JSON.stringify(latched) } }, around).latched).toEqual(
      latched,
    );
  });

  test('units and weight of the parcel as far as it is packed', () => {
    const lines = [line({ packed: 1 }), line({ id: 'm', picked: 3, packed: 2, weightMg: 50_000 })];

    expect(viewOf(scene('pack', { lines }), around).parcel).toMatchObject({
      unitsPacked: 3,
      unitsToPack: 5,
      expectedMg: 200_000,
    });
  });

  test('quantities without what was cancelled', () => {
    const shown = viewOf(scene('pack', { lines: [line({ ordered: 5, cancelled: 3 })] }), around);

    expect(shown.lines[0]).toMatchObject({ ordered: 2 });
    expect(shown.order).toMatchObject({ unitCount: 2, lineCount: 1 });
  });

  test('at most tasks that are left', () => {
    const tasks = [
      task({ id: 'a', picked: 2, state: 'done' }),
      task({ id: 'b' }),
      task({ id: 'c', quantity: 0, state: 'closed-short' }),
    ];

    expect(viewOf(scene('pick', { tasks }), around).task).toMatchObject({ tasksLeft: 1 });
  });
});

describe('what may be scanned next', () => {
  const offered = (here: Scene): string[] => viewOf(here, around).expects.map((expected) => expected.text);
  const meant = (raw: string) => classifyScan(raw, { now: '2026-11-22T10:00:00.000Z' });

  test('is understood by the scanner’s own reading, at every step', () => {
    const here = [
      scene('pick'),
      withTask('t1'),
      scene('pack'),
      scene('pack', { lines: [line({ packed: 2 })] }),
      scene('pack', { parcel: parcel({ state: 'labelled' }), labels: [label()] }),
      scene('pack', { parcel: parcel({ state: 'closed' }), labels: [label({ state: 'failed' })] }),
    ];

    for (const text of here.flatMap(offered)) expect([text, meant(text).ok]).toEqual([text, true]);
  });

  test('always holds the cards that work everywhere', () => {
    for (const mode of ['idle', 'pick', 'pack'] as const) {
      const names = viewOf(scene(mode), around).expects.map((expected) => expected.title);
      expect(names).toEqual(expect.arrayContaining(['HELP', 'LANGUAGE', 'SIGN-OUT']));
    }
  });

  test('an item comes with the lot, serial number and expiry that packing it asks for', () => {
    const controlled = line({ lotControlled: true, serialControlled: true, expiryControlled: true });
    const [text = ''] = offered(scene('pack', { lines: [controlled] }));
    const scan = meant(text);

    expect(scan).toMatchObject({ kind: 'item', gtin14: '09521234000006', expiry: '2027-11-01' });
    expect(scan).toHaveProperty('lot');
    expect(scan).toHaveProperty('serial');
  });

  test('an item without a GTIN is offered by the code it has', () => {
    const codes = [{ code: 'OWN-77', itemId: 'tea', quantity: 1, kind: 'alias' as const }];
    const [text = ''] = offered(scene('pack', { codes }));
    const scan = meant(text);

    expect(scan.ok && matchCodes(scan)).toEqual(['OWN-77']);
  });

  test('the label is offered as a scanner reads it from the box', () => {
    const labels = [label(), label({ id: 'r', kind: 'return', scanText: '095212340000000020' })];
    const [text = ''] = offered(scene('pack', { parcel: parcel({ state: 'labelled' }), labels }));

    expect(meant(text)).toMatchObject({ kind: 'sscc', sscc: '095212340000000013' });
  });

  test('a bin whose name fits no code of ours is offered by its name', () => {
    expect(locationText('Regal 3, links')).toBe('Regal 3, links');
    expect(meant(locationText('A-01-1'))).toMatchObject({ kind: 'location', code: 'A-01-1' });
  });
});
