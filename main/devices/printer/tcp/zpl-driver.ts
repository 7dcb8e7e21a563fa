import type { HandOver, PrinterDriver, PrinterStatus, SystemJobState } from '../printer.ts';
import { type HostStatus, isWholeStatus, parseHostStatus } from './host-status.ts';
import { openRawLine, type RawLine } from './raw-line.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

/** What a conversation with a label printer may take, ms; shorter in tests. */
export interface ZplTiming {
  readonly printMs: number;
  /** Newer printers say nothing at all while paper is out or the head is open. */
  readonly answerMs: number;
}

export const zplTiming: ZplTiming = { printMs: 20_000, answerMs: 2_000 };

const QUESTION = new TextEncoder().encode('~HS\r\n');
/** More than one life of a station follows at once. */
const MOST_JOBS = 100;

type Answer = HostStatus | 'unreachable' | 'no-answer';

/**
 * A label printer that speaks ZPL: it is asked how it does before each paper, so one without paper gets none, and
 * afterwards until nothing of it waits.
 */
export function createZplDriver(address: Address, timing: ZplTiming = zplTiming): PrinterDriver {
  const closing = new AbortController();
  const params = { path: `${address.host}:${address.port}` };
  /** Jobs of this life; what the printer still held after a restart could be anybody's. */
  const jobs: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: (line: RawLine | undefined) => Promise<T>): Promise<T> => {
    const turn = last.then(async () => {
      const line = await openRawLine(address, closing.signal);
      try {
        return await act(line);
      } finally {
        line?.destroy();
      }
    });
    last = turn.catch(() => undefined);
    return turn;
  };
  const ask = (line: RawLine | undefined): Promise<Answer> => askStatus(line, timing);
  const unknown = (code: string): HandOver => ({ outcome: 'unknown', code, params });
  const print = async (line: RawLine | undefined, bytes: Uint8Array): Promise<HandOver> => {
    const before = judge(await ask(line), params);
    if (!line || before.state !== 'ready')
      return { outcome: 'refused', passing: true, code: before.code ?? 'printer.not-ready', params };
    const written = await line.write(bytes, timing.printMs);
    if (written !== 'written') return unknown(written === 'broken' ? 'print.broke-off' : 'print.timed-out');
    // Answered behind the paper: the printer has read all of it. Silence is no proof of the contrary.
    await ask(line);
    if (!line.isOpen()) return unknown('print.broke-off');
    // It has the paper; a line hung up in good order is only politeness.
    await line.end(timing.answerMs);
    const systemJob = `zpl-${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
    jobs.push(systemJob);
    if (jobs.length > MOST_JOBS) jobs.shift();
    return { outcome: 'handed-over', systemJob };
  };
  return {
    print: ({ bytes }) => inTurn((line) => print(line, bytes)),
    status: () => inTurn(async (line) => judge(await ask(line), params)),
    jobState: async (systemJob) =>
      jobs.includes(systemJob) ? inTurn(async (line) => jobStateOf(await ask(line))) : { state: 'not-told' },
    async close() {
      closing.abort();
      await last;
    },
  };
}

async function askStatus(line: RawLine | undefined, { answerMs }: ZplTiming): Promise<Answer> {
  if (!line) return 'unreachable';
  if ((await line.write(QUESTION, answerMs)) !== 'written') return 'no-answer';
  return parseHostStatus(await line.read(isWholeStatus, answerMs)) ?? 'no-answer';
}

function judge(answer: Answer, params: { readonly path: string }): PrinterStatus {
  if (answer === 'unreachable') return { state: 'absent', code: 'printer.unreachable', params, activity: 'not-told' };
  if (answer === 'no-answer') return { state: 'fault', code: 'printer.not-ready', params, activity: 'not-told' };
  const code = faultOf(answer);
  if (code !== null) return { state: 'fault', code, params, activity: 'stopped' };
  return { state: 'ready', code: null, params: {}, activity: isDone(answer) ? 'idle' : 'printing' };
}

/** The head first: while it is open, the sensors for paper and ribbon see nothing. */
function faultOf({ headUp, paperOut, ribbonOut, paused }: HostStatus): string | null {
  if (headUp) return 'printer.cover-open';
  if (paperOut) return 'printer.media-empty';
  if (ribbonOut) return 'printer.ribbon-out';
  return paused ? 'printer.paused' : null;
}

function isDone({ formatsWaiting, labelsWaiting }: HostStatus): boolean {
  return formatsWaiting === 0 && labelsWaiting === 0;
}

/** A fault is told before an empty buffer: the label that stands in an open head is in none. */
function jobStateOf(answer: Answer): SystemJobState {
  if (typeof answer === 'string') return { state: 'stopped' };
  if (faultOf(answer) !== null) return { state: 'stopped' };
  return { state: isDone(answer) ? 'printed' : 'printing' };
}
