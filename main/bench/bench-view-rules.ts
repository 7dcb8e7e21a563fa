import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { OrderSummary, Verdict } from '../../shared/contract/common.ts';
import type { Seat } from '../../shared/model/actor.ts';
import { currentLine, currentTask, type Scene, stepOf, unitsToPack } from './bench-rules.ts';
import { pendingOf } from './pending-rules.ts';
import type { SceneLine, SceneOrder } from './scene-store.ts';

/** What the idle screen shows beside the scene. */
export interface Surroundings {
  readonly seat: Seat;
  readonly queue: BenchView['queue'];
  /** Scannable texts that only an idle bench or a free tote needs. */
  readonly suggestions: readonly Expected[];
  readonly today: string;
  /** Floor work that waits; only an idle bench shows it. */
  readonly floor?: BenchView['floor'];
}

export const emptyQueue: BenchView['queue'] = { toPick: 0, toPack: 0, next: [] };

/** Turns the scene into what the screen shows; reads nothing. */
export function viewOf(scene: Scene, around: Surroundings): BenchView {
  const { seat } = around;
  const step = stepOf(scene, seat.operator !== null);
  const busy = seat.operator !== null && scene.order !== undefined && scene.bench.mode !== 'idle';
  const task = currentTask(scene);
  const pending = pendingOf(scene.bench);
  return {
    station: seat.station,
    operator: seat.operator,
    mode: seat.operator === null ? 'sign-in' : busy ? scene.bench.mode : 'idle',
    step,
    order: busy && scene.order ? summaryOf(scene.order, scene.lines) : null,
    note: busy ? (scene.order?.note ?? null) : null,
    tote: busy ? (scene.order?.tote ?? null) : null,
    lines: busy ? scene.lines.map((line) => benchLine(scene, line)) : [],
    currentLineId: busy ? (currentLine(scene)?.id ?? null) : null,
    task:
      busy && task && scene.bench.mode === 'pick'
        ? {
            lineId: task.lineId,
            location: task.location,
            quantity: task.quantity,
            picked: task.picked,
            tasksLeft: scene.tasks.filter((other) => other.picked < other.quantity && other.state !== 'closed-short')
              .length,
          }
        : null,
    parcel: busy ? parcelOf(scene) : null,
    parcels: [],
    instructions: [],
    run: null,
    carton: null,
    weighing: null,
    pendingQuantity: pending?.kind === 'quantity' ? pending.quantity : null,
    hint: null,
    override: null,
    reasons: [],
    substitutes: [],
    putBack: null,
    count: null,
    floor: around.floor ?? { putBacks: 0, counts: 0 },
    labels: busy
      ? scene.labels.map(({ kind, state, trackingNumber, documentId, fault }) => ({
          kind,
          state,
          trackingNumber,
          documentId,
          problem: fault,
        }))
      : [],
    latched: scene.bench.latched ? (JSON.parse(scene.bench.latched) as Verdict) : null, // written by the bench service only
    queue: around.queue,
    expects: expectsOf(scene, step, around),
  };
}

/** Order as lists and headers show it. */
export function summaryOf(order: SceneOrder, lines: readonly SceneLine[]): OrderSummary {
  return {
    id: order.id,
    number: order.number,
    channel: order.channel as OrderSummary['channel'],
    externalId: order.externalId, // stored from ChannelName
    state: order.state,
    priority: order.priority,
    placedAt: order.placedAt,
    shipBy: order.shipBy,
    country: order.country,
    gift: order.gift,
    lineCount: lines.length,
    unitCount: lines.reduce((sum, line) => sum + line.ordered - line.cancelled, 0),
    hold: order.hold,
  };
}

function benchLine(scene: Scene, line: SceneLine): BenchView['lines'][number] {
  return {
    id: line.id,
    sku: line.sku,
    title: line.title,
    imageUrl: line.imageHash ? `/images/${line.imageHash}` : null,
    gtins: scene.codes.filter((code) => code.itemId === line.itemId && code.kind === 'gtin').map((code) => code.code),
    fragile: line.fragile,
    hazardous: line.hazardous,
    upright: line.upright,
    ordered: line.ordered - line.cancelled,
    allocated: line.allocated,
    picked: line.picked,
    packed: line.packed,
    scanPolicy: line.scanPolicy,
    kit: line.kit,
  };
}

