import { createServer, type Server, type Socket } from 'node:net';
import getPort from 'get-port';

/** A printer on loopback that takes whatever comes on its port, and says nothing of itself. */
export interface RecordingPrinter {
  readonly port: number;
  /** What came out: one entry a connection that was sent whole. */
  readonly papers: readonly Buffer[];
  /** What was broken off in the middle. */
  readonly torn: readonly Buffer[];
  switchOff(): Promise<void>;
  switchOn(): Promise<void>;
  /** The cable is pulled once so many bytes of the next paper have arrived; undefined: never. */
  pullCableAfter(bytes: number | undefined): void;
  /** Takes the beginning of a paper and then no more, as a printer that has stopped inside; false: goes on. */
  stall(stalls: boolean): void;
  close(): Promise<void>;
}

/** Asked by some drivers before a paper; this printer does not answer. */
const QUESTION = /^~H[SI]\r?\n?$/;

export async function recordingPrinter(): Promise<RecordingPrinter> {
  const port = await getPort({ host: '127.0.0.1' });
  const papers: Buffer[] = [];
  const torn: Buffer[] = [];
  const sockets = new Set<Socket>();
  let cut: number | undefined;
  let stalls = false;
  let server: Server | undefined;
  const take = (socket: Socket): void => {
    sockets.add(socket);
    let bytes = Buffer.alloc(0);
    let whole = false;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (stalls) socket.pause();
      if (cut === undefined || bytes.length < cut) return;
      cut = undefined;
      socket.resetAndDestroy();
    });
    socket.on('end', () => {
      whole = true;
      socket.end();
    });
    socket.on('close', () => {
      sockets.delete(socket);
      if (bytes.length === 0 || QUESTION.test(bytes.toString('latin1'))) return;
      (whole ? papers : torn).push(bytes);
    });
  };
  const switchOn = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server = createServer({ allowHalfOpen: true }, take);
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve());
    });
  const switchOff = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.resetAndDestroy();
      if (!server) return resolve();
      server.close(() => resolve());
      server = undefined;
    });
  await switchOn();
  return {
    port,
    papers,
    torn,
    switchOn,
    switchOff,
    pullCableAfter(bytes) {
      cut = bytes;
    },
    stall(value) {
      stalls = value;
      if (!value) for (const socket of sockets) socket.resume();
    },
    close: switchOff,
  };
}
