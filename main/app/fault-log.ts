import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { AppError } from '../../shared/errors.ts';
import type { Report } from './router.ts';

/** Lines that wait while the disk is full; more are dropped, the station goes on. */
const MOST_WAITING_BYTES = 256_000;

export interface FaultLog {
  readonly report: Report;
  close(): void;
}

/** Faults of our own go to a log file under the data folder; the screen shows the reference. */
export async function openFaultLog(dataDir: string): Promise<FaultLog> {
  const folder = join(dataDir, 'logs');
  await mkdir(folder, { recursive: true }).catch((cause) => {
    throw new AppError('device', 'data.folder-not-writable', { folder }, cause);
  });
  const file = pino.destination({
    dest: join(folder, 'station.log'),
    sync: false,
    append: true,
    maxLength: MOST_WAITING_BYTES,
  });
  // A log that cannot be written (disk full, folder gone) must not end the station that packs.
  file.on('error', () => undefined);
  const log = pino({ level: 'info' }, file);
  return {
    report(error, ref) {
      const cause = error.cause instanceof Error ? { cause: error.cause.message, stack: error.cause.stack } : {};
      log.error({ ref, code: error.code, details: error.details, stack: error.stack, ...cause }, 'fault');
    },
    close() {
      try {
        file.flushSync();
      } catch {
        // What the disk does not take is lost; the faults were on the screen.
      }
      file.destroy();
    },
  };
}
