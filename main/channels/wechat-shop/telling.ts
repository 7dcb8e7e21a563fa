import { z } from 'zod';
import { wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { Channel, RemoteCarrier, RemoteShipment } from '../channel-connector.ts';
import { pushed, type Router } from '../channel-router.ts';
import { parseWechat } from './answer.ts';
import { wechatData } from './client.ts';

const SEND = '/channels/ec/order/delivery/send';
const CORRECT = '/channels/ec/order/deliveryinfo/update';
const COMPANIES = '/channels/ec/order/deliverycompanylist/new/get';
/** By a carrier, with a number. */
const BY_CARRIER = 1;

const Companies = z.object({
  company_list: wireList(z.object({ delivery_id: wireText, delivery_name: wireText })),
});
const Detail = z.object({
  order: z.object({
    order_detail: z.object({ product_infos: wireList(z.object({ product_id: wireText, sku_id: wireText })) }),
  }),
});

/** What a parcel holds, by product and SKU as the order has them. */
async function contents(client: Router, { externalId, lines }: RemoteShipment): Promise<object[]> {
  const answer = await client.ask('/channels/ec/order/get', { order_id: externalId });
  const products = wechatData(answer, Detail).order.order_detail.product_infos;
  return lines.flatMap(({ externalLineIds: [sku = ''], quantity }) => {
    const product = products.find((one) => one.sku_id === sku);
    return product ? [{ product_id: product.product_id, sku_id: sku, product_cnt: quantity }] : [];
  });
}

export function wechatTelling(
  client: Router,
): Required<Pick<Channel, 'ship' | 'findShipment' | 'correctTracking' | 'carriers'>> {
  const parcelsOf = async (id: string) => {
    const [order] = parseWechat(await client.ask('/channels/ec/order/get', { order_id: id })).orders;
    return order?.packages ?? [];
  };
  return {
    ship: (shipment) =>
      pushed(async () => {
        const parcels = await parcelsOf(shipment.externalId);
        if (parcels.some(({ tracking }) => tracking === shipment.tracking))
          return { outcome: 'done', remoteId: shipment.tracking };
        const delivery = {
          ...{ delivery_id: shipment.carrier.code, waybill_id: shipment.tracking, deliver_type: BY_CARRIER },
          product_infos: await contents(client, shipment),
        };
        await client.ask(SEND, { order_id: shipment.externalId, delivery_list: [delivery] });
        return { outcome: 'done', remoteId: shipment.tracking };
      }),
    async findShipment(shipment) {
      const parcels = await parcelsOf(shipment.externalId);
      const found = parcels.find(({ tracking }) => tracking === shipment.tracking);
      return found ? { remoteId: found.remoteId } : null;
    },
    correctTracking: (shipment, before) =>
      pushed(async () => {
        const parcels = await parcelsOf(shipment.externalId);
        if (parcels.some(({ tracking }) => tracking === shipment.tracking))
          return { outcome: 'done', remoteId: shipment.tracking };
        const delivery_info = parcels.map(({ tracking, carrierCode, lines }) => ({
          ...(tracking === before.tracking
            ? { delivery_id: shipment.carrier.code, waybill_id: shipment.tracking }
            : { delivery_id: carrierCode, waybill_id: tracking }),
          deliver_type: BY_CARRIER,
          product_infos: lines.map(({ lineId, quantity }) => ({ sku_id: lineId, product_cnt: quantity })),
        }));
        await client.ask(CORRECT, { order_id: shipment.externalId, delivery_list: delivery_info });
        return { outcome: 'done', remoteId: shipment.tracking };
      }),
    carriers: () => companies(client),
  };
}

async function companies(client: Router): Promise<readonly RemoteCarrier[]> {
  const { company_list: list } = wechatData(await client.ask(COMPANIES, {}), Companies);
  return list.map(({ delivery_id: code, delivery_name: name }) => ({ code, name }));
}
