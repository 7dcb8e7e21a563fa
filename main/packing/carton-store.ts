import type { CartonFields } from '../../shared/contract/packing.ts';
import { AppError } from '../../shared/errors.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { CartonKind, Goods } from './carton-fit-rules.ts';

/** A kind of carton as it is stored. */
export interface StoredCarton extends CartonFields {
  readonly id: string;
  readonly version: number;
}

interface CartonRow {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly inner_length_mm: number;
  readonly inner_width_mm: number;
  readonly inner_height_mm: number;
  readonly outer_length_mm: number;
  readonly outer_width_mm: number;
  readonly outer_height_mm: number;
  readonly tare_mg: number;
  readonly max_weight_mg: number;
  readonly cost_minor: number;
  readonly stock: number | null;
  readonly active: number;
  readonly version: number;
}

const fromRow = (row: CartonRow): StoredCarton => ({
  id: row.id,
  code: row.code,
  title: row.title,
  inner: { lengthMm: row.inner_length_mm, widthMm: row.inner_width_mm, heightMm: row.inner_height_mm },
  outer: { lengthMm: row.outer_length_mm, widthMm: row.outer_width_mm, heightMm: row.outer_height_mm },
  tareMg: row.tare_mg,
  maxWeightMg: row.max_weight_mg,
  costMinor: row.cost_minor,
  stock: row.stock,
  active: row.active === 1,
  version: row.version,
});

const toRow = (carton: CartonFields): Omit<CartonRow, 'id' | 'version'> => ({
  code: carton.code,
  title: carton.title,
  inner_length_mm: carton.inner.lengthMm,
  inner_width_mm: carton.inner.widthMm,
  inner_height_mm: carton.inner.heightMm,
  outer_length_mm: carton.outer.lengthMm,
  outer_width_mm: carton.outer.widthMm,
  outer_height_mm: carton.outer.heightMm,
  tare_mg: carton.tareMg,
  max_weight_mg: carton.maxWeightMg,
  cost_minor: carton.costMinor,
  stock: carton.stock,
  active: Number(carton.active),
});

/** Every kind of carton, retired ones too. */
export async function listCartons(handle: Handle): Promise<StoredCarton[]> {
  const rows = await selectRows<CartonRow>(handle, 'select * from carton order by code', []);
  return rows.map(fromRow);
}

export async function findCarton(tx: Tx, key: { code: string } | { id: string }): Promise<StoredCarton | undefined> {
  const row = await tx('carton').where(key).first<CartonRow | undefined>();
  return row && fromRow(row);
}

export async function insertCarton(tx: Tx, id: string, carton: CartonFields): Promise<void> {
  await tx('carton').insert({ id, ...toRow(carton), version: 1 });
}

/** Saves only over the version that was read. */
export async function updateCarton(
  tx: Tx,
  stored: { id: string; version: number },
  carton: CartonFields,
): Promise<void> {
  const changed = await tx('carton')
    .where({ id: stored.id, version: stored.version })
    .update({ ...toRow(carton), version: stored.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'carton.changed-elsewhere', { code: carton.code });
}

/** Adds to the stock of a carton that is counted; the version stays, so that a form that is open can be saved. */
export async function addCartonStock(tx: Tx, id: string, by: number): Promise<void> {
  await tx('carton')
    .where({ id })
    .whereNotNull('stock')
    .update({ stock: tx.raw('stock + ?', [by]) });
}

/** The carton as the choice sees it. */
export function kindOf(carton: StoredCarton): CartonKind {
  const { id, code, title, tareMg, maxWeightMg, costMinor, stock, inner } = carton;
  const room = { length: inner.lengthMm, width: inner.widthMm, height: inner.heightMm };
  return { id, code, title, tareMg, maxWeightMg, costMinor, stock, inner: room };
}

interface GoodsRow extends Omit<Goods, 'upright' | 'fragile' | 'ownBox'> {
  readonly upright: number;
  readonly fragile: number;
  readonly ownBox: number;
}

const ITEM = `item.sku, coalesce(item.length_mm, 0) as "lengthMm", coalesce(item.width_mm, 0) as "widthMm",
  coalesce(item.height_mm, 0) as "heightMm", coalesce(item.weight_mg, 0) as "weightMg",
  coalesce(item.upright, 0) as upright, coalesce(item.fragile, 0) as fragile, coalesce(item.own_box, 0) as "ownBox"`;

const goodsOf = (row: GoodsRow): Goods => ({
  ...row,
  quantity: Number(row.quantity),
  upright: row.upright === 1,
  fragile: row.fragile === 1,
  ownBox: row.ownBox === 1,
});

/** Picked units of an order that lie in no parcel yet, with what the catalogue says of them. */
export async function listGoodsToPack(tx: Tx, orderId: string): Promise<Goods[]> {
  const sql = `select ${ITEM}, line.picked - line.packed as quantity from order_line line
    join item on item.id = line.item_id where line.order_id = ? and line.picked > line.packed
    and not exists (select 1 from order_line part where part.parent_line_id = line.id) order by line.line_no`;
  return (await selectRows<GoodsRow>(tx, sql, [orderId])).map(goodsOf);
}

/** What lies in a parcel. */
export async function listGoodsIn(tx: Tx, parcelId: string): Promise<Goods[]> {
  const sql = `select ${ITEM}, unit.quantity from parcel_unit unit
    join item on item.id = unit.item_id where unit.parcel_id = ? order by unit.id`;
  return (await selectRows<GoodsRow>(tx, sql, [parcelId])).map(goodsOf);
}

/** Keeps what the station suggests for a parcel; whoever packs meanwhile is not disturbed. */
export async function savePlan(tx: Tx, parcelId: string, plan: string): Promise<void> {
  await tx('parcel').where({ id: parcelId }).update({ carton_plan: plan });
}

/** Sets the carton of an open parcel, only if nobody changed the parcel since it was read. */
export async function setCarton(
  tx: Tx,
  parcel: { id: string; version: number },
  carton: { id: string | null; dunnageMg: number },
): Promise<void> {
  const changed = await tx('parcel')
    .where({ id: parcel.id, version: parcel.version, state: 'open' })
    .update({ carton_id: carton.id, dunnage_mg: carton.dunnageMg, version: parcel.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'parcel.changed-elsewhere', { id: parcel.id });
}
