import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { AppError } from '../../shared/errors.ts';
import type { Language, PickListModel } from '../documents/document.ts';
import { findListedOrder, findListedRun, type ListedOrder, type ListedRun, listStops } from '../picking/run-views.ts';
import type { Core } from './core.ts';

/** Of one order by number, code or id, or of a walk by its code. */
export type PickListOf = { readonly order: string } | { readonly run: string };

/** A pick list as PDF bytes. Errors: `order.unknown`, `pick-run.unknown`, `pick-list.nothing-left`. */
export async function pickList(core: Core, of: PickListOf, language: Language): Promise<Uint8Array> {
  const model = 'run' in of ? await runModel(core, of.run) : await orderModel(core, of.order);
  if (model.rows.length === 0) throw new AppError('rule', 'pick-list.nothing-left', { name: model.name });
  const printedOn = core.deps.clock().toISOString().slice(0, 10);
  return (await core.deps.documents.renderPickList({ ...model, language, printedOn })).bytes;
}

type Model = Omit<PickListModel, 'language' | 'printedOn'>;

async function orderModel(core: Core, key: string): Promise<Model> {
  const order = await findListedOrder(core.database, key);
  if (!order) throw new AppError('not-found', 'order.unknown', { id: key });
  const listed = await fillIn(core, [{ ...order, slot: null }], null);
  return { kind: 'order', name: order.number, code: encodeStationCode('order', order.code), ...listed };
}

async function runModel(core: Core, code: string): Promise<Model> {
  const run: ListedRun | undefined = await findListedRun(core.database, code);
  if (!run) throw new AppError('not-found', 'pick-run.unknown', { id: code });
  const listed = await fillIn(core, run.orders, run.zone);
  return {
    kind: 'run',
    name: run.code,
    code: encodeStationCode('run', run.code),
    ...(run.zone ? { zone: run.zone } : {}),
    ...listed,
  };
}

async function fillIn(
  core: Core,
  orders: readonly (ListedOrder & { readonly slot: number | null })[],
  zone: string | null,
): Promise<Pick<Model, 'orders' | 'rows'>> {
  const places = orders.map(({ id, slot }) => ({ id, slot: slot ?? 0 }));
  const stops = await listStops(core.database, places, zone);
  const byId = new Map(orders.map((order) => [order.id, order]));
  return {
    orders: orders.map(({ id, slot, number, tote }) => ({
      slot,
      number,
      tote,
      units: stops.filter((stop) => stop.orderId === id).reduce((sum, stop) => sum + stop.quantity, 0),
    })),
    rows: stops.map(({ orderId, ...stop }) => {
      const order = byId.get(orderId);
      return { ...stop, slot: order?.slot ?? null, orderNumber: order?.number ?? '', tote: order?.tote ?? null };
    }),
  };
}
