import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../shared/errors.ts';

/** Largest file that a browser may send, in bytes. */
export const UPLOAD_LIMIT = 1024 * 1024 * 1024;

/**
 * Writes a body into a file of the folder as it comes, and gives the name it has there.
 *
 * Throws `door.body-too-large` past the limit; nothing of a body that is too large or breaks off stays.
 */
export async function receiveUpload(
  folder: string,
  body: ReadableStream<Uint8Array> | null,
  limit: number = UPLOAD_LIMIT,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const uploadId = randomUUID();
  const file = join(folder, uploadId);
  // A request without a body is an empty file, which the import names. Node's own web stream type and fetch's differ by name only.
  const bytes = body ? Readable.fromWeb(body as import('node:stream/web').ReadableStream) : Readable.from([]);
  // Opened before the body is read: one that breaks off at once would be removed before its file is made.
  const opened = await open(file, 'wx');
  await pipeline(bytes, (chunks) => limited(chunks, limit), opened.createWriteStream()).catch(async (cause) => {
    await rm(file, { force: true });
    throw cause;
  });
  return uploadId;
}

async function* limited(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > limit) throw tooLarge(limit);
    yield chunk;
  }
}

export function tooLarge(limit: number): AppError {
  return new AppError('validation', 'door.body-too-large', { limit });
}
