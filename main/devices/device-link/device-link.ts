import type { DeviceState } from '../../../shared/contract/devices.ts';
import type { PortMatch } from '../../../shared/devices/port-identity.ts';
import { retryDelay } from '../../../shared/devices/retry-delay.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Device, Driver, Health, StartDriver, Timing } from '../driver/driver.ts';
import { type LineListener, OpenError, type OpenLine, type OpenProblem } from '../transports/transports.ts';

/** A device silent for longer than this needs somebody to look at it; it is asked on. */
const NO_ANSWER_MS = 30_000;
/** Something plugged in is found within this time. */
const LOOK_EVERY_MS = 1_000;
/** A line that stood this long was no failure. */
const STOOD_MS = 5_000;

export interface DeviceStatus {
  readonly deviceId: string;
  readonly state: DeviceState;
  /** Milliseconds of `timing`. */
  readonly sinceMs: number;
  readonly code: string | null;
  readonly params: Readonly<Record<string, string>>;
  /** Port under which it is open. */
  readonly path: string | null;
}

export interface LinkDeps {
  readonly timing: Timing;
  readonly startDriver: StartDriver;
  /** Where the device is now. */
  find(device: Device): Promise<PortMatch>;
  open(device: Device, path: string, listener: LineListener): Promise<OpenLine>;
  /** False when another device of this station has the path; taken until `release`. */
  claim(path: string, deviceId: string): boolean;
  release(path: string, deviceId: string): void;
  onChange(status: DeviceStatus): void;
}

const OPEN_CODES: Readonly<Record<OpenProblem, string>> = {
  gone: 'device.not-plugged-in',
  taken: 'device.port-taken',
  denied: 'device.permission-denied',
  'bad-settings': 'device.bad-line',
  unsupported: 'device.no-usb',
  failed: 'device.open-failed',
};

/** Keeps one device open for ever: finds it, opens it, hears how it does, and begins anew whenever the line ends. */
export class DeviceLink {
  #device: Device;
  readonly #deps: LinkDeps;
  #status: DeviceStatus;
  #closed = false;
  #endWait: (() => void) | undefined;
  #endSession: ((reason: 'ours' | 'lost') => void) | undefined;
  #forgetSilence: (() => void) | undefined;
  readonly #running: Promise<void>;

