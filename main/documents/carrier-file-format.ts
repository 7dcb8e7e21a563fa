import type { LabelFileFormat } from './document.ts';
import { pngFacts } from './png-read.ts';

/** What bytes look like by their beginning: a form of label, or what came instead of one. */
export type FileLook = LabelFileFormat | 'html' | 'json' | 'gif' | 'jpeg' | 'nothing' | 'other';

const HEAD_BYTES = 2048;
const TAIL_BYTES = 1024;

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** Headers and names of files are often wrong; their first bytes are not. */
export function lookOf(bytes: Uint8Array): FileLook {
  const head = latin1(bytes.subarray(0, HEAD_BYTES));
  if (head.trim() === '') return 'nothing';
  if (head.slice(0, TAIL_BYTES).includes('%PDF-')) return 'pdf';
  if (head.startsWith('\x89PNG')) return 'png';
  if (head.startsWith('GIF8')) return 'gif';
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  const text = head.trimStart();
  if (text.startsWith('<')) return 'html';
  if (text.startsWith('{') || text.startsWith('[')) return 'json';
  // Graphics that are stored in the printer first may be longer than any head.
  const commands = /^[\^~]/.test(text) ? latin1(bytes) : head;
  return /\^XA/i.test(commands) ? 'zpl' : 'other';
}

function wholeZpl(bytes: Uint8Array): boolean {
  const text = latin1(bytes);
  const count = (command: RegExp): number => text.match(command)?.length ?? 0;
  return count(/\^XA/gi) === count(/\^XZ/gi) && /\^XZ\s*$/i.test(text.slice(-TAIL_BYTES));
}

/** Whether the file came to its end: a line that broke off leaves the first part of one. */
export function isWhole(bytes: Uint8Array, format: LabelFileFormat): boolean {
  switch (format) {
    case 'pdf':
      return latin1(bytes.subarray(-TAIL_BYTES)).includes('%%EOF');
    case 'png':
      return pngFacts(bytes) !== undefined;
    case 'zpl':
      return wholeZpl(bytes);
  }
}
