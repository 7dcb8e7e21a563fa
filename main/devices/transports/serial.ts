import type { DeviceAddress } from '../../../shared/contract/devices.ts';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';
import type { SideProcess, StartProcess } from '../../../shared/devices/side-process.ts';
import type { SerialReport, SerialRequest } from './serial-message.ts';
import { type LineListener, OpenError, type OpenLine, type Transport } from './transports.ts';

type SerialAddress = Extract<DeviceAddress, { kind: 'serial' }>;

const OPEN_LIMIT_MS = 5_000;
const LIST_LIMIT_MS = 4_000;
const CLOSE_LIMIT_MS = 1_200;
const PING_EVERY_MS = 2_000;
const MISSED_PINGS = 4;
/** Bytes taken up are told in lumps: a message back for each would double the traffic. */
const TELL_TAKEN_AT = 16_384;
/** A USB library that ended the process so often is asked no more. */
const MOST_HID_FAULTS = 2;

export interface SerialTransportOptions {
  readonly start: StartProcess;
  /** Path of the script that holds the ports. */
  readonly file: string;
}

interface Line {
  readonly listener: LineListener;
  settle(problem?: OpenError): void;
  onClosed?: () => void;
  taken: number;
}

/**
 * Serial ports, held by a process of their own that is started with the first of them and again after each of its
 * faults; all its lines are then closed with that reason. A process that no longer answers is ended.
 *
 * A thread would be a tenth of a millisecond nearer, and a native fault in it would end the station.
 */
export class SerialTransport implements Transport<SerialAddress> {
  readonly #options: SerialTransportOptions;
  readonly #lines = new Map<number, Line>();
  readonly #lists = new Map<number, (ports: readonly PortInfo[] | undefined) => void>();
  #process: SideProcess | undefined;
  #pinger: NodeJS.Timeout | undefined;
  #unanswered = 0;
  #lastId = 0;
  /** Questions about USB that are not answered yet, and how often the process died over one. */
  readonly #askedHid = new Set<number>();
  #hidFaults = 0;

  constructor(options: SerialTransportOptions) {
    this.#options = options;
  }

  open({ path, line }: SerialAddress, listener: LineListener): Promise<OpenLine> {
    return this.#open(path, listener, (id) => ({ ask: 'open', id, path, line }));
  }

  /** Opens a USB scale in the same process. */
  openHid(path: string, listener: LineListener): Promise<OpenLine> {
    return this.#open(path, listener, (id) => ({ ask: 'open-hid', id, path }));
  }

  async #open(path: string, listener: LineListener, request: (id: number) => SerialRequest): Promise<OpenLine> {
    this.#lastId += 1;
    const id = this.#lastId;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#ask({ ask: 'close', id });
        this.#lines.get(id)?.settle(new OpenError('failed', { path, reason: 'no answer', group: '' }));
      }, OPEN_LIMIT_MS);
      const settle = (problem?: OpenError): void => {
        clearTimeout(timer);
        if (problem) this.#lines.delete(id);
        if (problem) reject(problem);
        else resolve();
      };
      this.#lines.set(id, { listener, settle, taken: 0 });
      this.#ask(request(id));
    });
    return {
      write: (bytes) => this.#ask({ ask: 'write', id, bytes }),
      close: () => this.#closeLine(id),
    };
  }

  list(): Promise<readonly PortInfo[] | undefined> {
    return this.#list('list');
  }

  /** USB scales. */
  async listHid(): Promise<readonly PortInfo[] | undefined> {
    // Nobody may end the serial lines time and again by looking at the list of devices.
    return this.#hidFaults >= MOST_HID_FAULTS ? undefined : this.#list('list-hid');
  }

  async #list(ask: 'list' | 'list-hid'): Promise<readonly PortInfo[] | undefined> {
    this.#lastId += 1;
    const id = this.#lastId;
    const ports = new Promise<readonly PortInfo[] | undefined>((resolve) => {
      const timer = setTimeout(() => this.#lists.get(id)?.(undefined), LIST_LIMIT_MS);
      this.#lists.set(id, (found) => {
        clearTimeout(timer);
        this.#lists.delete(id);
        this.#askedHid.delete(id);
        resolve(found);
      });
    });
    if (ask === 'list-hid') this.#askedHid.add(id);
    this.#ask({ ask, id });
    return ports;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lines.keys()].map((id) => this.#closeLine(id)));
    this.#drop('closed')?.stop();
  }

  async #closeLine(id: number): Promise<void> {
    const line = this.#lines.get(id);
    if (!line) return;
    const closed = new Promise<void>((resolve) => {
      line.onClosed = resolve;
      setTimeout(resolve, CLOSE_LIMIT_MS).unref();
    });
    this.#ask({ ask: 'close', id });
    await closed;
    this.#lines.delete(id);
  }

  #ask(request: SerialRequest): void {
    this.#running().send(request);
  }

  #running(): SideProcess {
    if (this.#process) return this.#process;
    const started = this.#options.start(this.#options.file);
    this.#process = started;
    this.#unanswered = 0;
    // Only this process's own messages arrive here, in the one shape it sends.
    started.onMessage((message) => this.#process === started && this.#hear(message as SerialReport));
    started.onExit((reason) => {
      if (this.#process === started) this.#drop(reason);
    });
    this.#pinger = setInterval(() => this.#ping(started), PING_EVERY_MS);
    this.#pinger.unref();
    return started;
  }

  #ping(process: SideProcess): void {
    this.#unanswered += 1;
    if (this.#unanswered > MISSED_PINGS) this.#drop('no answer')?.stop();
    else process.send({ ask: 'ping', id: 0 } satisfies SerialRequest);
  }

  /** Forgets the process and everything that waited for it. */
  #drop(reason: string): SideProcess | undefined {
    const process = this.#process;
    this.#process = undefined;
    clearInterval(this.#pinger);
    const lines = [...this.#lines.values()];
    this.#lines.clear();
    if (this.#askedHid.size > 0 && reason !== 'closed') this.#hidFaults += 1;
    for (const tell of [...this.#lists.values()]) tell(undefined);
    for (const line of lines) {
      line.settle(new OpenError('failed', { path: '', reason, group: '' }));
      if (line.onClosed) line.onClosed();
      else line.listener.closed(reason);
    }
    return process;
  }

  #hear(report: SerialReport): void {
    const line = this.#lines.get(report.id);
    switch (report.told) {
      case 'opened':
        line?.settle();
        return;
      case 'refused':
        line?.settle(new OpenError(report.problem, report.params));
        return;
      case 'bytes':
        if (line) this.#take(report.id, line, report);
        return;
      case 'closed':
        this.#lines.delete(report.id);
        if (line?.onClosed) line.onClosed();
        else line?.listener.closed(report.reason);
        return;
      case 'ports':
        this.#lists.get(report.id)?.(report.ports);
        return;
      case 'pong':
        this.#unanswered = 0;
    }
  }

  #take(id: number, line: Line, { bytes, atMs }: { bytes: Uint8Array; atMs: number }): void {
    const busy = line.listener.bytes(bytes, atMs);
    if (busy) void busy.then(() => this.#took(id, line, bytes.length));
    else this.#took(id, line, bytes.length);
  }

  #took(id: number, line: Line, count: number): void {
    line.taken += count;
    if (line.taken < TELL_TAKEN_AT || this.#lines.get(id) !== line) return;
    this.#ask({ ask: 'took', id, count: line.taken });
    line.taken = 0;
  }
}
