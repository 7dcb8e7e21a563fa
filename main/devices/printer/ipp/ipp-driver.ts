import { judgeJob, judgePrinter } from '../../../../shared/devices/printer-reasons.ts';
import type {
  HandOver,
  PrinterDriver,
  PrinterParams,
  PrinterStatus,
  PrintRequest,
  SystemJobState,
} from '../printer.ts';
import { askIpp, type IppAsk, type IppEnd, type IppPlace } from './ipp-client.ts';
import { fitJob } from './job-attributes.ts';
import type { IppAnswer } from './read-answer.ts';

/** What a question or a paper may take, ms; shorter in tests. */
export interface IppTiming {
  readonly askMs: number;
  readonly printMs: number;
}

export const ippTiming: IppTiming = { askMs: 5_000, printMs: 25_000 };

const PRINT_JOB = 0x02;
const GET_JOB = 0x09;
const GET_PRINTER = 0x0b;
const tags = { integer: 0x21, name: 0x42, keyword: 0x44, mime: 0x49 } as const;
const ASKED_OF_PRINTER = [
  ...['printer-state', 'printer-state-reasons', 'printer-state-message', 'printer-is-accepting-jobs'],
  ...[
    'document-format-supported',
    'media-supported',
    'media-col-supported',
    'print-scaling-supported',
    'job-creation-attributes-supported',
  ],
];

/** A printer that speaks IPP, or a queue of a print server. */
export function createIppDriver(place: IppPlace, timing: IppTiming = ippTiming): PrinterDriver {
  const closing = new AbortController();
  const open = new Set<Promise<unknown>>();
  const params = { path: place.uri };
  const ask = (operation: number, rest: Partial<IppAsk>): Promise<IppEnd> => {
    const asked = askIpp(place, {
      ...{ operation, operationAttributes: [], limitMs: timing.askMs, signal: closing.signal },
      ...rest,
    });
    open.add(asked);
    void asked.finally(() => open.delete(asked));
    return asked;
  };
  const askPrinter = (): Promise<IppEnd> =>
    ask(GET_PRINTER, {
      operationAttributes: [{ tag: tags.keyword, name: 'requested-attributes', value: ASKED_OF_PRINTER }],
    });
  return {
    async print(request) {
      const found = await askPrinter();
      const refused = refusalOf(found, params);
      if (refused || found.kind !== 'answered') return refused ?? notReady(params);
      const formats = texts(found.answer, 'document-format-supported');
      const format = formatOf(request);
      if (formats.length > 0 && !formats.includes(format))
        return { outcome: 'refused', passing: false, code: 'printer.no-such-format', params };
      const sent = await ask(PRINT_JOB, { ...printJob(request, found.answer), limitMs: timing.printMs });
      return handOverOf(sent, params);
    },
    status: async () => statusOf(await askPrinter(), params),
    async jobState(systemJob) {
      const id = Number(/(\d+)$/.exec(systemJob)?.[1] ?? 'NaN');
      if (!(id > 0 && id < 2 ** 31)) return { state: 'not-told' };
      const asked = [{ tag: tags.integer, name: 'job-id', value: id }];
      const told = jobStateOf(await ask(GET_JOB, { operationAttributes: asked }));
      if (told.state !== 'waiting' && told.state !== 'printing') return told;
      // CUPS calls a job pending that waits behind a paused queue, and processing while its printer is switched off.
      const { state } = statusOf(await askPrinter(), params);
      return state === 'fault' ? { state: 'stopped' } : told;
    },
    async close() {
      closing.abort();
      await Promise.all(open);
    },
  };
}

function formatOf({ format }: PrintRequest): string {
  return format === 'pdf' ? 'application/pdf' : 'application/octet-stream';
}

