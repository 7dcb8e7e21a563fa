import type { ChannelConnector } from '../channels/channel-connector.ts';

/** Every kind of shop that can be connected. */
export const channelConnectors: readonly ChannelConnector[] = [];
