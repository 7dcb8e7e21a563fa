import { z } from 'zod';
import { wireFlag, wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { NormalisedOrder } from '../channel.ts';
import type { PushResult, RemoteCarrier, RemoteShipment } from '../channel-connector.ts';
import { parcelOf, pushedOnce, toldLater, unknownParcel, wholeLines } from '../channel-named-orders.ts';
import type { Router } from '../channel-router.ts';
import { taobaoData } from './client.ts';
import { taobaoOrders } from './reading.ts';

async function oneOrder(router: Router, id: string): Promise<NormalisedOrder | undefined> {
  return (await taobaoOrders(router, [id])).orders[0];
}

export async function findTaobaoShipment(
  router: Router,
  shipment: RemoteShipment,
): Promise<{ readonly remoteId: string | null } | null> {
  const parcel = parcelOf(await oneOrder(router, shipment.externalId), shipment.tracking);
  return parcel ? { remoteId: parcel.remoteId } : null;
}

const Sent = z.object({ shipping: z.object({ is_success: wireFlag }) });
const refused: PushResult = { outcome: 'refused', code: 'is_success', text: 'the platform did not take it' };

/** Tells of a parcel by its lines, without quantities, unless the platform has it already or it completes no line. */
export function shipTaobao(router: Router, shipment: RemoteShipment): Promise<PushResult> {
  const reading = () => oneOrder(router, shipment.externalId);
  return pushedOnce(reading, shipment.tracking, async (order) => {
    const lines = wholeLines(order, shipment);
    if (lines.length === 0) return toldLater;
    const answer = await router.ask('taobao.logistics.offline.send', {
      tid: order.externalId,
      out_sid: shipment.tracking,
      company_code: shipment.carrier.code,
      ...(lines.length === order.lines.length ? {} : { is_split: 1, sub_tid: lines.join(',') }),
    });
    const { shipping } = taobaoData(answer, Sent);
    return shipping.is_success ? { outcome: 'done', remoteId: shipment.tracking } : refused;
  });
}

/** Taken within a day of sending, by the platform's rules; lines are named where the order has several parcels. */
export function correctTaobao(
  router: Router,
  shipment: RemoteShipment,
  before: { readonly remoteId: string | null; readonly tracking: string },
): Promise<PushResult> {
  const reading = () => oneOrder(router, shipment.externalId);
  return pushedOnce(reading, shipment.tracking, async (order) => {
    const parcel = parcelOf(order, before.tracking);
    if (!parcel) return unknownParcel(before.tracking);
    const lines = parcel.lines.map(({ lineId }) => lineId);
    await router.ask('alibaba.ascp.logistics.consign.resend', {
      tid: order.externalId,
      ...(lines.length === order.lines.length ? {} : { sub_tids: lines.join(',') }),
      consign_pkgs: [{ out_sid: shipment.tracking, company_code: shipment.carrier.code }],
    });
    return { outcome: 'done', remoteId: shipment.tracking };
  });
}

const Companies = z.object({
  logistics_companies: z.object({ logistics_company: wireList(z.object({ code: wireText, name: wireText })) }),
});

export async function taobaoCarriers(router: Router): Promise<readonly RemoteCarrier[]> {
  const answer = await router.ask('taobao.logistics.companies.get', { fields: 'code,name' });
  return taobaoData(answer, Companies)
    .logistics_companies.logistics_company.filter(({ code }) => code !== '')
    .map(({ code, name }) => ({ code, name }));
}
