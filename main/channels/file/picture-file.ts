import { open, realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { ImportedItem } from '../../../shared/model/imported.ts';
import { type Complain, quoted } from './read-values.ts';

const MAX_BYTES = 1024 * 1024;
/** What may run or fetch something when the picture is opened by itself. */
const ACTIVE_SVG =
  /<(?:script|foreignObject|iframe|!ENTITY)|\son\w+\s*=|javascript:|@import|url\(\s*["']?\s*(?!#|data:image\/|["'\s])|(?:href|src)\s*=\s*["']?\s*(?!#|data:image\/)/i;

/**
 * Reads a picture named in a catalogue file, from `baseDir` or below and nowhere else.
 *
 * Takes SVG, PNG, JPEG and WebP of at most 1 MiB, told by their content; complains about anything else.
 */
export async function readPicture(path: string, baseDir: string, complain: Complain): Promise<ImportedItem['image']> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return null;
  const bytes = await readInside(path, baseDir, complain);
  if (bytes === undefined) return null;
  const mediaType = pictureType(bytes);
  if (mediaType === undefined) complain(`picture ${quoted(path)} is neither SVG, PNG, JPEG nor WebP`);
  else if (mediaType === 'image/svg+xml' && ACTIVE_SVG.test(bytes.toString('utf8'))) {
    complain(`picture ${quoted(path)} holds script or links: save it as a plain SVG`);
  } else return { mediaType, bytes: new Uint8Array(bytes) };
  return null;
}

async function readInside(path: string, baseDir: string, complain: Complain): Promise<Buffer | undefined> {
  try {
    const base = await realpath(baseDir);
    const file = await realpath(resolve(base, path.replaceAll('\\', '/')));
    const inside = relative(base, file);
    if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      complain(`picture ${quoted(path)} lies outside the folder of this file`);
      return undefined;
    }
    return await readSmall(file, path, complain);
  } catch (error) {
    complain(`picture ${quoted(path)} cannot be read (${errorCode(error)})`);
    return undefined;
  }
}

async function readSmall(file: string, path: string, complain: Complain): Promise<Buffer | undefined> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size <= MAX_BYTES) return await handle.readFile();
    complain(`picture ${quoted(path)} is larger than 1 MiB`);
    return undefined;
  } finally {
    await handle.close();
  }
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error) return error.code === 'ENOENT' ? 'no such file' : String(error.code);
  return 'unreadable';
}

function pictureType(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 16).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'image/webp';
  const text = bytes
    .subarray(0, 4_096)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[^>[]*>\s*)?<svg[\s>]/.test(text)
    ? 'image/svg+xml'
    : undefined;
}
