import { BY_HAND } from '../../shared/model/weight.ts';
import type { NoWeight } from '../../shared/scale/no-weight.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { chooseCarton } from '../packing/carton-service.ts';
import { closeParcel, keepReading, refusedReading } from '../packing/packing-service.ts';
import { type Expectation, weightFits } from '../packing/weight-rules.ts';
import { learnWeights, relearnWeight } from '../packing/weight-service.ts';
import { requestLabels } from '../shipping/shipping-service.ts';
import { isFull, type PackScene, type Scene, stepOf } from './bench-rules.ts';
import { pendingText } from './pending-rules.ts';
import { bad, complete, good, type ScanOutcome } from './scan-outcome.ts';
import { readSceneWeigh, type SceneWeigh } from './scene-weigh-store.ts';
import { expectedOf, needsCarton, packagingAround, refusedWeight } from './weigh-view-rules.ts';

/** A weight that the scale at this bench shows now. */
export type WeightNow =
  | { readonly state: 'stable'; readonly mg: number; readonly device: string }
  | { readonly state: NoWeight };

const NO_WEIGHT: { readonly [K in NoWeight]: string } = {
  absent: 'weigh.no-scale',
  silent: 'weigh.silent',
  moving: 'weigh.unstable',
  empty: 'weigh.empty',
  over: 'weigh.over',
  under: 'weigh.under',
  taken: 'weigh.taken',
  'not-told': 'weigh.not-told',
  'no-unit': 'weigh.no-unit',
  unclear: 'weigh.unclear',
};

type FullScene = PackScene & { weigh: SceneWeigh };

/** Whether the bench waits for the weight of a full parcel, and nothing is asked of anybody meanwhile. */
export function waitsForWeight(scene: Scene): scene is PackScene {
  const { bench, order, parcel, lines } = scene;
  if (bench.mode !== 'pack' || order === undefined || parcel?.state !== 'open') return false;
  return lines.some((line) => line.inParcel > 0) && stepOf(scene, true) === 'weigh';
}

/** Step: everything is in: asks for the carton or the weight, or closes at once where neither is wanted. */
export async function parcelFull(
  uow: UnitOfWork,
  scene: PackScene,
  params: ScanOutcome['params'],
): Promise<ScanOutcome> {
  const full = await withWeigh(uow, scene);
  const asks = needsCarton(full, full.parcel) || full.settings.weighing === 'required';
  if (asks) return good('pack.all-packed', { params, scene: full });
  await close(uow, full, {});
  return complete('pack.closed', { params: { ...params, number: scene.order.number } });
}

async function withWeigh(uow: UnitOfWork, scene: PackScene): Promise<FullScene> {
  return { ...scene, weigh: await readSceneWeigh(uow.tx, scene.parcel) };
}

interface Closing {
  readonly reading?: { readonly id: string; readonly mg: number };
  readonly override?: { readonly by: string; readonly reason: string };
}

async function close(uow: UnitOfWork, scene: FullScene, how: Closing): Promise<void> {
  await closeParcel(uow, scene.parcel, { expectedMg: statedMg(scene), ...how });
  await requestLabels(uow, { id: scene.parcel.id, orderId: scene.order.id });
}

/** What is said to be expected: goods and carton, or the goods alone while nobody knows the carton. */
function statedMg(scene: FullScene): number {
  const packaging = packagingAround(scene.weigh, scene.parcel.cartonId, scene.settings);
  const mean = expectedOf(scene)?.meanMg ?? 0;
  return packaging.kind === 'known' ? mean : Math.round(mean - packaging.mostMg / 2);
}

/**
 * Step: takes the weight of the full parcel. Outside the tolerance the parcel stays open with what may explain it, and
 * the reading is kept, so that a supervisor can name it. Inside, it closes and teaches how heavy its items are.
 */
export async function weighParcel(uow: UnitOfWork, scene: PackScene, weight: WeightNow): Promise<ScanOutcome> {
  if (weight.state !== 'stable') return bad(NO_WEIGHT[weight.state]);
  return judgeWeight(uow, scene, weight);
}

/** Step: holds a weight against the full parcel; one that people typed closes it as well, and teaches nothing. */
export async function judgeWeight(
  uow: UnitOfWork,
  scene: PackScene,
  weight: { readonly mg: number; readonly device: string },
): Promise<ScanOutcome> {
  const full = await withWeigh(uow, scene);
  const expected = expectedOf(full);
  if (!expected) return bad('command.not-here');
  const { mg } = weight;
  const reading = { stationId: scene.bench.stationId, device: weight.device, mg, parcelId: scene.parcel.id };
  const id = await keepReading(uow, reading);
  const byHand = weight.device === BY_HAND;
  if (byHand) uow.record({ kind: 'weight.entered-by-hand', subject: scene.parcel.id, data: { weightMg: mg } });
  const refusal = refusalOf(full, expected, mg);
  if (refusal)
    return {
      ...refusal,
      scene: full,
      change: { pending: pendingText({ kind: 'weight', mg, parcelVersion: scene.parcel.version }) },
    };
  await close(uow, full, { reading: { id, mg } });
  if (!byHand) await learnWeights(uow, weighed(full, mg));
  const params = { number: scene.order.number, expectedMg: statedMg(full), weightMg: mg };
  return complete('pack.weighed', { params, change: { pending: null } });
}

