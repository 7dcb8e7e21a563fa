import type { LineDevice } from '../../../shared/contract/devices.ts';

/** One scale or scanner as it was set up. */
export type Device = LineDevice;

/** Clock, timers and chance, handed in so that hours of silence take no time in a test. */
export interface Timing {
  /** Milliseconds; only differences count. */
  now(): number;
  /** Does this later; the returned function forgets it. */
  after(ms: number, act: () => void): () => void;
  /** From 0 to 1. */
  chance(): number;
}

/** How a device does whose line is open, as its driver sees it. */
export interface Health {
  readonly state: 'silent' | 'ready' | 'fault';
  /** Key of a text in the catalogues, null while all is well. */
  readonly code: string | null;
  readonly params?: Readonly<Record<string, string>>;
}

/** What a driver may do with its line. */
export interface DriverLine {
  write(bytes: Uint8Array): void;
  health(health: Health): void;
  /** The line is open and the device is dumb: closes it and opens it again. */
  reopen(): void;
}

/** The conversation with one device over one opening of its line. */
export interface Driver {
  /** A promise asks the line to read no further until it is kept. */
  bytes(chunk: Uint8Array, atMs: number): void | Promise<void>;
  /** The line is over. */
  close(): void;
}

/** Begins the conversation; throws an `AppError` when the device's settings cannot work. */
export type StartDriver = (device: Device, line: DriverLine) => Driver;
