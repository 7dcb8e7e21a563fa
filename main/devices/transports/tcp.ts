import { connect, type Socket } from 'node:net';
import type { DeviceAddress } from '../../../shared/contract/devices.ts';
import { type LineListener, OpenError, type OpenLine, type Transport } from './transports.ts';

type TcpAddress = Extract<DeviceAddress, { kind: 'tcp' }>;

const OPEN_LIMIT_MS = 3_000;
/** A serial server whose cable was pulled says nothing: the system asks it whether it is still there. */
const KEEP_ALIVE_MS = 2_000;

/** Serial servers and scales with a network socket. */
export const tcpTransport: Transport<TcpAddress> = {
  open: openSocket,
  list: async () => undefined,
  close: async () => undefined,
};

async function openSocket({ host, port }: TcpAddress, listener: LineListener): Promise<OpenLine> {
  const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
  await connected(socket, `${host}:${port}`);
  let reason = 'hung up';
  let ours = false;
  socket.on('data', (bytes) => {
    const busy = listener.bytes(new Uint8Array(bytes), Date.now());
    if (!busy) return;
    socket.pause();
    void busy.then(() => socket.resume());
  });
  socket.on('error', (error) => {
    reason = error.message;
  });
  socket.on('close', () => {
    if (!ours) listener.closed(reason);
  });
  return {
    write: (bytes) => void (socket.writable && socket.write(bytes)),
    async close() {
      ours = true;
      socket.destroy();
    },
  };
}

function connected(socket: Socket, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (problem: 'gone' | 'failed', reason: string): void => {
      socket.destroy();
      reject(new OpenError(problem, { path, reason, group: '' }));
    };
    const timer = setTimeout(() => refuse('gone', 'no answer'), OPEN_LIMIT_MS);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      refuse(
        /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|ETIMEDOUT/.test(error.code ?? '') ? 'gone' : 'failed',
        error.message,
      );
    });
  });
}
