import { type AddressInfo, createServer, type Socket } from 'node:net';

/** How the simulated printer behaves from now on. */
export interface RawPrinterMood {
  readonly paperOut?: boolean;
  readonly headUp?: boolean;
  readonly ribbonOut?: boolean;
  readonly paused?: boolean;
  /** Answers nothing, as newer printers do while something is wrong. */
  readonly silent?: boolean;
  /** Breaks every connection once this many bytes of it came. */
  readonly hangUpAfter?: number;
  /** Takes this many bytes and then reads no further, the line open. */
  readonly stallAfter?: number;
  /** Formats that it says it still holds. */
  readonly waitingFormats?: number;
  /** Labels of a batch that it says are still to come. */
  readonly waitingLabels?: number;
  /** What it answers instead, whatever it is asked. */
  readonly nonsense?: Uint8Array;
}

export interface RawPrinterOptions {
  readonly port?: number;
  /** Whether it speaks ZPL and answers `~HS`; a plain printer takes the question for a paper. */
  readonly answersStatus?: boolean;
  /** Said as soon as bytes of a paper come. */
  readonly onPaper?: (bytes: Uint8Array) => void;
}

/** A label printer on 127.0.0.1 that takes raw bytes and keeps what it printed. */
export interface RawPrinter {
  readonly host: string;
  readonly port: number;
  /** One entry a connection that brought a paper and ended well; questions for the state are no papers. */
  readonly papers: readonly Uint8Array[];
  /** Bytes of papers whose connection broke, as far as they came. */
  readonly torn: readonly Uint8Array[];
  /** Connections taken so far. */
  readonly calls: () => number;
  set(mood: RawPrinterMood): void;
  /** Off the network: nobody listens, open lines break. */
  close(): Promise<void>;
}

const QUESTION = '~HS';

/** Listens on 127.0.0.1, at a free port unless told otherwise. */
export async function startRawPrinter(options: RawPrinterOptions = {}): Promise<RawPrinter> {
  const [papers, torn]: [Uint8Array[], Uint8Array[]] = [[], []];
  const open = new Set<Socket>();
  let mood: RawPrinterMood = {};
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    open.add(socket);
    serve(socket, { mood: () => mood, answersStatus: options.answersStatus ?? false }, (bytes, whole) => {
      open.delete(socket);
      if (bytes.length === 0) return;
      (whole ? papers : torn).push(bytes);
      if (whole) options.onPaper?.(bytes);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo; // a server on TCP has no other
  return {
    ...{ host: '127.0.0.1', port, papers, torn, calls: () => calls },
    set(next) {
      mood = next;
    },
    close() {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

interface Conduct {
  mood(): RawPrinterMood;
  readonly answersStatus: boolean;
}

function serve(socket: Socket, conduct: Conduct, done: (bytes: Uint8Array, whole: boolean) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  let over = false;
  const finish = (whole: boolean): void => {
    if (over) return;
    over = true;
    done(withoutQuestions(Buffer.concat(chunks), conduct.answersStatus), whole);
  };
  socket.on('data', (chunk) => {
    const { hangUpAfter, stallAfter } = conduct.mood();
    chunks.push(chunk);
    length += chunk.length;
    if (hangUpAfter !== undefined && length >= hangUpAfter) {
      // A question behind the break is never read.
      finish(false);
      socket.resetAndDestroy();
      return;
    }
    if (conduct.answersStatus && chunk.includes(QUESTION)) answer(socket, conduct.mood());
    if (stallAfter !== undefined && length >= stallAfter) socket.pause();
  });
  socket.on('end', () => finish(true));
  socket.on('close', () => finish(false));
  // A line that breaks is told by `close`.
  socket.on('error', () => undefined);
}

function withoutQuestions(bytes: Buffer, answersStatus: boolean): Uint8Array {
  if (!answersStatus) return new Uint8Array(bytes);
  return new Uint8Array(Buffer.from(bytes.toString('latin1').replaceAll(/~HS(?:\r\n)?/g, ''), 'latin1'));
}

function answer(socket: Socket, mood: RawPrinterMood): void {
  if (mood.silent) return;
  socket.write(mood.nonsense ?? hostStatus(mood));
}

const flag = (on: boolean | undefined): string => (on ? '1' : '0');
const count = (value: number | undefined, digits: number): string => String(value ?? 0).padStart(digits, '0');

/** The three lines of `~HS` as the ZPL II manual gives them. */
function hostStatus(mood: RawPrinterMood): string {
  const { paperOut, paused, waitingFormats, headUp, ribbonOut, waitingLabels } = mood;
  const lines = [
    `030,${flag(paperOut)},${flag(paused)},1245,${count(waitingFormats, 3)},0,0,0,000,0,0,0`,
    `001,0,${flag(headUp)},${flag(ribbonOut)},1,2,6,0,${count(waitingLabels, 8)},1,000`,
    '1234,0',
  ];
  return lines.map((line) => `\x02${line}\x03\r\n`).join('');
}
