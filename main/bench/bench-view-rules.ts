import { isSscc } from '../../shared/barcode/sscc.ts';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { OrderSummary, Verdict } from '../../shared/contract/common.ts';
import type { PinAsked, Seat } from '../../shared/model/actor.ts';
import { currentLine, currentTask, type Scene, stepOf } from './bench-rules.ts';
import { dockCards, dockLabels, dockView, isAtDock } from './dock-view-rules.ts';
import { currentPutBack, floorExpects, floorView, isCounting } from './floor-view-rules.ts';
import { shownInstructions } from './instructions-rules.ts';
import {
  kitText,
  movableTexts,
  openParcelCards,
  parcelCards,
  parcelsView,
  parcelView,
  plainText,
  quantityCard,
} from './pack-view-rules.ts';
import { pendingOf } from './pending-rules.ts';
import { isLocked, peopleView, pinCards, reasonCards } from './people-view-rules.ts';
import { printCards } from './print-question-rules.ts';
import { walkNow } from './run-scene-rules.ts';
import type { SceneRun } from './run-scene-store.ts';
import { isInLane, isWalkStep, putTote, runCards, runTask, runView, type WalkStep } from './run-view-rules.ts';
import type { SceneDock } from './scene-dock-store.ts';
import type { SceneLine, SceneOrder } from './scene-store.ts';
import { cartonTexts, cartonView, refusedWeight, typedGrams, weighingView } from './weigh-view-rules.ts';

/** What the idle screen shows beside the scene. */
export interface Surroundings {
  readonly seat: Seat;
  readonly queue: BenchView['queue'];
  /** Scannable texts that only an idle bench or a free tote needs. */
  readonly suggestions: readonly Expected[];
  readonly today: string;
  /** Whose PIN is asked for. */
  readonly pin?: PinAsked;
  /** Floor work that waits; only an idle bench shows it. */
  readonly floor?: BenchView['floor'];
  /** What only a bench at the dock shows. */
  readonly dock?: SceneDock;
}

export const emptyQueue: BenchView['queue'] = { toPick: 0, toPack: 0, next: [] };

