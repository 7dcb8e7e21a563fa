import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { unreadableAnswer } from '../channel.ts';
import type { Channel, PushResult, RemoteShipment } from '../channel-connector.ts';
import { pushed } from '../channel-router.ts';
import { parseAmazon } from './answer.ts';
import type { AmazonShopClient } from './client.ts';
import { INCLUDED, orderPath } from './reading.ts';

interface Standing {
  readonly marketplaceId: string;
  readonly packages: readonly { readonly remoteId: string; readonly tracking: string }[];
}

/** Where Seller Central has already given our number to a parcel of its own, ours go on from here. */
const BESIDE_OTHERS = 1_000;

/**
 * Parcels by `confirmShipment`: Amazon knows each by a number that the seller gives, and a second confirmation with the
 * same number changes that parcel instead of adding one.
 */
export function amazonTelling(
  client: AmazonShopClient,
  firstMarketplace: string,
): Required<Pick<Channel, 'ship' | 'findShipment' | 'correctTracking'>> {
  const standingOf = async (id: string): Promise<Standing> => {
    const answer = await client.ask('order', {
      ...{ method: 'GET', path: orderPath(id), query: { includedData: INCLUDED } },
    });
    if (!isObject(answer) || !isObject(answer.order)) throw unreadableAnswer('amazon', answer);
    return {
      marketplaceId: textUnder(answer.order.salesChannel, 'marketplaceId') || firstMarketplace,
      packages: parseAmazon(answer).orders[0]?.packages ?? [],
    };
  };
  const confirm = async (shipment: RemoteShipment, { marketplaceId }: Standing, id: string): Promise<PushResult> => {
    // A parcel cannot have left later than now, and this PC's clock may be ahead.
    const shipDate = new Date(Math.min(Date.parse(shipment.shippedAt), client.now().getTime())).toISOString();
    const { code, name } = shipment.carrier;
    await client.ask('confirm', {
      method: 'POST',
      path: `/orders/v0/orders/${encodeURIComponent(shipment.externalId)}/shipmentConfirmation`,
      json: {
        marketplaceId,
        packageDetail: {
          ...{ packageReferenceId: id, carrierCode: code, ...(code === 'Other' ? { carrierName: name } : {}) },
          ...(shipment.service === '' ? {} : { shippingMethod: shipment.service }),
          ...{ trackingNumber: shipment.tracking, shipDate },
          orderItems: shipment.lines.map(({ externalLineIds: [orderItemId = ''], quantity }) => ({
            ...{ orderItemId, quantity },
          })),
        },
      },
    });
    return { outcome: 'done', remoteId: id };
  };
  const found = ({ packages }: Standing, tracking: string) => packages.find((one) => one.tracking === tracking);
  return {
    ship: (shipment) =>
      pushed(async () => {
        const standing = await standingOf(shipment.externalId);
        const told = found(standing, shipment.tracking);
        if (told) return { outcome: 'done', remoteId: told.remoteId };
        const own = String(shipment.sequence);
        const isTaken = standing.packages.some(({ remoteId }) => remoteId === own);
        return confirm(shipment, standing, isTaken ? String(BESIDE_OTHERS + shipment.sequence) : own);
      }),
    async findShipment(shipment) {
      const told = found(await standingOf(shipment.externalId), shipment.tracking);
      return told ? { remoteId: told.remoteId } : null;
    },
    correctTracking: (shipment, before) =>
      pushed(async () => {
        const standing = await standingOf(shipment.externalId);
        const told = found(standing, shipment.tracking);
        if (told) return { outcome: 'done', remoteId: told.remoteId };
        const id = found(standing, before.tracking)?.remoteId ?? before.remoteId ?? String(shipment.sequence);
        return confirm(shipment, standing, id);
      }),
  };
}
