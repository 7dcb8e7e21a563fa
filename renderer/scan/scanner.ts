import { delayBefore, pause } from '../station/back-off.ts';
import { newCommandId } from '../station/door.ts';
import { SessionLostError } from '../station/door-error.ts';
import { createScanQueue, type PendingScan } from './scan-queue.ts';
import { sendScan } from './send-scan.ts';

const KEPT_KEY = 'packwright.scans';

function saved(): readonly PendingScan[] {
  const kept = sessionStorage.getItem(KEPT_KEY);
  // Written by `save` below and by nothing else.
  return kept ? (JSON.parse(kept) as PendingScan[]) : [];
}

/** The page's only queue of scans: keyboard scanners, the simulated one and command buttons all end here. */
export const scanQueue = createScanQueue({
  send: async (scan) => {
    try {
      await sendScan(scan);
    } catch (error) {
      // The scan is kept and goes out once a new address has opened a session in this tab.
      if (error instanceof SessionLostError) scanQueue.stop();
      throw error;
    }
  },
  newCommandId,
  pauseBefore: (attempt) => pause(delayBefore(attempt)),
  save: (pending) => sessionStorage.setItem(KEPT_KEY, JSON.stringify(pending)),
  saved,
});
