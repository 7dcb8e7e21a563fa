import type { RemoteCarrier } from '../channel-connector.ts';
import type { TiktokClient } from './client.ts';
import { DeliveryOptions, ShippingProviders, Warehouses } from './wire-api.ts';

/** Carriers as TikTok names them: its ids differ by delivery option, so they are looked up by these names. */
export const tiktokCarriers: Readonly<Record<string, RemoteCarrier>> = Object.fromEntries(
  (
    [
      ['ups', 'UPS'],
      ['usps', 'USPS'],
      ['fedex', 'FedEx'],
      ['dhl', 'DHL'],
      ['dhl-paket', 'DHL'],
      ['dhl-express', 'DHL Express'],
      ['dpd', 'DPD'],
      ['dpd-france', 'DPD'],
      ['gls', 'GLS'],
      ['hermes', 'Hermes'],
      ['evri', 'Evri'],
      ['royal-mail', 'Royal Mail'],
      ['la-poste', 'La Poste'],
      ['colissimo', 'Colissimo'],
      ['chronopost', 'Chronopost'],
      ['mondial-relay', 'Mondial Relay'],
    ] as const
  ).map(([ours, name]) => [ours, { code: name, name }]),
);

export interface TiktokProviders {
  /** Carriers that orders of this delivery option take. */
  of(deliveryOptionId: string): Promise<readonly RemoteCarrier[]>;
  /** Those of every warehouse, each once. */
  all(): Promise<readonly RemoteCarrier[]>;
}

/** Lists of carriers change seldom. */
const FRESH_MS = 6 * 3_600_000;

/** Asks for each list once in hours. */
export function tiktokProviders(client: TiktokClient, clock: () => Date): TiktokProviders {
  const kept = new Map<string, { readonly at: number; readonly carriers: readonly RemoteCarrier[] }>();
  const once = async (key: string, ask: () => Promise<readonly RemoteCarrier[]>): Promise<readonly RemoteCarrier[]> => {
    const known = kept.get(key);
    if (known && clock().getTime() - known.at < FRESH_MS) return known.carriers;
    const carriers = await ask();
    kept.set(key, { at: clock().getTime(), carriers });
    return carriers;
  };
  const of = (id: string) => once(id, () => ofOption(client, id));
  const all = async (): Promise<readonly RemoteCarrier[]> => {
    const every = new Map<string, RemoteCarrier>();
    for (const id of await optionsOf(client)) for (const carrier of await of(id)) every.set(carrier.code, carrier);
    return [...every.values()];
  };
  return { of, all: () => once('', all) };
}

async function ofOption(client: TiktokClient, id: string): Promise<readonly RemoteCarrier[]> {
  const path = `/logistics/202309/delivery_options/${encodeURIComponent(id)}/shipping_providers`;
  const { shipping_providers: found } = await client.demand({ method: 'GET', path }, ShippingProviders);
  return found.map((provider) => ({ code: provider.id, name: provider.name }));
}

/** Delivery options of every warehouse that is open, each once. */
async function optionsOf(client: TiktokClient): Promise<ReadonlySet<string>> {
  const path = '/logistics/202309/warehouses';
  const { warehouses } = await client.demand({ method: 'GET', path }, Warehouses);
  const options = new Set<string>();
  for (const { id } of warehouses.filter((one) => one.effect_status !== 'DISABLED')) {
    const asked = { method: 'GET', path: `${path}/${encodeURIComponent(id)}/delivery_options` } as const;
    for (const option of (await client.demand(asked, DeliveryOptions)).delivery_options) options.add(option.id);
  }
  return options;
}

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * The carrier of this list that is meant: by its id, else by its name; “DHL” also finds “DHL Paket” where nothing else
 * begins so. Undefined rather than a guess.
 */
export function findProvider(list: readonly RemoteCarrier[], wanted: RemoteCarrier): RemoteCarrier | undefined {
  const byId = list.find(({ code }) => code === wanted.code);
  if (byId) return byId;
  const name = plain(wanted.name);
  if (name === '') return undefined;
  const same = list.find((one) => plain(one.name) === name);
  if (same) return same;
  const longer = list.filter((one) => plain(one.name).startsWith(`${name} `));
  return longer.length === 1 ? longer[0] : undefined;
}
