import { z } from 'zod';
import { AccountField, CarrierAbility, CarrierMessage, CarrierService } from '../model/carrier.ts';
import { ChannelName } from '../model/channel.ts';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

/** A kind of account that can be added. `own-range`: the station takes the numbers from the shipper's range and draws the label. */
export const ConnectorView = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.enum(['http', 'own-range', 'platform']),
  abilities: z.array(CarrierAbility),
  billing: z.enum(['on-purchase', 'on-use']),
  fields: z.array(AccountField),
  /** What a number range of it is made of beside first and last number. */
  rangeFields: z.array(AccountField),
  services: z.array(CarrierService),
  /** Key of a text: which contract, specification or approval is still missing. */
  missing: z.string().nullable(),
});
export type ConnectorView = z.infer<typeof ConnectorView>;

export const RangeView = z.object({
  id: Id,
  title: z.string(),
  params: z.record(z.string(), z.string()),
  /** Serial numbers without check digit, as text: some have 17 digits. */
  first: z.string(),
  last: z.string(),
  /** How many numbers no label has yet, those leased to benches included. */
  left: z.string(),
  active: z.boolean(),
  leases: z.array(z.object({ station: z.string(), first: z.string(), last: z.string(), next: z.string() })),
});
export type RangeView = z.infer<typeof RangeView>;

const CutOff = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const AccountView = z.object({
  id: Id,
  connector: z.string(),
  connectorTitle: z.string(),
  kind: z.enum(['http', 'own-range', 'platform']),
  title: z.string(),
  config: z.record(z.string(), z.string()),
  /** Names of the secrets that are stored; their values never leave the station. */
  secrets: z.array(z.string()),
  services: z.array(CarrierService),
  abilities: z.array(CarrierAbility),
  /** False prints SPECIMEN across labels that the station draws. */
  approved: z.boolean(),
  active: z.boolean(),
  /** `HH:MM` in `timeZone`: parcels scanned out later go with the next pick-up. */
  cutOff: z.string().nullable(),
  timeZone: z.string(),
  /** Key of a text that says why it cannot be used now; null when it can. */
  problem: z.string().nullable(),
  checkedAt: Instant.nullable(),
  checkMessages: z.array(CarrierMessage),
  ranges: z.array(RangeView),
  version: z.int(),
});
export type AccountView = z.infer<typeof AccountView>;

/** All that are given must hold. Weights in mg, lengths in mm, values in minor units of the order's currency. */
export const RuleConditions = z.strictObject({
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
  /** Beginnings of the postcode: `20` is Corsica. */
  postcodes: z.array(z.string().min(1).max(10)).optional(),
  minWeightMg: z.int().min(0).optional(),
  maxWeightMg: z.int().min(1).optional(),
  maxLongestMm: z.int().min(1).optional(),
  minValueMinor: z.int().min(0).optional(),
  maxValueMinor: z.int().min(0).optional(),
  channels: z.array(ChannelName).optional(),
  /** Words of the shipping method that the channel named; one of them is enough. */
  methods: z.array(z.string().min(1).max(60)).optional(),
  hazardous: z.boolean().optional(),
  pickupPoint: z.boolean().optional(),
  gift: z.boolean().optional(),
  /** Days that are left until the promised delivery, at most. */
  promiseWithinDays: z.int().min(0).max(60).optional(),
});
export type RuleConditions = z.infer<typeof RuleConditions>;

const Target = z.strictObject({ accountId: Id.nullable(), service: z.string().max(80) });

/** `accountId` null: the shipper's own logistic label. An empty `service` among rates: all that the account offers. */
export const RuleChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('service'), ...Target.shape }),
  /** Rates are asked for; of those that keep the promise the cheapest, or the fastest, is taken. */
  z.strictObject({ kind: z.enum(['cheapest', 'fastest']), among: z.array(Target).min(1).max(12) }),
]);
export type RuleChoice = z.infer<typeof RuleChoice>;

export const ShippingRule = z.object({
  id: Id,
  direction: z.enum(['outbound', 'return']),
  title: z.string().trim().min(1).max(80),
  active: z.boolean(),
  conditions: RuleConditions,
  choice: RuleChoice,
});
export type ShippingRule = z.infer<typeof ShippingRule>;

export const shippingAccountCalls = {
  'shipping.connectors-view': defineCall({
    kind: 'query',
    role: 'admin',
    summary: 'Every carrier that an account can be added for: what it can do, what it asks for, what is missing',
    input: z.object({}),
    output: z.object({ connectors: z.array(ConnectorView) }),
  }),
  'shipping.accounts-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'The carrier accounts with their number ranges; secrets by name only',
    input: z.object({}),
    output: z.object({ accounts: z.array(AccountView) }),
  }),
  'shipping.save-account': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Adds an account, or changes it if nobody did since; a secret that is left out stays as it is',
    input: z.object({
      id: Id.nullable(),
      expectedVersion: z.int(),
      connector: z.string().max(40),
      title: z.string().trim().min(1).max(60),
      config: z.record(z.string(), z.string().max(500)),
      secrets: z.record(z.string(), z.string().max(4_000)),
      approved: z.boolean(),
      active: z.boolean(),
      cutOff: CutOff.nullable(),
      timeZone: z.string().min(1).max(60),
    }),
    output: z.object({ id: Id, version: z.int() }),
  }),
  'shipping.check-account': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Asks the carrier whether the credentials are good and says what is wrong',
    input: z.object({ id: Id }),
    output: z.object({ ok: z.boolean(), messages: z.array(CarrierMessage) }),
  }),
  'shipping.add-range': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Adds numbers that the carrier assigned; one that overlaps another range is refused',
    input: z.object({
      accountId: Id,
      title: z.string().trim().min(1).max(60),
      params: z.record(z.string(), z.string().max(60)),
      first: z.string().regex(/^\d{1,18}$/),
      last: z.string().regex(/^\d{1,18}$/),
      /** How many numbers a bench leases at a time. */
      block: z.int().min(1).max(10_000).default(100),
    }),
    output: z.object({ id: Id }),
  }),
  'shipping.retire-range': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'No number is taken from this range any more',
    input: z.object({ id: Id }),
    output: z.object({}),
  }),
  'shipping.rules-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'The rules that choose the service, first one first; what no rule takes gets the shipper’s own label',
    input: z.object({}),
    output: z.object({ rules: z.array(ShippingRule), version: z.int() }),
  }),
  'shipping.save-rules': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Replaces all rules, in their order, if nobody changed them since',
    input: z.object({ rules: z.array(ShippingRule).max(200), expectedVersion: z.int() }),
    output: z.object({ version: z.int() }),
  }),
};

export const shippingAccountEvents = {
  'shipping.accounts-changed': z.object({}),
};
