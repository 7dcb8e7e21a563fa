import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Settings of our own: SumatraPDF's file wins over its command line, and a file of the user's may scale (sumatra#972,
 * #3081).
 */
export const sumatraSettings = `PrinterDefaults [
	PrintScale = none
]
CheckForUpdates = false
RestoreSession = false
RememberOpenedFiles = false
`;

/**
 * Prints a file to a queue without a window. No orientation: `landscape` and `portrait` add a blank label on some
 * printers (sumatra#3556).
 */
export function sumatraArguments(queue: string, file: string, appData: string): string[] {
  return ['-print-to', queue, '-silent', '-print-settings', 'noscale', '-appdata', appData, file];
}

/** A program cannot be started from inside the packed archive; the build leaves it beside it. */
export function outsideArchive(path: string): string {
  return path.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}

/** SumatraPDF as the package pdf-to-printer brings it; undefined where it was not packed. */
export function findSumatra(): string | undefined {
  try {
    const folder = outsideArchive(dirname(createRequire(import.meta.url).resolve('pdf-to-printer')));
    const name = readdirSync(folder).find((file) => /^SumatraPDF.*\.exe$/.test(file));
    return name !== undefined && existsSync(join(folder, name)) ? join(folder, name) : undefined;
  } catch {
    return undefined;
  }
}
