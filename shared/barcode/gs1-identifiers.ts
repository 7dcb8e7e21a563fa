import { identifierRows, measureRows, type Row } from './gs1-table.ts';

export type CharacterSet = 'N' | 'X' | 'Y' | 'Z';
export type ComponentRule = 'check' | 'day' | 'month' | 'time' | 'hour' | 'sixty';

export interface Component {
  readonly characters: CharacterSet;
  readonly min: number;
  readonly max: number;
  readonly optional: boolean;
  readonly rule?: ComponentRule;
}

export interface Identifier {
  readonly ai: string;
  readonly components: readonly Component[];
  /** Every group needs one alternative of which all AIs (patterns such as `31nn`) are there. */
  readonly needs: readonly (readonly (readonly string[])[])[];
  readonly excludes: readonly string[];
}

function component(text: string): Component {
  const { open, characters, upTo, length, rule } =
    /^(?<open>\[?)(?<characters>[NXYZ])(?<upTo>(?:\.\.)?)(?<length>\d+)(?:,(?<rule>[a-z]+))?\]?$/.exec(text)?.groups ??
    {};
  return {
    // The rows of the table are the only input and the tests read every one of them.
    characters: characters as CharacterSet,
    min: upTo === '' ? Number(length) : 1,
    max: Number(length),
    optional: open === '[',
    ...(rule === undefined ? {} : { rule: rule as ComponentRule }),
  };
}

function expand([ais, format, needs = '', excludes = '']: Row): Identifier[] {
  const [first = ais, last = first] = ais.split('-');
  const shared = {
    components: format.split(' ').map(component),
    needs: needs === '' ? [] : needs.split(' & ').map((group) => group.split(',').map((one) => one.split('+'))),
    excludes: excludes === '' ? [] : excludes.split(','),
  };
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, step) => ({
    ai: String(Number(first) + step).padStart(first.length, '0'),
    ...shared,
    // Two prices, or one measure with two numbers of decimals, contradict each other.
    excludes:
      first === last || !first.startsWith('3') ? shared.excludes : [...shared.excludes, `${first.slice(0, 3)}n`],
  }));
}

const identifiers: ReadonlyMap<string, Identifier> = new Map(
  [...identifierRows, ...measureRows].flatMap(expand).map((identifier) => [identifier.ai, identifier]),
);

/** The identifier that is exactly `ai`, or undefined when GS1 has not given it out. */
export function findIdentifier(ai: string): Identifier | undefined {
  return identifiers.get(ai);
}

/** The identifier with which `text` begins. No identifier is the beginning of another, so the first hit is the one. */
export function leadingIdentifier(text: string): Identifier | undefined {
  return identifiers.get(text.slice(0, 2)) ?? identifiers.get(text.slice(0, 3)) ?? identifiers.get(text.slice(0, 4));
}

export const allIdentifiers: readonly Identifier[] = [...identifiers.values()];

/**
 * Length of the value where the first two digits of an AI fix it: such an element needs no GS behind it.
 *
 * 23 was on this list once; since AI 235 it is not.
 */
export function predefinedLength(ai: string): number | undefined {
  return predefinedLengths.get(ai.slice(0, 2));
}

const predefinedLengths: ReadonlyMap<string, number> = new Map([
  ['00', 18],
  ['04', 16],
  ['20', 2],
  ['41', 13],
  ...['01', '02', '03'].map((prefix) => [prefix, 14] as const),
  ...['11', '12', '13', '14', '15', '16', '17', '18', '19'].map((prefix) => [prefix, 6] as const),
  ...['31', '32', '33', '34', '35', '36'].map((prefix) => [prefix, 6] as const),
]);

/** The parts of a value of the right length, each with its component; components that are left out are missing. */
export function partsOf(identifier: Identifier, value: string): { part: string; component: Component }[] {
  let start = 0;
  return identifier.components.flatMap((component) => {
    const part = value.slice(start, start + component.max);
    start += part.length;
    return part === '' && component.optional ? [] : [{ part, component }];
  });
}
