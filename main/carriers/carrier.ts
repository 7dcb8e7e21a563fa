import type { Address } from '../../shared/model/address.ts';
import type {
  AccountField,
  CarrierAbility,
  CarrierMessage,
  CarrierService,
  Money,
  TrackingState,
} from '../../shared/model/carrier.ts';
import type { ChannelName } from '../../shared/model/channel.ts';
import type { LabelDpi, LabelMedia } from '../../shared/model/label.ts';
import type { LabelProfileName } from '../../shared/model/label-profiles.ts';
import type { CarrierHttp } from './carrier-http.ts';

/** One article of a parcel that crosses a customs border. */
export interface CustomsItem {
  readonly description: string;
  readonly sku: string;
  readonly quantity: number;
  /** Of all pieces together. */
  readonly netWeightMg: number;
  /** Of all pieces together. */
  readonly value: Money;
  /** 6 to 10 digits. */
  readonly hsCode?: string;
  readonly origin?: string;
}

export interface CustomsContent {
  readonly category: 'gift' | 'documents' | 'sale' | 'sample' | 'returned' | 'other';
  readonly items: readonly CustomsItem[];
  readonly incoterm: string;
  readonly invoiceNumber?: string;
  readonly eori?: string;
  readonly ioss?: string;
  readonly vatId?: string;
  readonly signedBy: string;
}

/** One parcel to be sent, or sent back. A return names who sends it in `from`: nothing is swapped by a connector. */
export interface ShipmentRequest {
  /** Our label's id. Goes to the carrier as reference and idempotency key; the purchase is found again by it. */
  readonly reference: string;
  readonly kind: 'outbound' | 'return';
  /** The carrier's code of the service; empty where rates of all services are asked for. */
  readonly service: string;
  readonly from: Address;
  readonly to: Address;
  readonly parcel: {
    readonly weightMg: number;
    readonly lengthMm: number;
    readonly widthMm: number;
    readonly heightMm: number;
    /** This one of how many, from 1. */
    readonly index: number;
    readonly count: number;
  };
  readonly orderNumber: string;
  /** RMA code of a return. */
  readonly rma?: string;
  /** `YYYY-MM-DD`, local to the shipper. */
  readonly shipDate: string;
  /** What the label is printed on; `file` is the form wanted where the carrier offers several. */
  readonly label: { readonly media: LabelMedia; readonly dpi: LabelDpi; readonly file: 'pdf' | 'zpl' };
  readonly pickupPoint?: string;
  /** The order as its sales platform knows it; needed where the platform makes the label. */
  readonly platformOrder?: {
    readonly externalId: string;
    readonly lines: readonly { readonly externalLineId: string; readonly quantity: number }[];
  };
  readonly options?: {
    readonly signature?: boolean;
    readonly insured?: Money;
    readonly hazardous?: boolean;
  };
  /** Present exactly when the parcel leaves the customs union. */
  readonly customs?: CustomsContent;
  /** Of a return: the number under which the goods went out, where it is known. */
  readonly outboundTracking?: string;
}

/** A carrier's refusal is data: `details` is null and a message of level `error` says why. */
export interface CarrierAnswer<T> {
  readonly details: T | null;
  readonly messages: readonly CarrierMessage[];
}

export interface Rate {
  readonly service: string;
  readonly title: string;
  readonly cost: Money;
  /** Day of delivery that the carrier names, `YYYY-MM-DD`; null where it names none. */
  readonly deliveryBy: string | null;
  readonly transitDays: number | null;
  /** What `buy` needs to take exactly this rate (`Purchase.rateRef`). */
  readonly rateRef: string | null;
}

/** The label as the carrier made it, or the values by which the shipper draws it to the carrier's layout. */
export type BoughtLabel =
  | { readonly kind: 'file'; readonly format: 'pdf' | 'png' | 'zpl'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'values';
      readonly profile: LabelProfileName;
      /** The fields that this profile needs beyond addresses (`profileFields` of `label-profiles.ts`). */
      readonly fields: Readonly<Record<string, unknown>>;
    };

export interface Purchase {
  /** What the carrier calls the shipment: needed to void it, to fetch the label again. */
  readonly carrierRef: string;
  readonly trackingNumber: string;
  /** Texts that a scanner may send for this label, without AIM identifier; the tracking number is among them where a symbol carries it alone. */
  readonly scanTexts: readonly string[];
  /** Code and name of the service that was taken. */
  readonly service: string;
  readonly serviceTitle: string;
  /** Null where the carrier bills later. */
  readonly cost: Money | null;
  readonly label: BoughtLabel;
  /** Further papers that the carrier made. */
  readonly papers: readonly {
    readonly kind: 'customs-form' | 'commercial-invoice' | 'other';
    readonly pdf: Uint8Array;
  }[];
  readonly trackingUrl: string | null;
  /** Last day on which the label is taken, `YYYY-MM-DD`. */
  readonly validUntil: string | null;
}

