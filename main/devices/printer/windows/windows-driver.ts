import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramEnd, RunProgram } from '../../../../shared/devices/run-program.ts';
import type { HandOver, PrinterDriver, PrinterStatus, PrintQueue, PrintRequest, SystemJobState } from '../printer.ts';
import { askPowershell, saysNoSuchQueue } from './powershell.ts';
import { sumatraArguments, sumatraSettings } from './sumatra.ts';
import { readJobState, readQueueStatus, readWindowsQueues } from './windows-answers.ts';

export interface WindowsParts {
  readonly run: RunProgram;
  /** Path of SumatraPDF; undefined where it was not packed. */
  readonly sumatra: string | undefined;
  /** How long SumatraPDF may take, ms; it is killed then: it hangs at times after printing. */
  readonly printMs?: number;
  /** Ends the programs that still run. */
  stop(): void;
}

const PRINT_MS = 30_000;
const CHECK_MS = 4_500;
const ASK_MS = 10_000;

/** A print queue of Windows, by SumatraPDF; how it does is asked by PowerShell. */
export function createWindowsDriver(queue: string, parts: WindowsParts): PrinterDriver {
  const { run } = parts;
  const ask = (script: 'queueStatus' | 'queueJobs', limitMs: number) => askPowershell(run, script, { queue, limitMs });
  // Two runs back to back can clash (sumatra#1878).
  let last: Promise<unknown> = Promise.resolve();
  const print = async (request: PrintRequest): Promise<HandOver> => {
    const refuse = (code: string, passing: boolean): HandOver => ({
      ...{ outcome: 'refused', passing, code, params: { queue } },
    });
    const program = parts.sumatra;
    if (request.format !== 'pdf') return refuse('printer.no-raw', false);
    if (program === undefined) return refuse('printer.no-program', false);
    // An answer that takes too long holds no paper back.
    const found = await ask('queueStatus', CHECK_MS);
    if (found.kind === 'ended' && saysNoSuchQueue(found.stderr)) return refuse('printer.queue-gone', false);
    return withPaper(request, async (file, folder) => {
      const args = sumatraArguments(queue, file, folder);
      return handOverOf(await run(program, args, { limitMs: parts.printMs ?? PRINT_MS }), queue, file);
    });
  };
  return {
    print(request) {
      const turn = last.then(() => print(request));
      last = turn.catch(() => undefined);
      return turn;
    },
    status: async () => statusOf(await ask('queueStatus', ASK_MS), queue),
    async jobState(systemJob): Promise<SystemJobState> {
      const told = await ask('queueJobs', ASK_MS);
      if (told.kind !== 'ended' || told.exitCode !== 0) return { state: 'stopped' };
      return readJobState(told.stdout, systemJob);
    },
    async close() {
      parts.stop();
      await last;
    },
  };
}

/** Queues of Windows; undefined where PowerShell does not tell them. */
export async function listWindowsQueues(run: RunProgram): Promise<readonly PrintQueue[] | undefined> {
  const told = await askPowershell(run, 'allQueues', { limitMs: ASK_MS });
  return told.kind === 'ended' ? readWindowsQueues(told.stdout) : undefined;
}

/** The paper in a folder of its own that is gone afterwards; its name is that of the job in the queue. */
async function withPaper(
  { bytes, title }: PrintRequest,
  act: (file: string, folder: string) => Promise<HandOver>,
): Promise<HandOver> {
  let folder: string | undefined;
  try {
    folder = await mkdtemp(join(tmpdir(), 'packwright-print-'));
    const name = title.replaceAll(/[^\w-]+/g, '-').slice(0, 60);
    const file = join(folder, `${name}-${randomUUID().slice(0, 8)}.pdf`);
    await writeFile(file, bytes, { mode: 0o600 });
    await writeFile(join(folder, 'SumatraPDF-settings.txt'), sumatraSettings);
    return await act(file, folder);
  } catch {
    return { outcome: 'refused', passing: true, code: 'print.no-room', params: {} };
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

function handOverOf(end: ProgramEnd, queue: string, file: string): HandOver {
  const params = { queue };
  switch (end.kind) {
    case 'missing':
      return { outcome: 'refused', passing: false, code: 'printer.no-program', params };
    case 'not-started':
      return { outcome: 'refused', passing: true, code: 'printer.not-ready', params };
    case 'killed':
      return { outcome: 'unknown', code: end.timedOut ? 'print.timed-out' : 'print.broke-off', params };
    case 'ended':
      // It does not say why it failed, nor how far it came.
      if (end.exitCode !== 0) return { outcome: 'unknown', code: 'print.broke-off', params };
      return { outcome: 'handed-over', systemJob: file.slice(file.search(/[^\\/]+$/)).replace(/\.pdf$/, '') };
  }
}

function statusOf(end: ProgramEnd, queue: string): PrinterStatus {
  const params = { queue };
  const fault = (code: string): PrinterStatus => ({ state: 'fault', code, params, activity: 'not-told' });
  if (end.kind === 'missing') return fault('printer.no-program');
  if (end.kind !== 'ended') return fault('printer.no-spooler');
  const told = readQueueStatus(end.stdout);
  if (told) return { ...told, params };
  return fault(saysNoSuchQueue(end.stderr) ? 'printer.queue-gone' : 'printer.no-spooler');
}
