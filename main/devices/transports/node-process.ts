import { type ChildProcess, fork } from 'node:child_process';
import type { SideProcess } from '../../../shared/devices/side-process.ts';

/** Starts a script as a child of this Node; where Node's program may not be run as such, Electron for one, the shell does it. */
export function startNodeProcess(file: string): SideProcess {
  const child: ChildProcess = fork(file, [], {
    // Bytes as bytes, not as JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: [],
    // A port cannot be opened again in the same process with it (node-serialport#2735).
    env: { ...process.env, UV_USE_IO_URING: '0' },
  });
  let reason: string | undefined;
  const listeners: ((reason: string) => void)[] = [];
  const end = (why: string): void => {
    if (reason !== undefined) return;
    reason = why;
    for (const listener of listeners) listener(why);
  };
  child.once('exit', (code, signal) => end(`exit ${signal ?? code}`));
  child.once('error', (error) => end(error.message));
  return {
    send: (message) => {
      if (!child.connected) return;
      // The message was made by its type; the signature of Node only takes what it can clone.
      child.send(message as object, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void (reason === undefined ? listeners.push(listener) : listener(reason)),
    stop: () => void child.kill('SIGKILL'),
  };
}
