import { AppError } from '../../shared/errors.ts';
import { withStoreName } from '../db/store-faults.ts';
import type { LabelProblem } from '../documents/document.ts';
import { problemInWords } from './proof-words.ts';
import { shopSentences } from './shop-words.ts';

/** What happened and what to do, in one line, for the command line; the screen has its own catalogues. */
const sentences: Readonly<Record<string, (details: Readonly<Record<string, unknown>>) => string>> = {
  'database.corrupt': (d) =>
    `The database${d.database ? ` ${d.database}` : ''} is damaged${d.reason ? ` (${d.reason})` : ''}. Nothing was changed. ${offer(d)}`,
  'database.unreachable': (d) =>
    `The database${d.database ? ` ${d.database}` : ''} cannot be reached${d.reason ? ` (${d.reason})` : ''}. Check the address in database.url and that the server runs.`,
  'database.newer-version': (d) =>
    `The database ${d.database} was written by a newer version of Packwright and was not touched. Update this program.`,
  'database.disk-full': () => 'The disk is full. Nothing was half-written. Free some space and try again.',
  'database.not-writable': () => 'The database cannot be written. Check the rights of the data folder.',
  'database.busy': () => 'Something else keeps the database busy. Nothing was changed. Try again.',
  'backup.no-database': (d) => `There is no database ${d.database} yet. Name the data folder with --data.`,
  'backup.postgres': (d) =>
    `The data lies on the PostgreSQL server ${d.database}, whose backups are made there by its administrator, with pg_dump for example. Packwright makes and restores only the database of one PC.`,
  'backup.no-room': (d) =>
    `There is no room for a backup in ${d.folder}: it needs ${d.neededMb} MB and ${d.freeMb} MB are free, of which ${d.reserveMb} MB stay for the work. Nothing was deleted. Free some space and try again.`,
  'backup.disk-full': () =>
    'The disk became full during the backup. The half copy was removed, the data is as it was. Free some space and try again.',
  'backup.damaged': (d) => `The backup ${d.file} is damaged (${d.reason}). Nothing was changed. Choose an older one.`,
  'backup.failed': (d) => `The backup could not be made (${d.reason}). The data is as it was.`,
  'backup.stopped': () => 'The backup was stopped before it was whole; nothing is left of it.',
  'restore.no-backup': (d) => `There is no backup in ${d.folder}.`,
  'restore.no-room': (d) =>
    `There is no room in ${d.folder} to restore: it needs ${d.neededMb} MB and ${d.freeMb} MB are free. Nothing was changed. Free some space and try again.`,
  'restore.file-missing': (d) => `There is no file ${d.file}.`,
  'restore.not-ours': (d) => `The file ${d.file} is not a backup of Packwright. Nothing was changed.`,
  'restore.newer-version': (d) =>
    `The backup ${d.file} was made by a newer version of Packwright. Nothing was changed. Update this program.`,
  'restore.station-running': (d) =>
    `A station or another command works on ${d.database}. Nothing was changed. Stop every Packwright on this data, then try again.`,
  'data.folder-not-writable': (d) =>
    `The data folder ${d.folder} cannot be made or written. Name another one with --data.`,
  'data.file-not-writable': (d) => `The file ${d.file} cannot be written.`,
  'settings.not-json': (d) => `The settings file ${d.file} is not valid JSON (${d.reason}). Correct it or delete it.`,
  'settings.bad-field': (d) => `The settings file ${d.file} has a bad value in "${d.field}": ${d.reason}.`,
  'settings.file-unreadable': (d) => `The settings file ${d.file} cannot be read. Check its rights.`,
  'settings.unreadable': (d) =>
    `The shared settings in the database are damaged${Array.isArray(d.fields) && d.fields.length > 0 ? `: ${d.fields.join(', ')}` : ''}.`,
  'secrets.unreadable': (d) => `The secret ${d.name ?? `in ${d.file}`} cannot be read back. Enter it again.`,
  'carrier.bad-file': (d) =>
    `The file does not say what is needed: ${d.reason}. "packwright carriers kinds" lists the fields.`,
  'carrier.bad-config': (d) =>
    `Fields of the account are missing or wrong: ${String(d.fields)}. "packwright carriers kinds" lists them.`,
  'carrier.unknown-account': (d) => `There is no carrier account ${d.id}. "packwright carriers" lists them.`,
  'carrier.unknown-connector': (d) => `There is no carrier ${d.connector}. "packwright carriers kinds" lists them.`,
  'carrier.rule-without-account': (d) => `The rule "${d.title}" names an account that there is not.`,
  'carrier.no-simulation': (d) => `The carrier ${d.name} cannot be played here.`,
  'carrier.port-in-use': (d) => `Nothing can listen on port ${d.port} (${d.reason}). Name another one with --port.`,
  ...shopSentences,
  'number-range.overlaps': (d) =>
    `These numbers belong to the range "${d.title}" already. A number must never come twice: check the carrier's letter.`,
  'number-range.bad-ends': (d) =>
    `First and last number do not fit: at most ${d.digits} digits, the last not below the first, without check digit.`,
  'number-range.bad-part': (d) =>
    `The part "${d.part}" of the carrier's number is not as it must be. Set it with --with.`,
  'number-range.not-own': (d) => `${d.carrier} gives its numbers itself: it has no ranges.`,
  'vault.key-missing': () =>
    'This PC has not the key of this database. On the other PC run "packwright keys show", here "packwright keys join CODE".',
  'vault.wrong-key': () => 'This is not the key of this database. Copy the code again, every group of four.',
  'vault.damaged': () => 'A stored secret cannot be read back. Enter it again.',
  'vault.not-a-terminal': () => 'The key is shown on a screen only: do not send it into a file or another program.',
  'secrets.unavailable': () => 'Secrets are kept by the station, not by this command.',
  'manifest.unknown': (d) => `There is no manifest ${d.id}. "packwright manifests" lists them.`,
  'manifest.none-open': () => 'This carrier has no open manifest: nothing was scanned out for it.',
  'manifest.empty': (d) => `The manifest ${d.number} has no parcel.`,
  'manifest.not-sent': (d) => `The manifest ${d.number} is not with the carrier yet. Close it first.`,
  'manifest.handed-over-before': (d) => `The manifest ${d.number} is handed over already.`,
  'return.unknown': (d) => `There is no return ${d.id}. "packwright returns" lists them.`,
  'return.unknown-reason': (d) => `There is no reason "${d.reason}". --help lists them.`,
  'return.no-label': (d) =>
    `The return ${d.code} has no label yet${d.state ? ` (${d.state})` : ''}. Try again when it is made.`,
  'return.not-left': () => 'The parcel has not left. Void its label instead.',
  'return.under-way': () => 'This parcel is on its way back, or has come back.',
  'return.too-late': (d) => `The return ${d.code} cannot be cancelled any more.`,
  'import.file-missing': (d) => `There is no file ${d.fileName}.`,
  'import.not-a-file': (d) => `${d.fileName} is not a file.`,
  'import.empty-file': (d) => `The file ${d.fileName} is empty.`,
  'import.unknown-format': (d) =>
    `The file ${d.fileName} is not a known format: its columns are ${String(d.columns)}. The README lists the columns.`,
  'import.missing-column': (d) => `The file ${d.fileName ?? ''} has no column "${d.column}".`,
  'scale.unknown-protocol': (d) =>
    d.protocol === ''
      ? 'Name the scale’s protocol with --protocol: "packwright scale protocols" lists them.'
      : `There is no scale protocol ${d.protocol}. "packwright scale protocols" lists them.`,
  'scale.unknown-unit': (d) => `A scale weighs in g, kg, lb or oz, not in ${d.unit}.`,
  'scale.bad-config': (d) => `The scale's settings are not valid: ${d.reason}.`,
  'device.address-needed': () => 'Name one port: --path PATH, or --tcp HOST:PORT.',
  'device.bad-line': (d) => `${d.path} cannot have these line settings. A speed lies between 300 and 921600.`,
  'device.not-serial': (d) => `The protocol ${d.protocol} does not come over a line.`,
  'device.not-usb': () => 'A USB scale speaks the protocol usb-hid, and nothing else does.',
  'device.unit-needed': (d) => `A scale of ${d.protocol} does not say its unit. Add --unit g, kg, lb or oz.`,
  'device.no-protocol-wanted': () => 'Only a scale has a protocol. Leave --protocol out.',
  'device.path-in-use': (d) => `${d.path} belongs to another device of this bench. Remove that one first.`,
  'device.address-not-for-kind': () =>
    'A device of this kind is not reached there: scales and scanners have ports, printers a queue, TCP or IPP address.',
  'device.printer-address-needed': () => 'Name one printer: --queue NAME, --tcp HOST:PORT, or --ipp URI.',
  'device.paper-taken': (d) =>
    `${d.printer} prints ${d.paper} at this bench already. Name other papers with --for, or remove that printer first.`,
  'print.file-missing': (d) => `There is no file ${d.file}.`,
  'print.unknown-format': (d) => `${d.file} is neither a PDF nor ZPL.`,
  'device.not-a-printer': (d) => `The device ${d.id} is not a printer.`,
  'device.unknown': (d) => `There is no device ${d.id}. "packwright devices" lists them.`,
  'device.no-pseudo-terminals': () =>
    'Simulated serial devices need socat or python3, and neither is installed here. A printer alone needs nothing.',
  'device.no-recording': (d) => `The recording cannot be written: ${d.reason}.`,
  'device.recording-unreadable': (d) => `${d.file} is no recording of a device.`,
  'device.not-plugged-in': (d) => `There is no port ${d.path}.`,
  'device.port-taken': (d) => `${d.path} is in use. Remove the device first, or close the program that uses it.`,
  'device.permission-denied': (d) =>
    `This user may not open ${d.path}. Add the user to the group ${d.group || 'of that port'} and sign in again.`,
  'device.open-failed': (d) => `${d.path} cannot be opened: ${d.reason}.`,
  'order.unknown': (d) => `There is no order ${d.order ?? d.id ?? ''}.`,
  'pick-run.unknown': (d) => `There is no walk ${d.id}.`,
  'pick-list.nothing-left': (d) => `Nothing is left to pick of ${d.name}. Nothing was written.`,
  'demo.not-empty': () =>
    'The demo warehouse needs an empty data folder; this one has items or orders. Name another one with --data.',
  'web.bad-port': () => 'A port is a whole number from 0 to 65535. Choose another with --port.',
  'web.port-taken': (d) => `Port ${d.port} on ${d.host} is used by another program. Choose another with --port.`,
  'web.cannot-listen': (d) => `Cannot listen on ${d.host}:${d.port} (${d.reason}).`,
  'label.not-voidable': () => 'This parcel has no label that could be voided, or it has left.',
  'label.bad-model': (d) => `The label description is not valid: ${JSON.stringify(d.issues)}.`,
  'label.not-json': (d) => `The file ${d.file} is not valid JSON.`,
  'label.bad-code': (d) => `The label cannot be drawn: "${d.field}" does not fit the rules of its barcode.`,
  'label.symbol-too-wide': (d) => `The label cannot be drawn: the barcode of "${d.field}" is too wide for its place.`,
  'label.no-route': (d) =>
    `${d.carrier} has no route to ${d.country} ${d.postcode} here. Add the row of its routing data to the account.`,
  'label.text-too-long': (d) => `The label cannot be drawn: "${d.field}" is too long.`,
  'label.line-too-long': (d) =>
    `The label cannot be drawn: the carrier takes "${d.field}" with ${d.limit} characters a line, broken once between words.`,
  'label.unprintable-text': (d) => `The label cannot be drawn: "${d.field}" has characters that cannot be printed.`,
  'label.proof-failed': (d) =>
    `The label was drawn and does not read back. Nothing was written. ${proofWords(d)}`.trim(),
  'label.unknown': (d) => `There is no label ${d.id}.`,
  'label.not-unknown': (d) => `What became of this label is known already: it is ${d.state}.`,
  'label.nothing-to-look-up': (d) => `No carrier needs to be asked about this label: it is ${d.state}.`,
  'document.unreadable': () => 'The file is neither a PDF, a PNG nor ZPL that can be read.',
  'document.too-many-pages': (d) => `The PDF has too many pages to read (${d.pages}).`,
  'document.not-an-object': (d) => `The file ${d.file} holds no description: one JSON object is needed.`,
  'document.unprintable-letters': (d) => `Nothing was written: the font has no letters for ${fieldsOf(d.fields)}.`,
  'invoice.bad-model': (d) => `The invoice is not valid. Nothing was written. ${fieldsOf(d.issues)}.`,
  'customs.bad-model': (d) => `The customs form is not valid. Nothing was written. ${fieldsOf(d.issues)}.`,
  'customs.missing-facts': (d) =>
    `The catalogue lacks what customs must know. Fill in these columns of the items file, import it, then make the label again: ${d.items}.`,
  'invoicing.no-prices': (d) =>
    `Order ${d.number ?? ''} has no prices and cannot be invoiced. Import it again with currency and unit prices.`,
  'invoicing.sum-differs': (d) =>
    `Prices, postage and discount of order ${d.number} make ${d.sum} ${d.currency}, but it says ${d.total}. Import it again with prices that contain VAT, postage and discount.`,
  'invoicing.no-seller': (d) => `The shared settings lack who invoices: ${d.fields}.`,
  'invoicing.foreign-currency': (d) =>
    `Order ${d.number} was paid in ${d.currency}: VAT in another currency than EUR cannot be invoiced here.`,
  'invoicing.cancelled': (d) => `Order ${d.number} was cancelled: there is nothing to invoice.`,
  'invoicing.no-address': () => 'The buyer’s address is not kept any more. Import the order again.',
  'invoicing.not-invoiced': () => 'This order has no invoice yet. Issue it first; a credit note corrects it.',
  'invoicing.unknown-line': () => 'The invoice has no such line.',
  'invoicing.too-many-credited': (d) => `Of ${d.sku} at most ${d.left} can be credited.`,
  'invoicing.shipping-credited': () => 'The postage was given back before. Credit the articles alone.',
  'invoicing.unknown': () => 'There is no such invoice.',
  'customs.needs-cn23': (d) => `A CN22 is not allowed here (${d.because}). Leave the form out, or ask for CN23.`,
};

