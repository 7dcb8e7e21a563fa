import type { LineAddress } from '../../../shared/contract/devices.ts';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';

/** Why a port could not be opened. */
export type OpenProblem =
  /** Nothing has this name, or nobody listens there. */
  | 'gone'
  /** Another program has it open. */
  | 'taken'
  /** The user of this PC may not open it. */
  | 'denied'
  /** The settings of the line are none that this port can have. */
  | 'bad-settings'
  /** What reads this kind of port cannot be loaded on this PC. */
  | 'unsupported'
  /** Anything else, in the system's own words. */
  | 'failed';

/** A port that did not open; `params` holds what its words on the screen need (`path`, `group`, `reason`). */
export class OpenError extends Error {
  readonly problem: OpenProblem;
  readonly params: Readonly<Record<string, string>>;

  constructor(problem: OpenProblem, params: Readonly<Record<string, string>>) {
    super(`${problem} ${JSON.stringify(params)}`);
    this.name = 'OpenError';
    this.problem = problem;
    this.params = params;
  }
}

/** Hears one open line. */
export interface LineListener {
  /**
   * `atMs` is when the bytes were read, on the clock of this PC: later work must not make two scans one. A promise asks
   * the line to read no further until it is kept.
   */
  bytes(chunk: Uint8Array, atMs: number): void | Promise<void>;
  /** The line is over without having been closed by us: unplugged, hung up, its process ended. Told once. */
  closed(reason: string): void;
}

export interface OpenLine {
  /** Hands bytes to the line; what it cannot take is lost and told by `closed`, never by an error. */
  write(bytes: Uint8Array): void;
  /** Never takes longer than a second, whatever the driver of the system does. */
  close(): Promise<void>;
}

/** Bytes in and out of one family of ports. */
export interface Transport<A extends LineAddress = LineAddress> {
  /** Throws an `OpenError`. */
  open(address: A, listener: LineListener): Promise<OpenLine>;
  /** Ports that the system shows; undefined where it cannot tell. Never throws. */
  list(): Promise<readonly PortInfo[] | undefined>;
  close(): Promise<void>;
}

/** A transport for each kind of address, handed in by whoever puts the station together. */
export type Transports = { readonly [K in LineAddress['kind']]: Transport<Extract<LineAddress, { kind: K }>> };