function printJob(request: PrintRequest, printer: IppAnswer): Partial<IppAsk> {
  return {
    operationAttributes: [
      { tag: tags.name, name: 'requesting-user-name', value: 'packwright' },
      { tag: tags.name, name: 'job-name', value: request.title },
      { tag: tags.mime, name: 'document-format', value: formatOf(request) },
    ],
    jobAttributes: request.format === 'pdf' ? fitJob(request.media, (name) => texts(printer, name)) : [],
    document: request.bytes,
  };
}

const texts = ({ attributes }: IppAnswer, name: string): string[] =>
  (attributes.get(name) ?? []).filter((value) => typeof value === 'string');

function numberOf({ attributes }: IppAnswer, name: string): number | undefined {
  const [value] = attributes.get(name) ?? [];
  return typeof value === 'number' ? value : undefined;
}

const notReady = (params: PrinterParams): HandOver => ({
  outcome: 'refused',
  passing: true,
  code: 'printer.not-ready',
  params,
});

/** Status codes of RFC 8011, appendix B, of which nothing was printed. */
const refusals: readonly (readonly [status: number, code: string, passing: boolean])[] = [
  [0x0401, 'printer.denied', false],
  [0x0402, 'printer.denied', false],
  [0x0403, 'printer.denied', false],
  [0x0406, 'printer.queue-gone', false],
  [0x0407, 'printer.queue-gone', false],
  [0x0408, 'print.too-large', false],
  [0x040a, 'printer.no-such-format', false],
  [0x0506, 'printer.queue-rejects', true],
];

/** Why nothing can have been printed; undefined when something was, or when nobody knows. */
function refusalOf(end: IppEnd, params: PrinterParams): HandOver | undefined {
  if (end.kind === 'unreachable') return { outcome: 'refused', passing: true, code: 'printer.unreachable', params };
  if (end.kind === 'http-refused') {
    const code = end.status === 401 || end.status === 403 ? 'printer.denied' : 'printer.queue-gone';
    if (end.status >= 500) return notReady(params);
    return { outcome: 'refused', passing: false, code, params };
  }
  if (end.kind === 'lost' || end.answer.status < 0x0100) return undefined;
  const [, code, passing] = refusals.find(([status]) => status === end.answer.status) ?? [];
  if (code !== undefined && passing !== undefined) return { outcome: 'refused', passing, code, params };
  return notReady(params);
}

function handOverOf(end: IppEnd, params: PrinterParams): HandOver {
  const refused = refusalOf(end, params);
  if (refused) return refused;
  if (end.kind !== 'answered') {
    const timedOut = end.kind === 'lost' && end.timedOut;
    return { outcome: 'unknown', code: timedOut ? 'print.timed-out' : 'print.broke-off', params };
  }
  const job = numberOf(end.answer, 'job-id');
  return { outcome: 'handed-over', systemJob: job === undefined ? null : String(job) };
}

function statusOf(end: IppEnd, params: PrinterParams): PrinterStatus {
  const none = { params, activity: 'not-told' } as const;
  const refused = refusalOf(end, params);
  if (refused?.outcome === 'refused')
    return { state: refused.code === 'printer.unreachable' ? 'absent' : 'fault', code: refused.code, ...none };
  if (end.kind !== 'answered') return { state: 'fault', code: 'printer.not-ready', ...none };
  const [accepting] = end.answer.attributes.get('printer-is-accepting-jobs') ?? [];
  return judgePrinter({
    state: numberOf(end.answer, 'printer-state'),
    reasons: texts(end.answer, 'printer-state-reasons'),
    accepting: accepting !== false,
    message: texts(end.answer, 'printer-state-message')[0],
  });
}

function jobStateOf(end: IppEnd): SystemJobState {
  // Away for the moment: it is asked again, and until then nothing new is known.
  if (end.kind !== 'answered') return { state: 'stopped' };
  if (end.answer.status >= 0x0100) return { state: 'not-told' };
  return { state: judgeJob(numberOf(end.answer, 'job-state'), texts(end.answer, 'job-state-reasons')) };
}
