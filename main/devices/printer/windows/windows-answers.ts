import { z } from 'zod';
import type { PrinterCondition } from '../../../../shared/devices/printer-reasons.ts';
import type { PrintQueue, SystemJobState } from '../printer.ts';

const Queue = z.object({
  name: z.string(),
  driver: z.string().nullable(),
  status: z.int().nonnegative(),
  jobs: z.int().nonnegative(),
});
const Job = z.object({ name: z.string(), status: z.int().nonnegative() });

/** PRINTER_STATUS_* of winspool.h that hold a paper back, the one to be told first in front. */
const faults: readonly (readonly [bit: number, code: string])[] = [
  [0x40_0000, 'printer.cover-open'],
  [0x8, 'printer.jam'],
  [0x10, 'printer.media-empty'],
  [0x40, 'printer.media-empty'],
  [0x20, 'printer.media-empty'],
  [0x4_0000, 'printer.ribbon-out'],
  [0x80, 'printer.offline'],
  [0x1000, 'printer.offline'],
  [0x1, 'printer.paused'],
  [0x4, 'printer.queue-gone'],
  [0x10_0000, 'printer.stopped'],
  [0x2, 'printer.stopped'],
];
const BUSY = 0x100 | 0x200 | 0x400 | 0x4000;
/** JOB_STATUS_*: printed or complete; deleting or deleted; error, offline, no paper, blocked, needs somebody, paused. */
const JOB_DONE = 0x80 | 0x1000;
const JOB_DELETED = 0x4 | 0x100;
const JOB_STOPPED = 0x2 | 0x20 | 0x40 | 0x200 | 0x400 | 0x1;
const JOB_PRINTING = 0x10;

/**
 * The status of a queue as PowerShell tells it; undefined when its answer cannot be read.
 *
 * Normal (0) proves nothing on Windows, many drivers never tell another: it is told as such.
 */
export function readQueueStatus(stdout: string): PrinterCondition | undefined {
  const read = Queue.safeParse(parseJson(stdout));
  if (!read.success) return undefined;
  const { status, jobs } = read.data;
  const fault = faults.find(([bit]) => hasBits(status, bit));
  if (fault) return { state: 'fault', code: fault[1], params: {}, activity: 'stopped' };
  if (hasBits(status, BUSY)) return { state: 'ready', code: null, params: {}, activity: 'printing' };
  const activity = jobs > 0 ? 'printing' : 'not-told';
  return { state: 'ready', code: 'printer.no-status', params: {}, activity };
}

/** The state of the job of this name; a job that was printed leaves the list, and so does one that was deleted. */
export function readJobState(stdout: string, name: string): SystemJobState {
  const read = z.array(Job).safeParse(parseJson(stdout));
  const job = read.success ? read.data.find((candidate) => candidate.name.includes(name)) : undefined;
  if (!job) return { state: 'not-told' };
  if (hasBits(job.status, JOB_DONE)) return { state: 'printed' };
  if (hasBits(job.status, JOB_DELETED)) return { state: 'cancelled' };
  if (hasBits(job.status, JOB_STOPPED)) return { state: 'stopped' };
  return { state: hasBits(job.status, JOB_PRINTING) ? 'printing' : 'waiting' };
}

const Listed = z.array(z.object({ name: z.string(), driver: z.string().nullable(), isDefault: z.boolean() }));

export function readWindowsQueues(stdout: string): PrintQueue[] | undefined {
  const read = Listed.safeParse(parseJson(stdout));
  return read.success
    ? read.data.map(({ name, driver, isDefault }) => ({ name, makerModel: driver, isDefault }))
    : undefined;
}

const hasBits = (status: number, bits: number): boolean => (status & bits) !== 0;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}
