import { AppError } from '../../../shared/errors.ts';

/** One part of a `multipart/related` answer. */
export interface Part {
  /** `jsonInfos`, `label`, `cn23`: its Content-ID without brackets. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

const unreadable = (why: string): AppError => new AppError('remote', 'carrier.unreadable', { why });

function boundaryOf(contentType: string): string {
  const found = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (found === undefined) throw unreadable('no-boundary');
  return found;
}

/** Header and body of one part; undefined for what stands behind the last one. */
function partOf(chunk: Buffer): Part {
  const end = chunk.indexOf('\r\n\r\n');
  if (end < 0) throw unreadable('half-a-part');
  const id = /^content-id:\s*<?([^>\r\n]+)>?/im.exec(chunk.subarray(0, end).toString('latin1'))?.[1] ?? '';
  return { id: id.trim(), bytes: chunk.subarray(end + 4) };
}

/**
 * The parts of a `multipart/related` answer, files byte by byte. Throws `carrier.unreadable` when its closing line does
 * not come: half an answer is none.
 */
export function readMultipart(bytes: Uint8Array, contentType: string): readonly Part[] {
  const mark = Buffer.from(`--${boundaryOf(contentType)}`);
  const whole = Buffer.from(bytes);
  const parts: Part[] = [];
  let at = whole.indexOf(mark);
  while (at >= 0) {
    const from = at + mark.length;
    if (whole.subarray(from, from + 2).toString('latin1') === '--') return parts;
    const next = whole.indexOf(mark, from);
    if (next < 0) break;
    // Line breaks belong to the boundary, not to the part.
    parts.push(partOf(whole.subarray(from + 2, next - 2)));
    at = next;
  }
  throw unreadable('half-an-answer');
}

/** The same the other way round, as La Poste writes it: for its simulation. */
export function writeMultipart(parts: readonly (Part & { readonly type: string })[], boundary: string): Buffer {
  const chunks = parts.flatMap(({ id, type, bytes }) => [
    Buffer.from(`\r\n--${boundary}\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: binary\r\n`),
    Buffer.from(`Content-ID: <${id}>\r\n\r\n`),
    Buffer.from(bytes),
  ]);
  return Buffer.concat([...chunks, Buffer.from(`\r\n--${boundary}--`)]);
}