function weighed({ parcel, weigh, settings }: FullScene, weightMg: number) {
  return {
    id: parcel.id,
    parts: weigh.content,
    packaging: packagingAround(weigh, parcel.cartonId, settings),
    weightMg,
  };
}

function refusalOf(scene: FullScene, expected: Expectation, weightMg: number): ScanOutcome | undefined {
  const carton = scene.weigh.cartons.find((candidate) => candidate.id === scene.parcel.cartonId);
  if (carton && weightMg > carton.maxWeightMg)
    return bad('weigh.too-heavy-for-carton', {
      params: { weightMg, mostMg: carton.maxWeightMg, carton: carton.code },
    });
  if (weightFits(expected, weightMg)) return undefined;
  return bad('weigh.out-of-tolerance', { params: { weightMg, expectedMg: expected.meanMg } });
}

/** Whether a weight was refused and a supervisor may let it pass. */
export function weightWasRefused(scene: Scene): boolean {
  return waitsForWeight(scene) && refusedWeight(scene) !== undefined;
}

/**
 * Step: a supervisor looked into the box and lets its refused weight pass: the parcel closes with that reading.
 *
 * Counted by the journal (`weight.overridden`). Nothing is learned from it, unless the reason is that the stored weight
 * is wrong and the parcel tells whose.
 */
export async function overrideWeight(
  uow: UnitOfWork,
  scene: Scene,
  by: { operatorId: string; reason: string },
): Promise<ScanOutcome> {
  if (!waitsForWeight(scene)) return bad('override.nothing');
  const reading = await refusedReading(uow, scene.parcel.id);
  if (!reading) return bad('override.nothing');
  const full = await withWeigh(uow, scene);
  const { mg } = reading;
  const expectedMg = statedMg(full);
  await close(uow, full, { reading, override: { by: by.operatorId, reason: by.reason } });
  uow.record({
    kind: 'weight.overridden',
    subject: scene.parcel.id,
    data: { supervisor: by.operatorId, reason: by.reason, weightMg: mg, expectedMg },
  });
  if (by.reason === 'WEIGHT-WRONG') await relearnWeight(uow, weighed(full, mg));
  return complete('weigh.overridden', {
    params: { number: scene.order.number, weightMg: mg },
    change: { pending: null },
  });
}

/** Step: a carton was scanned, by its own code or by a CARTON card, while the parcel is packed or weighed. */
export async function scanCarton(
  uow: UnitOfWork,
  scene: PackScene,
  input: { code: string; weight: WeightNow },
): Promise<ScanOutcome> {
  const { parcel, order } = scene;
  if (parcel.state !== 'open') return bad('carton.parcel-closed', { params: { code: input.code } });
  const expected = parcel.cartonPlan?.suggested?.code;
  const choice = await chooseCarton(uow, { id: parcel.id, version: parcel.version, orderId: order.id }, input.code);
  if (choice.outcome === 'refused')
    return bad(choice.code, {
      params: { code: input.code, sku: choice.sku },
      ...(expected === undefined || expected === input.code ? {} : { expected }),
    });
  const { carton, dunnageMg } = choice;
  const next: PackScene = {
    ...scene,
    parcel: {
      ...parcel,
      version: parcel.version + 1,
      cartonId: carton.id,
      carton: { code: carton.code, title: carton.title },
      dunnageMg,
    },
  };
  const params = { code: carton.code, title: carton.title };
  if (!isFull(next)) return { ...good('carton.chosen', { params, scene: next }), ...tight(choice.outcome) };
  return { ...(await afterFullChoice(uow, next, { params, weight: input.weight })), ...tight(choice.outcome) };
}

const tight = (outcome: 'chosen' | 'tight'): { warning?: string } =>
  outcome === 'tight' ? { warning: 'carton.tight' } : {};

/** The carton was what was missing: close, or judge the weight that lies on the scale anew. */
async function afterFullChoice(
  uow: UnitOfWork,
  scene: PackScene,
  input: { params: ScanOutcome['params']; weight: WeightNow },
): Promise<ScanOutcome> {
  const { params, weight } = input;
  // No unit came with this scan.
  if (scene.settings.weighing === 'off') return parcelFull(uow, scene, { ...params, quantity: 0 });
  const refused = refusedWeight(scene) !== undefined;
  if (refused && weight.state === 'stable' && waitsForWeight(scene)) return weighParcel(uow, scene, weight);
  const full = await withWeigh(uow, scene);
  return good('carton.chosen', { params, scene: full, ...(refused ? { change: { pending: null } } : {}) });
}
