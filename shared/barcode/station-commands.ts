/** What the station's own command cards can say; `quantity` and `carton` carry an argument. */
export const commandNames = [
  'confirm',
  'short',
  'damaged',
  'undo',
  'cancel',
  'next-parcel',
  'close-parcel',
  'reprint',
  'hold',
  'help',
  'yes',
  'no',
  'pack',
  'pick',
  'next',
  'skip',
  'sign-out',
  'language',
  'weigh',
  'quantity',
  'carton',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface Command {
  readonly name: CommandName;
  readonly argument?: string;
}

/** How an argument is printed and what it may be; a quantity is 1 to 9999 without leading zeros. */
const parametrised = {
  quantity: { prefix: 'QTY-', argument: /^[1-9][0-9]{0,3}$/ },
  carton: { prefix: 'CARTON-', argument: /^[A-Z0-9][A-Z0-9-]{0,16}$/ },
} as const;

function isParametrised(name: CommandName): name is keyof typeof parametrised {
  return name in parametrised;
}

/** The payload of a command card: `CONFIRM`, `QTY-12`, `CARTON-M`. Undefined when the argument does not fit the name. */
export function commandPayload(command: Command): string | undefined {
  const { name, argument } = command;
  if (!isParametrised(name)) return argument === undefined ? name.toUpperCase() : undefined;
  const form = parametrised[name];
  return argument !== undefined && form.argument.test(argument) ? `${form.prefix}${argument}` : undefined;
}

/** Reads the payload of a command card; undefined for one this version does not know. */
export function parseCommand(payload: string): Command | undefined {
  for (const name of commandNames) {
    if (!isParametrised(name)) {
      if (payload === name.toUpperCase()) return { name };
      continue;
    }
    const { prefix, argument } = parametrised[name];
    const rest = payload.slice(prefix.length);
    if (payload.startsWith(prefix) && argument.test(rest)) return { name, argument: rest };
  }
  return undefined;
}
