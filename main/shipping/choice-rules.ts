import type { LabelChoice } from '../../shared/contract/orders.ts';
import type { RuleConditions, ShippingRule } from '../../shared/contract/shipping-accounts.ts';
import type { CarrierService, Money } from '../../shared/model/carrier.ts';

/** What a rule looks at. Weights in mg, lengths in mm, values in minor units. */
export interface ShipmentFacts {
  readonly country: string;
  readonly postcode: string;
  readonly weightMg: number;
  readonly longestMm: number;
  readonly valueMinor: number | null;
  readonly currency: string | null;
  readonly channel: string;
  /** The shipping method as the channel named it. */
  readonly method: string;
  readonly hazardous: boolean;
  readonly pickupPoint: string | null;
  readonly gift: boolean;
  /** Day by which the buyer was promised the parcel, `YYYY-MM-DD`. */
  readonly promisedBy: string | null;
  readonly platformLabel: boolean;
  /** Instant. */
  readonly now: string;
}

/** An account as far as the choice needs it. */
export interface ChoosableAccount {
  readonly id: string;
  readonly title: string;
  readonly connector: string;
  readonly active: boolean;
  readonly carrier: string;
  readonly platform: string | null;
  /** Rates can be asked for. */
  readonly rates: boolean;
  readonly maxWeightMg: number;
  readonly services: readonly CarrierService[];
}

export interface Candidate {
  readonly accountId: string | null;
  readonly service: string;
}

export type ServiceChoice =
  | {
      readonly kind: 'fixed';
      /** Null: the shipper's own logistic label. */
      readonly accountId: string | null;
      readonly serviceCode: string;
      readonly serviceTitle: string;
      readonly carrier: string;
      readonly why: LabelChoice;
    }
  | {
      readonly kind: 'rates';
      readonly goal: 'cheapest' | 'fastest';
      readonly among: readonly Candidate[];
      readonly why: LabelChoice;
    };

/** The label that needs nobody: drawn from the shipper's own SSCC. */
const OWN = { accountId: null, serviceCode: '', serviceTitle: 'Standard', carrier: 'GS1 logistic label' } as const;

const DAY_MS = 86_400_000;
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

type Test = (conditions: RuleConditions, facts: ShipmentFacts) => boolean;

/** One test a condition; a condition that is not set holds. */
const tests: { readonly [C in keyof RuleConditions]-?: Test } = {
  countries: ({ countries = [] }, { country }) => countries.includes(country),
  postcodes: ({ postcodes = [] }, { postcode }) =>
    postcodes.some((begin) => postcode.replace(/\s/g, '').toUpperCase().startsWith(begin.toUpperCase())),
  minWeightMg: ({ minWeightMg = 0 }, { weightMg }) => weightMg >= minWeightMg,
  maxWeightMg: ({ maxWeightMg = 0 }, { weightMg }) => weightMg <= maxWeightMg,
  maxLongestMm: ({ maxLongestMm = 0 }, { longestMm }) => longestMm <= maxLongestMm,
  minValueMinor: ({ minValueMinor = 0 }, { valueMinor }) => valueMinor !== null && valueMinor >= minValueMinor,
  maxValueMinor: ({ maxValueMinor = 0 }, { valueMinor }) => valueMinor !== null && valueMinor <= maxValueMinor,
  channels: ({ channels = [] }, { channel }) => channels.some((name) => name === channel),
  methods: ({ methods = [] }, { method }) => methods.some((word) => plain(method).includes(plain(word))),
  hazardous: ({ hazardous }, facts) => hazardous === facts.hazardous,
  pickupPoint: ({ pickupPoint }, facts) => pickupPoint === (facts.pickupPoint !== null),
  gift: ({ gift }, facts) => gift === facts.gift,
  promiseWithinDays: ({ promiseWithinDays = 0 }, { promisedBy, now }) =>
    promisedBy !== null && Date.parse(promisedBy) - Date.parse(now.slice(0, 10)) <= promiseWithinDays * DAY_MS,
};

/** Whether a parcel fulfils every condition of a rule. */
export function fits(conditions: RuleConditions, facts: ShipmentFacts): boolean {
  return Object.keys(conditions).every((name) => {
    const test = tests[name as keyof RuleConditions]; // keys of a value of this type
    return conditions[name as keyof RuleConditions] === undefined || test(conditions, facts); // the same
  });
}

/** Why an account's service cannot carry a parcel (key of a text); undefined when it can. */
export function refuseService(
  account: ChoosableAccount | undefined,
  service: string,
  facts: ShipmentFacts,
): string | undefined {
  if (!account) return 'choice.account-gone';
  if (!account.active) return 'choice.account-off';
  if (facts.weightMg > account.maxWeightMg) return 'choice.too-heavy';
  if (service === '') return account.rates ? undefined : 'choice.no-rates';
  const known = account.services.find(({ code }) => code === service);
  // Services that only the carrier's rates tell cannot be checked here.
  if (!known) return account.services.length === 0 ? undefined : 'choice.service-gone';
  if (known.countries && !known.countries.includes(facts.country)) return 'choice.not-there';
  if (known.maxWeightMg !== undefined && facts.weightMg > known.maxWeightMg) return 'choice.too-heavy';
  if (known.pickupPoint && facts.pickupPoint === null) return 'choice.no-pickup-point';
  return undefined;
}

export interface Choosing {
  readonly rules: readonly ShippingRule[];
  readonly accounts: readonly ChoosableAccount[];
  readonly direction: ShippingRule['direction'];
  readonly facts: ShipmentFacts;
}

