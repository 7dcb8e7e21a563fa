import type { SharedSettings } from '../../shared/contract/stations.ts';
import type { LabelState, OrderState, ParcelState, PickTaskState } from '../../shared/model/machines.ts';
import { type PersonalSeal, personalOf } from '../db/personal-seal.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import { CartonPlan } from '../packing/carton-plan-rules.ts';
import { settingsOf } from '../stations/settings-rules.ts';
import type { Bench } from './bench-store.ts';

/** An order as a bench works on it. */
export interface SceneOrder {
  readonly id: string;
  readonly number: string;
  readonly channel: string;
  readonly externalId: string;
  readonly code: string;
  readonly state: OrderState;
  readonly priority: number;
  readonly placedAt: string;
  readonly shipBy: string;
  readonly country: string;
  readonly gift: boolean;
  readonly tote: string | null;
  readonly toteId: string | null;
  readonly claimedBy: string | null;
  readonly claimUntil: string | null;
  /** The buyer takes something equal when an item is out of stock. */
  readonly substitutionOk?: boolean;
  /** The buyer's note, which the packer reads before packing. */
  readonly note: string | null;
  readonly hold: {
    readonly reason: string;
    readonly detail: string;
    readonly since: string;
    readonly until: string | null;
  } | null;
}

/** A leaf line with what the catalogue says of its item. */
export interface SceneLine {
  readonly id: string;
  readonly orderId: string;
  readonly lineNo: number;
  readonly parentLineId: string | null;
  readonly sku: string;
  readonly itemId: string | null;
  readonly title: string;
  readonly imageHash: string | null;
  readonly weightMg: number;
  readonly ordered: number;
  readonly cancelled: number;
  readonly allocated: number;
  readonly picked: number;
  readonly packed: number;
  /** Of these, what lies in the parcel at this bench. */
  readonly inParcel: number;
  readonly shipped: number;
  readonly fragile: boolean;
  readonly hazardous: boolean;
  readonly upright: boolean;
  readonly lotControlled: boolean;
  readonly serialControlled: boolean;
  readonly expiryControlled: boolean;
  readonly ownBox: boolean;
  readonly scanPolicy: 'each' | 'case' | 'quantity';
  /** The kit line that this component belongs to. */
  readonly kit: { readonly sku: string; readonly title: string } | null;
}

/** A kit that was ordered; its components are lines of their own. */
export interface SceneKit {
  readonly lineId: string;
  readonly itemId: string;
  readonly sku: string;
  readonly title: string;
  readonly ordered: number;
  readonly scan: 'one' | 'explode';
  readonly scanPolicy: SceneLine['scanPolicy'];
}

export interface SceneCode {
  readonly code: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly kind: 'gtin' | 'alias';
}

export interface SceneTask {
  readonly id: string;
  readonly lineId: string;
  readonly itemId: string;
  readonly location: string;
  readonly quantity: number;
  readonly picked: number;
  readonly state: PickTaskState;
}

export interface SceneParcel {
  readonly id: string;
  readonly sequence: number;
  readonly sscc: string;
  readonly state: ParcelState;
  readonly weightMg: number | null;
  readonly labelConfirmedAt: string | null;
  readonly version: number;
  readonly cartonId: string | null;
  /** The carton that was scanned. */
  readonly carton?: { readonly code: string; readonly title: string } | null;
  /** What was suggested when the parcel was opened. */
  readonly cartonPlan?: CartonPlan | null;
  readonly ownBox: boolean;
  readonly dunnageMg: number;
  /** Asked to be closed although units are left for another parcel. */
  readonly closing: boolean;
  /** Keys of instructions that were confirmed by scan. */
  readonly confirmed: readonly string[];
}

export interface SceneLabel {
  readonly id: string;
  readonly kind: 'outbound' | 'return';
  readonly state: LabelState;
  readonly trackingNumber: string;
  readonly scanText: string;
  readonly documentId: string | null;
  readonly fault: string | null;
  /** What the text of the fault names. */
  readonly problem?: Readonly<Record<string, string | number>>;
}

