import type { CartonFields } from '../../shared/contract/packing.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { volumeOf } from './carton-arrange-rules.ts';
import { certainMiss, fitCarton, type Goods, piecesOf, suggestCarton } from './carton-fit-rules.ts';
import { type CartonPlan, planOf } from './carton-plan-rules.ts';
import {
  addCartonStock,
  findCarton,
  insertCarton,
  kindOf,
  listCartons,
  listGoodsIn,
  listGoodsToPack,
  type StoredCarton,
  savePlan,
  setCarton,
  updateCarton,
} from './carton-store.ts';
import { fillingOf } from './weight-rules.ts';

export interface SaveCarton {
  readonly id: string | null;
  readonly expectedVersion: number;
  /** Stock as the form showed it at first; where it was left alone, parcels closed meanwhile still count. */
  readonly stockRead: number | null;
  readonly carton: CartonFields;
}

/** Command: adds a kind of carton or changes it. The inside is never larger than the outside. */
export function saveCarton(deps: Deps, actor: Actor, input: SaveCarton): Promise<{ id: string; version: number }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const { carton } = input;
    const { inner, outer, code } = carton;
    const larger = (['lengthMm', 'widthMm', 'heightMm'] as const).some((side) => inner[side] > outer[side]);
    if (larger) throw new AppError('validation', 'carton.inside-larger', { code });
    const same = await findCarton(uow.tx, { code });
    if (same && same.id !== input.id) throw new AppError('conflict', 'carton.code-taken', { code });
    const saved = input.id === null ? await addCarton(uow, carton) : await changeCarton(uow, input, input.id);
    uow.emit('packing.cartons-changed', {});
    return saved;
  });
}

/** Step: a new kind of carton. */
export async function addCarton(uow: UnitOfWork, carton: CartonFields): Promise<{ id: string; version: number }> {
  const id = uow.newId();
  await insertCarton(uow.tx, id, carton);
  uow.record({ kind: 'carton.added', subject: id, data: { code: carton.code, stock: carton.stock } });
  return { id, version: 1 };
}

async function changeCarton(uow: UnitOfWork, input: SaveCarton, id: string): Promise<{ id: string; version: number }> {
  const { expectedVersion, stockRead } = input;
  const before = await findCarton(uow.tx, { id });
  if (!before) throw new AppError('not-found', 'carton.unknown', { code: input.carton.code });
  const carton = input.carton.stock === stockRead ? { ...input.carton, stock: before.stock } : input.carton;
  await updateCarton(uow.tx, { id, version: expectedVersion }, carton);
  const kind = before.active && !carton.active ? 'carton.retired' : 'carton.changed';
  uow.record({ kind, subject: id, data: { code: carton.code, stock: carton.stock, stockBefore: before.stock } });
  return { id, version: expectedVersion + 1 };
}

/** Step: works out the carton for what is picked and in no parcel yet, and keeps it with the parcel. */
export async function planCarton(uow: UnitOfWork, parcel: { id: string; orderId: string }): Promise<CartonPlan | null> {
  const { cartonScan, infillPercent } = await sharedSettings(uow);
  if (cartonScan === 'off') return null;
  const cartons = (await listCartons(uow.tx)).filter((carton) => carton.active).map(kindOf);
  const goods = [...(await listGoodsIn(uow.tx, parcel.id)), ...(await listGoodsToPack(uow.tx, parcel.orderId))];
  const plan = planOf(suggestCarton(goods, cartons, infillPercent));
  await savePlan(uow.tx, parcel.id, JSON.stringify(plan));
  return plan;
}

export type CartonChoice =
  | { readonly outcome: 'chosen' | 'tight'; readonly carton: StoredCarton; readonly dunnageMg: number }
  | {
      readonly outcome: 'refused';
      readonly code: 'carton.unknown' | 'carton.retired' | 'carton.too-small' | 'carton.too-weak';
      readonly sku: string;
    };

/**
 * Step: the carton that was scanned becomes that of the open parcel. Refused where what lies in the parcel already cannot
 * go in, whatever the packer does; `tight` where the rest of the order will not find room.
 */
export async function chooseCarton(
  uow: UnitOfWork,
  parcel: { id: string; version: number; orderId: string },
  code: string,
): Promise<CartonChoice> {
  const carton = await findCarton(uow.tx, { code });
  if (!carton) return { outcome: 'refused', code: 'carton.unknown', sku: '' };
  if (!carton.active) return { outcome: 'refused', code: 'carton.retired', sku: '' };
  const settings = await sharedSettings(uow);
  const packed = await listGoodsIn(uow.tx, parcel.id);
  const all = [...packed, ...(await listGoodsToPack(uow.tx, parcel.orderId))];
  const miss = certainMiss(packed, kindOf(carton));
  if (miss)
    return { outcome: 'refused', code: miss.miss === 'weight' ? 'carton.too-weak' : 'carton.too-small', sku: miss.sku };
  const { meanMg: dunnageMg } = fillingIn(carton, all, settings);
  await setCarton(uow.tx, parcel, { id: carton.id, dunnageMg });
  uow.record({ kind: 'carton.chosen', subject: parcel.id, data: { carton: carton.id, code } });
  const fits =
    piecesOf(all).unknown.length > 0 || fitCarton(all, kindOf(carton), settings.infillPercent).outcome === 'fits';
  return { outcome: fits ? 'chosen' : 'tight', carton, dunnageMg };
}

/** Filling of a carton around goods, from the settings. */
export function fillingIn(
  carton: StoredCarton,
  goods: readonly Goods[],
  settings: Pick<SharedSettings, 'infillPercent' | 'dunnageMgPerLitre'>,
): { meanMg: number; variance: number } {
  const { pieces, unknown } = piecesOf(goods);
  return fillingOf({
    roomMm3: volumeOf(kindOf(carton).inner),
    goodsMm3: unknown.length > 0 ? undefined : pieces.reduce((sum, piece) => sum + volumeOf(piece), 0),
    infillPercent: settings.infillPercent,
    mgPerLitre: settings.dunnageMgPerLitre,
  });
}

/** Step: a parcel was closed in this carton: one less on the pile. Given back (`by` 1) when it is opened or voided again. */
export async function countCarton(uow: UnitOfWork, cartonId: string, by: 1 | -1): Promise<void> {
  await addCartonStock(uow.tx, cartonId, by);
  uow.record({ kind: by < 0 ? 'carton.taken' : 'carton.given-back', subject: cartonId });
  uow.emit('packing.cartons-changed', {});
}

/** Step: what a parcel in this carton measures outside; undefined for one whose carton is gone. */
export async function outerSizeOf(uow: UnitOfWork, cartonId: string): Promise<StoredCarton['outer'] | undefined> {
  return (await findCarton(uow.tx, { id: cartonId }))?.outer;
}
