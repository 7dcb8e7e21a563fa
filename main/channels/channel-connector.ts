import type { AccountField } from '../../shared/model/carrier.ts';
import type { ChannelName } from '../../shared/model/channel.ts';
import type { ChannelAbility, ConnectorName, NormalisedOrder } from './channel.ts';
import type { ChannelHttp } from './channel-http.ts';
import type { TokenBox } from './channel-token.ts';

/** What a connector is given when a shop is opened. */
export interface ChannelDeps {
  readonly http: ChannelHttp;
  readonly clock: () => Date;
  readonly tokens: TokenBox;
}

/** Which changes are asked for. Instants are ISO-8601 UTC. */
export interface ChangesAsked {
  /** From here on, inclusive; the overlap is already taken off. */
  readonly since: string;
  /**
   * Of orders that a list only names, those that are to be read whole: unknown ones, and known ones that changed since.
   * `updatedAt` null where the list does not tell: then it is always to be read.
   */
  unseen(
    headers: readonly { readonly externalId: string; readonly updatedAt: string | null }[],
  ): Promise<readonly string[]>;
}

export interface OrderPage {
  readonly orders: readonly NormalisedOrder[];
  readonly quarantined: readonly { readonly id: string | null; readonly reason: string }[];
  /**
   * Everything that changed before this instant stands on this page or on one before: where the next reading begins, less
   * its overlap. Null in the middle. By the platform's own clock or bound, never by the newest order seen.
   */
  readonly upTo: string | null;
}

/** What a check found; `code` is `shop.check.*` of the texts (key, scope, clock, address, right), `text` the platform's own words. */
export interface CheckMessage {
  readonly level: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly text: string;
}

/** Units of one line; where the platform counts one line a unit there are as many ids as units. */
export interface RemoteLine {
  readonly externalLineIds: readonly string[];
  readonly sku: string;
  readonly quantity: number;
}

/** A carrier as the platform knows it. */
export interface RemoteCarrier {
  readonly code: string;
  readonly name: string;
}

/** One parcel of an order that has left, as its platform is to hear of it. */
export interface RemoteShipment {
  /** Our id of the shipment: idempotency key where the platform takes one. */
  readonly reference: string;
  /** From 1, counted by order: Amazon's `packageReferenceId`. */
  readonly sequence: number;
  readonly externalId: string;
  readonly lines: readonly RemoteLine[];
  /** Nothing of the order is left to ship after this parcel. */
  readonly last: boolean;
  readonly carrier: RemoteCarrier;
  readonly service: string;
  readonly tracking: string;
  readonly trackingUrl: string | null;
  /** ISO-8601 UTC. */
  readonly shippedAt: string;
}

/**
 * `done`: the platform has it, now or already. `refused`: it will never take this; `code` and `text` are its own words.
 * Whatever may pass (network, throttling, sign-in) is thrown as `AppError('remote')`.
 */
export type PushResult =
  | {
      readonly outcome: 'done';
      readonly remoteId: string | null;
      readonly note?: string;
      /** A platform that takes only whole lines, or one parcel an order, hears of this one with a later parcel. */
      readonly later?: true;
    }
  | { readonly outcome: 'refused'; readonly code: string; readonly text: string };

export interface StockWanted {
  readonly sku: string;
  /** On hand less reserved, never below zero. */
  readonly available: number;
  /** What the platform had after our last word; null when we never said one. */
  readonly before: number | null;
  /** Idempotency key. */
  readonly reference: string;
}

/** `stale`: somebody else changed it meanwhile; `now` is what the platform has, where it says. */
export type StockResult =
  | { readonly sku: string; readonly outcome: 'done' }
  | { readonly sku: string; readonly outcome: 'unknown-sku' }
  | { readonly sku: string; readonly outcome: 'stale'; readonly now: number | null }
  | { readonly sku: string; readonly outcome: 'refused'; readonly code: string; readonly text: string };

/**
 * One shop. Calls throw `AppError('remote')` with the codes of `channel-http.ts` and of `ChannelReader`:
 * `channel.throttled` (`retryAfterMs` where the platform says), `channel.sign-in-expired` (after the client itself tried to
 * renew once), `channel.refused`, `channel.not-json`, `channel.unreadable-answer`. A client keeps the platform's pace by
 * itself, by the numbers that the platform sends.
 */
