import { z } from 'zod';
import { printJobStates } from '../model/machines.ts';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

/** One paper on its way to, in or out of a printer. */
export const PrintJobView = z.object({
  id: Id,
  /** Names the bytes at `/documents/<id>.pdf`. */
  documentId: Id,
  /** `label`, `return-label`, `packing-slip`, `calibration` … */
  kind: z.string(),
  /** Empty for a paper that no order owns. */
  orderNumber: z.string(),
  /** `screen` is the simulated printer. */
  printer: z.string(),
  state: z.enum(printJobStates),
  /** Why it stands as it does, what to do: key of a text; null while all is well. */
  code: z.string().nullable(),
  params: z.record(z.string(), z.string()),
  /** What the system calls it. */
  systemJob: z.string().nullable(),
  reprint: z.int(),
  createdAt: Instant,
});
export type PrintJobView = z.infer<typeof PrintJobView>;

export const printingCalls = {
  'printing.jobs-view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'The latest print jobs of this bench, newest first, and those that wait for an answer of the packer',
    input: z.object({ limit: z.int().min(1).max(50).default(8) }),
    output: z.object({
      jobs: z.array(PrintJobView),
      /** Of this bench and not over: waiting, failed and not printed again, or of which nobody knows whether they came out. */
      open: z.array(PrintJobView),
    }),
  }),
  'printing.answer': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Did it come out? Answers for a job that nobody knows of; `again` prints it once more when it did not',
    input: z.object({ jobId: Id, cameOut: z.boolean(), again: z.boolean().default(false) }),
    output: z.object({ jobId: Id.nullable() }),
  }),
  'printing.print-again': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Prints the same bytes once more after a job failed',
    input: z.object({ jobId: Id }),
    output: z.object({ jobId: Id }),
  }),
  'printing.print-document': defineCall({
    kind: 'command',
    role: 'packer',
    summary:
      'Sends a stored document or a pick list (`pick-list-order-<id>`, `pick-list-run-<code>`) to this bench’s printer',
    input: z.object({ documentId: z.string().min(1).max(120) }),
    output: z.object({ jobId: Id }),
  }),
};

export const printingEvents = {
  /** A job was queued, or its state or reason is another one. */
  'printing.changed': z.object({ stationId: Id.nullable(), jobId: Id }),
};
