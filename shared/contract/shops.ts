import { z } from 'zod';
import { AttributedChannel } from '../model/attribution.ts';
import { AccountField } from '../model/carrier.ts';
import { ChannelName } from '../model/channel.ts';
import { outboxStates } from '../model/machines.ts';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

/** A kind of shop that can be connected. */
export const ShopKind = z.object({
  name: z.string(),
  title: z.string(),
  channel: ChannelName,
  abilities: z.array(z.string()),
  /** False where the connector was never compared with a true answer of the platform. */
  confirmed: z.boolean(),
  fields: z.array(AccountField),
  pollSeconds: z.int(),
  /** Key of a text: what it cannot do or still needs. */
  limit: z.string().nullable(),
});
export type ShopKind = z.infer<typeof ShopKind>;

/** `code` keys a text (`shop.check.*` or an error code); `text` are the platform's own words. */
export const ShopMessage = z.object({
  level: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  text: z.string(),
});
export type ShopMessage = z.infer<typeof ShopMessage>;

/** What we call a carrier, and what the platform does. */
export const CarrierName = z.object({
  ours: z.string().min(1).max(60),
  code: z.string().max(80),
  name: z.string().max(80),
});
export type CarrierName = z.infer<typeof CarrierName>;

export const shopStates = ['reading', 'late', 'failing', 'refused', 'paused', 'never-read'] as const;

export const ShopView = z.object({
  id: Id,
  connector: z.string(),
  connectorTitle: z.string(),
  channel: ChannelName,
  key: z.string(),
  title: z.string(),
  config: z.record(z.string(), z.string()),
  /** Names of the secrets that are stored; their values never leave the station. */
  secrets: z.array(z.string()),
  active: z.boolean(),
  pushShipments: z.boolean(),
  pushStock: z.boolean(),
  carriers: z.array(CarrierName),
  state: z.enum(shopStates),
  /** Everything before this instant is here; null before the first reading. */
  cursor: Instant.nullable(),
  readAt: Instant.nullable(),
  readNextAt: Instant.nullable(),
  /** Seconds between the cursor and now. */
  lagSeconds: z.int().nullable(),
  ordersToday: z.int(),
  /** Last fault of a reading, and how many in a row. */
  fault: ShopMessage.nullable(),
  faults: z.int(),
  quarantined: z.int(),
  /** Messages to the shop that were given up, and those that wait. */
  parked: z.int(),
  waiting: z.int(),
  /** SKUs of which the shop takes no stock, and those that it does not have; the first ones with the reason. */
  stock: z.object({
    refused: z.int(),
    unknown: z.int(),
    /** `code` may key a text (`shop.stock.*`); `text` are the platform's own words. */
    first: z.array(z.object({ sku: z.string(), code: z.string(), text: z.string() })),
  }),
  /** Key of a text that says why this PC cannot use it; null when it can. */
  problem: z.string().nullable(),
  checkedAt: Instant.nullable(),
  checkMessages: z.array(ShopMessage),
  version: z.int(),
});
export type ShopView = z.infer<typeof ShopView>;

/** One effect that the station delivers to somebody outside. */
export const OutboxView = z.object({
  id: Id,
  topic: z.string(),
  state: z.enum(outboxStates),
  attempts: z.int(),
  dueAt: Instant,
  createdAt: Instant,
  /** What it is about: number of the order, SKU; empty where nobody can say. */
  subject: z.string(),
  shop: z.string().nullable(),
  /** Why the last try failed; a code that keys a text, and the other side's own words. */
  reason: z.object({ code: z.string(), text: z.string() }).nullable(),
});
export type OutboxView = z.infer<typeof OutboxView>;

export const AttributionRuleView = z.object({
  kind: z.enum(['name', 'campaign', 'host']),
  match: z.string().trim().min(1).max(120),
  channel: AttributedChannel,
});
export type AttributionRuleView = z.infer<typeof AttributionRuleView>;

