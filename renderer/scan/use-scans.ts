import { useEffect } from 'react';
import { createStrokeDecoder } from './decode-strokes.ts';
import { receiveScan } from './receive-scan.ts';
import { scanQueue } from './scanner.ts';
import { listenForWedge } from './wedge-listener.ts';

/** Listens to keyboard scanners and works the queue off while the page has a session. */
export function useScans(): void {
  useEffect(() => {
    scanQueue.start();
    const stop = listenForWedge({
      decode: createStrokeDecoder(() => new Date()),
      onScan: (raw) => receiveScan({ raw, source: 'wedge' }),
    });
    return () => {
      stop();
      scanQueue.stop();
    };
  }, []);
}
