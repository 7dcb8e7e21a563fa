import type { Stroke } from '../../shared/scanner/stroke.ts';
import { createStateCell } from '../station/state-cell.ts';

/** Takes key presses instead of the reader of scans; true when the page must not get the key. */
export type StrokeTap = (stroke: Stroke) => boolean;

/** The set-up screen looks at the keys themselves while it is open. */
export const strokeTap = createStateCell<StrokeTap | undefined>(undefined);
