import type { Device } from '../devices/driver/driver.ts';
import type { ScannerVoice } from '../devices/scanner/scanner-voice.ts';
import { findSignedIn } from '../stations/stations-views.ts';
import type { Core } from './core.ts';

/** Tells the scanners of this PC's bench when its refusal stays, and when somebody has acknowledged it. */
export interface ScannerLatch {
  /** A scanner's line is open, until the returned function is called. */
  open(device: Pick<Device, 'stationId'>, voice: ScannerVoice): () => void;
  /** Something happened at the bench: looks at its refusal if one of its scanners waits for it. */
  look(stationId: string): void;
  /** Follows the bench from now on; returns what ends it. */
  follow(): Promise<() => void>;
}

/** What may latch a refusal, take it away, or take whoever is to acknowledge it from the bench. */
const EVENTS: ReadonlySet<string> = new Set(['bench.changed', 'stations.session-changed']);

/** Asks the data only after a bad answer to a scanner that can be switched off, so that a right scan costs nothing. */
export function createScannerLatch(
  core: Pick<Core, 'database' | 'feed'>,
  onFault: (error: unknown) => void,
): ScannerLatch {
  const voices = new Map<ScannerVoice, string>();
  const asking = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const waiting = (stationId: string): ScannerVoice[] =>
    [...voices].flatMap(([voice, at]) => (at === stationId && voice.asks() ? [voice] : []));

  const ask = async (stationId: string): Promise<void> => {
    do {
      again.delete(stationId);
      const row = await core.database
        .read('bench')
        .where({ station_id: stationId })
        .first<{ latched: string | null } | undefined>('latched');
      // Where nobody is signed in, the scanner is the way in.
      const latched = typeof row?.latched === 'string' && (await findSignedIn(core.database, stationId)) !== undefined;
      for (const voice of waiting(stationId)) voice.latch(latched);
    } while (again.has(stationId));
  };
  const look = (stationId: string): void => {
    if (waiting(stationId).length === 0) return;
    // What happens during the look may have come too late for it.
    again.add(stationId);
    if (asking.has(stationId)) return;
    const asked = ask(stationId)
      .catch(onFault)
      .finally(() => asking.delete(stationId));
    asking.set(stationId, asked);
  };
  return {
    open(device, voice) {
      voices.set(voice, device.stationId);
      return () => voices.delete(voice);
    },
    look,
    follow: () =>
      core.feed.subscribe(undefined, ({ name, payload }) => {
        const { stationId } = payload as { stationId?: string }; // every event of a bench names it
        if (EVENTS.has(name) && stationId !== undefined) look(stationId);
      }),
  };
}
