import { RuleConditions, type ShippingRule } from '../../../shared/contract/shipping-accounts.ts';

/** Whether something must be so, must not be so, or does not matter. */
export type Wanted = 'any' | 'yes' | 'no';

export interface TargetDraft {
  /** Empty for the shipper's own label. */
  readonly accountId: string;
  readonly service: string;
}

/** A rule as the form holds it: numbers as they are typed, kilograms and whole units of money. */
export interface RuleDraft {
  readonly title: string;
  readonly active: boolean;
  readonly direction: ShippingRule['direction'];
  readonly countries: readonly string[];
  readonly postcodes: readonly string[];
  readonly methods: readonly string[];
  readonly channels: readonly string[];
  readonly minKg: string;
  readonly maxKg: string;
  readonly maxLongestMm: string;
  readonly minValue: string;
  readonly maxValue: string;
  readonly promiseWithinDays: string;
  readonly hazardous: Wanted;
  readonly pickupPoint: Wanted;
  readonly gift: Wanted;
  readonly by: 'service' | 'cheapest' | 'fastest';
  readonly targets: readonly TargetDraft[];
}

const MG_PER_KG = 1_000_000;

const typed = (value: number | undefined, per = 1): string => (value === undefined ? '' : String(value / per));
const wanted = (value: boolean | undefined): Wanted => (value === undefined ? 'any' : value ? 'yes' : 'no');

export const emptyRule: RuleDraft = {
  title: '',
  active: true,
  direction: 'outbound',
  countries: [],
  postcodes: [],
  methods: [],
  channels: [],
  minKg: '',
  maxKg: '',
  maxLongestMm: '',
  minValue: '',
  maxValue: '',
  promiseWithinDays: '',
  hazardous: 'any',
  pickupPoint: 'any',
  gift: 'any',
  by: 'service',
  targets: [{ accountId: '', service: '' }],
};

/** The form of a stored rule. */
export function draftOfRule({ title, active, direction, conditions, choice }: ShippingRule): RuleDraft {
  const targets = choice.kind === 'service' ? [choice] : choice.among;
  return {
    title,
    active,
    direction,
    countries: conditions.countries ?? [],
    postcodes: conditions.postcodes ?? [],
    methods: conditions.methods ?? [],
    channels: conditions.channels ?? [],
    minKg: typed(conditions.minWeightMg, MG_PER_KG),
    maxKg: typed(conditions.maxWeightMg, MG_PER_KG),
    maxLongestMm: typed(conditions.maxLongestMm),
    minValue: typed(conditions.minValueMinor, 100),
    maxValue: typed(conditions.maxValueMinor, 100),
    promiseWithinDays: typed(conditions.promiseWithinDays),
    hazardous: wanted(conditions.hazardous),
    pickupPoint: wanted(conditions.pickupPoint),
    gift: wanted(conditions.gift),
    by: choice.kind,
    targets: targets.map(({ accountId, service }) => ({ accountId: accountId ?? '', service })),
  };
}

/** A typed number with a point or a comma; NaN where it is none, undefined where nothing stands. */
function number(text: string, per = 1): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  return trimmed === '' ? undefined : Math.round(Number(trimmed) * per);
}

const flag = (value: Wanted): boolean | undefined => (value === 'any' ? undefined : value === 'yes');
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

function conditionsOf(draft: RuleDraft): unknown {
  const all = {
    countries: some(draft.countries.map((country) => country.trim().toUpperCase())),
    postcodes: some(draft.postcodes),
    methods: some(draft.methods),
    channels: some(draft.channels),
    minWeightMg: number(draft.minKg, MG_PER_KG),
    maxWeightMg: number(draft.maxKg, MG_PER_KG),
    maxLongestMm: number(draft.maxLongestMm),
    minValueMinor: number(draft.minValue, 100),
    maxValueMinor: number(draft.maxValue, 100),
    promiseWithinDays: number(draft.promiseWithinDays),
    hazardous: flag(draft.hazardous),
    pickupPoint: flag(draft.pickupPoint),
    gift: flag(draft.gift),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Which field of the form holds each condition. */
const fieldOf: Readonly<Record<string, keyof RuleDraft>> = {
  minWeightMg: 'minKg',
  maxWeightMg: 'maxKg',
  minValueMinor: 'minValue',
  maxValueMinor: 'maxValue',
};

export interface ReadRule {
  readonly wrong: ReadonlySet<string>;
  readonly rule: Omit<ShippingRule, 'id'> | undefined;
}

/** Reads the form with the contract's own rules. */
export function readRule(draft: RuleDraft): ReadRule {
  const wrong = new Set<string>();
  if (draft.title.trim() === '') wrong.add('title');
  const conditions = RuleConditions.safeParse(conditionsOf(draft));
  for (const { path } of conditions.error?.issues ?? []) wrong.add(fieldOf[String(path[0])] ?? String(path[0]));
  const targets = draft.targets.map(({ accountId, service }) => ({ accountId: accountId || null, service }));
  const [first] = targets;
  // A service of an account is named; only rates may be asked of all that it offers.
  if (draft.by === 'service' && (!first || (first.accountId !== null && first.service === ''))) wrong.add('targets');
  if (wrong.size > 0 || !conditions.success || !first) return { wrong, rule: undefined };
  return {
    wrong,
    rule: {
      title: draft.title.trim(),
      active: draft.active,
      direction: draft.direction,
      conditions: conditions.data,
      choice: draft.by === 'service' ? { kind: 'service', ...first } : { kind: draft.by, among: targets },
    },
  };
}
