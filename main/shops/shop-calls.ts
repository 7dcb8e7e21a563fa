import type { Handlers } from '../../shared/contract/handlers.ts';
import type { shopCalls as contract } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import { AttributedChannel } from '../../shared/model/attribution.ts';
import { attributionRules, saveAttributionRules } from './attribution-service.ts';
import { readShop } from './reading-service.ts';
import { reconcile } from './reconcile-service.ts';
import { retryQuarantined } from './reread-service.ts';
import { carriersOf, checkShop, putShop, type ShopsDeps, setShopActive, shopKinds } from './shop-service.ts';
import { asideViews, attributionCounts, shopViews } from './shop-views.ts';

type Contract = typeof contract;
/** Answered elsewhere: what is told outside, the folder of this PC, personal data. */
type Elsewhere =
  | 'shops.messages-view'
  | 'shops.retry-message'
  | 'shops.drop-message'
  | 'shops.ship-elsewhere'
  | 'shops.correct-tracking'
  | 'shops.tell-return'
  | 'shops.set-drop-folder'
  | 'shops.erase-buyer'
  | 'shops.list-view';

const COUNTED_DAYS = 30;

/** Shops: connected, checked, read, compared; where orders come from. */
export function shopCalls(deps: ShopsDeps, owner: string): Handlers<Exclude<keyof Contract, Elsewhere>> {
  return {
    'shops.kinds-view': async () => ({ kinds: shopKinds(deps.channels) }),
    'shops.save-shop': (actor, input) => putShop(deps, actor, input),
    'shops.check-shop': (actor, { id }) => checkShop(deps, actor, id),
    'shops.carriers-view': async (_actor, { id }) => ({ carriers: await carriersOf(deps, id) }),
    'shops.read-now': async (actor, { id, since }) => {
      const read = await readShop(deps, actor, { shopId: id, owner, ...(since === null ? {} : { since }) });
      if (!read) throw new AppError('conflict', 'channel.read-elsewhere', {});
      return read;
    },
    'shops.set-active': async (actor, input) => {
      await setShopActive(deps, actor, input);
      return {};
    },
    'shops.quarantine-view': async (_actor, { id }) => ({ orders: await asideViews(deps.database, id) }),
    'shops.retry-quarantined': (actor, input) => retryQuarantined(deps, actor, input),
    'shops.attribution-view': async () => {
      const since = new Date(deps.clock().getTime() - COUNTED_DAYS * 86_400_000).toISOString();
      const counts = await attributionCounts(deps.database, since);
      return {
        rules: (await attributionRules(deps.database)).map((rule) => ({ ...rule })),
        counts: counts.map(({ channel, orders }) => ({ channel: AttributedChannel.parse(channel), orders })),
      };
    },
    'shops.save-attribution': (actor, { rules }) => saveAttributionRules(deps, actor, rules),
    'shops.reconcile': (actor, input) => reconcile(deps, actor, input),
  };
}

/** The connected shops, without the folder of this PC. */
export async function shopList(deps: ShopsDeps): ReturnType<typeof shopViews> {
  const now = deps.clock();
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate()).toISOString();
  const shops = await shopViews(deps.database, deps.channels.connectors, { now: now.toISOString(), today });
  const problem = shops.some(({ secrets }) => secrets.length > 0) ? await deps.vault.problem() : null;
  return shops.map((shop) => (shop.secrets.length > 0 ? { ...shop, problem } : shop));
}
