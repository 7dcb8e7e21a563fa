/** One attribute as it came, collections as the names of their members in the order in which they came. */
export interface ReceivedAttribute {
  readonly group: number;
  readonly name: string;
  readonly values: readonly (string | number | boolean)[];
}

export interface ReceivedRequest {
  readonly operation: number;
  readonly requestId: number;
  readonly attributes: readonly ReceivedAttribute[];
  readonly document: Uint8Array;
}

/** Reads an IPP request (RFC 8010) on its own, so that what the driver sent is judged by another hand; undefined if broken. */
export function readIppRequest(body: Buffer): ReceivedRequest | undefined {
  if (body.length < 9) return undefined;
  const attributes: { group: number; name: string; values: (string | number | boolean)[] }[] = [];
  let [at, group] = [8, 0];
  for (;;) {
    if (at >= body.length) return undefined;
    const tag = body.readUInt8(at++);
    if (tag === 3) break;
    if (tag < 16) {
      group = tag;
      continue;
    }
    if (at + 2 > body.length) return undefined;
    const nameEnd = at + 2 + body.readUInt16BE(at);
    if (nameEnd + 2 > body.length) return undefined;
    const name = body.toString('utf8', at + 2, nameEnd);
    const valueEnd = nameEnd + 2 + body.readUInt16BE(nameEnd);
    if (valueEnd > body.length) return undefined;
    const value = readField(tag, body.subarray(nameEnd + 2, valueEnd));
    at = valueEnd;
    if (name !== '') attributes.push({ group, name, values: [] });
    if (value !== undefined) attributes.at(-1)?.values.push(value);
  }
  const document = new Uint8Array(body.subarray(at));
  return { operation: body.readUInt16BE(2), requestId: body.readUInt32BE(4), attributes, document };
}

function readField(tag: number, value: Buffer): string | number | boolean | undefined {
  if (tag === 0x21 || tag === 0x23) return value.length === 4 ? value.readInt32BE(0) : undefined;
  if (tag === 0x22) return value[0] === 1;
  // The two brackets of a collection have no value of their own.
  return tag === 0x34 || tag === 0x37 ? undefined : value.toString('utf8');
}

/** An attribute of an answer: whole numbers as `enum` where its name ends so, else by the kind of its values. */
export type Told = readonly [name: string, tag: number, ...values: (string | number | boolean)[]];

/** Writes an IPP answer; `groups` are the tag of a group and what it tells. */
export function writeIppAnswer(
  status: number,
  requestId: number,
  groups: readonly (readonly [tag: number, told: readonly Told[]])[],
): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(0x0101, 0);
  head.writeUInt16BE(status, 2);
  head.writeUInt32BE(requestId, 4);
  const body = groups.flatMap(([tag, told]) => [Buffer.from([tag]), ...told.flatMap(attributeBytes)]);
  return Buffer.concat([head, ...body, Buffer.from([3])]);
}

function attributeBytes([name, tag, ...values]: Told): Buffer[] {
  return values.map((value, index) => {
    const label = Buffer.from(index === 0 ? name : '', 'utf8');
    const bytes = bytesOf(value);
    const [labelLength, valueLength] = [Buffer.alloc(2), Buffer.alloc(2)];
    labelLength.writeUInt16BE(label.length);
    valueLength.writeUInt16BE(bytes.length);
    return Buffer.concat([Buffer.from([tag]), labelLength, label, valueLength, bytes]);
  });
}

function bytesOf(value: string | number | boolean): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8');
  if (typeof value === 'boolean') return Buffer.from([value ? 1 : 0]);
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
