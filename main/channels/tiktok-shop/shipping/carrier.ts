import type { AccountField } from '../../../../shared/model/carrier.ts';
import type {
  Carrier,
  CarrierAnswer,
  CarrierConnector,
  CarrierDeps,
  FoundPurchase,
  Purchase,
  Rate,
  ShipmentRequest,
} from '../../../carriers/carrier.ts';
import { baseUrlField, readConfig } from '../../../carriers/carrier-config.ts';
import { errorMessage, fetchFile, refused } from '../../../carriers/carrier-json.ts';
import type { TokenBox } from '../../channel-token.ts';
import { readTiktokAccess } from '../access.ts';
import { tiktokTokens } from '../tokens.ts';
import { type TiktokAnswer, type TiktokClient, tiktokClient } from './client.ts';
import {
  choosePackage,
  fromServices,
  type PackageChoice,
  someLabelled,
  toHandover,
  toMeasures,
  toPurchase,
  unsupported,
} from './mapper.ts';
import { TiktokCreated, TiktokDocument, TiktokOrders, TiktokPackage, TiktokServices, TiktokSlots } from './wire.ts';

const typed = (required: boolean): readonly AccountField[] => [
  { name: 'appKey', kind: 'text', required },
  { name: 'appSecret', kind: 'secret', required },
  { name: 'shopCipher', kind: 'text', required },
  { name: 'accessToken', kind: 'secret', required },
  baseUrlField('https://open-api.tiktokglobalshop.com'),
];

/** A shop that is connected, with its own keys and the box in which its tokens are kept and renewed. */
export interface ConnectedTiktokShop {
  /** Fields of the shop by name, secrets unsealed. */
  readonly config: Readonly<Record<string, string>>;
  readonly tokens: TokenBox;
}

/** The shop of this cipher; with an empty one the only shop of TikTok that is connected, null where there is none or more. */
export type FindTiktokShop = (shopCipher: string) => Promise<ConnectedTiktokShop | null>;

/** TikTok Shop's own labels, for orders that ship by TikTok; tracking numbers come from there and are never typed. */
export const tiktokShippingConnector: CarrierConnector = tiktokShipping(null);

/**
 * The same labels; an account without an access token of its own uses keys and tokens of the connected shop, which are
 * renewed, where a typed one ends after seven days.
 */
export function tiktokShipping(findShop: FindTiktokShop | null): CarrierConnector {
  const fields = typed(findShop === null);
  return {
    name: 'tiktok-shipping',
    title: 'TikTok Shipping',
    abilities: ['rates', 'buy', 'find'],
    billing: 'on-purchase',
    fields,
    services: [],
    addressLimits: { line: 100, name: 60 },
    maxWeightMg: 70_000_000,
    requestsPerMinute: 300,
    platform: 'tiktok',
    missing: findShop ? 'carrier.missing.tiktok-shop' : 'carrier.missing.tiktok-token',
    open(config, deps) {
      const ownToken = (config.accessToken ?? '').trim() !== '';
      // A token of its own is worth something only with the keys that it was given to.
      const field = readConfig(findShop && !ownToken ? fields : typed(true), config);
      const session = findShop && !ownToken ? ofShop(findShop, field('shopCipher'), deps) : typedIn(field);
      return openTiktok({ ask: tiktokClient(session, deps), deps });
    },
  };
}

type Session = Parameters<typeof tiktokClient>[0];

function typedIn(field: (name: string) => string): Session {
  const keys = {
    baseUrl: field('baseUrl'),
    appKey: field('appKey'),
    appSecret: field('appSecret'),
    shopCipher: field('shopCipher'),
  };
  return async () => ({ keys, tokens: { current: async () => field('accessToken') } });
}

/** Looked up at each question: a shop that was connected anew has other keys. */
function ofShop(findShop: FindTiktokShop, shopCipher: string, { http }: CarrierDeps): Session {
  return async (now) => {
    const shop = await findShop(shopCipher);
    if (!shop) return null;
    const access = readTiktokAccess(shop.config);
    return { keys: access, tokens: tiktokTokens(access, { http, now, tokens: shop.tokens }) };
  };
}

interface Account {
  readonly ask: TiktokClient;
  readonly deps: CarrierDeps;
}

const done = <T>(details: T): CarrierAnswer<T> => ({ details, messages: [] });

function openTiktok(account: Account): Carrier {
  return {
    async check() {
      // An order that does not exist is an empty list: it proves token, signature, clock and shop.
      const known = await orderOf(account, '0');
      return known.refused ? refused(known.refused) : done({ account: 'TikTok Shop' });
    },
    rates: (request) => rates(account, request),
    buy: (request) => buy(account, request),
    find: (request) => find(account, request),
  };
}

const orderOf = ({ ask }: Account, id: string) =>
  ask({ method: 'GET', path: '/order/202507/orders', query: { ids: id }, schema: TiktokOrders });

async function packageFor(account: Account, request: ShipmentRequest): Promise<PackageChoice> {
  const against = unsupported(request);
  if (against.length > 0) return { kind: 'refused', messages: against };
  const known = await orderOf(account, request.platformOrder?.externalId ?? '');
  return known.refused ? { kind: 'refused', messages: known.refused } : choosePackage(known.data.orders[0], request);
}

