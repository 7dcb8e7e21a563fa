import { useEffect } from 'react';
import { goTo } from '../ui/router.ts';
import { createStrokeDecoder } from './decode-strokes.ts';
import { scanQueue } from './scanner.ts';
import { listenForWedge } from './wedge-listener.ts';

/** Listens to keyboard scanners and works the queue off while the page has a session. */
export function useScans(): void {
  useEffect(() => {
    scanQueue.start();
    const stop = listenForWedge({
      decode: createStrokeDecoder(() => new Date()),
      onScan: (raw) => {
        scanQueue.push(raw, 'wedge');
        // The answer shows on the bench, wherever the packer was.
        goTo({ screen: 'bench' });
      },
    });
    return () => {
      stop();
      scanQueue.stop();
    };
  }, []);
}
