import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { volumeOf } from '../packing/carton-arrange-rules.ts';
import { piecesOf } from '../packing/carton-fit-rules.ts';
import { asksForCarton } from '../packing/carton-plan-rules.ts';
import { explainWeight } from '../packing/weight-explain-rules.ts';
import {
  type Expectation,
  expectWeight,
  fillingOf,
  noPackaging,
  type Packaging,
  packagingOf,
} from '../packing/weight-rules.ts';
import type { Scene } from './bench-rules.ts';
import { pendingOf } from './pending-rules.ts';
import type { SceneParcel } from './scene-store.ts';
import type { SceneCarton, SceneWeigh } from './scene-weigh-store.ts';

/** Where nobody scanned a carton, this much may be around the goods, milligrams; more where a heavier one is in use. */
const ALLOWANCE_MG = 400_000;

/** Whether a full parcel still needs the scan of its carton. */
export function needsCarton({ settings, lines }: Scene, parcel: SceneParcel): boolean {
  if (settings.cartonScan !== 'required' || parcel.cartonId !== null) return false;
  const content = lines.map(({ ownBox, inParcel }) => ({ ownBox, quantity: inParcel }));
  return asksForCarton(parcel.cartonPlan ?? null, content);
}

/** Carton and filling of the parcel; a range where nobody scanned a carton. */
export function packagingAround(
  { content, cartons }: SceneWeigh,
  cartonId: string | null,
  settings: SharedSettings,
): Packaging {
  const chosen = cartons.find((carton) => carton.id === cartonId);
  if (chosen) return packagingIn(chosen, content, settings);
  const units = content.reduce((sum, part) => sum + part.quantity, 0);
  if (units === 1 && content.every((part) => part.goods.ownBox)) return noPackaging;
  const most = cartons.map((carton) => {
    const packaging = packagingIn(carton, content, settings);
    return packaging.kind === 'known' ? packaging.meanMg : 0;
  });
  return { kind: 'range', mostMg: Math.max(ALLOWANCE_MG, ...most) };
}

/** One kind of carton around these goods, with its filling. */
export function packagingIn(carton: SceneCarton, content: SceneWeigh['content'], settings: SharedSettings): Packaging {
  const { pieces, unknown } = piecesOf(content.map((part) => part.goods));
  const filling = fillingOf({
    roomMm3: carton.roomMm3,
    goodsMm3: unknown.length > 0 ? undefined : pieces.reduce((sum, piece) => sum + volumeOf(piece), 0),
    infillPercent: settings.infillPercent,
    mgPerLitre: settings.dunnageMgPerLitre,
  });
  return packagingOf(carton.tareMg, filling);
}

/** What the full parcel of this bench should weigh; undefined while units are missing. */
export function expectedOf(scene: Scene): Expectation | undefined {
  const { parcel, weigh, settings } = scene;
  if (!parcel || !weigh) return undefined;
  return expectWeight(weigh.content, packagingAround(weigh, parcel.cartonId, settings));
}

/** What may explain a weight that does not fit. */
export function explanationsOf(scene: Scene, weightMg: number): ReturnType<typeof explainWeight> {
  const { parcel, weigh, settings } = scene;
  if (!parcel || !weigh) return [];
  return explainWeight({
    parts: weigh.content,
    packaging: packagingAround(weigh, parcel.cartonId, settings),
    others: weigh.cartons
      .filter((carton) => carton.id !== parcel.cartonId)
      .map(({ code, title, ...carton }) => ({
        code,
        title,
        packaging: packagingIn({ code, title, ...carton }, weigh.content, settings),
      })),
    weightMg,
  });
}

/** What the screen shows of the carton of an open parcel. */
export function cartonView({ parcel, lines, settings, bench }: Scene): BenchView['carton'] {
  if (bench.mode !== 'pack' || !parcel || parcel.state !== 'open') return null;
  const plan = parcel.cartonPlan ?? null;
  const chosen = parcel.carton ?? null;
  if (!chosen && (settings.cartonScan === 'off' || !plan || plan.why.code === 'carton.why.no-cartons')) return null;
  const inside = lines.filter((line) => line.inParcel > 0);
  const alone = inside.length === 1 && inside[0]?.inParcel === 1 && inside[0].ownBox;
  return {
    chosen,
    ownBox: !chosen && (plan?.ownBox === true || alone),
    suggested: plan?.suggested ?? null,
    why: plan?.why ?? null,
  };
}

/** What the screen shows of the weight that is awaited. */
export function weighingView(scene: Scene): BenchView['weighing'] {
  if (scene.settings.weighing === 'off') return null;
  const expected = expectedOf(scene);
  if (!expected) return null;
  const mg = refusedWeight(scene);
  return {
    expectedMg: expected.meanMg,
    toleranceMg: expected.toleranceMg,
    weightMg: mg ?? null,
    typedGrams: typedGrams(scene),
    explanations: mg === undefined ? [] : explanationsOf(scene, mg),
  };
}

/** The last weight that did not fit, also while a supervisor is asked about it; a parcel that was changed since has none. */
export function refusedWeight({ bench, parcel }: Pick<Scene, 'bench' | 'parcel'>): number | undefined {
  const pending = pendingOf(bench);
  const asked = pending?.kind === 'override' && pending.before ? pendingOf({ pending: pending.before }) : pending;
  return asked?.kind === 'weight' && asked.parcelVersion === parcel?.version ? asked.mg : undefined;
}

/** Grams that were typed so far for the parcel as it is, as their figures; null where none were. */
export function typedGrams({ bench, parcel }: Pick<Scene, 'bench' | 'parcel'>): string | null {
  const pending = pendingOf(bench);
  return pending?.kind === 'by-hand' && pending.parcelVersion === parcel?.version ? pending.digits : null;
}

/** Cartons that a packer may scan now: the suggested one first, all in use where one must be chosen. */
export function cartonTexts({ parcel, weigh, settings }: Scene, step: BenchView['step']): Expected[] {
  const offered = (code: string, title: string): Expected => ({
    kind: 'carton',
    text: encodeStationCode('carton', code),
    title: `${code} · ${title}`,
  });
  if (!parcel || settings.cartonScan === 'off' || parcel.cartonId !== null) return [];
  const suggested = parcel.cartonPlan?.suggested;
  const first = suggested ? [offered(suggested.code, suggested.title)] : [];
  if (step !== 'carton') return first;
  const others = (weigh?.cartons ?? []).filter((carton) => carton.code !== suggested?.code);
  return [...first, ...others.map((carton) => offered(carton.code, carton.title))];
}
