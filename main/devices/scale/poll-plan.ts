/** How a scale is asked for its weight. */
export interface PollPlan {
  /** Null where the scale sends by itself and takes no question. */
  readonly command: Uint8Array | null;
  /** What is sent after the scale has acknowledged the command. */
  readonly afterAck?: Uint8Array;
  /** Asked so often, and after so long without a frame that answered no question. */
  readonly everyMs: number;
  /** It says nothing while nothing changes, and is not out of order for that. */
  readonly silenceIsNormal?: true;
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const ask = (text: string, everyMs = 250): PollPlan => ({ command: bytes(text), everyMs });
const STREAM: PollPlan = { command: null, everyMs: 250 };

/** Only commands that read: none zeroes, tares or prints. Sources: the manuals named in each parser. */
const PLANS: Readonly<Record<string, PollPlan>> = {
  'mt-sics': ask('SI\r\n', 200),
  'toledo-8217': ask('W', 250),
  'nci-scp01': ask('W\r'),
  'nci-scp02': ask('W\r'),
  'nci-scp12': ask('W\r'),
  'fairbanks-ups': ask('\r'),
  'cas-pd2': { command: bytes('\x05'), afterAck: bytes('\x11'), everyMs: 250 },
  and: ask('Q\r\n'),
  ohaus: ask('IP\r\n'),
  // One letter and no line end; asked again after 100 ms at the earliest.
  'kern-s-w': ask('w', 200),
  'kern-eoc': ask('W'),
  radwag: ask('SI\r\n', 200),
  dini: ask('READ\r\n'),
  // AZExtra beeps at each question and answers none whose answer would be zero or the same again. Others answer each: two
  // answers have to come before the first is too old.
  adam: { command: bytes('P\r\n'), everyMs: 800, silenceIsNormal: true },
  'sterling-7600': ask('SGW\r'),
};

export const pollPlanOf = (protocol: string): PollPlan => PLANS[protocol] ?? STREAM;

/** A question that only reads, and whose protocols it belongs to. */
export interface Question {
  readonly command: Uint8Array;
  readonly afterAck: Uint8Array | undefined;
  readonly protocols: readonly string[];
}

/**
 * The questions of all protocols, each once, in the order in which an unknown scale may be asked.
 *
 * `W` goes before `READ`: a Toledo 8217 takes the `E` in it for the beginning of an echo, and has answered by then. Adam
 * comes last, because it beeps and takes anything.
 */
export function questions(): readonly Question[] {
  const order = ['toledo-8217', 'nci-scp01', 'mt-sics', 'and', 'kern-s-w', 'ohaus', 'fairbanks-ups', 'cas-pd2'];
  const names = [...new Set([...order, ...Object.keys(PLANS).filter((name) => name !== 'adam'), 'adam'])];
  const found = new Map<string, Question>();
  for (const name of names) {
    const { command, afterAck } = pollPlanOf(name);
    if (!command) continue;
    const key = String(command);
    const protocols = [...(found.get(key)?.protocols ?? []), name];
    found.set(key, { command, afterAck: found.get(key)?.afterAck ?? afterAck, protocols });
  }
  return [...found.values()];
}
