import { connect, type Socket } from 'node:net';

/** How far the bytes of one conversation came. */
export type LineEnd =
  /** Everything is out and the printer hung up as one does at the end. */
  | 'closed'
  /** Everything is out; the printer keeps the line open. */
  | 'kept-open'
  /** The line broke, or was hung up before everything was out. */
  | 'broken'
  | 'timed-out';

/** One open connection to a printer. No call throws; each ends within its limit. */
export interface RawLine {
  /** Hands bytes over and waits until the system took the last of them; false once the line is over. */
  write(bytes: Uint8Array, limitMs: number): Promise<'written' | 'broken' | 'timed-out'>;
  /** What came since the last question until `isWhole` says enough, the limit passes or the line ends. */
  read(isWhole: (bytes: Uint8Array) => boolean, limitMs: number): Promise<Uint8Array>;
  /** Says that nothing follows and waits for the printer to hang up. */
  end(limitMs: number): Promise<LineEnd>;
  isOpen(): boolean;
  destroy(): void;
}

const OPEN_LIMIT_MS = 3_000;
/** No answer of a printer is longer; whatever floods is cut. */
const MOST_BYTES = 4_096;

/** Undefined when nobody takes the call within 3 s, or `signal` ends it. */
export function openRawLine(
  { host, port }: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<RawLine | undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(undefined);
    const socket = connect({ host, port, noDelay: true, allowHalfOpen: true });
    const giveUp = (): void => {
      socket.destroy();
      resolve(undefined);
    };
    const timer = setTimeout(giveUp, OPEN_LIMIT_MS);
    const onAbort = (): void => void socket.destroy();
    signal.addEventListener('abort', onAbort);
    socket.once('close', () => signal.removeEventListener('abort', onAbort));
    socket.once('error', giveUp);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeListener('error', giveUp);
      resolve(lineOf(socket));
    });
  });
}

function lineOf(socket: Socket): RawLine {
  let received = new Uint8Array();
  let ended = false;
  let failed = false;
  const changed = new Set<() => void>();
  const tell = (): void => {
    for (const look of [...changed]) look();
  };
  socket.on('data', (chunk) => {
    if (received.length < MOST_BYTES) received = Buffer.concat([received, chunk]).subarray(0, MOST_BYTES);
    tell();
  });
  socket.on('end', () => {
    ended = true;
    tell();
  });
  socket.on('error', () => {
    failed = true;
    tell();
  });
  socket.on('close', () => {
    ended = true;
    tell();
  });
  /** Looks again at every event until there is a result, at the latest after `limitMs`. */
  const settle = <T>(look: () => T | undefined, limitMs: number, late: () => T): Promise<T> =>
    new Promise((resolve) => {
      const finish = (result: T): void => {
        changed.delete(again);
        clearTimeout(timer);
        resolve(result);
      };
      const again = (): void => {
        const found = look();
        if (found !== undefined) finish(found);
      };
      const timer = setTimeout(() => finish(late()), limitMs);
      changed.add(again);
      again();
    });
  const isOpen = (): boolean => !failed && !ended && !socket.destroyed;
  return {
    isOpen,
    destroy: () => void socket.destroy(),
    write(bytes, limitMs) {
      if (!isOpen()) return Promise.resolve('broken');
      let out = false;
      socket.write(bytes, (error) => {
        out = !error;
        tell();
      });
      return settle(
        () => (out ? 'written' : isOpen() ? undefined : 'broken'),
        limitMs,
        () => 'timed-out',
      );
    },
    async read(isWhole, limitMs) {
      await settle(
        () => isWhole(received) || !isOpen() || undefined,
        limitMs,
        () => true,
      );
      const answer = received;
      received = new Uint8Array();
      return answer;
    },
    async end(limitMs) {
      if (!isOpen()) return 'broken';
      let out = false;
      socket.end(() => {
        out = true;
        tell();
      });
      const result = await settle<LineEnd>(
        () => (failed ? 'broken' : ended || socket.destroyed ? (out ? 'closed' : 'broken') : undefined),
        limitMs,
        () => (out ? 'kept-open' : 'timed-out'),
      );
      socket.destroy();
      return result;
    },
  };
}