  constructor(device: Device, deps: LinkDeps) {
    this.#device = device;
    this.#deps = deps;
    this.#status = {
      deviceId: device.id,
      state: 'opening',
      sinceMs: deps.timing.now(),
      code: null,
      params: {},
      path: null,
    };
    this.#running = this.#run();
  }

  get status(): DeviceStatus {
    return this.#status;
  }

  get device(): Device {
    return this.#device;
  }

  /** What its adapter tells of itself became known; the line stays as it is. */
  identify(identity: Device['identity']): void {
    this.#device = { ...this.#device, identity };
  }

  /** Looks for the device now instead of at the end of the pause. */
  wake(): void {
    this.#endWait?.();
  }

  /** The system no longer shows the port, although nobody said that the line ended. */
  lose(): void {
    this.#endSession?.('lost');
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#endWait?.();
    this.#endSession?.('ours');
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#closed) {
      const began = this.#deps.timing.now();
      const ended = await this.#session().catch((error: unknown) => this.#broken(error));
      if (this.#closed) break;
      failures = this.#deps.timing.now() - began > STOOD_MS ? 1 : failures + 1;
      const delay = retryDelay(failures, this.#deps.timing.chance());
      // What is not there costs nothing to look for, and is to work as soon as it is plugged in.
      await this.#pause(ended === 'absent' ? Math.min(delay, LOOK_EVERY_MS) : delay);
    }
    this.#forgetSilence?.();
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const forget = this.#deps.timing.after(ms, () => this.#endWait?.());
      this.#endWait = () => {
        forget();
        this.#endWait = undefined;
        resolve();
      };
    });
  }

  async #session(): Promise<'absent' | 'refused' | 'ended'> {
    const match = await this.#deps.find(this.device);
    if (this.#closed) return 'ended';
    if (match.kind !== 'found') {
      if (match.kind === 'ambiguous') this.#show('fault', 'device.ambiguous');
      else this.#showAbsent();
      return 'absent';
    }
    const { path } = match;
    if (!this.#deps.claim(path, this.device.id)) {
      this.#show('fault', 'device.port-taken', { path });
      return 'refused';
    }
    try {
      return await this.#openAt(path);
    } finally {
      this.#deps.release(path, this.device.id);
    }
  }

  async #openAt(path: string): Promise<'absent' | 'refused' | 'ended'> {
    let driver: Driver | undefined;
    const ended = new Promise<'ours' | 'lost'>((resolve) => {
      this.#endSession = resolve;
    });
    const line = await this.#deps
      .open(this.device, path, {
        bytes: (chunk, atMs) => {
          try {
            return driver?.bytes(chunk, atMs);
          } catch (error) {
            this.#broken(error);
            this.#endSession?.('ours');
          }
        },
        closed: () => this.#endSession?.('lost'),
      })
      .catch((error: unknown) => this.#refused(error, path));
    if (typeof line === 'string') return line;
    let reason: 'ours' | 'lost' = 'ours';
    if (!this.#closed) {
      driver = this.#start(line, path);
      if (driver) reason = await ended;
      driver?.close();
    }
    await line.close();
    if (reason === 'lost' && !this.#closed) this.#show('absent', 'device.unplugged');
    return driver ? 'ended' : 'refused';
  }

  #start(line: OpenLine, path: string): Driver | undefined {
    this.#status = { ...this.#status, path };
    try {
      return this.#deps.startDriver(this.device, {
        write: (bytes) => line.write(bytes),
        health: (health) => this.#hear(health, path),
        reopen: () => this.#endSession?.('ours'),
      });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#show('fault', error.code);
      return undefined;
    }
  }

  #hear({ state, code, params = {} }: Health, path: string): void {
    if (state !== 'silent') {
      this.#endSilence();
      this.#show(state, code, params, path);
      return;
    }
    // Told again after every reopening: the silence goes on.
    if (this.#forgetSilence) return;
    this.#show('silent', code, params, path);
    this.#forgetSilence = this.#deps.timing.after(NO_ANSWER_MS, () =>
      this.#show('fault', 'device.no-answer', {}, path),
    );
  }

  #refused(error: unknown, path: string): 'absent' | 'refused' {
    if (!(error instanceof OpenError)) throw error;
    this.#endSilence();
    if (error.problem === 'gone') {
      this.#showAbsent();
      return 'absent';
    }
    this.#show('fault', OPEN_CODES[error.problem], { ...error.params, path });
    return 'refused';
  }

  /** A fault of our own ends this opening, not the station and not the other devices. */
  #broken(error: unknown): 'refused' {
    const reason = error instanceof Error ? error.message : String(error);
    this.#show('fault', 'device.open-failed', { path: this.#status.path ?? '', reason: reason.slice(0, 200) });
    return 'refused';
  }

  #endSilence(): void {
    this.#forgetSilence?.();
    this.#forgetSilence = undefined;
  }

  #showAbsent(): void {
    this.#show('absent', this.#status.code === 'device.unplugged' ? 'device.unplugged' : 'device.not-plugged-in');
  }

  #show(
    state: DeviceState,
    code: string | null,
    params: Readonly<Record<string, string>> = {},
    path: string | null = null,
  ): void {
    if (state === 'absent') this.#endSilence();
    const was = this.#status;
    const same = was.state === state && was.code === code && was.path === path;
    if (same && JSON.stringify(was.params) === JSON.stringify(params)) return;
    const sinceMs = was.state === state ? was.sinceMs : this.#deps.timing.now();
    this.#status = { deviceId: this.device.id, state, sinceMs, code, params, path };
    this.#deps.onChange(this.#status);
  }
}
