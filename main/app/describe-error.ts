import { AppError } from '../../shared/errors.ts';

/** What happened and what to do, in one line, for the command line; the screen has its own catalogues. */
const sentences: Readonly<Record<string, (details: Readonly<Record<string, unknown>>) => string>> = {
  'database.corrupt': (d) =>
    `The database${d.database ? ` ${d.database}` : ''} is damaged${d.reason ? ` (${d.reason})` : ''}. Nothing was changed. Restore a copy of it, or name another data folder with --data.`,
  'database.unreachable': (d) =>
    `The database ${d.database} cannot be reached (${d.reason}). Check the address in database.url and that the server runs.`,
  'database.newer-version': (d) =>
    `The database ${d.database} was written by a newer version of Packwright and was not touched. Update this program.`,
  'database.disk-full': () => 'The disk is full. Nothing was half-written. Free some space and try again.',
  'database.not-writable': () => 'The database cannot be written. Check the rights of the data folder.',
  'data.folder-not-writable': (d) =>
    `The data folder ${d.folder} cannot be made or written. Name another one with --data.`,
  'settings.not-json': (d) => `The settings file ${d.file} is not valid JSON (${d.reason}). Correct it or delete it.`,
  'settings.bad-field': (d) => `The settings file ${d.file} has a bad value in "${d.field}": ${d.reason}.`,
  'settings.file-unreadable': (d) => `The settings file ${d.file} cannot be read. Check its rights.`,
  'settings.unreadable': (d) =>
    `The shared settings in the database are damaged${Array.isArray(d.fields) && d.fields.length > 0 ? `: ${d.fields.join(', ')}` : ''}.`,
  'secrets.unreadable': (d) => `The secret ${d.name ?? `in ${d.file}`} cannot be read back. Enter it again.`,
  'secrets.unavailable': () => 'Secrets are kept by the station, not by this command.',
  'import.file-missing': (d) => `There is no file ${d.fileName}.`,
  'import.not-a-file': (d) => `${d.fileName} is not a file.`,
  'import.empty-file': (d) => `The file ${d.fileName} is empty.`,
  'import.unknown-format': (d) =>
    `The file ${d.fileName} is not a known format: its columns are ${String(d.columns)}. The README lists the columns.`,
  'import.missing-column': (d) => `The file ${d.fileName ?? ''} has no column "${d.column}".`,
  'order.unknown': (d) => `There is no order ${d.order ?? d.id ?? ''}.`,
  'demo.not-empty': () =>
    'The demo warehouse needs an empty data folder; this one has items or orders. Name another one with --data.',
  'web.port-taken': (d) => `Port ${d.port} on ${d.host} is used by another program. Choose another with --port.`,
  'web.cannot-listen': (d) => `Cannot listen on ${d.host}:${d.port} (${d.reason}).`,
  'label.bad-model': (d) => `The label description is not valid: ${JSON.stringify(d.issues)}.`,
  'label.not-json': (d) => `The file ${d.file} is not valid JSON.`,
  'label.bad-code': (d) => `The label cannot be drawn: "${d.field}" does not fit the rules of its barcode.`,
  'label.symbol-too-wide': (d) => `The label cannot be drawn: the barcode of "${d.field}" is too wide for its place.`,
  'label.text-too-long': (d) => `The label cannot be drawn: "${d.field}" is too long.`,
  'label.unprintable-text': (d) => `The label cannot be drawn: "${d.field}" has characters that cannot be printed.`,
  'label.proof-failed': (d) =>
    `The label was drawn and does not read back (${JSON.stringify(d.problems ?? d.problem)}). Nothing was written.`,
  'document.unreadable': () => 'The file is not a PDF that can be read.',
  'document.too-many-pages': (d) => `The PDF has too many pages to read (${d.pages}).`,
};

/** One clear line for any error; faults of our own say so. */
export function describeError(error: unknown): string {
  if (!(error instanceof AppError))
    return `Unexpected fault: ${(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ')}`;
  const sentence = sentences[error.code]?.(error.details);
  if (sentence) return sentence;
  const details = Object.entries(error.details).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${error.code}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}