function offer(details: Readonly<Record<string, unknown>>): string {
  return details.newestBackup
    ? `The newest backup is of ${details.newestBackupAt} (${details.newestBackup}): stop the station and run "packwright restore latest"; the damaged database is kept aside.`
    : 'Restore a copy of it, or name another data folder with --data.';
}

/** One clear line for any error; faults of our own say so. */
export function describeError(thrown: unknown): string {
  const error = withStoreName(thrown);
  if (!(error instanceof AppError))
    return `Unexpected fault: ${(error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ')}`;
  const sentence = sentences[error.code]?.(error.details);
  if (sentence) return sentence;
  const details = Object.entries(error.details).map(
    ([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${error.code}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

/** What the proof found, a sentence each. */
function proofWords({ problems, problem }: Readonly<Record<string, unknown>>): string {
  if (!Array.isArray(problems)) return problem ? `What was found: ${problem}.` : '';
  // The command that proves a label hands over the proof's own list.
  return (problems as readonly LabelProblem[]).map(problemInWords).join(' ');
}

/** One clause a field: `buyer.siren: a SIREN has 9 digits …`. */
function fieldsOf(faults: unknown): string {
  if (!Array.isArray(faults)) return '';
  return faults
    .map(({ field, message, characters }) => (message ? `${field}: ${message}` : `${field} (${characters})`))
    .join('; ');
}
