import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';

/** Workers of this process; another one with its number is of a time before a restart. */
const living = new Set<string>();

/** Who holds a message: the PC, the process, and which worker of it, so that a restart knows what nobody will finish. */
export function newOwner(): string {
  const owner = `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`;
  living.add(owner);
  return owner;
}

/** The worker with this name ended and left nothing. */
export function retireOwner(owner: string): void {
  living.delete(owner);
}

/** Whether the worker was on this PC and its process is gone. Of other PCs nobody knows: their lease must run out. */
export function isGone(owner: string): boolean {
  const [, host, pid] = /^(.*):(\d+):[0-9a-f]{8}$/.exec(owner) ?? [];
  if (host !== hostname() || pid === undefined || living.has(owner)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'ESRCH'; // process.kill throws system errors only
  }
}
