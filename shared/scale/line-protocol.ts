import { type LineParser, lineScanner } from './frame-scanners.ts';
import type { ScaleSettings } from './scale-settings.ts';
import { createScaleStream, type FrameScanner, type ScaleProtocol } from './scale-stream.ts';

type Description = Omit<ScaleProtocol, 'open'>;

/** A protocol whose frames are lines. */
export function lineProtocol(description: Description, parse: LineParser): ScaleProtocol {
  return scannedProtocol(description, (settings) => lineScanner(parse, settings));
}

/** A protocol with a scanner of its own. */
export function scannedProtocol(
  description: Description,
  makeScanner: (settings: ScaleSettings) => FrameScanner,
): ScaleProtocol {
  return { ...description, open: (settings) => createScaleStream(() => makeScanner(settings)) };
}
