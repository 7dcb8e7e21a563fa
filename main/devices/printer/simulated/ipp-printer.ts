import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ReceivedRequest, readIppRequest, type Told, writeIppAnswer } from './read-ipp.ts';

/** How the simulated printer behaves from now on. */
export interface IppPrinterMood {
  /** 3 idle, 4 processing, 5 stopped. */
  readonly state?: 3 | 4 | 5;
  /** `media-empty-error`, `paused` … */
  readonly reasons?: readonly string[];
  readonly rejects?: boolean;
  /** Status with which every operation is refused, `0x0406` for one. */
  readonly refusesWith?: number;
  /** Status of HTTP with which every request is refused. */
  readonly httpStatus?: number;
  /** Takes a paper whole and breaks the line instead of answering. */
  readonly dropsAfterPaper?: boolean;
  /** Breaks the line once this many bytes of a paper came. */
  readonly dropsAfter?: number;
  /** Waits this long before it answers anything, ms. */
  readonly slowMs?: number;
  /** What it answers instead. */
  readonly nonsense?: Uint8Array;
  /** State of every job from now on, 3 to 9. */
  readonly jobState?: number;
  readonly jobReasons?: readonly string[];
  /** Has forgotten its jobs. */
  readonly forgetsJobs?: boolean;
  readonly media?: readonly string[];
  readonly mediaCol?: readonly string[];
  readonly formats?: readonly string[];
}

export interface SimulatedJob {
  readonly id: number;
  readonly document: Uint8Array;
  /** By name; what was said of the operation and of the job alike. */
  readonly attributes: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

/** A printer on 127.0.0.1 that speaks IPP and keeps what it was given. */
export interface IppPrinter {
  readonly uri: string;
  readonly jobs: readonly SimulatedJob[];
  /** Requests that came, whole or not. */
  readonly calls: () => number;
  set(mood: IppPrinterMood): void;
  close(): Promise<void>;
}

const [OPERATION_GROUP, JOB_GROUP, PRINTER_GROUP] = [0x01, 0x02, 0x04];
const tags = { integer: 0x21, boolean: 0x22, enum: 0x23, keyword: 0x44, mime: 0x49 } as const;
const DEFAULT_MEDIA = ['na_index-4x6_4x6in', 'iso_a4_210x297mm'];
const DEFAULT_FORMATS = ['application/pdf', 'application/octet-stream'];

/** Listens on 127.0.0.1, at a free port unless told otherwise. */
export async function startIppPrinter(options: { readonly port?: number } = {}): Promise<IppPrinter> {
  const jobs: SimulatedJob[] = [];
  let mood: IppPrinterMood = {};
  let calls = 0;
  const server = createServer((request, response) => {
    calls += 1;
    // A line that the other end breaks is nothing to answer.
    serve({ request, response, jobs, mood: () => mood }).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a server on TCP has no other
  return {
    ...{ uri: `ipp://127.0.0.1:${port}/ipp/print`, jobs, calls: () => calls },
    set(next) {
      mood = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly jobs: SimulatedJob[];
  mood(): IppPrinterMood;
}

async function serve({ request, response, jobs, mood }: Visit): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes: Buffer = chunk;
    chunks.push(bytes);
    length += bytes.length;
    const { dropsAfter } = mood();
    if (dropsAfter !== undefined && length > dropsAfter) return void request.socket.resetAndDestroy();
  }
  const { slowMs = 0, httpStatus, nonsense, dropsAfterPaper } = mood();
  if (slowMs > 0) await new Promise((resolve) => setTimeout(resolve, slowMs));
  const received = readIppRequest(Buffer.concat(chunks));
  if (httpStatus !== undefined || !received) return void response.writeHead(httpStatus ?? 400).end();
  const answer = decide(received, jobs, mood());
  if (dropsAfterPaper && received.document.length > 0) return void request.socket.destroy();
  response.writeHead(200, { 'content-type': 'application/ipp' }).end(nonsense ?? answer);
}

function decide(received: ReceivedRequest, jobs: SimulatedJob[], mood: IppPrinterMood): Buffer {
  const say = (status: number, tag?: number, told: readonly Told[] = []): Buffer => {
    const operation: Told[] = [
      ['attributes-charset', 0x47, 'utf-8'],
      ['attributes-natural-language', 0x48, 'en'],
    ];
    return writeIppAnswer(status, received.requestId, [
      [OPERATION_GROUP, operation],
      ...(tag === undefined ? [] : [[tag, told] as const]),
    ]);
  };
  if (mood.refusesWith !== undefined) return say(mood.refusesWith);
  switch (received.operation) {
    case 0x02: {
      if (mood.rejects) return say(0x0506);
      const id = jobs.length + 1;
      const attributes = Object.fromEntries(received.attributes.map(({ name, values }) => [name, values]));
      jobs.push({ id, document: received.document, attributes });
      return say(0, JOB_GROUP, [['job-id', tags.integer, id], jobTold(mood)]);
    }
    case 0x09: {
      const id = received.attributes.find(({ name }) => name === 'job-id')?.values[0];
      if (mood.forgetsJobs || !jobs.some((job) => job.id === id)) return say(0x0406);
      return say(0, JOB_GROUP, [jobTold(mood), ['job-state-reasons', tags.keyword, ...(mood.jobReasons ?? ['none'])]]);
    }
    case 0x0b:
      return say(0, PRINTER_GROUP, printerTold(mood));
    default:
      return say(0x0501);
  }
}

function jobTold({ jobState, state }: IppPrinterMood): Told {
  return ['job-state', tags.enum, jobState ?? (state === 5 ? 3 : 9)];
}

function printerTold({ state, reasons, rejects, media, mediaCol, formats }: IppPrinterMood): Told[] {
  return [
    ['printer-state', tags.enum, state ?? 3],
    ['printer-state-reasons', tags.keyword, ...(reasons ?? ['none'])],
    ['printer-is-accepting-jobs', tags.boolean, !rejects],
    ['document-format-supported', tags.mime, ...(formats ?? DEFAULT_FORMATS)],
    ['media-supported', tags.keyword, ...(media ?? DEFAULT_MEDIA)],
    ['media-col-supported', tags.keyword, ...(mediaCol ?? [])],
  ];
}
