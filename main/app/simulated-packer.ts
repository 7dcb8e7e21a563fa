import { z } from 'zod';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { BenchView, type Expected } from '../../shared/contract/bench.ts';
import { Verdict } from '../../shared/contract/common.ts';

/** A packer's only way into the station. */
export interface Doorway {
  call(name: string, input: object): Promise<unknown>;
}

export interface ShiftCounts {
  readonly latencies: number[];
  /** Milliseconds a parcel that hands waited for the station: its scans from pick to label, and the label itself. */
  readonly waits: number[];
  readonly faults: string[];
  refusals: number;
  wrongOnPurpose: number;
  /** Units that were answered "packed" and not undone. */
  unitsAnswered: number;
}

const ScanAnswer = z.object({ ok: z.literal(true), output: z.object({ verdict: Verdict, view: BenchView }) });
const ViewAnswer = z.object({ ok: z.literal(true), output: BenchView });
const MAX_STEPS = 200_000;
/**
 * Looks at the bench while it weighs or waits for a label, four minutes and more: after a power cut a carrier may be
 * asked again only when a label of before would certainly show, and each cut takes the load off the simulated scale.
 */
const PATIENCE = 16_000;
const PARCEL_DONE = ['label.confirmed', 'label.parcel-done', 'label.part-shipped'];

interface Packer {
  readonly doorway: Doorway;
  readonly counts: ShiftCounts;
  readonly random: () => number;
  /** The queue came up empty. */
  idle: boolean;
  /** Milliseconds waited since the last parcel was done. */
  waited: number;
  /** How often no carton would do, by order. */
  readonly cartons: Map<string, number>;
  /** Orders whose label was asked for again. */
  readonly asked: Set<string>;
  /** An order is put aside for somebody else to look at. */
  holding: boolean;
}

/** Works until the queue is empty: does what the bench asks for, and now and then something wrong first. */
export async function workShift(doorway: Doorway, options: { badge: string; seed: number }): Promise<ShiftCounts> {
  const counts: ShiftCounts = {
    latencies: [],
    waits: [],
    faults: [],
    refusals: 0,
    wrongOnPurpose: 0,
    unitsAnswered: 0,
  };
  const packer: Packer = {
    doorway,
    counts,
    random: mulberry32(options.seed),
    idle: false,
    waited: 0,
    cartons: new Map(),
    asked: new Set(),
    holding: false,
  };
  let view = await scan(packer, options.badge);
  let idleTurns = 0;
  let waits = 0;
  for (let step = 0; step < MAX_STEPS && view && idleTurns < 3; step += 1) {
    if (view.step === 'label-pending' && waits++ > PATIENCE) {
      counts.faults.push(`no label for ${view.order?.number ?? ''}`);
      break;
    }
    if (view.step !== 'label-pending') waits = 0;
    const before: BenchView = view;
    packer.idle = idleTurns > 0;
    view = await act(packer, before);
    idleTurns = before.step === 'choose' && view?.step === 'choose' ? idleTurns + 1 : 0;
  }
  return counts;
}

async function act(packer: Packer, view: BenchView): Promise<BenchView | undefined> {
  if (packer.random() < 0.03 && view.step !== 'label-pending') {
    packer.counts.wrongOnPurpose += 1;
    await scan(packer, wrongScan(packer.random()));
  }
  switch (view.step) {
    case 'label-pending':
      return waitForLabel(packer);
    case 'weigh':
      return offers(view, 'CLOSE-PARCEL') ? scan(packer, command('CLOSE-PARCEL').text) : weigh(packer);
    case 'instructions':
      return scan(packer, command('CONFIRM').text);
    case 'reason':
      if (packer.holding) return putAside(packer, view);
      return scan(packer, command('CANCEL').text);
    case 'carton':
      return hasTriedAll(packer, view) ? scan(packer, command('HOLD').text) : scanExpected(packer, view);
    case 'move-item':
    case 'override-badge':
      return scan(packer, command('CANCEL').text);
    case 'choose':
      return scan(
        packer,
        (view.expects.find(({ kind }) => kind === 'tote' || kind === 'order') ?? command(nextWork(packer))).text,
      );
    case 'tote':
      return takeTote(packer, view);
    case 'single-item':
      return scanSingle(packer, view);
    case 'label-failed':
      // Kept back at the last minute, or its address changed: put aside, and labelled when the hold has ended.
      if ((view.labels[0]?.problem ?? 'label.order-on-hold') === 'label.order-on-hold')
        return scan(packer, command(isFirst(packer, view) ? 'REPRINT' : 'CANCEL').text);
      packer.counts.faults.push(`label failed: ${view.labels[0]?.problem ?? ''}`);
      return undefined;
    default:
      return scanExpected(packer, view);
  }
}

/** Asked again once an order, then put aside. */
function isFirst({ asked }: Packer, view: BenchView): boolean {
  const number = view.order?.number ?? '';
  const first = !asked.has(number);
  asked.add(number);
  return first;
}

/** So often another carton is tried. */
const CARTON_TRIES = 14;

/** Goods that no carton takes are somebody else's to look at. */
function hasTriedAll(packer: Packer, view: BenchView): boolean {
  const number = view.order?.number ?? '';
  const tries = (packer.cartons.get(number) ?? 0) + 1;
  packer.cartons.set(number, tries);
  packer.holding = tries > CARTON_TRIES;
  return packer.holding;
}

function putAside(packer: Packer, view: BenchView): Promise<BenchView | undefined> {
  packer.holding = false;
  const other = view.expects.find(({ title }) => title === 'REASON-OTHER') ?? command('CANCEL');
  return scan(packer, other.text);
}

