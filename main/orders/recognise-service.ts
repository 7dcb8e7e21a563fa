import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { catalogueFor } from './catalogue-lookup-service.ts';
import { newLines } from './new-order-rules.ts';
import { moveOrder } from './orders-service.ts';
import { insertLines, listLinesOfOrders, listNewOrders, setLineItem } from './orders-store.ts';

const ORDERS_A_PASS = 200;

/** Command: after the catalogue grew, ties waiting lines to their items; orders with nothing unknown left become ready. */
export async function recogniseItems(deps: Deps, actor: Actor): Promise<number> {
  let ready = 0;
  let after = '';
  for (;;) {
    const pass = await runUnitOfWork(deps, actor, async (uow) => {
      const orders = await listNewOrders(uow.tx, after, ORDERS_A_PASS);
      const lines = await listLinesOfOrders(
        uow.tx,
        orders.map((order) => order.id),
      );
      const waiting = lines.filter((line) => line.itemId === null);
      const catalogue = await catalogueFor(
        uow,
        waiting.map((line) => line.sku),
      );
      let moved = 0;
      for (const order of orders) {
        const own = waiting.filter((line) => line.orderId === order.id);
        for (const line of own) {
          const item = catalogue.get(line.sku);
          if (!item) continue;
          await setLineItem(uow.tx, line.id, item.itemId);
          uow.record({ kind: 'order.line-recognised', subject: order.id, data: { sku: line.sku } });
          const source = {
            orderId: order.id,
            firstLineNo: 1_000 + line.lineNo * 100,
            lines: [
              { externalLineId: null, sku: line.sku, title: line.title, quantity: line.ordered, unitPriceMinor: null },
            ],
          };
          const [, ...parts] = newLines(uow.newId, source, new Map([[line.sku, item]]));
          await insertLines(
            uow.tx,
            parts.map((part) => ({ ...part, parentLineId: line.id })),
          );
        }
        if (own.some((line) => !catalogue.has(line.sku))) continue;
        await moveOrder(uow, order, 'ready');
        moved += 1;
      }
      if (moved === 0) uow.unchanged();
      return { moved, last: orders.at(-1)?.id, full: orders.length === ORDERS_A_PASS };
    });
    ready += pass.moved;
    if (!pass.full || !pass.last) return ready;
    after = pass.last;
  }
}
