import { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors.ts';
import { parseMedia } from '../../shared/model/media.ts';
import type { PrinterDriver, PrinterParams } from '../devices/printer/printer.ts';
import { settingsFor } from '../stations/device-rules.ts';
import { describeDevice } from './device-words.ts';
import type { PrinterSetUp } from './print-desk.ts';
import { openPrinter } from './printer-drivers.ts';

/** What came of printing one file. */
export interface PrintedFile {
  /** `handed-over`: the system or the printer has it, and nobody tells whether it came out. */
  readonly outcome: 'printed' | 'handed-over' | 'refused' | 'failed' | 'unknown';
  readonly systemJob: string | null;
  readonly code: string | null;
  readonly advice: string | null;
}

const ASKED_EVERY_MS = 3_000;
const FOLLOWED_MS = 60_000;
const HEAD_BYTES = 1_024;

/**
 * Prints a PDF or ZPL file right now, without a station, and follows it as far as the system tells.
 *
 * Errors: `print.file-missing`, `print.unknown-format`.
 */
export async function printFile(file: string, printer: PrinterSetUp): Promise<PrintedFile> {
  const bytes = await readFile(file).catch((cause) => {
    throw new AppError('not-found', 'print.file-missing', { file }, cause);
  });
  const format = formatOf(bytes, file);
  // What is ZPL already needs a printer that speaks it, whatever was said or not said.
  const settings = settingsFor('printer', { ...(format === 'zpl' ? { language: 'zpl' } : {}), ...printer.settings });
  const media = parseMedia(settings.media ?? '') ?? { widthMm: 101.6, heightMm: 152.4 };
  const driver = openPrinter({ address: printer.address, settings });
  try {
    const { state, code, params } = await driver.status();
    if (state === 'absent' || state === 'fault') return told('refused', null, { code, params });
    const title = file.split(/[/\\]/).at(-1) ?? file;
    const answer = await driver.print({ title, bytes, format, media });
    if (answer.outcome !== 'handed-over') return told(answer.outcome, null, answer);
    return answer.systemJob === null ? told('handed-over', null) : await follow(driver, answer.systemJob);
  } finally {
    await driver.close();
  }
}

/** Until the system says what became of it, for a minute at most. */
async function follow(driver: PrinterDriver, systemJob: string): Promise<PrintedFile> {
  const end = performance.now() + FOLLOWED_MS;
  for (;;) {
    const { state } = await driver.jobState(systemJob);
    if (state === 'printed') return told('printed', systemJob);
    if (state === 'cancelled' || state === 'aborted')
      return told('failed', systemJob, { code: `print.${state}`, params: {} });
    if (state === 'not-told' || performance.now() > end)
      return told('handed-over', systemJob, state === 'stopped' ? await driver.status() : undefined);
    await new Promise((resolve) => setTimeout(resolve, ASKED_EVERY_MS));
  }
}

function told(
  outcome: PrintedFile['outcome'],
  systemJob: string | null,
  why?: { readonly code: string | null; readonly params: PrinterParams },
): PrintedFile {
  const code = why?.code ?? null;
  return { outcome, systemJob, code, advice: code === null ? null : describeDevice(code, why?.params ?? {}) };
}

function formatOf(bytes: Buffer, file: string): 'pdf' | 'zpl' {
  const head = bytes.subarray(0, HEAD_BYTES).toString('latin1');
  if (head.includes('%PDF-')) return 'pdf';
  if (/\^XA/i.test(bytes.toString('latin1'))) return 'zpl';
  throw new AppError('validation', 'print.unknown-format', { file });
}
