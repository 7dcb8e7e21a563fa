import type { Documents } from '../documents/document.ts';
import type { Platform } from '../platform/platform.ts';
import type { PrinterTiming } from './printer-lane.ts';

/** What `createStation` needs to know; everything else is read from the data folder's settings file. */
export interface StationConfig {
  /** Data folder: settings file, embedded database, documents. Created when missing. */
  readonly dataDir: string;
  /** Folder of the built renderer, served for every path that is no call, event or document. */
  readonly rendererDir: string;
  readonly platform: Platform;
  /** Origins that the door answers, e.g. `http://127.0.0.1:4870` or `packwright://station`. */
  readonly origins: readonly string[];
  /** Overrides `database.url` of the settings file. */
  readonly databaseUrl?: string;
  /** Milliseconds until the simulated scale stands still; a simulated shift does not wait for it. */
  readonly scaleSettleMs?: number;
  /** The machine's own clock unless another is handed in. */
  readonly clock?: () => Date;
  /** Script that holds the serial ports; beside the bundle unless told otherwise. */
  readonly serialProcess?: string;
  /** How often printers are asked; as gently as their systems want it unless told otherwise. */
  readonly printerTiming?: PrinterTiming;
  /** Drawn and proved by `main/documents` unless others are handed in; closed with the station. */
  readonly documents?: Documents;
}

/** The whole product behind one door; knows neither Electron nor a socket. */
export interface Station {
  fetch(request: Request): Promise<Response>;
  /** A one-time token that the first page load exchanges for a session (lives ten minutes). */
  createLaunchToken(): Promise<string>;
  /** Fills an empty database with the invented demo warehouse; one that is the demo’s already stays as it is. */
  loadDemo(): Promise<void>;
  /** Tells the shell when a parcel is open at this bench, so that it can keep the display awake. */
  onPacking(listener: (packing: boolean) => void): () => void;
  close(): Promise<void>;
}