/** Turns the scene into what the screen shows; reads nothing. */
export function viewOf(scene: Scene, around: Surroundings): BenchView {
  const { seat } = around;
  const step = isLocked(seat, around.pin) ? 'locked' : stepOf(scene, seat.operator !== null);
  const busy = seat.operator !== null && scene.order !== undefined && scene.bench.mode !== 'idle';
  const task = currentTask(scene);
  const pending = pendingOf(scene.bench);
  return {
    station: seat.station,
    operator: seat.operator,
    mode:
      seat.operator === null
        ? 'sign-in'
        : busy || isInLane(scene.bench) || isCounting(scene) || isAtDock(scene)
          ? scene.bench.mode
          : 'idle',
    step,
    order: busy && scene.order ? summaryOf(scene.order, scene.lines) : null,
    note: busy ? (scene.order?.note ?? null) : null,
    tote: busy ? (scene.order?.tote ?? currentPutBack(scene)?.tote ?? null) : null,
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
        : busy
          ? runTask(scene)
          : null,
    parcel: busy ? parcelView(scene) : null,
    parcels: busy ? parcelsView(scene) : [],
    instructions: busy ? shownInstructions(scene, currentLine(scene)) : [],
    run: seat.operator === null ? null : runView(scene),
    carton: busy ? cartonView(scene) : null,
    weighing: busy ? weighingView(scene) : null,
    pendingQuantity: pending?.kind === 'quantity' || pending?.kind === 'put-back' ? pending.quantity : null,
    hint: busy ? (scene.hint ?? null) : null,
    ...peopleView(scene, seat, around.pin),
    ...floorView(scene),
    dock: seat.operator === null ? null : dockView(scene, around.dock),
    floor: around.floor ?? { putBacks: 0, counts: 0 },
    labels: busy
      ? scene.labels.map(({ kind, state, trackingNumber, documentId, fault, problem = {} }) => ({
          kind,
          state,
          trackingNumber,
          documentId,
          problem: fault,
          problemParams: problem,
        }))
      : [],
    prints: busy
      ? (scene.prints ?? []).map(({ jobId, kind, state, code, params }) => ({ jobId, kind, state, code, params }))
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

function expectsOf(scene: Scene, step: BenchView['step'], around: Surroundings): Expected[] {
  const line = currentLine(scene);
  const task = currentTask(scene);
  if (isWalkStep(step) && scene.run) return walkExpects(scene, scene.run, { step, around });
  switch (step) {
    case 'badge':
    case 'choose':
    case 'tote':
      return [...around.suggestions, ...commands(step === 'tote' ? ['CANCEL'] : [])];
    case 'location':
      return [
        ...(task ? [{ kind: 'location' as const, text: locationText(task.location), title: task.location }] : []),
        ...commands(['SHORT', ...substituteCard(scene), 'CANCEL']),
      ];
    case 'item':
      return [
        ...itemTexts(scene, line, 'pick', around.today),
        ...commands([
          ...quantityCard(line, task ? task.quantity - task.picked : 0),
          ...['SHORT', 'DAMAGED', ...substituteCard(scene), 'CANCEL'],
        ]),
      ];
    case 'pack-item':
      return [
        ...kitText(scene, line),
        ...itemTexts(scene, line, 'pack', around.today),
        ...cartonTexts(scene, step),
        ...commands(openParcelCards(scene)),
      ];
    case 'weigh':
      return [
        ...cartonTexts(scene, step),
        ...commands([
          ...(typedGrams(scene) === null ? [] : ['YES', 'NO']),
          'WEIGH',
          ...(refusedWeight(scene) === undefined ? [] : ['OVERRIDE']),
          ...openParcelCards(scene),
        ]),
      ];
    case 'locked':
      return around.pin ? pinCards.map(commandCard) : [...around.suggestions, ...commands([])];
    case 'single-item':
      return [...around.suggestions, ...commands(['CANCEL'])];
    case 'put-to-tote':
      return commands(['CANCEL']);
    case 'carton':
      // The box closes by the scan of its carton, not by a card.
      return [
        ...cartonTexts(scene, step),
        ...commands(openParcelCards(scene).filter((card) => card !== 'CLOSE-PARCEL')),
      ];
    case 'substitute':
    case 'put-back-item':
    case 'put-back-location':
    case 'count':
      return floorTexts(scene, step);
    case 'move-item':
      return pendingMoves(scene)
        ? [...movableTexts(scene), ...commands(['CANCEL'])]
        : commands([...parcelCards(scene), 'CANCEL']);
    case 'override-badge':
      return [...around.suggestions, ...commands(around.pin ? pinCards : ['CANCEL'])];
    case 'reason':
      return commands(reasonCards(scene));
    case 'instructions':
      return commands(['CONFIRM', ...openParcelCards(scene)]);
    case 'label-pending':
    case 'label-failed':
      return commands(['REPRINT', 'CANCEL']);
    case 'scan-out':
      return [...dockLabels(around.dock), ...commands(dockCards(scene))];
    case 'scan-label':
      return [
        ...scene.labels
          .filter((label) => label.kind === 'outbound' && label.state === 'bought')
          .map(({ scanText, trackingNumber }) => ({
            kind: 'label' as const,
            // An SSCC stands behind its application identifier.
            text: isSscc(scanText) ? `]C100${scanText}` : `]C0${scanText}`,
            title: trackingNumber,
          })),
        ...commands([...printCards(scene.prints ?? []), 'REPRINT', 'CANCEL']),
      ];
  }
}

/** Offered where the buyer agreed to something equal. */
function substituteCard(scene: Scene): string[] {
  return scene.order?.substitutionOk ? ['SUBSTITUTE'] : [];
}

function floorTexts(scene: Scene, step: BenchView['step']): Expected[] {
  const { places, items, commands: payloads } = floorExpects(scene, step);
  const bins = places.map((code): Expected => ({ kind: 'location', text: locationText(code), title: code }));
  return [...bins, ...items, ...commands(payloads)];
}

function walkExpects(scene: Scene, run: SceneRun, at: { step: WalkStep; around: Surroundings }): Expected[] {
  const { step, around } = at;
  const [task] = walkNow(run, scene.bench);
  const cards = commands([
    ...runCards(run, scene.bench, step),
    ...(step === 'location' || step === 'item' ? substituteCard(scene) : []),
  ]);
  if (step === 'tote') return [...around.suggestions, ...cards];
  if (step === 'location')
    return [
      ...(task ? [{ kind: 'location' as const, text: locationText(task.location), title: task.location }] : []),
      ...cards,
    ];
  const items = step === 'item' ? itemTexts(scene, currentLine(scene), 'pick', around.today) : [];
  return [...items, ...putTote(scene), ...cards];
}

/** Whether the unit that moves is still to be named. */
function pendingMoves(scene: Scene): boolean {
  const pending = pendingOf(scene.bench);
  return pending?.kind === 'move' && pending.unitScanId === null;
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
  const controlled = line.lotControlled || line.serialControlled || line.expiryControlled;
  if (at === 'pick' || !controlled || code.kind === 'alias')
    return [{ kind: 'item', text: plainText(code), title: line.title }];
  const { hint } = scene;
  const day = hint?.expiry ? hint.expiry.slice(2).replaceAll('-', '') : nextYear(today);
  const expiry = line.expiryControlled ? `17${day}` : '';
  const known = hint?.lot ?? `LOT${today.slice(2, 4)}${today.slice(5, 7)}`;
  const lot = line.lotControlled ? `10${known}\u001d` : '';
  const serial = line.serialControlled ? `21${scene.parcel?.sscc.slice(-9) ?? ''}${line.lineNo}${line.packed + 1}` : '';
  return [{ kind: 'item', text: `]d201${code.code}${expiry}${lot}${serial}`, title: line.title }];
}

function nextYear(today: string): string {
  return `${String((Number(today.slice(0, 4)) + 1) % 100).padStart(2, '0')}${today.slice(5, 7)}01`;
}
