import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemActor } from '../../shared/model/actor.ts';
import { httpDoor } from '../carriers/carrier-http.ts';
import type { ChannelHttp } from '../channels/channel-http.ts';
import type { PlatformOptions, SimulatedPlatform } from '../channels/channel-simulator.ts';
import { carriersOf, putShop } from '../shops/shop-service.ts';
import type { Core } from './core.ts';
import { configFor } from './invented-orders.ts';
import { playPlatform, simulatedPlatformNames } from './simulated-platforms.ts';

/** A reserved name that no network knows: `https://tiktok-shop.platform.invalid`. */
const PLAYED = /^([a-z-]+)\.platform\.invalid$/;

/** Address of a platform that this process plays itself. */
export function playedAddress(connector: string): string {
  return `https://${connector.replaceAll('_', '-')}.platform.invalid`;
}

/** Where a station's data lies, and its database by name. */
export interface PlayedFor {
  readonly databaseName: string;
  readonly dataDir: string;
}

/** Those that play in this process, by database and connector: every bench of it must meet the same one. */
const played = new Map<string, SimulatedPlatform>();

const fileOf = ({ dataDir }: PlayedFor, name: string): string => join(dataDir, 'played', `${name}.json`);

/** The one that plays for this database; goes on with the orders that it had when the station ran last. */
export function playedPlatform(at: PlayedFor, name: string, options: PlatformOptions): SimulatedPlatform {
  const key = `${name} of ${at.databaseName}`;
  const known = played.get(key);
  if (known) return known;
  const platform = playPlatform(name, options);
  if (existsSync(fileOf(at, name))) platform.book.restore(readFileSync(fileOf(at, name), 'utf8'));
  played.set(key, platform);
  return platform;
}

/** Keeps the orders of a played platform for the next start. */
export async function savePlayed(at: PlayedFor, platform: SimulatedPlatform): Promise<void> {
  const file = fileOf(at, platform.name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, platform.book.save());
  await rename(`${file}.new`, file);
}

/** The way out to shops; in a demo, those of `playedAddress` answer without any network. */
export function withPlayedPlatforms(
  http: ChannelHttp,
  demo: PlayedFor & { readonly clock: () => Date; isDemo(): Promise<boolean> },
): ChannelHttp {
  return async (call) => {
    const host = URL.canParse(call.url) ? PLAYED.exec(new URL(call.url).hostname)?.[1] : undefined;
    const name = simulatedPlatformNames.find((one) => one.replaceAll('_', '-') === host);
    if (name === undefined || !(await demo.isDemo())) return http(call);
    const platform = playedPlatform(demo, name, { clock: demo.clock });
    return httpDoor('channel', (url, init) => platform.fetch(new Request(url, init)))(call);
  };
}

/** Connects a shop of a platform that this process plays; returns its id. */
export async function connectPlayed(core: Core, platform: SimulatedPlatform): Promise<string> {
  const { name } = platform;
  const connector = core.deps.channels.find(name);
  const isSecret = (field: string): boolean =>
    connector?.fields.some((known) => known.name === field && known.kind === 'secret') ?? false;
  const config = Object.entries(configFor(platform, playedAddress(name)));
  const form = {
    ...{ connector: name, title: `${connector?.title ?? name} (demo)` },
    config: Object.fromEntries(config.filter(([field]) => !isSecret(field))),
    secrets: Object.fromEntries(config.filter(([field]) => isSecret(field))),
    ...{ active: true, pushShipments: true, pushStock: true },
  };
  const { id, version } = await putShop(core.deps, systemActor, {
    ...{ ...form, id: null, expectedVersion: 0, carriers: [] },
  });
  const carriers = await demoCarriers(core, id);
  await putShop(core.deps, systemActor, { ...form, id, expectedVersion: version, carriers });
  return id;
}

/** Carriers of the demo that a platform has no name for go under one that it knows, as a seller would choose it. */
const UNLISTED = ['la poste', 'easypost', 'gs1 logistic label'];

async function demoCarriers(core: Core, id: string): Promise<{ ours: string; code: string; name: string }[]> {
  const listed = await carriersOf(core.deps, id);
  const known = listed.find(({ name }) => /colissimo/i.test(name)) ?? listed[0];
  return known ? UNLISTED.map((ours) => ({ ours, ...known })) : [];
}
