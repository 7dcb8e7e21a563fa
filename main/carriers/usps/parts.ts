import { AppError } from '../../../shared/errors.ts';
import type { CarrierReply } from '../carrier-http.ts';

/** Parts of an answer by their names in lower case (`scanformmetadata`), or the fields of one that is JSON as a whole. */
export function partsOf({ bytes, headers }: CarrierReply): ReadonlyMap<string, string> {
  const text = Buffer.from(bytes).toString('latin1').trim();
  const boundary = /boundary="?([^";]+)"?/i.exec(headers.get('content-type') ?? '')?.[1] ?? /^--(\S+)/.exec(text)?.[1];
  if (boundary === undefined) return fieldsOf(text);
  // Half an answer is none: its closing line has to come.
  if (!text.endsWith(`--${boundary}--`)) throw unreadable('half-an-answer');
  const parts = text.split(`--${boundary}`).flatMap((part): [string, string][] => {
    const name = /content-disposition:[^\r\n]*\bname="([^"]+)"/i.exec(part)?.[1];
    const body = part.indexOf('\r\n\r\n');
    return name === undefined || body < 0 ? [] : [[name.toLowerCase(), part.slice(body + 4).trim()]];
  });
  return new Map(parts);
}

function fieldsOf(text: string): ReadonlyMap<string, string> {
  const whole = parseJson(text);
  if (typeof whole !== 'object' || whole === null) throw unreadable('no-parts');
  return new Map(
    Object.entries(whole).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}

/** Throws `carrier.unreadable` for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // every use reads it by a schema
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { why: 'no-json' }, cause);
  }
}

const unreadable = (why: string): AppError => new AppError('remote', 'carrier.unreadable', { why });
