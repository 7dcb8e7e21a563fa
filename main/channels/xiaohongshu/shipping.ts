import { z } from 'zod';
import { wireIdOrNone, wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { NormalisedOrder } from '../channel.ts';
import type { PushResult, RemoteCarrier, RemoteShipment } from '../channel-connector.ts';
import { parcelOf, pushedOnce, toldLater, unknownParcel, wholeLines } from '../channel-named-orders.ts';
import { type XhsClient, xhsData } from './client.ts';
import { closedOrders } from './reading.ts';

export async function findXhsShipment(
  client: XhsClient,
  shipment: RemoteShipment,
): Promise<{ readonly remoteId: string | null } | null> {
  const parcel = parcelOf(await oneOrder(client, shipment.externalId), shipment.tracking);
  return parcel ? { remoteId: parcel.remoteId } : null;
}

/** Tells of a parcel by its SKUs, without quantities, unless the platform has it already or it completes no line. */
export function shipXhs(client: XhsClient, shipment: RemoteShipment): Promise<PushResult> {
  const reading = () => oneOrder(client, shipment.externalId);
  return pushedOnce(reading, shipment.tracking, async (order) => {
    const skuIdList = wholeLines(order, shipment);
    if (skuIdList.length === 0) return toldLater;
    await client.ask('order.orderDeliver', {
      orderId: order.externalId,
      ...express(shipment),
      ...(skuIdList.length === order.lines.length ? { unpack: false } : { unpack: true, skuIdList }),
    });
    return { outcome: 'done', remoteId: null };
  });
}

export function correctXhs(
  client: XhsClient,
  shipment: RemoteShipment,
  before: { readonly remoteId: string | null; readonly tracking: string },
): Promise<PushResult> {
  const reading = () => oneOrder(client, shipment.externalId);
  return pushedOnce(reading, shipment.tracking, async (order) => {
    const parcel = parcelOf(order, before.tracking);
    if (!parcel) return unknownParcel(before.tracking);
    const index = /^\d{1,4}$/.test(parcel.remoteId) ? { deliveryOrderIndex: Number(parcel.remoteId) } : {};
    await client.ask('order.modifyOrderExpressInfo', {
      orderId: order.externalId,
      ...express(shipment),
      ...index,
      oldExpressNo: before.tracking,
    });
    return { outcome: 'done', remoteId: parcel.remoteId };
  });
}

const express = ({ tracking, carrier }: RemoteShipment) => ({
  expressNo: tracking,
  expressCompanyCode: carrier.code,
  expressCompanyName: carrier.name,
});

async function oneOrder(client: XhsClient, id: string): Promise<NormalisedOrder | undefined> {
  return (await closedOrders(client, [id])).orders[0];
}

const Companies = z.object({
  expressCompanyInfos: wireList(z.object({ expressCompanyCode: wireIdOrNone, expressCompanyName: wireText })),
});

export async function xhsCarriers(client: XhsClient): Promise<readonly RemoteCarrier[]> {
  const { expressCompanyInfos } = xhsData(await client.ask('common.getExpressCompanyList'), Companies);
  return expressCompanyInfos
    .filter(({ expressCompanyCode: code }) => code !== '')
    .map(({ expressCompanyCode: code, expressCompanyName: name }) => ({ code, name }));
}
