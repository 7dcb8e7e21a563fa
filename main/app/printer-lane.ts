import type { DeviceView } from '../../shared/contract/devices.ts';
import { parseMedia } from '../../shared/model/media.ts';
import { onWake } from '../db/on-wake.ts';
import type { HandOver, PrinterDriver, PrinterStatus } from '../devices/printer/printer.ts';
import {
  noteHandOver,
  noteRestarted,
  noteSystemState,
  noteWaiting,
  type OwnPrinter,
  type SubmittedPaper,
  submitNext,
  type Why,
} from '../printing/print-run-service.ts';
import type { SystemJob } from '../printing/printing-rules.ts';
import { listJobsAtPrinter } from '../printing/printing-views.ts';
import type { Core } from './core.ts';

type Now = NonNullable<DeviceView['now']>;

/** How often a printer is asked, ms. CUPS may stick at a reason when it is asked more often than every 3 s. */
export interface PrinterTiming {
  /** While a job is open. */
  readonly lookMs: number;
  /** While none is. */
  readonly restMs: number;
}

export const printerTiming: PrinterTiming = { lookMs: 3_000, restMs: 30_000 };

export interface LaneParts {
  readonly printer: OwnPrinter & { readonly media: string };
  readonly driver: PrinterDriver;
  readonly timing: PrinterTiming;
  onChange(): void;
}

/** One printer of this bench with the jobs that wait for it. */
export interface PrinterLane {
  now(): Now;
  wake(): void;
  close(): Promise<void>;
}

/** A look that is younger counts as one: several papers of a parcel follow each other at once. */
const FRESH_MS = 1_000;
/** The printer does not say how it does, and takes papers all the same. */
const NO_STATUS = 'printer.no-status';
const UNSIZED = { widthMm: 101.6, heightMm: 152.4 };

/**
 * Hands the jobs of one printer over, one at a time in the order in which they were asked for, and follows them.
 *
 * A job is written down as submitted before a byte of it is sent, so whatever ends this process, no job is ever handed
 * over twice by itself. While the printer is away or needs somebody, jobs stay queued and go on by themselves.
 */
export function openPrinterLane(core: Pick<Core, 'deps' | 'database'>, parts: LaneParts): PrinterLane {
  const { printer, driver, timing } = parts;
  const { deps } = core;
  /** Jobs that this life of the station handed over. */
  const ours = new Set<string>();
  /** Of an earlier life, whose end cut them off: any that is submitted at the start. Later ones are somebody else's. */
  const inherited = new Set<string>();
  let inherits = true;
  /** Jobs of which the system will say nothing more. */
  const untold = new Set<string>();
  const instant = (): string => deps.clock().toISOString();
  let now: Now = { state: 'opening', since: instant(), code: null, params: {}, path: null, waiting: 0 };
  let lookedAt = Number.NEGATIVE_INFINITY;
  const age = (): number => performance.now() - lookedAt;
  const show = (next: Omit<Now, 'since' | 'path'>): void => {
    if (JSON.stringify({ ...now, ...next }) === JSON.stringify(now)) return;
    now = { ...now, ...next, since: next.state === now.state ? now.since : instant() };
    parts.onChange();
  };
  const look = async (waiting: number): Promise<void> => {
    const { state, code, params, activity }: PrinterStatus = await driver.status();
    lookedAt = performance.now();
    show({ state, code, params, activity, waiting });
  };
  const isReady = (): boolean => now.state === 'ready' || (now.state === 'silent' && now.code === NO_STATUS);
  const why = (): Why | null =>
    now.code === null || now.code === NO_STATUS ? null : { code: now.code, params: now.params };

  const follow = async (job: SystemJob): Promise<void> => {
    const { state } = job.systemJob === null ? { state: 'not-told' as const } : await driver.jobState(job.systemJob);
    if (state !== 'not-told') return noteSystemState(deps, printer, { jobId: job.id, state, why: why() });
    if (inherited.has(job.id)) await noteRestarted(deps, printer, job.id);
    // A printer that is away for a moment may still tell later.
    if (job.systemJob === null || now.state !== 'absent') untold.add(job.id);
  };
  /** What came of hand-overs and could not be written down yet: the database may be away for a moment. */
  const owed: { jobId: string; answer: HandOver }[] = [];
  const payOwed = async (): Promise<void> => {
    for (let [first] = owed; first; [first] = owed) {
      await noteHandOver(deps, printer, first);
      owed.shift();
    }
  };
  let pausedUntil = 0;
  const handOver = async (paper: SubmittedPaper): Promise<void> => {
    ours.add(paper.jobId);
    const media = parseMedia(printer.media) ?? UNSIZED;
    const { title, bytes, format } = paper;
    const answer: HandOver = await driver
      .print({ title, bytes, format, media })
      // A driver answers; should one throw, nobody knows how far it came.
      .catch(() => ({ outcome: 'unknown', code: 'print.broke-off', params: {} }) as const);
    // A printer that refuses what it seemed ready for is given time.
    if (answer.outcome === 'refused' && answer.passing) pausedUntil = performance.now() + timing.lookMs;
    owed.push({ jobId: paper.jobId, answer });
    await payOwed();
  };
  const submitOne = async (): Promise<SubmittedPaper | undefined> => {
    try {
      return await submitNext(deps, printer);
    } catch (error) {
      // It may be written down all the same, and then it was not sent: it is looked for like one of an earlier life.
      inherits = true;
      untold.clear();
      throw error;
    }
  };
  /** Prints what waits until nothing does, or the printer takes no more. */
  const printAll = async (waiting: number, closed: () => boolean): Promise<void> => {
    while (!closed() && performance.now() >= pausedUntil) {
      if (age() > FRESH_MS) await look(waiting);
      const paper = isReady() ? await submitOne() : undefined;
      if (!paper) return;
      await handOver(paper);
    }
  };
  const work = onWake(timing.lookMs, async (closed) => {
    await payOwed();
    const open = await listJobsAtPrinter(core.database, printer.id);
    const queued = open.filter(({ state }) => state === 'queued').length;
    const followed = open.filter(({ id, state }) => state === 'submitted' && !untold.has(id));
    // A timer may come a little early.
    const isDue = age() >= (queued > 0 || followed.length > 0 ? timing.lookMs : timing.restMs) - 50;
    if (isDue) await look(queued);
    if (isDue) {
      if (inherits) for (const { id } of followed) if (!ours.has(id)) inherited.add(id);
      inherits = false;
      for (const job of followed) await follow(job);
    }
    if (queued > 0) {
      if (isReady()) await printAll(queued, closed);
      await noteWaiting(deps, printer, isReady() ? null : why());
    }
    show({ ...now, waiting: isReady() ? 0 : queued });
  });
  work.wake();
  return {
    now: () => now,
    wake: work.wake,
    async close() {
      // Ends what is being sent, so that nobody waits half a minute for a printer that hangs.
      await driver.close();
      await work.close();
    },
  };
}
