import { mediaNameOf } from '../../../../shared/devices/printer-media-names.ts';
import type { MediaSize } from '../../../../shared/model/media.ts';

/** `request id is Zebra-123 (1 file(s))` → `Zebra-123`. */
export function readJobId(stdout: string): string | null {
  return /^request id is (\S+-\d+) \(/m.exec(stdout)?.[1] ?? null;
}

export interface LpRefusal {
  readonly code: string;
  readonly passing: boolean;
}

/** What `lp` and `lpstat` say under LC_ALL=C when nothing was taken. */
const refusals: readonly (readonly [says: RegExp, refusal: LpRefusal])[] = [
  [/(?:printer or class does not exist|unknown destination|invalid destination|no default destination)/i, gone()],
  [/is not accepting jobs|not accepting requests/i, { code: 'printer.queue-rejects', passing: true }],
  [/scheduler not responding|unable to connect to server|bad file descriptor|connection refused/i, away()],
  [/unsupported document-format|unsupported format/i, { code: 'printer.no-such-format', passing: false }],
  [/not authorized|forbidden|unauthorized|not allowed to print/i, { code: 'printer.denied', passing: false }],
];

function gone(): LpRefusal {
  return { code: 'printer.queue-gone', passing: false };
}

function away(): LpRefusal {
  return { code: 'printer.no-spooler', passing: true };
}

/** Why the print system took nothing; undefined when its words are none that are known. */
export function readRefusal(stderr: string): LpRefusal | undefined {
  return refusals.find(([says]) => says.test(stderr))?.[1];
}

/** `PageSize/Media Size: w288h432 *A4 Custom.WIDTHxHEIGHT` of `lpoptions -l` → the names. */
export function readMediaNames(stdout: string): string[] {
  const [, names = ''] = /^(?:PageSize|media)\/[^:\n]*:(.*)$/m.exec(stdout) ?? [];
  return names
    .split(/\s+/)
    .map((name) => name.replace(/^\*/, ''))
    .filter((name) => name !== '');
}

/** The media as the queue names it, else by its measures: a queue without a driver lists none and takes any. */
export function mediaOption(media: MediaSize, names: readonly string[]): string {
  return mediaNameOf(names, media) ?? `Custom.${media.widthMm}x${media.heightMm}mm`;
}
