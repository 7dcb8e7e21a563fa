import type { LineDevice } from '../../shared/contract/devices.ts';
import type { SimulatedScale } from '../devices/simulated/scale-at-far-end.ts';
import { simulateScale } from '../devices/simulated/scale-at-far-end.ts';
import type { SimulatedTransport } from '../devices/transports/simulated.ts';

const NAME = 'demo-scale';
const PROTOCOL = 'cas-22';
const WOBBLE_MS = 350;
/** As long as hands need to take one box off and put the next one on. */
const HANDS_MS = 350;

/** The scale of the demo: it sends its frames over a line inside this process, and the driver of real scales reads them. */
export interface DemoScale {
  /** As if it had been set up at this bench. */
  deviceAt(stationId: string): LineDevice;
  /** Puts milligrams on it; `anew` lifts what lies on it first. */
  put(mg: number, anew: boolean): void;
  close(): void;
}

export function createDemoScale(transport: SimulatedTransport): DemoScale {
  let scale: SimulatedScale | undefined;
  let hands: NodeJS.Timeout | undefined;
  const plugIn = (): SimulatedScale => {
    const far = transport.plug(NAME);
    return simulateScale(
      {
        send: (bytes) => void far.send(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
        onBytes: (listener) => far.onBytes((bytes) => listener(Buffer.from(bytes))),
      },
      PROTOCOL,
    );
  };
  return {
    deviceAt(stationId) {
      scale ??= plugIn();
      const address = { kind: 'simulated' as const, name: NAME };
      return { id: NAME, stationId, kind: 'scale', address, identity: {}, protocol: PROTOCOL, settings: {} };
    },
    put(mg, anew) {
      clearTimeout(hands);
      if (!anew) {
        scale?.put(mg, WOBBLE_MS);
        return;
      }
      scale?.put(0, 0);
      hands = setTimeout(() => scale?.put(mg, WOBBLE_MS), HANDS_MS);
    },
    close() {
      clearTimeout(hands);
      scale?.stop();
    },
  };
}
