import { AppError } from '../../shared/errors.ts';

const PATIENCE = 8;

/**
 * Runs a whole command again when somebody else changed what it had read, at most eight times; for commands that nobody
 * decides anew because of that, such as a cancel that meets a scan. Anything but a conflict is thrown at once.
 */
export async function retryConflicts<T>(command: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await command();
    } catch (error) {
      if (!(error instanceof AppError && error.kind === 'conflict') || attempt >= PATIENCE) throw error;
    }
  }
}
