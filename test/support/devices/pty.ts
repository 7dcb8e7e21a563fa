import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FarEnd, openFarEnd, ptyOpener } from '../../../main/devices/simulated/far-end.ts';

export type { FarEnd };

const opener = ptyOpener();

/** False where no pseudo-terminal can be had: the tests on real byte streams then say that they were skipped. */
export const ptysAvailable = opener !== undefined;

const folder = mkdtempSync(join(tmpdir(), 'packwright-pty-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Plugs a device in under `/…/name`. */
export async function plug(name: string): Promise<FarEnd> {
  if (!opener) throw new Error('neither socat nor python3 is installed');
  return openFarEnd(join(folder, name), opener);
}
