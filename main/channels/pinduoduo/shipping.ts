import { z } from 'zod';
import { isObject, wireFlag, wireIdOrNone, wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { NormalisedOrder } from '../channel.ts';
import type { PushResult, RemoteCarrier, RemoteShipment } from '../channel-connector.ts';
import { orderByOrder, parcelOf, pushedOnce, toldLater, unknownParcel } from '../channel-named-orders.ts';
import type { Router } from '../channel-router.ts';
import { parsePdd } from './answer.ts';
import { pddData } from './client.ts';

const [FIRST, CORRECTION] = [1, 2];
const Sent = z.object({ is_success: wireFlag });

/** As it is now, without the text for its receiver. */
async function oneOrder(router: Router, id: string): Promise<NormalisedOrder | undefined> {
  const { orders } = await orderByOrder([id], {
    one: async (orderSn) => parsePdd(await router.ask('pdd.order.information.get', { order_sn: orderSn })),
    unknown: /不存在|not exist|not found|no such/i,
    aboutOrder: /^$/,
  });
  return orders[0];
}

export async function findPddShipment(
  router: Router,
  shipment: RemoteShipment,
): Promise<{ readonly remoteId: string | null } | null> {
  const parcel = parcelOf(await oneOrder(router, shipment.externalId), shipment.tracking);
  return parcel ? { remoteId: parcel.remoteId } : null;
}

/** Pinduoduo takes one number an order and counts it as sent: it is told of the last parcel. */
export function shipPdd(router: Router, shipment: RemoteShipment): Promise<PushResult> {
  const reading = () => oneOrder(router, shipment.externalId);
  return pushedOnce(reading, shipment.tracking, async () => {
    if (!shipment.last) return toldLater;
    return send(router, shipment, FIRST);
  });
}

export function correctPdd(
  router: Router,
  shipment: RemoteShipment,
  before: { readonly remoteId: string | null; readonly tracking: string },
): Promise<PushResult> {
  const reading = () => oneOrder(router, shipment.externalId);
  return pushedOnce(reading, shipment.tracking, async (order) => {
    if (!parcelOf(order, before.tracking)) return unknownParcel(before.tracking);
    return send(router, shipment, CORRECTION);
  });
}

async function send(router: Router, shipment: RemoteShipment, redeliveryType: number): Promise<PushResult> {
  const answer = await router.ask('pdd.logistics.online.send', {
    order_sn: shipment.externalId,
    logistics_id: shipment.carrier.code,
    tracking_number: shipment.tracking,
    redelivery_type: redeliveryType,
  });
  if (pddData(answer, Sent).is_success) return { outcome: 'done', remoteId: shipment.tracking };
  return { outcome: 'refused', code: 'is_success', text: 'the platform did not take it' };
}

const Companies = z.object({
  logistics_companies: wireList(
    z.object({ id: wireIdOrNone, logistics_company: wireText, available: z.unknown().optional() }),
  ),
});

/** Those that it takes now. */
export async function pddCarriers(router: Router): Promise<readonly RemoteCarrier[]> {
  const answer = await router.ask('pdd.logistics.companies.get');
  return pddData(answer, Companies)
    .logistics_companies.filter(
      ({ id, available }) => id !== '' && !isObject(available) && Number(available ?? 1) === 1,
    )
    .map(({ id: code, logistics_company: name }) => ({ code, name }));
}
