import { httpDoor } from '../carriers/carrier-http.ts';
import type { ChannelHttp } from '../channels/channel-http.ts';
import type { PlatformOptions, SimulatedPlatform } from '../channels/channel-simulator.ts';
import { playPlatform, simulatedPlatformNames } from './simulated-platforms.ts';

/** A reserved name that no network knows: `https://tiktok-shop.platform.invalid`. */
const PLAYED = /^([a-z-]+)\.platform\.invalid$/;

/** Address of a platform that this process plays itself. */
export function playedAddress(connector: string): string {
  return `https://${connector.replaceAll('_', '-')}.platform.invalid`;
}

/** Those that play in this process, by database and connector: every bench of it must meet the same one. */
const played = new Map<string, SimulatedPlatform>();

/** The one that plays for this database; begins empty when the process starts. */
export function playedPlatform(database: string, name: string, options: PlatformOptions): SimulatedPlatform {
  const key = `${name} of ${database}`;
  const known = played.get(key);
  if (known) return known;
  const platform = playPlatform(name, options);
  played.set(key, platform);
  return platform;
}

/** The way out to shops; in a demo, those of `playedAddress` answer without any network. */
export function withPlayedPlatforms(
  http: ChannelHttp,
  demo: { readonly database: string; readonly clock: () => Date; isDemo(): Promise<boolean> },
): ChannelHttp {
  return async (call) => {
    const host = URL.canParse(call.url) ? PLAYED.exec(new URL(call.url).hostname)?.[1] : undefined;
    const name = simulatedPlatformNames.find((one) => one.replaceAll('_', '-') === host);
    if (name === undefined || !(await demo.isDemo())) return http(call);
    const platform = playedPlatform(demo.database, name, { clock: demo.clock });
    return httpDoor('channel', (url, init) => platform.fetch(new Request(url, init)))(call);
  };
}