async function rates(account: Account, request: ShipmentRequest): Promise<CarrierAnswer<readonly Rate[]>> {
  const choice = await packageFor(account, request);
  if (choice.kind === 'refused') return refused(choice.messages);
  // TikTok chose the service of a package that it made.
  if (choice.kind === 'package') return done([]);
  const asked = await account.ask({
    method: 'POST',
    path: `/fulfillment/202309/orders/${request.platformOrder?.externalId}/shipping_services/query`,
    json: { ...toMeasures(request), order_line_item_ids: choice.lineIds },
    schema: TiktokServices,
  });
  if (asked.refused) return refused(asked.refused);
  return done(fromServices(asked.data.shipping_services, account.deps.clock()));
}

async function buy(account: Account, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const choice = await packageFor(account, request);
  if (choice.kind === 'refused') return refused(choice.messages);
  return choice.kind === 'package' ? ship(account, choice.id) : make(account, request, choice.lineIds);
}

/** TikTok packed it: we say how it is handed over, and it makes the label. */
async function ship(account: Account, id: string): Promise<CarrierAnswer<Purchase>> {
  const before = await packageOf(account, id);
  if (before.refused) return refused(before.refused);
  if (before.data.tracking_number !== '') return fetchLabel(account, id, before.data);
  const path = `/fulfillment/202309/packages/${id}`;
  const slots = await account.ask({ method: 'GET', path: `${path}/handover_time_slots`, schema: TiktokSlots });
  if (slots.refused) return refused(slots.refused);
  const handover = toHandover(slots.data);
  if (!handover)
    return refused([errorMessage('no-slot', 'TikTok has no time for a pick-up now and takes nothing handed in')]);
  const shipped = await account.ask({ method: 'POST', path: `${path}/ship`, json: handover, schema: TiktokPackage });
  if (shipped.refused) return refused(shipped.refused);
  return fetchLabel(account, id);
}

/** The seller packs: the package is made with its measures and the service that was chosen. */
async function make(
  account: Account,
  request: ShipmentRequest,
  lineIds: readonly string[],
): Promise<CarrierAnswer<Purchase>> {
  const offered = await rates(account, request);
  if (offered.details === null) return refused(offered.messages);
  const fits = offered.details.filter(({ service }) => request.service === '' || service === request.service);
  const taken = [...fits].sort((one, other) => one.cost.minor - other.cost.minor)[0];
  if (!taken) return refused([errorMessage('no-service', 'TikTok offers no such service for this order', 'service')]);
  const made = await account.ask({
    method: 'POST',
    path: '/fulfillment/202309/packages',
    json: {
      ...toMeasures(request),
      order_id: request.platformOrder?.externalId,
      order_line_item_ids: lineIds,
      shipping_service_id: taken.service,
    },
    schema: TiktokCreated,
  });
  if (made.refused) return refused(made.refused);
  const bought = await fetchLabel(account, made.data.package_id);
  if (bought.details === null) return bought;
  const { service, title, cost } = taken;
  return done({ ...bought.details, service, serviceTitle: title, cost });
}

const packageOf = ({ ask }: Account, id: string): Promise<TiktokAnswer<TiktokPackage>> =>
  ask({ method: 'GET', path: `/fulfillment/202309/packages/${id}`, schema: TiktokPackage });

/** The file's address ends soon: it is fetched at once and kept. */
async function fetchLabel(account: Account, id: string, known?: TiktokPackage): Promise<CarrierAnswer<Purchase>> {
  const document = await account.ask({
    method: 'GET',
    path: `/fulfillment/202309/packages/${id}/shipping_documents`,
    query: { document_type: 'SHIPPING_LABEL', document_size: 'A6' },
    schema: TiktokDocument,
  });
  if (document.refused) return refused(document.refused);
  const file = await fetchFile(account.deps.http, document.data.doc_url);
  const read = known ? { data: known } : await packageOf(account, id);
  if (read.refused) return refused(read.refused);
  const title = read.data.shipping_provider_name;
  return done(toPurchase({ id, detail: read.data, file, service: { code: '', title }, cost: null }));
}

const UNSURE = 'TikTok has labels for units of these lines: whether this parcel is among them is seen in Seller Center';

async function find(account: Account, request: ShipmentRequest): Promise<FoundPurchase> {
  const known = await orderOf(account, request.platformOrder?.externalId ?? '');
  if (known.refused) return { outcome: 'unsure', messages: known.refused };
  const choice = choosePackage(known.data.orders[0], request);
  // Each of several packages may be the one: a label that may have been bought is never bought again.
  if (choice.kind === 'refused' && choice.messages.some(({ code }) => code === 'several-packages'))
    return { outcome: 'unsure', messages: choice.messages };
  if (choice.kind === 'none' && someLabelled(known.data.orders[0], request))
    return { outcome: 'unsure', messages: [errorMessage('several-packages', UNSURE)] };
  // What else would be refused now has no package, so no label.
  if (choice.kind !== 'package') return { outcome: 'none' };
  const detail = await packageOf(account, choice.id);
  if (detail.refused) return { outcome: 'unsure', messages: detail.refused };
  if (detail.data.tracking_number === '') return { outcome: 'none' };
  const label = await fetchLabel(account, choice.id, detail.data);
  if (label.details === null) return { outcome: 'unsure', messages: label.messages };
  return { outcome: 'found', purchase: label.details };
}