/**
 * The service of a parcel: the platform's own label where the platform insists, else the first rule that fits and whose
 * service can carry it, else the shipper's own label; undefined for a return that no rule takes.
 */
export function decideService({ rules, accounts, direction, facts }: Choosing): ServiceChoice | undefined {
  const platform = direction === 'outbound' ? platformChoice(accounts, facts) : undefined;
  if (platform) return platform;
  for (const rule of rules) {
    if (!rule.active || rule.direction !== direction || !fits(rule.conditions, facts)) continue;
    const choice = choiceOf(rule, accounts, facts);
    if (choice) return choice;
  }
  if (direction === 'return') return undefined;
  return { kind: 'fixed', ...OWN, why: { rule: null, by: 'fallback', rates: [] } };
}

function platformChoice(accounts: readonly ChoosableAccount[], facts: ShipmentFacts): ServiceChoice | undefined {
  if (!facts.platformLabel) return undefined;
  const account = accounts.find(({ platform, active }) => active && platform === facts.channel);
  if (!account) return undefined;
  const why: LabelChoice = { rule: null, by: 'platform', rates: [] };
  if (account.rates) return { kind: 'rates', goal: 'cheapest', among: [{ accountId: account.id, service: '' }], why };
  return {
    kind: 'fixed',
    accountId: account.id,
    serviceCode: '',
    serviceTitle: account.carrier,
    carrier: account.carrier,
    why,
  };
}

function choiceOf(
  { title, choice }: ShippingRule,
  accounts: readonly ChoosableAccount[],
  facts: ShipmentFacts,
): ServiceChoice | undefined {
  const accountOf = (id: string | null): ChoosableAccount | undefined => accounts.find((account) => account.id === id);
  const refuses = ({ accountId, service }: Candidate): string | undefined =>
    accountId === null ? undefined : refuseService(accountOf(accountId), service, facts);
  if (choice.kind === 'service') {
    if (refuses(choice) !== undefined) return undefined;
    const account = accountOf(choice.accountId);
    const why: LabelChoice = { rule: title, by: 'rule', rates: [] };
    if (!account) return { kind: 'fixed', ...OWN, why };
    const service = account.services.find(({ code }) => code === choice.service);
    return {
      kind: 'fixed',
      accountId: account.id,
      serviceCode: choice.service,
      serviceTitle: service?.title ?? choice.service,
      carrier: account.carrier,
      why,
    };
  }
  const able = choice.among.filter((candidate) => refuses(candidate) === undefined);
  const rates = choice.among.flatMap((candidate) => {
    const passedOver = refuses(candidate);
    if (passedOver === undefined) return [];
    const account = accountOf(candidate.accountId)?.title ?? '';
    return [{ account, service: candidate.service, cost: null, deliveryBy: null, passedOver }];
  });
  if (able.length === 0) return undefined;
  return { kind: 'rates', goal: choice.kind, among: able, why: { rule: title, by: choice.kind, rates } };
}

/** One rate that a carrier offered, or an account of ours that costs what it costs. */
export interface Offer {
  readonly accountId: string | null;
  readonly account: string;
  readonly service: string;
  readonly title: string;
  readonly cost: Money | null;
  readonly deliveryBy: string | null;
  readonly rateRef: string | null;
}

export interface Compared {
  readonly taken: Offer | undefined;
  /** Every offer for the supervisor, the taken one first. */
  readonly rates: LabelChoice['rates'];
}

/**
 * The offer to take. Offers that keep the promise come first; then cost, or the day of delivery; names decide ties, so
 * that the same offers give the same answer. Costs in another currency than the cheapest known one are not compared.
 */
export function compareRates(
  offers: readonly Offer[],
  goal: 'cheapest' | 'fastest',
  promisedBy: string | null,
): Compared {
  const late = (offer: Offer): boolean =>
    promisedBy !== null && offer.deliveryBy !== null && offer.deliveryBy > promisedBy;
  const currency = offers.find(({ cost }) => cost !== null)?.cost?.currency;
  const comparable = (offer: Offer): boolean => offer.cost === null || offer.cost.currency === currency;
  const cost = (offer: Offer): number => offer.cost?.minor ?? Number.MAX_SAFE_INTEGER;
  const day = (offer: Offer): string => offer.deliveryBy ?? '9999-12-31';
  const byName = (one: Offer, other: Offer): number =>
    `${one.account} ${one.title}`.localeCompare(`${other.account} ${other.title}`, 'en');
  const inOrder = [...offers].sort((one, other) => {
    const first = Number(!comparable(one)) - Number(!comparable(other)) || Number(late(one)) - Number(late(other));
    const byCost = cost(one) - cost(other);
    const byDay = day(one).localeCompare(day(other), 'en');
    return first || (goal === 'cheapest' ? byCost || byDay : byDay || byCost) || byName(one, other);
  });
  const [taken] = inOrder;
  const passedOver = (offer: Offer): string | null => {
    if (offer === taken) return null;
    if (!comparable(offer)) return 'choice.other-currency';
    if (taken && late(offer) && !late(taken)) return 'choice.too-late';
    return goal === 'cheapest' ? 'choice.dearer' : 'choice.slower';
  };
  return {
    taken,
    rates: inOrder.map((offer) => ({
      account: offer.account,
      service: offer.title,
      cost: offer.cost,
      deliveryBy: offer.deliveryBy,
      passedOver: passedOver(offer),
    })),
  };
}
