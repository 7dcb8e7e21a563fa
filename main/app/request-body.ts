import { AppError } from '../../shared/errors.ts';
import { tooLarge } from './uploads.ts';

/** Read and thrown away past the limit, so that the browser hears the refusal; a longer body breaks off. */
const MOST_DISCARDED = 8 * 1024 * 1024;

/**
 * The JSON of a request's body; an empty body is an empty object.
 *
 * Throws `door.body-too-large` past `limit` bytes, whatever length was told, and `door.not-json`.
 */
export async function readJson(request: Request, limit: number): Promise<unknown> {
  const text = await readText(request, limit);
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new AppError('validation', 'door.not-json', {}, cause);
  }
}

async function readText(request: Request, limit: number): Promise<string> {
  const told = request.headers.get('content-length');
  if (told !== null && Number(told) > MOST_DISCARDED) throw tooLarge(limit);
  // The usual way: the shells' own parsers hold a body to its told length, and reading it at once is the quickest.
  if (told !== null && Number(told) <= limit) return atMost(await request.text(), limit);
  return Buffer.from(await readBytes(request, limit)).toString('utf8');
}

/** A request's body as it came, for what is signed. Throws `door.body-too-large` past `limit` bytes. */
export async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else if (size > MOST_DISCARDED) break;
  }
  if (size > limit) throw tooLarge(limit);
  return Buffer.concat(chunks);
}

function atMost(text: string, limit: number): string {
  if (text.length > limit) throw tooLarge(limit);
  return text;
}
