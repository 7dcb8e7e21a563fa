import { z } from 'zod';
import type { PlatformRoute } from '../channel-simulator.ts';
import { badParameter, ok } from './simulated-door.ts';
import { numberFor, PLAYED_WAREHOUSE, type TiktokBook } from './simulated-orders.ts';

const Wanted = z.object({ seller_skus: z.array(z.string()).max(50).optional() });
const Levels = z.object({
  skus: z
    .array(
      z.object({
        id: z.string(),
        inventory: z.array(z.object({ warehouse_id: z.string(), quantity: z.int().min(0) })),
      }),
    )
    .min(1),
});

/** Everything that was ever ordered is a product of the shop. */
export function stockRoutes({ book }: TiktokBook): readonly PlatformRoute[] {
  const lines = () => book.all().flatMap((order) => order.lines);
  return [
    {
      method: 'POST',
      path: /^\/product\/202309\/products\/search$/,
      answer: (call) => {
        const { seller_skus: wanted } = Wanted.parse(JSON.parse(call.rawBody || '{}'));
        const skus = [...new Map(lines().map((line) => [line.sku, line])).values()].filter(
          ({ sku }) => !wanted || wanted.includes(sku),
        );
        const inventory = [{ warehouse_id: PLAYED_WAREHOUSE, quantity: 0 }];
        const products = skus.map(({ sku, title }) => ({
          id: numberFor('product', title),
          title,
          status: 'ACTIVATE',
          skus: [{ id: numberFor('sku', sku), seller_sku: sku, inventory }],
        }));
        return ok({ products, next_page_token: '', total_count: products.length });
      },
    },
    {
      method: 'POST',
      path: /^\/product\/202309\/products\/(\d+)\/inventory\/update$/,
      answer: (call) => {
        const body = Levels.safeParse(JSON.parse(call.rawBody || '{}'));
        if (!body.success) return badParameter(body.error.issues[0]?.path.join('.') ?? '');
        const errors = body.data.skus.flatMap(({ id, inventory }) => {
          const line = lines().find(
            ({ sku, title }) => numberFor('sku', sku) === id && numberFor('product', title) === call.params[0],
          );
          const level = inventory.find((one) => one.warehouse_id === PLAYED_WAREHOUSE);
          if (!line || !level) return [{ code: 12_052_990, message: 'Check failed', detail: { sku_id: id } }];
          book.stock.set(line.sku, level.quantity);
          return [];
        });
        return ok(errors.length > 0 ? { errors } : {});
      },
    },
  ];
}