/** How one order or parcel stands on both sides. */
export const Difference = z.object({
  kind: z.enum([
    /** The platform has it to be sent, we have no such order. */
    'lost',
    /** We have it twice. */
    'doubled',
    /** Sent although the platform had cancelled it before. */
    'shipped-after-cancel',
    /** We sent it, the platform does not know. */
    'not-told',
    /** The platform has a parcel that we never sent. */
    'unknown-parcel',
    /** Both have the parcel, with other units or another number. */
    'parcel-differs',
    /** Told and waiting, or given up. */
    'waiting',
    'parked',
    /** Cancelled there, open here, or the other way round. */
    'state-differs',
    'quarantined',
  ]),
  externalId: z.string(),
  number: z.string(),
  orderId: Id.nullable(),
  ours: z.string(),
  theirs: z.string(),
});
export type Difference = z.infer<typeof Difference>;

export const Reconciliation = z.object({
  shopId: Id,
  shop: z.string(),
  since: Instant,
  at: Instant,
  orders: z.object({ theirs: z.int(), ours: z.int(), equal: z.int() }),
  parcels: z.object({ theirs: z.int(), ours: z.int(), equal: z.int() }),
  differences: z.array(Difference),
  /** The platform could not be asked to the end; what is here is what was compared. */
  fault: ShopMessage.nullable(),
});
export type Reconciliation = z.infer<typeof Reconciliation>;