/** One order, several in one walk, or the lane of single lines; an empty queue is asked for one order again. */
function nextWork(packer: Packer): string {
  const chance = packer.idle ? 1 : packer.random();
  return chance < 0.35 ? 'BATCH' : chance < 0.55 ? 'SINGLES' : 'NEXT';
}

/** A tote for each order of a walk; now and then fewer are taken along than were offered. */
async function takeTote(packer: Packer, view: BenchView): Promise<BenchView | undefined> {
  const totes = view.expects.filter((expected) => expected.kind === 'tote');
  const tote = totes[Math.floor(packer.random() * totes.length)];
  if (offers(view, 'NEXT') && (!tote || packer.random() < 0.05)) return scan(packer, command('NEXT').text);
  return scan(packer, (tote ?? command('CANCEL')).text);
}

/** The lane is left when no order of one line is there, and now and then before. */
async function scanSingle(packer: Packer, view: BenchView): Promise<BenchView | undefined> {
  const item = view.expects.find((expected) => expected.kind === 'item');
  return scan(packer, (item && packer.random() > 0.08 ? item : command('CANCEL')).text);
}

async function scanExpected(packer: Packer, view: BenchView): Promise<BenchView | undefined> {
  const wanted = {
    badge: 'badge',
    location: 'location',
    item: 'item',
    'put-to-tote': 'tote',
    'pack-item': 'item',
    carton: 'carton',
    'scan-label': 'label',
    substitute: 'item',
    'put-back-item': 'item',
    'put-back-location': 'location',
  } as const;
  const kind = view.step in wanted ? wanted[view.step as keyof typeof wanted] : undefined; // narrowed by the line itself
  const choices = view.expects.filter((expected) => expected.kind === kind);
  const next = choices[Math.floor(packer.random() * choices.length)];
  if (!next) {
    packer.counts.faults.push(`nothing to scan at ${view.step}`);
    return undefined;
  }
  if (view.step === 'pack-item' && (view.parcel?.unitsPacked ?? 0) > 0 && packer.random() < 0.02)
    return undoOne(packer);
  const carton = view.step === 'pack-item' && view.expects.find((expected) => expected.kind === 'carton');
  if (carton && packer.random() < 0.4) return scan(packer, carton.text);
  const another = view.step === 'pack-item' ? view.expects.find(isParcelCard) : undefined;
  if (another && packer.random() < 0.02) return scan(packer, another.text);
  return scan(packer, next.text);
}

/** A full box makes place for the next, or two of them stand open. */
const isParcelCard = ({ title }: Expected): boolean => title === 'NEXT-PARCEL' || title.startsWith('PARCEL-');

const offers = (view: BenchView, card: string): boolean => view.expects.some(({ title }) => title === card);

async function undoOne(packer: Packer): Promise<BenchView | undefined> {
  return scan(packer, command('UNDO').text);
}

async function weigh(packer: Packer): Promise<BenchView | undefined> {
  await packer.doorway.call('stations.put-on-simulated-scale', { mg: null });
  for (let turn = 0; turn < PATIENCE; turn += 1) {
    await pause(20);
    const view = await look(packer);
    if (view?.step !== 'weigh') {
      await packer.doorway.call('stations.put-on-simulated-scale', { mg: 0 });
      return view;
    }
  }
  packer.counts.faults.push('the scale never settled');
  return undefined;
}

async function waitForLabel(packer: Packer): Promise<BenchView | undefined> {
  const started = performance.now();
  await pause(15);
  const view = await look(packer);
  packer.waited += performance.now() - started;
  return view;
}

async function look(packer: Packer): Promise<BenchView | undefined> {
  const answer = ViewAnswer.safeParse(await packer.doorway.call('bench.view', {}));
  if (answer.success) return answer.data.output;
  packer.counts.faults.push('bench.view did not answer');
  return undefined;
}

/** One scan through the door; its time is what the packer's hand waits for. */
async function scan(packer: Packer, raw: string): Promise<BenchView | undefined> {
  const { counts } = packer;
  const started = performance.now();
  const body = await packer.doorway.call('bench.scan', { raw, source: 'simulated' });
  const took = performance.now() - started;
  counts.latencies.push(took);
  packer.waited += took;
  const answer = ScanAnswer.safeParse(body);
  if (!answer.success) {
    const text = JSON.stringify(body).slice(0, 200);
    // Two benches wanted the same thing at once: one of them is told, and looks again.
    if (!text.includes('"kind":"conflict"')) counts.faults.push(text);
    return look(packer);
  }
  const { verdict, view } = answer.data.output;
  if (verdict.tone === 'bad') counts.refusals += 1;
  if (['pack.item-packed', 'pack.all-packed', 'pack.closed'].includes(verdict.code))
    counts.unitsAnswered += Number(verdict.params.quantity ?? 1);
  if (PARCEL_DONE.includes(verdict.code)) {
    counts.waits.push(packer.waited);
    packer.waited = 0;
  }
  if (verdict.code === 'pack.undone') counts.unitsAnswered -= Number(verdict.params.quantity ?? 0);
  return view;
}

function command(payload: string): Expected {
  return { kind: 'command', text: encodeStationCode('command', payload), title: payload };
}

/** A stray GTIN, a code with a wrong check character, a foreign SSCC, noise, commands that fit hardly anywhere. */
function wrongScan(random: number): string {
  const wrong = [
    '9521234000006',
    'PWTNOPE0',
    '106141412345678908',
    'http://example.com/x',
    encodeStationCode('command', 'NEXT-PARCEL'),
    encodeStationCode('command', 'QTY-3'),
    encodeStationCode('location', 'Z-99-9'),
  ];
  return wrong[Math.floor(random * 1_000) % wrong.length] ?? 'x';
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Small seeded generator (Tommy Ettinger's mulberry32), so that a shift can be worked again. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
