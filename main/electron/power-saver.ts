import { powerSaveBlocker } from 'electron';
import type { Station } from '../app/station.ts';

/**
 * Keeps the display awake while a parcel is open: a packer with both hands in a box touches no key for minutes.
 *
 * Returns the function that ends it.
 */
export function keepAwakeWhilePacking(station: Station): () => void {
  let blocker: number | undefined;
  const release = () => {
    if (blocker !== undefined) powerSaveBlocker.stop(blocker);
    blocker = undefined;
  };
  const stopListening = station.onPacking((packing) => {
    if (!packing) release();
    else blocker ??= powerSaveBlocker.start('prevent-display-sleep');
  });
  return () => {
    stopListening();
    release();
  };
}
