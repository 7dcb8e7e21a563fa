import { type CarrierCall, type CarrierHttp, httpDoor } from '../carriers/carrier-http.ts';

/** One request to a platform; see `CarrierCall`. */
export type ChannelCall = CarrierCall;
export type ChannelHttp = CarrierHttp;

/**
 * Asks a platform. Never repeats anything by itself. Errors, all `remote`: `channel.unreachable` (nothing was sent),
 * `channel.throttled` (429; `retryAfterMs`), `channel.timeout` and `channel.unavailable` (5xx): it may have happened,
 * `channel.unreadable` (broke off, or larger than 20 MiB).
 */
export const channelHttp: ChannelHttp = httpDoor('channel');
