/** What the station's own command cards can say; those with a prefix below carry an argument. */
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
  'sign-out',
  'language',
  'weigh',
  'batch',
  'singles',
  'move',
  'override',
  'substitute',
  'count',
  'dock',
  'hand-over',
  'quantity',
  'carton',
  'zone',
  'parcel',
  'reason',
  'days',
  'digit',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface Command {
  readonly name: CommandName;
  readonly argument?: string;
}

/**
 * How an argument is printed and what it may be. A quantity is 1 to 9999 without leading zeros, a parcel its number in
 * the order, days how long a hold lasts, a digit one figure of a PIN.
 */
const parametrised = {
  quantity: { prefix: 'QTY-', argument: /^[1-9][0-9]{0,3}$/ },
  carton: { prefix: 'CARTON-', argument: /^[A-Z0-9][A-Z0-9-]{0,16}$/ },
  zone: { prefix: 'ZONE-', argument: /^[A-Z0-9][A-Z0-9-]{0,16}$/ },
  parcel: { prefix: 'PARCEL-', argument: /^[1-9][0-9]?$/ },
  reason: { prefix: 'REASON-', argument: /^[A-Z][A-Z-]{1,15}$/ },
  days: { prefix: 'DAYS-', argument: /^[1-9][0-9]?$/ },
  digit: { prefix: 'DIGIT-', argument: /^[0-9]$/ },
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
