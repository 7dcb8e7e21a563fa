import { goTo } from '../ui/router.ts';
import type { ScanSource } from './scan-queue.ts';
import { scanQueue } from './scanner.ts';

export interface ReceivedScan {
  /** As the scanner gave it; GS kept as \u001d. */
  readonly raw: string;
  readonly source: Exclude<ScanSource, 'typed'>;
  /** Of a scan that the station itself heard: every window of the bench sends it, and the station acts on it once. */
  readonly id?: string;
}

/** Where scans of every scanner arrive: into the queue, and the answer shows on the bench, wherever the packer was. */
export function receiveScan({ raw, source, id }: ReceivedScan): void {
  scanQueue.push(raw, source, id);
  goTo({ screen: 'bench' });
}
