/** A rectangle in device-independent pixels of the virtual desktop. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is kept of a window between two runs. */
export interface SavedWindow extends Bounds {
  readonly maximized: boolean;
}

/** Below this the packing screen does not fit; a touch display at a bench has at least as much. */
export const minimumSize = { width: 800, height: 600 } as const;
const DEFAULT_SIZE = { width: 1280, height: 860 } as const;
// Enough of the title bar to take hold of the window with the mouse.
const GRIP = { width: 160, height: 32 } as const;

/** Reads a stored window state; undefined for anything that is not one, so that a spoilt file does no harm. */
export function readSavedWindow(stored: unknown): SavedWindow | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { x, y, width, height, maximized }: { [key: string]: unknown } = { ...stored };
  if (!isPixel(x) || !isPixel(y) || !isPixel(width) || !isPixel(height)) return undefined;
  if (width <= 0 || height <= 0) return undefined;
  return { x, y, width, height, maximized: maximized === true };
}

function isPixel(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100_000;
}

/**
 * Where the window opens, given the work areas of the displays that are connected now (the primary one first).
 *
 * A window whose title bar would lie on no display (a monitor was unplugged) comes back centred on the primary one.
 */
export function restoreBounds(saved: SavedWindow | undefined, workAreas: readonly Bounds[]): Bounds {
  const home = saved && workAreas.find((area) => canBeGrabbed(saved, area));
  if (saved && home) return { x: saved.x, y: saved.y, ...fitSize(saved, home) };
  const primary = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE };
  const size = fitSize(saved ?? DEFAULT_SIZE, primary);
  const x = primary.x + Math.max(0, Math.round((primary.width - size.width) / 2));
  const y = primary.y + Math.max(0, Math.round((primary.height - size.height) / 2));
  return { x, y, ...size };
}

function canBeGrabbed(window: Bounds, area: Bounds): boolean {
  const visibleWidth = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const titleBarInside = window.y >= area.y && window.y + GRIP.height <= area.y + area.height;
  return titleBarInside && visibleWidth >= GRIP.width;
}

function fitSize(wanted: { readonly width: number; readonly height: number }, area: Bounds) {
  return {
    width: Math.max(minimumSize.width, Math.min(wanted.width, area.width)),
    height: Math.max(minimumSize.height, Math.min(wanted.height, area.height)),
  };
}
