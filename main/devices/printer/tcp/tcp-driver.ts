import type { HandOver, PrinterDriver, PrinterStatus, PrintRequest } from '../printer.ts';
import { openRawLine, type RawLine } from './raw-line.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

/** What a conversation with a printer may take; shorter in tests. */
export interface RawTiming {
  /** For all bytes of one paper, ms. */
  readonly printMs: number;
  /** After the last byte, until the printer hangs up, ms; some keep the line for longer than anybody waits. */
  readonly hangUpMs: number;
}

export const rawTiming: RawTiming = { printMs: 25_000, hangUpMs: 5_000 };

/**
 * A printer that takes bytes as they are, usually at port 9100, and tells nothing of itself: that its port answers is all
 * that is known of it.
 */
export function createTcpDriver(address: Address, timing: RawTiming = rawTiming): PrinterDriver {
  const closing = new AbortController();
  const open = (): Promise<RawLine | undefined> => openRawLine(address, closing.signal);
  // Many of these printers take one connection at a time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  return {
    print: (request) => inTurn(async () => sendPaper(await open(), request, { address, timing })),
    status: () => inTurn(async () => statusOf(await open(), address)),
    jobState: async () => ({ state: 'not-told' }),
    async close() {
      closing.abort();
      await last;
    },
  };
}

const place = ({ host, port }: Address): { path: string } => ({ path: `${host}:${port}` });

async function sendPaper(
  line: RawLine | undefined,
  { bytes }: PrintRequest,
  { address, timing }: { address: Address; timing: RawTiming },
): Promise<HandOver> {
  const params = place(address);
  if (!line) return { outcome: 'refused', passing: true, code: 'printer.unreachable', params };
  const written = await line.write(bytes, timing.printMs);
  const end = written === 'written' ? await line.end(timing.hangUpMs) : written;
  line.destroy();
  if (end === 'closed' || end === 'kept-open') return { outcome: 'handed-over', systemJob: null };
  return { outcome: 'unknown', code: end === 'broken' ? 'print.broke-off' : 'print.timed-out', params };
}

function statusOf(line: RawLine | undefined, address: Address): PrinterStatus {
  line?.destroy();
  const told = { params: place(address), activity: 'not-told' } as const;
  if (!line) return { state: 'absent', code: 'printer.unreachable', ...told };
  return { state: 'ready', code: 'printer.no-status', ...told };
}
