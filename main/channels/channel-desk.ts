import type { Channel, ChannelConnector } from './channel-connector.ts';
import type { TokenBox } from './channel-token.ts';

/** A shop as it is opened: secrets unsealed among `config`. */
export interface OpenableShop {
  readonly id: string;
  readonly version: number;
  readonly connector: string;
  readonly config: Readonly<Record<string, string>>;
  readonly tokens: TokenBox;
}

/** Every kind of shop of the product; put together once, in `app`. */
export interface ChannelDesk {
  readonly connectors: readonly ChannelConnector[];
  find(connector: string): ChannelConnector | undefined;
  /**
   * The client of a shop; the same one while its version is the same, so that the pace of its requests is kept. Errors:
   * `rule` `channel.unknown-connector`, `validation` `channel.bad-config`.
   */
  open(shop: OpenableShop): Channel;
}
