import type { LineSettings } from '../../../shared/contract/devices.ts';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';
import type { OpenProblem } from './transports.ts';

/** What the station asks of the process that holds the serial ports; `id` names one opening, never used twice. */
export type SerialRequest =
  | { readonly ask: 'open'; readonly id: number; readonly path: string; readonly line: LineSettings }
  /** A USB scale. */
  | { readonly ask: 'open-hid'; readonly id: number; readonly path: string }
  | { readonly ask: 'write'; readonly id: number; readonly bytes: Uint8Array }
  /** Bytes that the station has taken up: the process reads no further ahead than `MOST_AHEAD` of them. */
  | { readonly ask: 'took'; readonly id: number; readonly count: number }
  | { readonly ask: 'close'; readonly id: number }
  | { readonly ask: 'list'; readonly id: number }
  | { readonly ask: 'list-hid'; readonly id: number }
  | { readonly ask: 'ping'; readonly id: number };

export type SerialReport =
  | { readonly told: 'opened'; readonly id: number }
  | {
      readonly told: 'refused';
      readonly id: number;
      readonly problem: OpenProblem;
      readonly params: Readonly<Record<string, string>>;
    }
  | { readonly told: 'bytes'; readonly id: number; readonly bytes: Uint8Array; readonly atMs: number }
  | { readonly told: 'closed'; readonly id: number; readonly reason: string }
  | { readonly told: 'ports'; readonly id: number; readonly ports: readonly PortInfo[] | undefined }
  | { readonly told: 'pong'; readonly id: number };

/** Bytes of one port that may be on their way to the station; a flood waits in the port's own buffer behind them. */
export const MOST_AHEAD = 65_536;
