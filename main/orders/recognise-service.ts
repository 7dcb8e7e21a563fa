import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { catalogueFor } from './catalogue-lookup-service.ts';
import type { KnownItem } from './import-rules.ts';
import { newLines } from './new-order-rules.ts';
import { moveOrder } from './orders-service.ts';
import { insertLines, listLinesOfOrders, type Order, type OrderLine, setLineItem } from './orders-store.ts';
import { listNewOrders } from './queue-store.ts';

const ORDERS_A_PASS = 200;

/** Command: after the catalogue grew, ties waiting lines to their items; orders with nothing unknown left become ready. */
export async function recogniseItems(deps: Deps, actor: Actor): Promise<number> {
  let ready = 0;
  let after = '';
  for (;;) {
    const pass = await runUnitOfWork(deps, actor, async (uow) => {
      const orders = await listNewOrders(uow.tx, after, ORDERS_A_PASS);
      const moved = await recogniseOrders(uow, orders);
      if (moved > 0) uow.enqueue({ topic: 'stock.allocate', key: 'recognised', payload: { backordered: false } });
      uow.unchanged();
      return { moved, last: orders.at(-1)?.id, full: orders.length === ORDERS_A_PASS };
    });
    ready += pass.moved;
    if (!pass.full || !pass.last) return ready;
    after = pass.last;
  }
}

async function recogniseOrders(uow: UnitOfWork, orders: readonly Order[]): Promise<number> {
  const lines = await listLinesOfOrders(
    uow.tx,
    orders.map((order) => order.id),
  );
  const waiting = lines.filter((line) => line.itemId === null && line.ordered > line.cancelled);
  const catalogue = await catalogueFor(
    uow,
    waiting.map((line) => line.sku),
  );
  let moved = 0;
  for (const order of orders) {
    const own = waiting.filter((line) => line.orderId === order.id);
    for (const line of own) {
      const item = catalogue.get(line.sku);
      if (item) await recogniseLine(uow, line, item);
    }
    if (own.some((line) => !catalogue.has(line.sku))) continue;
    await moveOrder(uow, order, 'ready');
    moved += 1;
  }
  return moved;
}

async function recogniseLine(uow: UnitOfWork, line: OrderLine, item: KnownItem): Promise<void> {
  await setLineItem(uow.tx, line.id, item.itemId);
  uow.record({ kind: 'order.line-recognised', subject: line.orderId, data: { sku: line.sku } });
  const source = {
    orderId: line.orderId,
    firstLineNo: 1_000 + line.lineNo * 100,
    lines: [{ externalLineId: null, sku: line.sku, title: line.title, quantity: line.ordered, unitPriceMinor: null }],
  };
  const [, ...parts] = newLines(uow.newId, source, new Map([[line.sku, item]]));
  await insertLines(
    uow.tx,
    parts.map((part) => ({ ...part, parentLineId: line.id })),
  );
}
