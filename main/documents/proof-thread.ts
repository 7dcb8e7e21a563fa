import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/errors.ts';
import type { ProofJob, ProofResult } from './proof-jobs.ts';
import { errorOf, type ProofReply, type ProofRequest } from './proof-message.ts';

interface Waiting {
  readonly resolve: (result: ProofResult) => void;
  readonly reject: (error: AppError) => void;
}

/** A page that takes longer has a fault that no waiting cures; the next job gets a fresh thread. */
const TIMEOUT_MS = 60_000;

/**
 * Owns the proof thread: starts it with the first job, starts it again after a crash, keeps the process alive only
 * while a job is under way.
 */
export class ProofThread {
  readonly #file: URL;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #lastId = 0;
  #onSettled: (() => void)[] = [];

  constructor(file: URL) {
    this.#file = file;
  }

  /** Throws what the job throws; `bug` `proof.crashed` when the thread dies or hangs under it. */
  run(job: ProofJob): Promise<ProofResult> {
    const worker = this.#start();
    this.#lastId += 1;
    const request: ProofRequest = { id: this.#lastId, job };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      worker.ref();
      this.#watch();
      worker.postMessage(request);
    });
  }

  /** Lets the jobs under way finish: a station that shuts down must not turn a good label into a failed one. */
  async close(): Promise<void> {
    while (this.#waiting.size > 0) await new Promise<void>((resolve) => this.#onSettled.push(resolve));
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #start(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(this.#file);
    worker.on('message', (reply: ProofReply) => this.#settle(reply));
    // A thread that was given up may still speak: only the current one may fail the jobs.
    worker.on('error', (error) => this.#worker === worker && this.#abandon(error.message));
    worker.on('exit', () => this.#worker === worker && this.#abandon('exit'));
    this.#worker = worker;
    return worker;
  }

  #settle(reply: ProofReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker?.unref();
    this.#watch();
    if (reply.ok) waiting?.resolve(reply.result);
    else waiting?.reject(errorOf(reply.fault));
    this.#tellClosing();
  }

  #tellClosing(): void {
    const told = this.#onSettled;
    this.#onSettled = [];
    for (const tell of told) tell();
  }

  /** Counts from the last sign of life, so that a long queue is no fault. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    if (this.#waiting.size === 0) return;
    this.#watchdog = setTimeout(() => {
      const worker = this.#worker;
      this.#abandon('timeout');
      void worker?.terminate();
    }, TIMEOUT_MS).unref();
  }

  #abandon(reason: string): void {
    clearTimeout(this.#watchdog);
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new AppError('bug', 'proof.crashed', { reason }));
    this.#tellClosing();
  }
}
