import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Removes temporary folders named `<prefix><pid>-…` whose process is gone: a killed test run cannot tidy up itself. */
export function sweepFolders(parent: string, prefix: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (Number.isNaN(pid) || isRunning(pid)) continue;
    rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process answers with EPERM: it lives.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
