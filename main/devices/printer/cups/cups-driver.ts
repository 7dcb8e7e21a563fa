import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramEnd, RunProgram } from '../../../../shared/devices/run-program.ts';
import type {
  HandOver,
  PrinterDriver,
  PrinterParams,
  PrinterStatus,
  PrintRequest,
  SystemJobState,
} from '../printer.ts';
import { mediaOption, readJobId, readMediaNames, readRefusal } from './lp-answers.ts';
import { listsJob, readQueueState } from './lpstat.ts';
import { queuePlace } from './queue-place.ts';

export interface CupsParts {
  readonly run: RunProgram;
  /** A queue of the print server as an IPP printer; only its status and its jobs are asked. */
  openIpp(place: { readonly uri: string; readonly socketPath?: string }): PrinterDriver;
  /** How long `lp` may take, ms; it is killed then. */
  readonly printMs?: number;
  /** Ends the programs that still run. */
  stop(): void;
}

const PRINT_MS = 30_000;
const ASK_MS = 5_000;
const OPTIONS_MS = 3_000;
/** What programs say must be what is read here, whatever the language of the system. */
const env = { LC_ALL: 'C', LANG: 'C', LANGUAGE: '' };

/** A print queue of Linux or macOS, by `lp`; how it does is asked of the print system itself. */
export function createCupsDriver(queue: string, parts: CupsParts): PrinterDriver {
  const ask = (program: string, args: readonly string[]): Promise<ProgramEnd> =>
    parts.run(program, args, { limitMs: ASK_MS, env });
  let ipp: Promise<PrinterDriver> | undefined;
  const server = (): Promise<PrinterDriver> => {
    ipp ??= ask('lpstat', ['-H']).then((told) => parts.openIpp(queuePlace(queue, told, process.env.CUPS_SERVER)));
    return ipp;
  };
  // One paper after the other, so that they stand in the queue in the order in which they were asked for.
  let last: Promise<unknown> = Promise.resolve();
  const print = async (request: PrintRequest): Promise<HandOver> => {
    const options = await printOptions(request, () =>
      parts.run('lpoptions', ['-p', queue, '-l'], { limitMs: OPTIONS_MS, env }),
    );
    return withFile(request, async (file) => {
      const args = ['-d', queue, '-t', request.title, ...options, '--', file];
      return handOverOf(await parts.run('lp', args, { limitMs: parts.printMs ?? PRINT_MS, env }), { queue });
    });
  };
  return {
    print(request) {
      const turn = last.then(() => print(request));
      last = turn.catch(() => undefined);
      return turn;
    },
    async status() {
      const told = await (await server()).status();
      if (told.code !== 'printer.unreachable') return { ...told, params: { ...told.params, queue } };
      return statusOf(await ask('lpstat', ['-l', '-p', queue, '-a', queue]), queue);
    },
    async jobState(systemJob) {
      const driver = await server();
      const told = await driver.jobState(systemJob);
      if (told.state !== 'stopped' || (await driver.status()).code !== 'printer.unreachable') return told;
      return jobStateOf(await ask('lpstat', ['-W', 'not-completed', '-o', queue]), systemJob);
    },
    async close() {
      parts.stop();
      await (await ipp)?.close();
      await last;
    },
  };
}

async function printOptions(request: PrintRequest, listOptions: () => Promise<ProgramEnd>): Promise<string[]> {
  if (request.format === 'zpl') return ['-o', 'raw'];
  const told = await listOptions();
  const media = mediaOption(request.media, told.kind === 'ended' ? readMediaNames(told.stdout) : []);
  return ['-o', `media=${media}`, '-o', 'print-scaling=none', '-o', 'orientation-requested=3'];
}

/** The paper as a file that only this user can read, and that is gone afterwards whatever happens. */
async function withFile({ bytes, format }: PrintRequest, act: (file: string) => Promise<HandOver>): Promise<HandOver> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), 'packwright-print-'));
    const file = join(folder, `paper.${format}`);
    await writeFile(file, bytes, { mode: 0o600 });
    return await act(file);
  } catch {
    return { outcome: 'refused', passing: true, code: 'print.no-room', params: {} };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

function handOverOf(end: ProgramEnd, params: PrinterParams): HandOver {
  switch (end.kind) {
    case 'missing':
      return { outcome: 'refused', passing: false, code: 'printer.no-program', params };
    case 'not-started':
      return { outcome: 'refused', passing: true, code: 'printer.not-ready', params };
    case 'killed':
      return { outcome: 'unknown', code: end.timedOut ? 'print.timed-out' : 'print.broke-off', params };
    case 'ended': {
      const systemJob = readJobId(end.stdout);
      if (end.exitCode === 0 || systemJob !== null) return { outcome: 'handed-over', systemJob };
      const refusal = readRefusal(end.stderr);
      if (refusal) return { outcome: 'refused', ...refusal, params };
      // In words that are not known here: it may have been taken before it went wrong.
      return { outcome: 'unknown', code: 'print.broke-off', params };
    }
  }
}

function statusOf(end: ProgramEnd, queue: string): PrinterStatus {
  const none = { params: { queue }, activity: 'not-told' } as const;
  if (end.kind === 'missing') return { state: 'fault', code: 'printer.no-program', ...none };
  if (end.kind !== 'ended') return { state: 'fault', code: 'printer.no-spooler', ...none };
  const told = readQueueState(end.stdout, queue);
  if (told) return { ...told, params: { queue } };
  return { state: 'fault', code: readRefusal(end.stderr)?.code ?? 'printer.no-spooler', ...none };
}

function jobStateOf(end: ProgramEnd, job: string): SystemJobState {
  if (end.kind !== 'ended' || end.exitCode !== 0) return { state: 'stopped' };
  // Printed, cancelled and given up jobs stand in one list: which of them it was is not told.
  return { state: listsJob(end.stdout, job) ? 'waiting' : 'not-told' };
}
