import type { ParcelState } from '../../shared/model/machines.ts';
import { type Handle, selectRows } from '../db/rows.ts';

/** One standing parcel of an order, with what lies in it. */
export interface SceneBox {
  readonly id: string;
  /** Which of the standing parcels this is, from 1: what the PARCEL cards say. */
  readonly number: number;
  readonly state: ParcelState;
  readonly version: number;
  readonly labelConfirmedAt: string | null;
  readonly units: ReadonlyMap<string, number>;
}

interface BoxRow {
  readonly id: string;
  readonly state: ParcelState;
  readonly version: number;
  readonly labelConfirmedAt: string | null;
  readonly lineId: string | null;
  readonly units: number | string | null;
}

const BOXES = `
  select parcel.id, parcel.state, parcel.version, parcel.label_confirmed_at as "labelConfirmedAt",
    unit.order_line_id as "lineId", sum(unit.quantity) as units
  from parcel
  left join parcel_unit unit on unit.parcel_id = parcel.id
  where parcel.order_id = ? and parcel.state <> 'voided'
  group by parcel.id, parcel.sequence, parcel.state, parcel.version, parcel.label_confirmed_at, unit.order_line_id
  order by parcel.sequence`;

/** The standing parcels of an order, first opened first; read only where there is more than one. */
export async function listSceneBoxes(handle: Handle, orderId: string): Promise<SceneBox[]> {
  const boxes = new Map<string, SceneBox & { readonly units: Map<string, number> }>();
  for (const row of await selectRows<BoxRow>(handle, BOXES, [orderId])) {
    const { id, state, version, labelConfirmedAt } = row;
    const box = boxes.get(id) ?? { id, number: boxes.size + 1, state, version, labelConfirmedAt, units: new Map() };
    if (row.lineId !== null) box.units.set(row.lineId, Number(row.units ?? 0));
    boxes.set(id, box);
  }
  return [...boxes.values()];
}