/** What became of a purchase of which nobody knows. `none`: it certainly was not made. */
export type FoundPurchase =
  | { readonly outcome: 'found'; readonly purchase: Purchase }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'unsure'; readonly messages: readonly CarrierMessage[] };

/** `requested`: the carrier decides later; ask again with `voidState`. */
export type VoidState = 'voided' | 'requested' | 'refused';

export interface TrackingEvent {
  readonly at: string;
  readonly state: TrackingState;
  /** The carrier's own code and words. */
  readonly code: string;
  readonly text: string;
  readonly place: string | null;
}

export interface Tracking {
  readonly state: TrackingState;
  /** Oldest first. */
  readonly events: readonly TrackingEvent[];
  readonly deliveryBy: string | null;
}

export interface TransmittedManifest {
  readonly carrierRef: string;
  /** The form that the driver signs, where the carrier makes one. */
  readonly pdf: Uint8Array | null;
}

/**
 * One account with one carrier. A call throws `AppError('remote')` only when there is no answer to hold on to:
 *
 * - `carrier.unreachable`: nothing was sent, nothing happened;
 * - `carrier.throttled` with `retryAfterMs`: the carrier took nothing, ask later;
 * - `carrier.timeout`: it was sent and nobody answered: it may have happened;
 * - `carrier.unavailable` (500 and the like): it may have happened;
 * - `carrier.unreadable`: an answer that makes no sense (HTML, half a file, wrong shape): it may have happened;
 * - `carrier.sign-in-refused`: the credentials are not taken; nothing happened.
 *
 * Everything that the carrier says against the request itself is a message with `details: null`.
 */
export interface Carrier {
  /** Cheap question that proves the credentials; messages name what is wrong. */
  check(): Promise<CarrierAnswer<{ readonly account: string }>>;
  rates?(request: ShipmentRequest): Promise<CarrierAnswer<readonly Rate[]>>;
  /** Buys once. `rateRef` takes exactly the rate that was shown. */
  buy?(request: ShipmentRequest, rateRef: string | null): Promise<CarrierAnswer<Purchase>>;
  /** By our reference, after a crash or a time-out. Never buys. */
  find?(request: ShipmentRequest): Promise<FoundPurchase>;
  void?(purchase: { readonly carrierRef: string; readonly trackingNumber: string }): Promise<CarrierAnswer<VoidState>>;
  voidState?(purchase: {
    readonly carrierRef: string;
    readonly trackingNumber: string;
  }): Promise<CarrierAnswer<VoidState>>;
  track?(purchase: { readonly carrierRef: string; readonly trackingNumber: string }): Promise<CarrierAnswer<Tracking>>;
  manifest?(
    parcels: readonly { readonly carrierRef: string; readonly trackingNumber: string }[],
    shipDate: string,
  ): Promise<CarrierAnswer<TransmittedManifest>>;
  /** Whether a manifest with these parcels was taken, after a time-out; `details` null when it certainly was not. Never sends one. */
  findManifest?(
    parcels: readonly { readonly carrierRef: string; readonly trackingNumber: string }[],
    shipDate: string,
  ): Promise<CarrierAnswer<TransmittedManifest>>;
  pickupPoints?(near: Address): Promise<CarrierAnswer<readonly PickupPoint[]>>;
  checkAddress?(address: Address): Promise<CarrierAnswer<{ readonly address: Address; readonly changed: boolean }>>;
}

export interface PickupPoint {
  readonly id: string;
  readonly name: string;
  readonly address: Address;
  readonly distanceM: number | null;
}

/** What a connector is given when an account of it is opened. */
export interface CarrierDeps {
  readonly http: CarrierHttp;
  readonly clock: () => Date;
}

/** A kind of carrier account that the station speaks to over HTTP. */
export interface CarrierConnector {
  /** `easypost`, `mondial-relay`. */
  readonly name: string;
  readonly title: string;
  readonly abilities: readonly CarrierAbility[];
  /** `on-use`: only parcels that were handed over are billed, so a label that nobody uses costs nothing. */
  readonly billing: 'on-purchase' | 'on-use';
  /** Fields of the form; every connector has `baseUrl` with its default, so that a sandbox can stand in. */
  readonly fields: readonly AccountField[];
  /** Empty where the account's services are only known from its rates. */
  readonly services: readonly CarrierService[];
  /** Letters that the carrier takes in one line of an address, and lines; what is longer is refused before it is sent. */
  readonly addressLimits: { readonly line: number; readonly name: number };
  readonly maxWeightMg: number;
  /** Key of a text that says which contract, specification or approval is still missing; missing where nothing is. */
  readonly missing?: string;
  /** Requests a minute that the carrier takes of one account, by its own documents. */
  readonly requestsPerMinute: number;
  /** The sales platform whose own label this is: its orders that the platform labels go here and nowhere else. */
  readonly platform?: ChannelName;
  /** `config` holds each field by its name, secrets unsealed. Throws `validation` `carrier.bad-config` with `fields`. */
  open(config: Readonly<Record<string, string>>, deps: CarrierDeps): Carrier;
}
