import type { FramedScan } from '../../../shared/scanner/scan-framer.ts';
import { createScanFramer } from '../../../shared/scanner/scan-framer.ts';
import type { Device, StartDriver, Timing } from '../driver/driver.ts';

/** A scanner whose scans end with nothing but a pause. */
const PAUSE_MS = 120;

export interface ScannerDriverDeps {
  readonly timing: Timing;
  /** Takes scans in their order; a promise asks for a pause, because too many wait. */
  onScan(device: Device, scan: FramedScan): void | Promise<void>;
}

/** Serial and USB-CDC scanners. They say nothing by themselves: a port that is open is a scanner that is ready. */
export function scannerDriver({ timing, onScan }: ScannerDriverDeps): StartDriver {
  return (device, line) => {
    const framer = createScanFramer(device.settings.scanEnd ?? 'any');
    let forget: (() => void) | undefined;
    // Handed over at once, so that later bytes cannot overtake them.
    const pass = (scans: readonly FramedScan[]): void | Promise<void> => {
      const waits = scans.flatMap((scan) => onScan(device, scan) ?? []);
      if (waits.length > 0) return Promise.all(waits).then(() => undefined);
    };
    line.health({ state: 'ready', code: null });
    return {
      bytes(chunk, atMs) {
        const scans = framer.push(chunk, atMs);
        forget?.();
        if (device.settings.scanEnd === 'timeout') forget = timing.after(PAUSE_MS, () => void pass(framer.pause(atMs)));
        return pass(scans);
      },
      close: () => forget?.(),
    };
  };
}
