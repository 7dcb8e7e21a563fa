import { holdHid, listHid } from './held-hid.ts';
import { type HeldPort, holdPort } from './held-port.ts';
import { listPorts } from './list-ports.ts';
import type { SerialReport, SerialRequest } from './serial-message.ts';

/**
 * The process that holds the serial ports and USB scales: a fault of the native driver ends it and not the station.
 *
 * Runs as a child of Node or as a utility process of Electron; the build lays it beside the bundle as
 * `serial-process.js`. It ends with the station, however that ends, so that no port stays taken.
 */
interface UtilityPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}
// Electron adds this to the process of a utility; Node's types do not know it.
const utility = (process as unknown as { parentPort?: UtilityPort }).parentPort;

const held = new Map<number, Promise<HeldPort | undefined>>();
const tell = (report: SerialReport): void => {
  // A device that is away is tried for months: nothing of an attempt may stay.
  if (report.told === 'closed' || report.told === 'refused') held.delete(report.id);
  if (utility) utility.postMessage(report);
  else if (process.connected) process.send?.(report);
};

async function answer(request: SerialRequest): Promise<void> {
  switch (request.ask) {
    case 'open':
      held.set(request.id, holdPort(request, tell));
      return;
    case 'open-hid':
      held.set(request.id, holdHid(request, tell));
      return;
    case 'write':
      (await held.get(request.id))?.write(request.bytes);
      return;
    case 'took':
      (await held.get(request.id))?.took(request.count);
      return;
    case 'close': {
      const port = await held.get(request.id);
      await port?.close();
      tell({ told: 'closed', id: request.id, reason: 'closed' });
      return;
    }
    case 'list':
      tell({ told: 'ports', id: request.id, ports: await listPorts() });
      return;
    case 'list-hid':
      tell({ told: 'ports', id: request.id, ports: await listHid() });
      return;
    case 'ping':
      tell({ told: 'pong', id: request.id });
  }
}

// Only the station speaks to this process, in these messages.
const hear = (message: unknown): void => void answer(message as SerialRequest);
if (utility) utility.on('message', ({ data }) => hear(data));
else {
  process.on('message', hear);
  process.on('disconnect', () => process.exit(0));
}
// Ctrl+C in a terminal reaches the whole group: the station closes the ports first.
process.on('SIGINT', () => undefined);
