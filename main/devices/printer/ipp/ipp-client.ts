// The package brings no types.
/// <reference path="./ipp-encoder.d.ts" />
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import ipp, { type Attribute } from 'ipp-encoder';
import { type IppAnswer, readIppAnswer } from './read-answer.ts';

/** Where a printer or print server answers. */
export interface IppPlace {
  /** Names the printer in each request: `ipp://host:631/ipp/print`. */
  readonly uri: string;
  /** Socket of a print server on this PC, instead of host and port. */
  readonly socketPath?: string | undefined;
}

export interface IppAsk {
  readonly operation: number;
  /** Beside charset, language and the printer's address. */
  readonly operationAttributes: readonly Attribute[];
  readonly jobAttributes?: readonly Attribute[];
  readonly document?: Uint8Array;
  readonly limitMs: number;
  readonly signal: AbortSignal;
}

export type IppEnd =
  | { readonly kind: 'answered'; readonly answer: IppAnswer }
  /** Certain: no byte of the request arrived. */
  | { readonly kind: 'unreachable' }
  /** The server refused the request without reading it as IPP. */
  | { readonly kind: 'http-refused'; readonly status: number }
  /** The request went out, or some of it; what came of it is not known. */
  | { readonly kind: 'lost'; readonly timedOut: boolean };

/** No answer of a printer is longer; whatever floods is cut off. */
const MOST_BYTES = 1_000_000;
const CONNECT_LIMIT_MS = 4_000;
const OPERATION_GROUP = 0x01;
const JOB_GROUP = 0x02;
const tags = { charset: 0x47, language: 0x48, uri: 0x45 } as const;

let requests = 0;

/** One request to an IPP printer and its answer. Never throws and never sends twice. */
export function askIpp(place: IppPlace, ask: IppAsk): Promise<IppEnd> {
  const head = encode(place, ask);
  const { document } = ask;
  return new Promise((resolve) => {
    if (ask.signal.aborted || !URL.canParse(webAddress(place))) return resolve({ kind: 'unreachable' });
    const state = { sent: false, timedOut: false };
    const request = openRequest(place, head.length + (document?.length ?? 0));
    const finish = (end: IppEnd): void => {
      clearTimeout(timer);
      clearTimeout(connecting);
      ask.signal.removeEventListener('abort', stop);
      request.destroy();
      resolve(end);
    };
    const lose = (): void => finish(state.sent ? { kind: 'lost', timedOut: state.timedOut } : { kind: 'unreachable' });
    const stop = (): void => void request.destroy(new Error('stopped'));
    const timer = setTimeout(() => {
      state.timedOut = true;
      lose();
    }, ask.limitMs);
    const connecting = setTimeout(() => state.sent || lose(), CONNECT_LIMIT_MS);
    ask.signal.addEventListener('abort', stop);
    request.once('socket', (socket) => {
      socket.once(place.uri.startsWith('ipps:') ? 'secureConnect' : 'connect', () => {
        state.sent = true;
      });
    });
    request.once('error', lose);
    request.once('close', lose);
    request.once('response', (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        if (length > MOST_BYTES) lose();
      });
      response.once('error', lose);
      response.once('end', () => {
        if (response.statusCode !== 200) return finish({ kind: 'http-refused', status: response.statusCode ?? 0 });
        const answer = readIppAnswer(new Uint8Array(Buffer.concat(chunks)));
        if (answer) finish({ kind: 'answered', answer });
        else lose();
      });
    });
    request.write(head);
    request.end(document);
  });
}

const webAddress = ({ uri }: IppPlace): string => uri.replace(/^ipp/, 'http');

function openRequest(place: IppPlace, length: number): ReturnType<typeof httpRequest> {
  const { socketPath } = place;
  const url = new URL(webAddress(place));
  const options = {
    method: 'POST',
    // A connection of its own: a kept one may have died unnoticed, and then nobody knew whether the paper arrived.
    agent: false,
    path: `${url.pathname}${url.search}`,
    headers: { 'content-type': 'application/ipp', 'content-length': length },
    ...(socketPath === undefined
      ? { host: url.hostname.replace(/^\[|\]$/g, ''), port: url.port === '' ? 631 : Number(url.port) }
      : { socketPath, headers: { 'content-type': 'application/ipp', 'content-length': length, host: 'localhost' } }),
  };
  if (url.protocol === 'http:') return httpRequest(options);
  // Printers sign their certificates themselves; like CUPS we encrypt to whatever answers at the address that was set.
  return httpsRequest({ ...options, rejectUnauthorized: false, ...(isIP(url.hostname) ? { servername: '' } : {}) });
}

function encode({ uri }: IppPlace, { operation, operationAttributes, jobAttributes }: IppAsk): Buffer {
  requests = (requests + 1) % 0x7fffffff;
  const message = {
    version: { major: 1, minor: 1 },
    operationId: operation,
    requestId: requests + 1,
    groups: [
      {
        tag: OPERATION_GROUP,
        attributes: [
          { tag: tags.charset, name: 'attributes-charset', value: 'utf-8' },
          { tag: tags.language, name: 'attributes-natural-language', value: 'en' },
          { tag: tags.uri, name: 'printer-uri', value: uri },
          ...operationAttributes,
        ],
      },
      ...(jobAttributes && jobAttributes.length > 0 ? [{ tag: JOB_GROUP, attributes: jobAttributes }] : []),
    ],
  };
  return ipp.request.encode(message, Buffer.alloc(ipp.request.encodingLength(message)));
}
