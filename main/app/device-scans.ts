import type { Verdict } from '../../shared/contract/common.ts';
import { AppError } from '../../shared/errors.ts';
import type { Framed } from '../../shared/scanner/scan-framer.ts';
import { isTestCode, sendsGs, testVerdicts } from '../../shared/scanner/test-code.ts';
import type { Device } from '../devices/driver/driver.ts';
import type { ScannerVoice } from '../devices/scanner/scanner-voice.ts';
import type { Core } from './core.ts';

/** Decides one scan of a bench, durable before it is answered; `commandId` makes a repeat harmless. */
export type DecideScan = (scan: { stationId: string; raw: string; commandId: string }) => Promise<Verdict>;

type Scanner = Pick<Device, 'id' | 'stationId'>;

export interface DeviceScans {
  /** Queues a scan or a lost code; a promise asks the scanner's line to pause until the queue is shorter. */
  push(device: Scanner, framed: Framed, voice?: ScannerVoice): void | Promise<void>;
  /** Scans of a device that still wait. */
  waiting(deviceId: string): number;
  /** Decides what waits, then takes no more. */
  close(): Promise<void>;
}

export interface DeviceScansParts {
  readonly decide: DecideScan;
  report(error: AppError, ref: string): void;
  /** A scan was decided and its scanner has been told. */
  answered?(stationId: string): void;
}

/** More than this waits in the line and not in memory. */
const MOST_WAITING = 500;

interface Waiting {
  readonly device: Scanner;
  readonly framed: Framed;
  readonly voice: ScannerVoice | undefined;
}

interface Queue {
  readonly scans: Waiting[];
  readonly relieved: (() => void)[];
  running: Promise<void> | undefined;
}

type Answer = { readonly verdict: Verdict | null; readonly code: string | null };

/** Scans of the scanners on ports: one bench after another in its own order, none dropped, the screen told of each. */
export function createDeviceScans(core: Pick<Core, 'deps' | 'feed'>, parts: DeviceScansParts): DeviceScans {
  const queues = new Map<string, Queue>();
  const waiting = (deviceId: string): number =>
    [...queues.values()].reduce(
      (sum, { scans }) => sum + scans.filter(({ device }) => device.id === deviceId).length,
      0,
    );

  const decideOne = async ({ device, framed }: Waiting): Promise<Answer> => {
    if (framed.kind === 'lost') return { verdict: null, code: framed.code };
    const { raw } = framed;
    if (isTestCode(raw)) return { verdict: testVerdict(raw, core.deps.clock()), code: null };
    try {
      const verdict = await parts.decide({ stationId: device.stationId, raw, commandId: core.deps.newId() });
      return { verdict, code: null };
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError('bug', 'station.unexpected', {}, error);
      if (known.kind === 'bug' || known.kind === 'device') parts.report(known, 'scanner');
      return { verdict: null, code: known.code };
    }
  };
  const work = async (queue: Queue): Promise<void> => {
    for (let scan = queue.scans[0]; scan; scan = queue.scans[0]) {
      const answer = await decideOne(scan);
      queue.scans.shift();
      const { stationId, id: deviceId } = scan.device;
      scan.voice?.answer(answer.verdict === null || answer.verdict.tone === 'bad' ? 'bad' : 'good');
      scan.voice?.waiting(waiting(deviceId));
      parts.answered?.(stationId);
      core.feed.pass('devices.scanned', { stationId, deviceId, ...answer, waiting: queue.scans.length });
      if (queue.scans.length < MOST_WAITING) for (const relieve of queue.relieved.splice(0)) relieve();
    }
    queue.running = undefined;
  };
  return {
    push(device, framed, voice) {
      const queue = queues.get(device.stationId) ?? { scans: [], relieved: [], running: undefined };
      queues.set(device.stationId, queue);
      queue.scans.push({ device, framed, voice });
      voice?.waiting(waiting(device.id));
      queue.running ??= work(queue);
      if (queue.scans.length >= MOST_WAITING) return new Promise<void>((resolve) => queue.relieved.push(resolve));
    },
    waiting,
    async close() {
      await Promise.all([...queues.values()].map(({ running }) => running));
    },
  };
}

/** The test code of the set-up sheets says that the scanner works; it is no goods and refuses nothing. */
function testVerdict(raw: string, now: Date): Verdict {
  const at = now.toISOString();
  return sendsGs(raw)
    ? { tone: 'info', code: testVerdicts.right, params: {}, at }
    : { tone: 'bad', code: testVerdicts.withoutGs, params: {}, at };
}
