import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface RotatingLogOptions {
  readonly folder: string;
  /** File name without `.log`. */
  readonly name: string;
  readonly maxBytes: number;
  /** How many full files are kept beside the current one; at least one. */
  readonly keep: number;
}

export interface RotatingLog {
  readonly file: string;
  /** Appends one JSON line; entries longer than 16 KiB are cut. */
  write(kind: string, details: Readonly<Record<string, unknown>>): void;
}

const MAX_ENTRY = 16_384;

/**
 * A log of JSON lines that never takes more than `maxBytes × (keep + 1)` on the disk.
 *
 * Writes are synchronous: the last line before a crash is the one that matters. A disk that refuses the
 * write must not turn a report into a second crash, so it goes to stderr instead.
 */
export function createRotatingLog(options: RotatingLogOptions): RotatingLog {
  const file = join(options.folder, `${options.name}.log`);
  return {
    file,
    write(kind, details) {
      const line = toLine(kind, details);
      try {
        mkdirSync(options.folder, { recursive: true });
        if (sizeOf(file) + Buffer.byteLength(line) > options.maxBytes) rotate(options);
        appendFileSync(file, line, { mode: 0o600 });
      } catch (error) {
        process.stderr.write(`${line}log not written: ${String(error)}\n`);
      }
    },
  };
}

function toLine(kind: string, details: Readonly<Record<string, unknown>>): string {
  const at = new Date().toISOString();
  const full = JSON.stringify({ at, kind, ...details });
  return `${full.length <= MAX_ENTRY ? full : JSON.stringify({ at, kind, cut: full.slice(0, MAX_ENTRY) })}\n`;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function rotate({ folder, name, keep }: RotatingLogOptions): void {
  const fileAt = (age: number) => join(folder, age === 0 ? `${name}.log` : `${name}.${age}.log`);
  for (let age = keep; age > 0; age -= 1) {
    if (existsSync(fileAt(age - 1))) renameSync(fileAt(age - 1), fileAt(age));
  }
}

/** What of an unknown thrown value goes into the log. */
export function describeFault(fault: unknown): Readonly<Record<string, unknown>> {
  if (!(fault instanceof Error)) return { message: String(fault) };
  const code: unknown = 'code' in fault ? fault.code : undefined;
  return { message: fault.message, stack: fault.stack, ...(code === undefined ? {} : { code }) };
}