function parcelOf(scene: Scene): BenchView['parcel'] {
  const { parcel } = scene;
  if (!parcel) return null;
  const packed = scene.lines.reduce((sum, line) => sum + line.packed, 0);
  const expectedMg = scene.lines.reduce((sum, line) => sum + line.packed * line.weightMg, 0);
  return {
    id: parcel.id,
    sequence: parcel.sequence,
    sscc: parcel.sscc,
    state: parcel.state,
    weightMg: parcel.weightMg,
    expectedMg,
    unitsPacked: packed,
    unitsToPack: packed + unitsToPack(scene),
  };
}

function expectsOf(scene: Scene, step: BenchView['step'], around: Surroundings): Expected[] {
  const line = currentLine(scene);
  const task = currentTask(scene);
  switch (step) {
    case 'badge':
    case 'choose':
    case 'tote':
      return [...around.suggestions, ...commands(step === 'tote' ? ['CANCEL'] : [])];
    case 'location':
      return [
        ...(task ? [{ kind: 'location' as const, text: locationText(task.location), title: task.location }] : []),
        ...commands(['SHORT', 'CANCEL']),
      ];
    case 'item':
      return [...itemTexts(scene, line, 'pick', around.today), ...commands(['SHORT', 'CANCEL'])];
    case 'pack-item':
      return [...itemTexts(scene, line, 'pack', around.today), ...commands(['UNDO', 'CANCEL'])];
    case 'weigh':
      return commands(['WEIGH', 'UNDO', 'CANCEL']);
    case 'locked':
    case 'put-to-tote':
    case 'substitute':
    case 'single-item':
    case 'put-back-item':
    case 'put-back-location':
    case 'count':
    case 'move-item':
    case 'carton':
    case 'override-badge':
    case 'reason':
      return commands(['CANCEL']);
    case 'instructions':
      return commands(['CONFIRM', 'CANCEL']);
    case 'label-pending':
      return commands(['CANCEL']);
    case 'label-failed':
      return commands(['REPRINT', 'CANCEL']);
    case 'scan-label':
      return [
        ...scene.labels
          .filter((label) => label.kind === 'outbound' && label.state === 'bought')
          .map((label) => ({ kind: 'label' as const, text: `]C100${label.scanText}`, title: label.trackingNumber })),
        ...commands(['REPRINT', 'CANCEL']),
      ];
  }
}

/** A bin's own code where its name fits one, otherwise the name itself. */
export function locationText(code: string): string {
  return /^[A-Z0-9-]{1,24}$/.test(code) ? encodeStationCode('location', code) : code;
}

/** One command card as the scanner sends it. */
export function commandCard(payload: string): Expected {
  return { kind: 'command', text: encodeStationCode('command', payload), title: payload };
}

/** Command cards, with HELP, LANGUAGE and SIGN-OUT, which always work. */
function commands(payloads: readonly string[]): Expected[] {
  return [...payloads, 'HELP', 'LANGUAGE', 'SIGN-OUT'].map(commandCard);
}

/** What a scanner would send for one unit of the line's item, with the details that the item must show when packed. */
function itemTexts(scene: Scene, line: SceneLine | undefined, at: 'pick' | 'pack', today: string): Expected[] {
  const code = scene.codes.find((known) => known.itemId === line?.itemId && known.quantity === 1);
  if (!line || !code) return [];
  if (code.kind === 'alias') return [{ kind: 'item', text: code.code, title: line.title }];
  const controlled = line.lotControlled || line.serialControlled || line.expiryControlled;
  if (at === 'pick' || !controlled)
    return [{ kind: 'item', text: code.code.replace(/^0(?=\d{13}$)/, ''), title: line.title }];
  const expiry = line.expiryControlled ? `17${nextYear(today)}` : '';
  const lot = line.lotControlled ? `10LOT${today.slice(2, 4)}${today.slice(5, 7)}\u001d` : '';
  const serial = line.serialControlled ? `21${scene.parcel?.sscc.slice(-9) ?? ''}${line.lineNo}${line.packed + 1}` : '';
  return [{ kind: 'item', text: `]d201${code.code}${expiry}${lot}${serial}`, title: line.title }];
}

function nextYear(today: string): string {
  return `${String((Number(today.slice(0, 4)) + 1) % 100).padStart(2, '0')}${today.slice(5, 7)}01`;
}
