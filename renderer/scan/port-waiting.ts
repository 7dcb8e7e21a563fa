import { createStateCell } from '../station/state-cell.ts';

/** Scans of scanners on ports that wait at the station; it sends them to nobody else. */
export const portWaiting = createStateCell(0);
