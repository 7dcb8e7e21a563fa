import type { OrderSourceView } from '../../shared/contract/orders.ts';
import type { Database } from '../db/database.ts';

interface SourceRow {
  readonly shopId: string | null;
  readonly shop: string | null;
  readonly pushes: number | null;
  readonly attribution: OrderSourceView['attribution']['channel'];
  readonly evidence: string;
  readonly addressState: OrderSourceView['addressState'];
  readonly remoteState: OrderSourceView['remoteState'];
  readonly marketplaceOrderId: string | null;
}

/** Where an order came from and what its shop was told; null where neither a shop nor a file said anything of it. */
export async function readOrderSource(database: Database, orderId: string): Promise<OrderSourceView | null> {
  const row = await database
    .read('order_source')
    .leftJoin('shop', 'shop.id', 'order_source.shop_id')
    .where({ order_id: orderId })
    .first<SourceRow | undefined>(
      'shop_id as shopId',
      'shop.title as shop',
      'shop.push_shipments as pushes',
      'attribution',
      'evidence',
      'address_state as addressState',
      'remote_state as remoteState',
      'marketplace_order_id as marketplaceOrderId',
    );
  if (!row) return null;
  const { shopId, shop, addressState, remoteState } = row;
  return {
    ...{ shopId, shop, addressState, remoteState },
    attribution: { channel: row.attribution, evidence: row.evidence },
    linkedTo: await findLinked(database, orderId, row.marketplaceOrderId),
    ownsPush: row.pushes === 1,
    shipments: await readShipments(database, orderId),
  };
}

/** The same order in another shop: the one that was copied, or the copy that only points here. */
async function findLinked(
  database: Database,
  orderId: string,
  marketplaceOrderId: string | null,
): Promise<OrderSourceView['linkedTo']> {
  if (marketplaceOrderId !== null) {
    const original = await database
      .read('sales_order')
      .where({ external_id: marketplaceOrderId })
      .whereNot({ id: orderId })
      .first<{ id: string; number: string } | undefined>('id', 'number');
    return { id: original?.id ?? null, number: original?.number ?? marketplaceOrderId };
  }
  const copy = await database
    .read('order_link')
    .where({ order_id: orderId })
    .first<{ number: string } | undefined>('number');
  return copy ? { id: null, number: copy.number } : null;
}

async function readShipments(database: Database, orderId: string): Promise<OrderSourceView['shipments']> {
  const rows: (Omit<OrderSourceView['shipments'][number], 'fault'> & { fault: string | null })[] = await database
    .read('shop_shipment')
    .where({ order_id: orderId })
    .orderBy('sequence')
    .select('id', 'state', 'carrier', 'tracking', 'told_at as toldAt', 'fault');
  return rows.map(({ fault, ...shipment }) => ({ ...shipment, fault: readFault(fault) }));
}

/** `code words` as the telling of parcels stores it; without a code of ours it is the platform's own words. */
function readFault(fault: string | null): OrderSourceView['shipments'][number]['fault'] {
  if (fault === null) return null;
  const [, code = '', text = ''] = /^([a-z][a-z-]*(?:\.[a-z-]+)+)\s?(.*)$/s.exec(fault) ?? [];
  return code === '' ? { code: 'shop.shipment-refused', text: fault } : { code, text };
}
