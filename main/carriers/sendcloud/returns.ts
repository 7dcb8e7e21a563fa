import { AppError } from '../../../shared/errors.ts';
import { currencyCode, minorUnits } from '../../../shared/model/minor-units.ts';
import type { CarrierAnswer, FoundPurchase, Purchase, ShipmentRequest, VoidState } from '../carrier.ts';
import { timeOf } from '../carrier-doubt.ts';
import { errorMessage, type JsonReply, readWire, refused } from '../carrier-json.ts';
import { labelFile } from '../carrier-label.ts';
import { type Account, chosen, done, isRefused, notFound, refusal, unsupported } from './account.ts';
import { fromErrors, latestStatus, voidStateOf } from './answers.ts';
import { mimeOf, returnNumber, toReturn } from './mapper.ts';
import { SendcloudReturn, SendcloudReturnMade, SendcloudReturns } from './wire.ts';

const DAY_MS = 24 * 3_600_000;
/** Where the reference does not tell its age, returns of this long are looked through. */
const MOST_DAYS = 14;
/** Forty returns a page. */
const MOST_PAGES = 25;

/** Returns have numbers of their own: `return:12345:67880` are return and parcel. */
export const isReturnRef = (carrierRef: string): boolean => carrierRef.startsWith('return:');
const returnRef = (id: number | null | undefined, parcel: number): string => `return:${id ?? ''}:${parcel}`;
const returnId = (carrierRef: string): string => carrierRef.split(':')[1] ?? '';

/** Announces a return; the answer has ids only, number and price are read afterwards. */
export async function buyReturn(
  account: Account,
  request: ShipmentRequest,
  rateRef: string | null,
): Promise<CarrierAnswer<Purchase>> {
  const against = unsupported(request);
  if (against.length > 0) return refused(against);
  const ship = await chosen(account, request, rateRef);
  if ('messages' in ship) return ship;
  const reply = await account.client.announceReturn(toReturn(request, ship));
  if (isRefused(reply)) return refusal(reply);
  const made = readWire(SendcloudReturnMade, reply.body);
  const shown = await account.client.return(String(made.return_id));
  if (isRefused(shown)) throw new AppError('remote', 'carrier.unreadable', { why: 'no-return', status: shown.status });
  const back = readWire(SendcloudReturn, shown.body);
  if (back.tracking_number === '') {
    if (back.errors.length === 0) throw new AppError('remote', 'carrier.timeout', { why: 'announcing' });
    return refused(fromErrors({ errors: back.errors, detail: '', message: '' }));
  }
  return done(await toPurchase(account, { back, ref: returnRef(made.return_id, made.parcel_id) }, request));
}

async function toPurchase(
  { client }: Account,
  { back, ref }: { readonly back: SendcloudReturn; readonly ref: string },
  request: ShipmentRequest,
): Promise<Purchase> {
  const parcel = Number(ref.split(':')[2]);
  const { dpi, file } = request.label;
  const option = back.shipping_option?.code ?? '';
  const currency = currencyCode(back.label_cost?.currency ?? '');
  const minor = minorUnits(String(back.label_cost?.value ?? ''), currency);
  return {
    carrierRef: ref,
    trackingNumber: back.tracking_number,
    scanTexts: [back.tracking_number],
    service: option,
    serviceTitle: option,
    cost: currency === null || minor === null ? null : { minor, currency },
    label: labelFile(await client.label(parcel, { mime: mimeOf(file), dpi })),
    papers: [],
    trackingUrl: back.tracking_url || null,
    validUntil: null,
  };
}

/** Returns cannot be asked by reference: it stands behind the order number, and the days of the purchase are read. */
export async function findReturn(account: Account, request: ShipmentRequest): Promise<FoundPurchase> {
  const now = account.deps.clock().getTime();
  const since = timeOf(request.reference) ?? now - MOST_DAYS * DAY_MS;
  // The zone of these times is not documented: a day more on both sides.
  const day = (time: number): string => `${new Date(time).toISOString().slice(0, 10)} 00:00:00`;
  let reply: JsonReply = await account.client.returns({
    from_date: day(since - DAY_MS),
    to_date: day(now + 2 * DAY_MS),
    page_size: '40',
  });
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    if (isRefused(reply)) return { outcome: 'unsure', messages: refusal(reply).messages };
    const { data, next } = readWire(SendcloudReturns, reply.body);
    const back = data.find((each) => each.order_number === returnNumber(request));
    if (back) return foundOf(account, back, request);
    if (next === '') return notFound(account, request.reference);
    reply = await account.client.following(next);
  }
  return { outcome: 'unsure', messages: [errorMessage('too-many', 'too many returns to look through')] };
}

async function foundOf(account: Account, back: SendcloudReturn, request: ShipmentRequest): Promise<FoundPurchase> {
  const [, parcel] = /\/parcels\/(\d+)\/documents\//.exec(back.label_url) ?? [];
  if (parcel !== undefined && back.tracking_number !== '') {
    const ref = returnRef(back.id, Number(parcel));
    return { outcome: 'found', purchase: await toPurchase(account, { back, ref }, request) };
  }
  if (back.errors.length > 0) return { outcome: 'none' };
  return { outcome: 'unsure', messages: [errorMessage('announcing', 'the carrier has not answered yet')] };
}

export async function voidReturn(account: Account, carrierRef: string): Promise<CarrierAnswer<VoidState>> {
  const id = returnId(carrierRef);
  // A return that was only found again has no number of its own in Sendcloud's answers.
  if (id === '')
    return { details: 'refused', messages: [errorMessage('no-id', 'cancel this return in the Sendcloud panel')] };
  const reply = await account.client.cancelReturn(id);
  if (!isRefused(reply)) return done('requested');
  const now = await returnVoidState(account, carrierRef);
  return now.details === null ? refusal(reply) : now;
}

export async function returnVoidState({ client }: Account, carrierRef: string): Promise<CarrierAnswer<VoidState>> {
  const id = returnId(carrierRef);
  if (id === '') return refused([errorMessage('no-id', 'see this return in the Sendcloud panel')]);
  const reply = await client.return(id);
  if (isRefused(reply)) return refusal(reply);
  const state = voidStateOf(latestStatus(readWire(SendcloudReturn, reply.body)));
  return state === null ? refused([errorMessage('not-cancelled', 'the return is not cancelled')]) : done(state);
}
