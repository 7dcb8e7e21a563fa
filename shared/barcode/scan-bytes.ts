/** The longest scan taken: a full QR or Data Matrix fits, a stuck device does not. */
const MAX_SCAN_BYTES = 4096;

/**
 * The scan as text: UTF-8 where it is valid, else one character a byte (latin1), so that no byte gets lost
 * and nothing throws. A byte order mark goes.
 */
export function decodeScan(raw: Uint8Array | string): string {
  if (typeof raw === 'string') return raw;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return Array.from(raw, (byte) => String.fromCharCode(byte)).join('');
  }
}

export function isTooLong(raw: Uint8Array | string): boolean {
  if (raw.length > MAX_SCAN_BYTES) return true;
  return typeof raw === 'string' && new TextEncoder().encode(raw).length > MAX_SCAN_BYTES;
}

const TERMINATORS: ReadonlySet<string> = new Set(['\u0002', '\u0003', '\t', '\r', '\n']);

/** Takes CR, LF, TAB, STX and ETX off both ends; GS, RS and EOT are content. */
export function stripTerminators(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && TERMINATORS.has(text.charAt(start))) start += 1;
  while (end > start && TERMINATORS.has(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** Control characters as their pictures (GS `␝`, RS `␞`, EOT `␄`), so that the text can be shown and copied. */
export function printable(text: string): string {
  return Array.from(text, picture).join('');
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return code >= 0x80 && code < 0xa0 ? '\ufffd' : character;
}
