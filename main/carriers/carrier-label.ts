import { AppError } from '../../shared/errors.ts';
import type { BoughtLabel } from './carrier.ts';

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;

/** Tells the form by the first bytes: what a header or an address says of it is often wrong. */
function formatOf(bytes: Uint8Array): 'pdf' | 'png' | 'zpl' | undefined {
  if (startsWith(bytes, '%PDF-')) return 'pdf';
  if (startsWith(bytes, '\u0089PNG\r\n')) return 'png';
  // Some programs write settings of the printer before the first label.
  const head = Buffer.from(bytes.subarray(0, 2_000)).toString('latin1').trimStart();
  return !head.startsWith('<') && head.includes('^XA') ? 'zpl' : undefined;
}

function isWhole(bytes: Uint8Array, format: 'pdf' | 'png' | 'zpl'): boolean {
  const tail = Buffer.from(bytes.subarray(-1_024)).toString('latin1');
  if (format === 'pdf') return tail.includes('%%EOF');
  return format === 'png' ? tail.includes('IEND') : tail.trimEnd().endsWith('^XZ');
}

/**
 * The file of a label as a carrier sent it. Throws `remote` `carrier.unreadable` for what is no PDF, PNG or ZPL, or only
 * the first part of one: the label may be paid, so that `find` has to fetch it again.
 */
export function labelFile(bytes: Uint8Array): BoughtLabel & { readonly kind: 'file' } {
  const format = formatOf(bytes);
  if (!format) throw new AppError('remote', 'carrier.unreadable', { why: 'no-label' });
  if (!isWhole(bytes, format)) throw new AppError('remote', 'carrier.unreadable', { why: 'half-a-file' });
  return { kind: 'file', format, bytes };
}

/** The same for a file that came as base64 inside an answer. */
export function labelFromBase64(text: string): BoughtLabel & { readonly kind: 'file' } {
  return labelFile(Buffer.from(text, 'base64'));
}
