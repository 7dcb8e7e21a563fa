import { AppError } from '../../shared/errors.ts';
import type { Channel, ChannelConnector } from '../channels/channel-connector.ts';
import type { ChannelDesk } from '../channels/channel-desk.ts';
import type { ChannelHttp } from '../channels/channel-http.ts';

/** Keeps one client a shop: its buckets, and what it learned of the platform's clock. */
export function createChannelDesk(
  connectors: readonly ChannelConnector[],
  deps: { readonly http: ChannelHttp; readonly clock: () => Date },
): ChannelDesk {
  const open = new Map<string, { readonly version: number; readonly channel: Channel }>();
  const find = (name: string): ChannelConnector | undefined => connectors.find((connector) => connector.name === name);
  return {
    connectors,
    find,
    open(shop) {
      const known = open.get(shop.id);
      if (known?.version === shop.version) return known.channel;
      const connector = find(shop.connector);
      if (!connector) throw new AppError('rule', 'channel.unknown-connector', { connector: shop.connector });
      const channel = connector.open(shop.config, { ...deps, tokens: shop.tokens });
      open.set(shop.id, { version: shop.version, channel });
      return channel;
    },
  };
}
