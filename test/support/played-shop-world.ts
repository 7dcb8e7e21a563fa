import { configFor } from '../../main/app/invented-orders.ts';
import { playPlatform } from '../../main/app/simulated-platforms.ts';
import { httpDoor } from '../../main/carriers/carrier-http.ts';
import type { BookAddress, OrderToPlace } from '../../main/channels/channel-order-book.ts';
import type { PlatformOptions, SimulatedPlatform } from '../../main/channels/channel-simulator.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { World, WorldOptions } from './world.ts';

/** A station with played platforms behind its HTTP door; their clock is the station's. */
export interface ShopWorld extends World {
  readonly platform: (name: string) => SimulatedPlatform;
  /** Connects a platform's shop through the door and pauses nothing; it is not read before somebody asks. */
  connect(name: string, change?: Readonly<Record<string, string>>): Promise<string>;
  /** Reads a shop through the door. */
  read(shopId: string): Promise<CallOutput<'shops.read-now'>>;
}

export interface ShopWorldOptions extends WorldOptions {
  readonly play?: Omit<PlatformOptions, 'clock'>;
}

/** The same on whatever `open` opens. */
export async function openShopWorldWith(
  open: (options: WorldOptions) => Promise<World>,
  names: readonly string[],
  options: ShopWorldOptions = {},
): Promise<ShopWorld> {
  const { play = {}, ...life } = options;
  let now = (): Date => new Date();
  const platforms = new Map(
    names.map((name) => [name, playPlatform(name, { ...play, clock: () => now(), hangMs: 9_000 })]),
  );
  const world = await open({
    ...life,
    channelHttp: (call) => {
      const name = new URL(call.url).hostname.split('.')[0]?.replaceAll('-', '_') ?? '';
      const platform = platforms.get(name);
      if (!platform) throw new Error(`nobody plays ${call.url}`);
      return httpDoor('channel', (url, init) => platform.fetch(new Request(url, init)))({ ...call, timeoutMs: 6_000 });
    },
  });
  now = world.core.deps.clock;
  const platformOf = (name: string): SimulatedPlatform => {
    const platform = platforms.get(name);
    if (!platform) throw new Error(`${name} is not played`);
    return platform;
  };
  await world.signIn('admin');
  return {
    ...world,
    platform: platformOf,
    async connect(name, change = {}) {
      const config = { ...configFor(platformOf(name), addressOf(name)), ...change };
      const { kinds } = await world.call('shops.kinds-view', {});
      const fields = kinds.find((one) => one.name === name)?.fields ?? [];
      const part = (secret: boolean): Record<string, string> =>
        Object.fromEntries(
          Object.entries(config).filter(([field]) =>
            fields.some((known) => known.name === field && (known.kind === 'secret') === secret),
          ),
        );
      const saved = await world.call('shops.save-shop', {
        ...{ id: null, expectedVersion: 0, connector: name, title: name },
        ...{ config: part(false), secrets: part(true) },
        // Read when the test says so, never in between.
        ...{ active: false, pushShipments: true, pushStock: false, carriers: [] },
      });
      return saved.id;
    },
    read: (id) => world.call('shops.read-now', { id }),
  };
}

const addressOf = (name: string): string => `https://${name.replaceAll('_', '-')}.example.invalid`;

export const anAddress: BookAddress = {
  name: 'Inès Modèle',
  street1: '1 quai de l’Exemple',
  street2: '',
  postcode: '13002',
  city: 'Marseille',
  region: '',
  country: 'FR',
  phone: '+33 1 99 00 12 34',
  email: 'ines.modele@example.com',
};

/** An order as a buyer places it: one piece of SKU-1 unless told. */
export function toPlace(
  lines: readonly { sku: string; quantity: number }[] = [{ sku: 'SKU-1', quantity: 1 }],
  more: Partial<OrderToPlace> = {},
): OrderToPlace {
  return {
    lines: lines.map((line) => ({ ...line, title: `Item ${line.sku}`, unitPriceMinor: 1_250 })),
    address: anAddress,
    ...more,
  };
}
