/** A scan with its AIM symbology identifier (ISO/IEC 15424) split off. */
export interface AimSplit {
  /** The identifier as sent, `]C1`; absent when the device sends none. */
  readonly symbology?: string;
  readonly content: string;
}

// Letters that ISO/IEC 15424 gives out. Anything else behind a `]` is data, not an identifier.
const AIM_ID = /^[A-Za-z]?(?<symbology>\][A-UXZc-eghjopsz][0-9A-Za-z])/;

/**
 * Splits an AIM identifier off. Some devices put a letter of their own in front of it (`F]E0...`):
 * that letter goes too, because it says less than the identifier.
 */
export function splitAim(text: string): AimSplit {
  const [whole = '', symbology] = AIM_ID.exec(text) ?? [];
  return symbology === undefined ? { content: text } : { symbology, content: text.slice(whole.length) };
}

const ELEMENT_STRING_CARRIERS: ReadonlySet<string> = new Set([']C1', ']d2', ']Q3', ']e0', ']J1']);

/** True for the five identifiers that promise GS1 element strings. `]C0` never does, whatever it begins with. */
export function carriesElementString(symbology: string): boolean {
  return ELEMENT_STRING_CARRIERS.has(symbology);
}