export const shopCalls = {
  'shops.kinds-view': defineCall({
    kind: 'query',
    role: 'admin',
    summary: 'Every kind of shop that can be connected: what it asks for, what it can do, what is missing',
    input: z.object({}),
    output: z.object({ kinds: z.array(ShopKind) }),
  }),
  'shops.list-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'The connected shops: how far they are read, what is late, set aside or given up; secrets by name only',
    input: z.object({}),
    output: z.object({
      shops: z.array(ShopView),
      /** Folder of this PC that is watched for files of orders; null: none. */
      dropFolder: z.object({
        folder: z.string().nullable(),
        lastFile: z.string().nullable(),
        lastAt: Instant.nullable(),
        fault: ShopMessage.nullable(),
      }),
    }),
  }),
  'shops.save-shop': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Connects a shop, or changes it if nobody did since; a secret that is left out stays as it is',
    input: z.object({
      id: Id.nullable(),
      expectedVersion: z.int(),
      connector: z.string().max(40),
      title: z.string().trim().min(1).max(60),
      config: z.record(z.string(), z.string().max(500)),
      secrets: z.record(z.string(), z.string().max(4_000)),
      active: z.boolean(),
      pushShipments: z.boolean(),
      pushStock: z.boolean(),
      carriers: z.array(CarrierName).max(100),
    }),
    output: z.object({ id: Id, version: z.int() }),
  }),
  'shops.check-shop': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Asks the shop whether key, rights, address and clock are good, and names what is wrong',
    input: z.object({ id: Id }),
    output: z.object({ ok: z.boolean(), messages: z.array(ShopMessage) }),
  }),
  'shops.carriers-view': defineCall({
    kind: 'query',
    role: 'admin',
    summary: 'The carriers that the shop knows, asked of it where it has to be asked',
    input: z.object({ id: Id }),
    output: z.object({ carriers: z.array(z.object({ code: z.string(), name: z.string() })) }),
  }),
  'shops.read-now': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Reads a shop now; `since` reads further back than its cursor',
    input: z.object({ id: Id, since: z.iso.datetime().nullable().default(null) }),
    output: z.object({
      read: z.int(),
      new: z.int(),
      changed: z.int(),
      quarantined: z.int(),
      cursor: Instant.nullable(),
    }),
  }),
  'shops.set-active': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Pauses a shop, or reads it again; parcels go on being told',
    input: z.object({ id: Id, active: z.boolean() }),
    output: z.object({}),
  }),
  'shops.quarantine-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'Orders that could not be read, with the reason; they are tried again when the shop changes them',
    input: z.object({ id: Id.optional() }),
    output: z.object({
      orders: z.array(
        z.object({
          shopId: Id,
          shop: z.string(),
          externalId: z.string(),
          reason: z.string(),
          firstAt: Instant,
          lastAt: Instant,
          times: z.int(),
        }),
      ),
    }),
  }),
  'shops.retry-quarantined': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Reads an order that was set aside once more',
    input: z.object({ shopId: Id, externalId: z.string().max(200) }),
    output: z.object({ outcome: z.enum(['stored', 'still-broken', 'gone']), reason: z.string().nullable() }),
  }),
  'shops.attribution-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary:
      'The shipper’s own rules of where orders come from, and what orders of the last 30 days were attributed to',
    input: z.object({}),
    output: z.object({
      rules: z.array(AttributionRuleView),
      counts: z.array(z.object({ channel: AttributedChannel, orders: z.int() })),
    }),
  }),
  'shops.save-attribution': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Replaces the rules and judges every stored order anew by them',
    input: z.object({ rules: z.array(AttributionRuleView).max(200) }),
    output: z.object({ changed: z.int() }),
  }),
  'shops.messages-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'What is to be delivered outside: given up, waiting, or all of the last days',
    input: z.object({
      which: z.enum(['parked', 'open']).default('parked'),
      limit: z.int().min(1).max(500).default(100),
    }),
    output: z.object({ messages: z.array(OutboxView), parked: z.int(), open: z.int() }),
  }),
  'shops.retry-message': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Tries a message again that was given up',
    input: z.object({ id: Id }),
    output: z.object({}),
  }),
  'shops.drop-message': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Gives a parked message up for good: somebody did it by hand on the other side',
    input: z.object({ id: Id }),
    output: z.object({}),
  }),
  'shops.reconcile': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Compares orders and parcels of a shop with the platform’s own, since a day, and lists what differs',
    input: z.object({ id: Id, since: z.iso.datetime().nullable().default(null) }),
    output: Reconciliation,
  }),
  'shops.set-drop-folder': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Folder of this PC that is watched for files of orders; null ends it',
    input: z.object({ folder: z.string().max(500).nullable() }),
    output: z.object({}),
  }),
  'shops.ship-elsewhere': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Marks units of an order sent that were labelled elsewhere, so that its shop hears of it',
    input: z.object({
      orderId: Id,
      carrier: z.string().trim().min(1).max(60),
      tracking: z.string().trim().min(1).max(80),
      /** All that is left when missing. */
      lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).optional(),
    }),
    output: z.object({ shipmentId: Id.nullable() }),
  }),
  'shops.correct-tracking': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Another tracking number for a parcel that the shop was told of',
    input: z.object({
      shipmentId: Id,
      carrier: z.string().trim().min(1).max(60),
      tracking: z.string().trim().min(1).max(80),
    }),
    output: z.object({}),
  }),
  'shops.tell-return': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Goods of an order are back; its shop hears of it, and pays the buyer back where that is asked for',
    input: z.object({
      orderId: Id,
      /** Everything that was sent when missing. */
      lines: z.array(z.object({ sku: z.string(), quantity: z.int().min(1) })).optional(),
      refund: z.boolean().default(false),
    }),
    /** What its platform takes of it. */
    output: z.object({ returned: z.boolean(), refund: z.boolean() }),
  }),
  'shops.erase-buyer': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Erases what is personal in every order of a buyer; what has not left yet is kept and told',
    input: z.object({
      email: z.string().max(200).optional(),
      phone: z.string().max(40).optional(),
      orderId: Id.optional(),
    }),
    output: z.object({
      orders: z.int(),
      kept: z.array(z.object({ number: z.string(), why: z.string() })),
    }),
  }),
};

export const shopEvents = {
  'shops.changed': z.object({ shopId: Id.optional() }),
};
