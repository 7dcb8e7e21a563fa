import { BROKEN_OFF_MS, createScanFramer, type Framed } from '../../../shared/scanner/scan-framer.ts';
import type { Device, StartDriver, Timing } from '../driver/driver.ts';
import { type ScannerVoice, scannerVoice } from './scanner-voice.ts';

export interface ScannerDriverDeps {
  readonly timing: Timing;
  /**
   * Takes scans and lost codes in their order; a promise asks for a pause, because too many wait. `voice` answers the
   * scanner, for as long as its line stays open.
   */
  onFramed(device: Device, framed: Framed, voice: ScannerVoice): void | Promise<void>;
  /** The scanner's line is open, until the returned function is called. */
  onOpen?(device: Device, voice: ScannerVoice): () => void;
}

/** Codes that broke off one after the other without one that ended: the scanner sends no end at all. */
const WITHOUT_END = 2;

/** Serial and USB-CDC scanners. They say nothing by themselves: a port that is open is a scanner that is ready. */
export function scannerDriver({ timing, onFramed, onOpen }: ScannerDriverDeps): StartDriver {
  return (device, line) => {
    const framer = createScanFramer(device.settings.scanEnd ?? 'any', device.settings.blankMs);
    const voice = scannerVoice(device.settings, line.write);
    const closed = onOpen?.(device, voice);
    let forget: (() => void) | undefined;
    let brokenOff = 0;
    // Handed over at once, so that later bytes cannot overtake them.
    const pass = (framed: readonly Framed[]): void | Promise<void> => {
      const waits = framed.flatMap((one) => onFramed(device, one, voice) ?? []);
      if (waits.length > 0) return Promise.all(waits).then(() => undefined);
    };
    const silence = (): void => {
      const lost = framer.discard();
      brokenOff += lost.length;
      if (brokenOff >= WITHOUT_END) line.health({ state: 'fault', code: 'scanner.no-end' });
      void pass(lost);
    };
    line.health({ state: 'ready', code: null });
    return {
      bytes(chunk, atMs) {
        const framed = framer.push(chunk, atMs);
        if (brokenOff > 0 && framed.some(({ kind }) => kind === 'scan')) {
          brokenOff = 0;
          line.health({ state: 'ready', code: null });
        }
        forget?.();
        forget = framer.held() > 0 ? timing.after(BROKEN_OFF_MS, silence) : undefined;
        return pass(framed);
      },
      close() {
        forget?.();
        void pass(framer.discard());
        voice.close();
        closed?.();
      },
    };
  };
}