/** An order with its tote, hold and note as both queries of a bench read it; all null where there is none. */
export interface SceneOrderRow {
  readonly id: string | null;
  readonly number: string;
  readonly channel: string;
  readonly externalId: string;
  readonly code: string;
  readonly state: OrderState;
  readonly priority: number;
  readonly placedAt: string;
  readonly shipBy: string;
  readonly country: string;
  readonly gift: number;
  readonly tote: string | null;
  readonly toteId: string | null;
  readonly claimedBy: string | null;
  readonly claimUntil: string | null;
  readonly substitutionOk: number;
  readonly personal: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

interface PlaceRow extends SceneOrderRow {
  readonly mode: Bench['mode'];
  readonly benchOrderId: string | null;
  readonly benchParcelId: string | null;
  readonly taskId: string | null;
  readonly runId: string | null;
  readonly lane: Bench['lane'];
  readonly pending: string | null;
  readonly latched: string | null;
  readonly version: number;
  readonly parcelId: string | null;
  readonly sequence: number;
  readonly sscc: string;
  readonly parcelState: ParcelState;
  readonly weightMg: number | null;
  readonly labelConfirmedAt: string | null;
  readonly parcelVersion: number;
  readonly cartonId: string | null;
  readonly cartonCode: string | null;
  readonly cartonTitle: string | null;
  readonly cartonPlan: string | null;
  readonly ownBox: number;
  readonly dunnageMg: number;
  readonly closing: number;
  readonly confirmed: string;
  readonly standing: number | string;
  readonly settings: string | null;
}

/** Columns of a `SceneOrderRow`; the order is `o`. */
export const SCENE_ORDER_COLUMNS = `o.id, o.number, o.channel, o.external_id as "externalId", o.code, o.state, o.priority, o.placed_at as "placedAt", o.ship_by as "shipBy", o.country, o.gift,
    tote.code as tote, o.tote_id as "toteId", o.claimed_by as "claimedBy", o.claim_until as "claimUntil", o.substitution_ok as "substitutionOk", personal.data as personal, hold.reason, hold.detail, hold.since, hold.until`;

export const SCENE_ORDER_JOINS = `left join tote on tote.id = o.tote_id
  left join order_hold hold on hold.order_id = o.id
  left join order_private personal on personal.order_id = o.id`;

const PLACE = `
  select bench.mode, bench.order_id as "benchOrderId", bench.parcel_id as "benchParcelId", bench.task_id as "taskId", bench.run_id as "runId", bench.lane, bench.pending, bench.latched, bench.version,
    ${SCENE_ORDER_COLUMNS},
    parcel.id as "parcelId", parcel.sequence, parcel.sscc, parcel.state as "parcelState", parcel.weight_mg as "weightMg",
    parcel.label_confirmed_at as "labelConfirmedAt", parcel.version as "parcelVersion",
    parcel.carton_id as "cartonId", carton.code as "cartonCode", carton.title as "cartonTitle", parcel.carton_plan as "cartonPlan", parcel.own_box as "ownBox", parcel.dunnage_mg as "dunnageMg", parcel.closing, parcel.confirmed,
    (select count(*) from parcel box where box.order_id = o.id and box.state <> 'voided') as standing,
    (select setting.value from setting where setting.key = 'shared') as settings
  from bench
  left join sales_order o on o.id = bench.order_id
  ${SCENE_ORDER_JOINS}
  left join parcel on parcel.id = bench.parcel_id
  left join carton on carton.id = parcel.carton_id
  where bench.station_id = ?`;

const emptyBench: Omit<Bench, 'stationId'> = {
  mode: 'idle',
  orderId: null,
  parcelId: null,
  taskId: null,
  runId: null,
  lane: null,
  pending: null,
  latched: null,
  version: 0,
};

/** The bench with its order, hold, tote and parcel in one query. */
export async function findPlace(
  handle: Handle,
  stationId: string,
): Promise<{
  bench: Bench;
  order: SceneOrder | undefined;
  parcel: SceneParcel | undefined;
  /** Parcels of the order that were not voided. */
  standing: number;
  settings: SharedSettings;
}> {
  const [row] = await selectRows<PlaceRow>(handle, PLACE, [stationId]);
  if (!row)
    return {
      bench: { ...emptyBench, stationId },
      order: undefined,
      parcel: undefined,
      standing: 0,
      settings: settingsOf(null),
    };
  const bench = {
    stationId,
    mode: row.mode,
    orderId: row.benchOrderId,
    parcelId: row.benchParcelId,
    taskId: row.taskId,
    runId: row.runId,
    lane: row.lane,
    pending: row.pending,
    latched: row.latched,
    version: row.version,
  };
  return {
    bench,
    order: sceneOrderOf(row, personalOf(handle)),
    parcel: parcelOf(row),
    standing: Number(row.standing),
    settings: settingsOf(row.settings),
  };
}

/** The order of a row; undefined where the row has none. */
export function sceneOrderOf(row: SceneOrderRow, seal: PersonalSeal): SceneOrder | undefined {
  if (row.id === null) return undefined;
  return {
    id: row.id,
    number: row.number,
    channel: row.channel,
    externalId: row.externalId,
    code: row.code,
    state: row.state,
    priority: row.priority,
    placedAt: row.placedAt,
    shipBy: row.shipBy,
    country: row.country,
    gift: row.gift === 1,
    tote: row.tote,
    toteId: row.toteId,
    claimedBy: row.claimedBy,
    claimUntil: row.claimUntil,
    substitutionOk: row.substitutionOk === 1,
    note: row.personal ? (JSON.parse(seal.open(row.id, row.personal)).note ?? null) : null,
    hold:
      row.reason !== null && row.since !== null
        ? { reason: row.reason, detail: row.detail ?? '', since: row.since, until: row.until }
        : null,
  };
}

function parcelOf(row: PlaceRow): SceneParcel | undefined {
  if (row.parcelId === null) return undefined;
  return {
    id: row.parcelId,
    sequence: row.sequence,
    sscc: row.sscc,
    state: row.parcelState,
    weightMg: row.weightMg,
    labelConfirmedAt: row.labelConfirmedAt,
    version: row.parcelVersion,
    cartonId: row.cartonId,
    carton: row.cartonCode === null ? null : { code: row.cartonCode, title: row.cartonTitle ?? '' },
    cartonPlan: row.cartonPlan === null ? null : planOf(row.cartonPlan),
    ownBox: row.ownBox === 1,
    dunnageMg: row.dunnageMg,
    closing: row.closing === 1,
    confirmed: JSON.parse(row.confirmed),
  };
}

let lastPlan: { readonly text: string; readonly plan: CartonPlan } | undefined;

/** The last text is kept with its plan: a bench reads the same one at every scan of a parcel. */
function planOf(text: string): CartonPlan {
  if (lastPlan?.text !== text) lastPlan = { text, plan: CartonPlan.parse(JSON.parse(text)) };
  return lastPlan.plan;
}
