import { createStateCell } from './state-cell.ts';

/** False from a request without an answer until the next answer or the next open event stream. */
export const reachable = createStateCell(true);
