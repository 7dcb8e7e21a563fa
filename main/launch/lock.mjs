import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOOK_AGAIN_MS = 150;
const SILENCE_MS = 1_000;
/** Longer than the slowest install; afterwards the number in the file belongs to some other program. */
const OLDEST_MS = 20 * 60_000;

/**
 * Does the work while no other start on the same folder does any: of several that start at once one installs or
 * builds, the others wait. The lock of a process that is gone is taken over.
 */
export async function withLock(root, say, work) {
  const folder = join(root, '.cache');
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'launch-lock');
  const since = Date.now();
  let told = false;
  while (!take(lock)) {
    if (!told && Date.now() - since > SILENCE_MS) {
      say(`Waiting for another start that is installing or building (process ${holderOf(lock) ?? 'unknown'}) …`);
      told = true;
    }
    await new Promise((done) => setTimeout(done, LOOK_AGAIN_MS));
  }
  // Ended in the middle by Ctrl-C, it must not make the next start wait.
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(lock)) remove(lock);
    return false;
  }
}

function isAbandoned(lock) {
  const info = statSync(lock, { throwIfNoEntry: false });
  if (!info) return false;
  const age = Date.now() - info.mtimeMs;
  const holder = holderOf(lock);
  // Made and not yet written is a matter of microseconds.
  if (holder === undefined) return age > 5_000;
  return age > OLDEST_MS || !isRunning(holder);
}

/** Moved aside first: of two that find it abandoned, the slower one must not remove the lock of the faster. */
function remove(lock) {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  rmSync(aside, { force: true });
}

function holderOf(lock) {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
