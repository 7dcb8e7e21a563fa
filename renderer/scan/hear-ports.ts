import { isTestVerdict } from '../../shared/scanner/test-code.ts';
import { showBenchView } from '../station/bench-cache.ts';
import { callDoor, newCommandId } from '../station/door.ts';
import { onEventGap, onStationEvent } from '../station/event-stream.ts';
import { goTo, parseRoute } from '../ui/router.ts';
import { lastVerdict } from './last-verdict.ts';
import { createPortScans } from './port-scans.ts';
import { portWaiting } from './port-waiting.ts';

/** Shows what the scanners on ports of this bench lead to, on whichever screen the page is; returns what stops it. */
export function hearPorts(stationId: string): () => void {
  const hear = createPortScans({
    stationId,
    fetchView: () => callDoor('bench.view', {}),
    showView: showBenchView,
    showVerdict: (given) => lastVerdict.set(given),
    showBench: ({ code }) => {
      // The set-up screen shows its test code by itself.
      if (isTestVerdict(code) && parseRoute(location.hash).screen === 'scanner-setup') return;
      goTo({ screen: 'bench' });
    },
    showWaiting: (count) => portWaiting.set(count),
    newId: newCommandId,
    now: () => new Date().toISOString(),
    drawn: () => new Promise((resolve) => setTimeout(resolve)),
  });
  const stops = [onStationEvent('devices.scanned', hear), onEventGap(() => portWaiting.set(0))];
  return () => {
    for (const stop of stops) stop();
  };
}
