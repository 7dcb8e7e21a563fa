import { useEffect } from 'react';
import { createStrokeDecoder } from '../../shared/scanner/decode-strokes.ts';
import { hearPorts } from './hear-ports.ts';
import { receiveScan } from './receive-scan.ts';
import { scanQueue } from './scanner.ts';
import { listenForWedge } from './wedge-listener.ts';

/** Listens to keyboard scanners, shows what scanners on ports of this bench lead to, and works the queue off. */
export function useScans(stationId: string): void {
  useEffect(() => {
    scanQueue.start();
    const stops = [
      listenForWedge({
        decode: createStrokeDecoder(() => new Date()),
        onScan: (raw) => receiveScan({ raw, source: 'wedge' }),
      }),
      hearPorts(stationId),
    ];
    return () => {
      for (const stop of stops) stop();
      scanQueue.stop();
    };
  }, [stationId]);
}