export interface Channel {
  /** Cheap question that proves key, rights and clock. `account`: the shop's own name. Names everything that is wrong. */
  check(): Promise<{ readonly account: string | null; readonly messages: readonly CheckMessage[] }>;
  /** Every order that changed, in pages; the last page has `upTo`. Asks once where nothing changed. */
  changes(asked: ChangesAsked): AsyncIterable<OrderPage>;
  /** Orders by id, whole, as they are now. Ids that the platform does not know are left out. */
  orders(externalIds: readonly string[]): Promise<Omit<OrderPage, 'upTo'>>;
  /** Tells of a parcel once. The caller has read back with `findShipment` whenever an earlier try has no known end. */
  ship?(shipment: RemoteShipment): Promise<PushResult>;
  /** The platform's id of this parcel if it has it (by order and tracking number), null when it certainly has not. */
  findShipment?(shipment: RemoteShipment): Promise<{ readonly remoteId: string | null } | null>;
  /** Another tracking number or carrier for a parcel that was told. */
  correctTracking?(
    shipment: RemoteShipment,
    before: { readonly remoteId: string | null; readonly tracking: string },
  ): Promise<PushResult>;
  /** The seller begins work. */
  acknowledge?(externalId: string): Promise<PushResult>;
  /** The seller cannot send these units; all that is left where `lines` is null. */
  cancel?(cancel: {
    readonly externalId: string;
    readonly lines: readonly RemoteLine[] | null;
    readonly reason: 'no-stock' | 'buyer-asked' | 'fraud' | 'address' | 'other';
    readonly reference: string;
  }): Promise<PushResult>;
  /** Goods of a return are here. */
  returnReceived?(back: {
    readonly externalId: string;
    readonly lines: readonly RemoteLine[];
    readonly reference: string;
  }): Promise<PushResult>;
  /** Asks that the buyer gets money back; the platform pays, never we. */
  requestRefund?(refund: {
    readonly externalId: string;
    readonly lines: readonly RemoteLine[];
    readonly reference: string;
  }): Promise<PushResult>;
  /** Tells what can be sold; by compare-and-set where the platform has it. One result a SKU. */
  stock?(levels: readonly StockWanted[]): Promise<readonly StockResult[]>;
  /** The platform's list of carriers, where it has to be asked (TikTok: by shop). */
  carriers?(): Promise<readonly RemoteCarrier[]>;
}

/** What a webhook says, once its signature is good: read these orders now. */
export interface WebhookNews {
  /** The platform's id of the message, the same when it comes again; null where it has none. */
  readonly id: string | null;
  readonly externalIds: readonly string[];
}

export interface Webhook {
  /** Headers in lower case; `query` of the address it came to. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly rawBody: Uint8Array;
}

/** A kind of shop that can be connected. */
export interface ChannelConnector {
  readonly name: ConnectorName;
  readonly title: string;
  /** The station's own name for orders of this connector. */
  readonly channel: ChannelName;
  readonly abilities: readonly ChannelAbility[];
  /** False where no true sample could be had: the settings page says so. */
  readonly confirmed: boolean;
  /** Fields of the form, named as in `channels connect`; all have `baseUrl`. */
  readonly fields: readonly AccountField[];
  /** Seconds between two readings that the platform's limits allow, and how far a reading goes back before its cursor. */
  readonly pollSeconds: number;
  readonly overlapSeconds: number;
  /** How far back its lists reach, in days. */
  readonly reachesBackDays: number;
  /** Our carrier's connector or name in lower case (`colissimo`, `dhl`, `ups`, `mondial-relay`) → the platform's. */
  readonly carriers: Readonly<Record<string, RemoteCarrier>>;
  /** What it takes for a carrier that is on no list; null: only those that it lists. */
  readonly otherCarrier: RemoteCarrier | null;
  /** Key of a text: what this connector cannot do or still needs (`shop.limit.prestashop`). */
  readonly limit?: string;
  /** How this shop is told apart from another one of the same kind: part of the key of its orders, stable for ever. */
  shopKey(config: Readonly<Record<string, string>>): string;
  /** `config` holds each field by its name, secrets unsealed. Throws `validation` `channel.bad-config` with `fields`. */
  open(config: Readonly<Record<string, string>>, deps: ChannelDeps): Channel;
  /** Missing where the platform sends none. Throws `permission` `channel.bad-signature`. Verifies the raw bytes first. */
  webhook?(config: Readonly<Record<string, string>>, webhook: Webhook): WebhookNews;
  /** The answer that the platform wants to its webhook; empty body and 200 where missing. */
  readonly webhookAnswer?: string;
}
