import { AppError } from '../../../shared/errors.ts';
import type { CarrierAnswer, FoundPurchase, Purchase, ShipmentRequest, VoidState } from '../carrier.ts';
import { errorMessage, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { labelFile } from '../carrier-label.ts';
import { type Account, chosen, done, isRefused, notFound, refusal, unsupported } from './account.ts';
import { fromErrors, shipmentState, voidStateOf } from './answers.ts';
import { mimeOf, toShipment } from './mapper.ts';
import { SendcloudCancellation, type SendcloudShipment, SendcloudShipmentAnswer, SendcloudShipments } from './wire.ts';

/** Announces a parcel to its carrier. The same reference a second time gives the same shipment: nothing is bought twice. */
export async function buyOutbound(
  account: Account,
  request: ShipmentRequest,
  rateRef: string | null,
): Promise<CarrierAnswer<Purchase>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const ship = await chosen(account, request, rateRef);
  if ('messages' in ship) return ship;
  const reply = await account.client.announce(toShipment(request, ship, account.senderAddressId));
  const before = reply.status === 409 ? SendcloudShipmentAnswer.safeParse(reply.body).data : undefined;
  if (!before && isRefused(reply)) return refusal(reply);
  const { data } = before ?? readWire(SendcloudShipmentAnswer, reply.body);
  switch (shipmentState(data)) {
    case 'failed':
      return refused(fromErrors({ errors: data.errors, detail: data.parcels[0]?.status.message ?? '', message: '' }));
    case 'under-way':
      throw new AppError('remote', 'carrier.timeout', { why: 'announcing' });
    case 'announced':
      return done(await toPurchase(account, data, request));
  }
}

async function toPurchase(
  { client }: Account,
  shipment: SendcloudShipment,
  request: ShipmentRequest,
): Promise<Purchase> {
  const [parcel] = shipment.parcels;
  if (!parcel?.id) throw new AppError('remote', 'carrier.unreadable', { why: 'no-parcel' });
  const { dpi, file } = request.label;
  const label = labelFile(await client.label(parcel.id, { mime: mimeOf(file), dpi }));
  const papers: Purchase['papers'][number][] = [];
  for (const { type, link } of parcel.documents)
    if (/^(?:cn2|cp71|commercial-invoice|customs)/.test(type))
      papers.push({
        kind: type.startsWith('comm') ? 'commercial-invoice' : 'customs-form',
        pdf: await client.document(link),
      });
  const option = shipment.ship_with.properties.shipping_option_code;
  return {
    carrierRef: shipment.id,
    trackingNumber: parcel.tracking_number,
    scanTexts: [parcel.tracking_number],
    service: option,
    serviceTitle: [shipment.carrier?.name ?? '', option].filter(Boolean).join(' '),
    // Sendcloud names no price with a label: it stands on the invoice.
    cost: null,
    label,
    papers,
    trackingUrl: parcel.tracking_url || null,
    validUntil: null,
  };
}

export async function findOutbound(account: Account, request: ShipmentRequest): Promise<FoundPurchase> {
  const reply = await account.client.shipments({ external_reference_id: request.reference });
  if (reply.status === 404) return notFound(account, request.reference);
  if (isRefused(reply)) return { outcome: 'unsure', messages: refusal(reply).messages };
  const states = readWire(SendcloudShipments, reply.body).data.map((data) => ({ data, state: shipmentState(data) }));
  const announced = states.find(({ state }) => state === 'announced');
  if (announced) return { outcome: 'found', purchase: await toPurchase(account, announced.data, request) };
  if (states.some(({ state }) => state === 'under-way'))
    return { outcome: 'unsure', messages: [errorMessage('announcing', 'the carrier has not answered yet')] };
  return states.length > 0 ? { outcome: 'none' } : notFound(account, request.reference);
}

export async function voidOutbound(account: Account, id: string): Promise<CarrierAnswer<VoidState>> {
  const reply = await account.client.cancel(id);
  if (!isRefused(reply)) {
    const { status } = readWire(SendcloudCancellation, reply.body).data;
    return done(reply.status === 202 ? 'requested' : (voidStateOf(status) ?? 'requested'));
  }
  // Asked once before: what became of it counts, not that it cannot be asked twice.
  const now = await outboundVoidState(account, id);
  return now.details === null ? refusal(reply) : now;
}

export async function outboundVoidState({ client }: Account, id: string): Promise<CarrierAnswer<VoidState>> {
  const reply: JsonReply = await client.shipment(id);
  if (isRefused(reply)) return refusal(reply);
  const { data } = readWire(SendcloudShipmentAnswer, reply.body);
  const state = voidStateOf(data.parcels[0]?.status.code ?? '');
  return state === null ? refused([errorMessage('not-cancelled', 'the shipment is not cancelled')]) : done(state);
}
