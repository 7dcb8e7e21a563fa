import { type Handle, selectRows } from '../db/rows.ts';
import type { Goods } from '../packing/carton-fit-rules.ts';
import { type LearnedWeight, type Part, unitWeight } from '../packing/weight-rules.ts';

/** Units of one item in the parcel, with what the catalogue and past parcels say of them. */
export interface SceneGoods extends Part {
  readonly goods: Goods;
}

/** A kind of carton that may be around them. */
export interface SceneCarton {
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly tareMg: number;
  readonly maxWeightMg: number;
  readonly roomMm3: number;
}

/** What the scale's verdict needs beside the scene; read only once every unit is in. */
export interface SceneWeigh {
  readonly content: readonly SceneGoods[];
  /** Cartons in use, and the chosen one even when it is retired. */
  readonly cartons: readonly SceneCarton[];
}

interface ContentRow {
  readonly itemId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number | string;
  readonly weightMg: number;
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly upright: number;
  readonly fragile: number;
  readonly ownBox: number;
  readonly samples: number | null;
  readonly meanMg: number;
  readonly meanVariance: number;
  readonly unitVariance: number;
  readonly catalogueMg: number;
}

const CONTENT = `
  select packed.item_id as "itemId", item.sku, item.title, packed.quantity, item.weight_mg as "weightMg",
    item.length_mm as "lengthMm", item.width_mm as "widthMm", item.height_mm as "heightMm",
    item.upright, item.fragile, item.own_box as "ownBox",
    learned.samples, learned.mean_mg as "meanMg", learned.mean_variance as "meanVariance",
    learned.unit_variance as "unitVariance", learned.catalogue_mg as "catalogueMg"
  from (select item_id, sum(quantity) as quantity from parcel_unit where parcel_id = ? group by item_id) packed
  join item on item.id = packed.item_id
  left join item_weight learned on learned.item_id = item.id
  order by item.sku`;

const CARTONS = `
  select id, code, title, tare_mg as "tareMg", max_weight_mg as "maxWeightMg",
    inner_length_mm as length, inner_width_mm as width, inner_height_mm as height
  from carton where active = 1 or id = ? order by inner_length_mm * inner_width_mm, code`;

/** What lies in the parcel and which cartons there are: two queries by key. */
export async function readSceneWeigh(
  handle: Handle,
  parcel: { id: string; cartonId: string | null },
): Promise<SceneWeigh> {
  const content = await selectRows<ContentRow>(handle, CONTENT, [parcel.id]);
  const cartons = await selectRows<Omit<SceneCarton, 'roomMm3'> & { length: number; width: number; height: number }>(
    handle,
    CARTONS,
    [parcel.cartonId ?? ''],
  );
  return {
    content: content.map(goodsOf),
    cartons: cartons.map(({ length, width, height, ...carton }) => ({ ...carton, roomMm3: length * width * height })),
  };
}

function goodsOf(row: ContentRow): SceneGoods {
  const quantity = Number(row.quantity);
  const { itemId, sku, title, weightMg, lengthMm, widthMm, heightMm } = row;
  const learned: LearnedWeight | undefined =
    row.samples === null
      ? undefined
      : {
          samples: row.samples,
          meanMg: row.meanMg,
          meanVariance: row.meanVariance,
          unitVariance: row.unitVariance,
          catalogueMg: row.catalogueMg,
        };
  return {
    itemId,
    sku,
    title,
    quantity,
    weight: unitWeight(weightMg, learned),
    goods: {
      sku,
      quantity,
      lengthMm,
      widthMm,
      heightMm,
      weightMg,
      upright: row.upright === 1,
      fragile: row.fragile === 1,
      ownBox: row.ownBox === 1,
    },
  };
}
