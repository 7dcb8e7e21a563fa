/** A printer's answer: its status and the attributes of all its groups, those of the last group first. */
export interface IppAnswer {
  readonly status: number;
  /** Names in lower case. Values of kinds that nobody asks for are left out. */
  readonly attributes: ReadonlyMap<string, readonly (string | number | boolean)[]>;
}

const END = 0x03;
const LAST_DELIMITER = 0x0f;
const INTEGER = 0x21;
const BOOLEAN = 0x22;
const ENUM = 0x23;
const BEGIN_COLLECTION = 0x34;
const END_COLLECTION = 0x37;
const FIRST_TEXT = 0x40;

/**
 * Reads the answer of an IPP printer (RFC 8010); undefined when it is none.
 *
 * Ours and not that of `ipp-encoder`, which takes lengths as signed numbers: a printer that answers nonsense would move it
 * backwards for ever. Here every step goes forward, and nothing is read beyond the last byte.
 */
export function readIppAnswer(bytes: Uint8Array): IppAnswer | undefined {
  if (bytes.length < 9 || (bytes[0] !== 1 && bytes[0] !== 2)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const attributes = new Map<string, (string | number | boolean)[]>();
  let at = 8;
  let depth = 0;
  let name = '';
  while (at < bytes.length) {
    const tag = view.getUint8(at);
    at += 1;
    if (tag === END) return { status: view.getUint16(2), attributes };
    if (tag <= LAST_DELIMITER) {
      name = '';
      continue;
    }
    const label = takeField(bytes, view, at);
    const value = label && takeField(bytes, view, label.next);
    if (!value) return undefined;
    at = value.next;
    if (label.field.length > 0 && depth === 0) {
      name = new TextDecoder().decode(label.field).toLowerCase();
      attributes.set(name, []);
    }
    if (tag === BEGIN_COLLECTION) depth += 1;
    else if (tag === END_COLLECTION) depth = Math.max(0, depth - 1);
    else if (depth === 0 && name !== '') {
      const read = readValue(tag, value.field);
      if (read !== undefined) attributes.get(name)?.push(read);
    }
  }
  return undefined;
}

function takeField(bytes: Uint8Array, view: DataView, at: number): { field: Uint8Array; next: number } | undefined {
  if (at + 2 > bytes.length) return undefined;
  const next = at + 2 + view.getUint16(at);
  return next > bytes.length ? undefined : { field: bytes.subarray(at + 2, next), next };
}

function readValue(tag: number, field: Uint8Array): string | number | boolean | undefined {
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  if (tag === INTEGER || tag === ENUM) return field.length === 4 ? view.getInt32(0) : undefined;
  if (tag === BOOLEAN) return field.length === 1 ? view.getUint8(0) === 1 : undefined;
  return tag >= FIRST_TEXT ? new TextDecoder().decode(field) : undefined;
}
