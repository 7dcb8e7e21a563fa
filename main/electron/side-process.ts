import { utilityProcess } from 'electron';
import type { SideProcess } from '../../shared/devices/side-process.ts';

/** Starts a script as a utility process: the installed program may not be run as plain Node. */
export function startUtilityProcess(file: string): SideProcess {
  const child = utilityProcess.fork(file, [], { serviceName: 'Packwright devices', stdio: 'ignore' });
  let reason: string | undefined;
  const listeners: ((reason: string) => void)[] = [];
  child.once('exit', (code) => {
    reason = `exit ${code}`;
    for (const listener of listeners) listener(reason);
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void (reason === undefined ? listeners.push(listener) : listener(reason)),
    stop: () => void child.kill(),
  };
}
