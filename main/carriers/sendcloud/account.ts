import type { CarrierMessage } from '../../../shared/model/carrier.ts';
import type { CarrierAnswer, CarrierDeps, FoundPurchase, ShipmentRequest } from '../carrier.ts';
import type { OpenPurchases } from '../carrier-doubt.ts';
import { errorMessage, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { fromErrors, fromOptions, shipWith } from './answers.ts';
import type { SendcloudClient } from './client.ts';
import { type ShipWith, toOptions } from './mapper.ts';
import { SendcloudErrors, SendcloudOptions } from './wire.ts';

/** An opened account with Sendcloud. */
export interface Account {
  readonly client: SendcloudClient;
  readonly deps: CarrierDeps;
  readonly purchases: OpenPurchases;
  /** A sender address that is kept with Sendcloud, where parcels leave from it. */
  readonly senderAddressId: number | null;
}

export const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });
export const isRefused = ({ status }: JsonReply): boolean => status >= 400;
export const refusal = <T>({ body }: JsonReply): CarrierAnswer<T> =>
  refused(fromErrors(readWire(SendcloudErrors, body ?? {})));

/** Nothing is there under our reference: certain only once no purchase can be under way any more. */
export function notFound({ purchases }: Account, reference: string): FoundPurchase {
  if (!purchases.isOpen(reference)) return { outcome: 'none' };
  return { outcome: 'unsure', messages: [errorMessage('in-flight', 'the purchase may still be under way')] };
}

/** What Sendcloud would have to know more of than we do is refused before anything is sent. */
export function unsupported({ options }: ShipmentRequest): readonly CarrierMessage[] {
  const words = 'dangerous goods need a declaration that is made with the carrier';
  return options?.hazardous ? [errorMessage('hazardous', words, 'options.hazardous')] : [];
}

/** The rate that was shown, the service that was asked for, or else the cheapest. */
export async function chosen(
  { client }: Account,
  request: ShipmentRequest,
  rateRef: string | null,
): Promise<ShipWith | CarrierAnswer<never>> {
  if (rateRef !== null) return shipWith(rateRef);
  if (request.service !== '') return shipWith(request.service);
  const reply = await client.options(toOptions(request));
  if (isRefused(reply)) return refusal(reply);
  const rates = fromOptions(readWire(SendcloudOptions, reply.body).data, request);
  const [first] = [...rates].sort((one, other) => one.cost.minor - other.cost.minor);
  if (first) return shipWith(first.rateRef ?? first.service);
  return refused([errorMessage('no-rate', 'no shipping option for this parcel', 'service')]);
}
