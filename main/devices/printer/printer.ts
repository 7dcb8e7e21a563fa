import type { DeviceState, PrinterActivity } from '../../../shared/contract/devices.ts';
import type { MediaSize } from '../../../shared/model/media.ts';

/** One paper for one printer. */
export interface PrintRequest {
  /** Names the job in the system's queue, recognisable for whoever looks there: `order-parcel-kind-n`. */
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly format: 'pdf' | 'zpl';
  readonly media: MediaSize;
}

/** What came of handing a paper over. Nothing is ever handed over twice by the driver itself. */
export type HandOver =
  /** The system or the printer has it; `systemJob` is what it calls the job, null where it gives no name. */
  | { readonly outcome: 'handed-over'; readonly systemJob: string | null }
  /** Certain: nothing of it can come out. `passing` when trying again later may help (no paper, cable, switched off). */
  | { readonly outcome: 'refused'; readonly passing: boolean; readonly code: string; readonly params: PrinterParams }
  /** It may come out or not: the child was killed, the line broke in the middle. */
  | { readonly outcome: 'unknown'; readonly code: string; readonly params: PrinterParams };

export type PrinterParams = Readonly<Record<string, string>>;

/** How a printer does. `state` is `ready` only while it can print as far as anybody is told. */
export interface PrinterStatus {
  readonly state: DeviceState;
  /** Key of a text (`printer.media-empty`, `printer.paused`, `printer.no-status` …); null while all is well. */
  readonly code: string | null;
  readonly params: PrinterParams;
  /** `not-told` where neither the system nor the printer says. */
  readonly activity: PrinterActivity;
}

/** What the system says of a job that it took; `not-told` where it cannot say. */
export type SystemJobState =
  | { readonly state: 'waiting' | 'printing' | 'printed' | 'cancelled' | 'aborted' | 'not-told' }
  /** Held back by a fault of the printer, which the printer's status names. */
  | { readonly state: 'stopped' };

/**
 * One printer, however it is reached. Nothing here throws for a fault of the outside world: what goes wrong is an
 * answer with a code. Every call ends within 35 s.
 */
export interface PrinterDriver {
  print(request: PrintRequest): Promise<HandOver>;
  status(): Promise<PrinterStatus>;
  jobState(systemJob: string): Promise<SystemJobState>;
  close(): Promise<void>;
}

/** A page as a thermal head burns it: one byte a dot, row by row, below 128 is black. */
export interface DotPage {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
}

/** What the drivers need of PDF, handed in. Both throw for bytes that are no PDF. */
export interface PageReader {
  /** Every page as it is fed, its own rotation counted in. */
  pageSizes(bytes: Uint8Array): Promise<readonly MediaSize[]>;
  drawPages(bytes: Uint8Array, dpi: 203 | 300): Promise<readonly DotPage[]>;
}

/** A print queue that the system shows. */
export interface PrintQueue {
  readonly name: string;
  readonly makerModel: string | null;
  readonly isDefault: boolean;
}

/** Queues of this PC; undefined where the system has no way to list them. Never throws. */
export type ListPrintQueues = () => Promise<readonly PrintQueue[] | undefined>;
