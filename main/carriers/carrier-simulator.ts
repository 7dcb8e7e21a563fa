import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Address } from '../../shared/model/address.ts';
import type { LabelDpi, LabelMedia } from '../../shared/model/label.ts';

/** A label as a carrier would make it: its symbols really read, its words say that it is a simulation. */
export interface SimulatedLabel {
  readonly carrier: string;
  readonly service: string;
  readonly from: Address;
  readonly to: Address;
  readonly trackingNumber: string;
  /** The first one is the tracking symbol. Texts of GS1-128 and GS1 DataMatrix carry AIs in brackets: `(00)…`. */
  readonly symbols: readonly {
    readonly kind:
      | 'code128'
      | 'gs1-128'
      | 'itf'
      | 'datamatrix'
      | 'gs1datamatrix'
      | 'qr'
      | 'aztec'
      | 'pdf417'
      | 'maxicode';
    readonly text: string;
  }[];
  readonly media: LabelMedia;
  readonly dpi: LabelDpi;
  readonly file: 'pdf' | 'png' | 'zpl';
}
export type DrawSimulatedLabel = (label: SimulatedLabel) => Promise<Uint8Array>;

/** What can go wrong with one purchase; in turn, each once. */
export const purchaseFaults = [
  /** 500 and nothing was bought. */
  'unavailable-before',
  /** No answer and nothing was bought. */
  'hang-before',
  /** 429 with Retry-After, nothing was bought. */
  'throttle',
  /** Bought, and 500. */
  'unavailable-after',
  /** Bought, and no answer. */
  'hang-after',
  /** Bought, and a page of HTML instead of the answer. */
  'html-after',
  /** Bought, and the answer breaks off in the middle. */
  'cut-after',
  /** Bought, and the file of the label is half a file. */
  'half-file',
  /** Bought, and the file is the label of another parcel. */
  'wrong-label',
  /** Bought, and number and file are those of the purchase before. */
  'same-label',
] as const;
export type PurchaseFault = (typeof purchaseFaults)[number];
const Faults = z.array(z.enum(purchaseFaults));
/** Faults that the maker of the label has to play; the others are played around it. */
export type ContentFault = Extract<PurchaseFault, 'half-file' | 'wrong-label' | 'same-label'>;

export interface SimulatedCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  /** What the path's brackets matched. */
  readonly params: readonly string[];
  readonly fault: ContentFault | null;
}

export interface SimulatedReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface SimulatedRoute {
  readonly method: string;
  readonly path: RegExp;
  /** Buys: faults are played here. SOAP has one path for all: its body tells. */
  readonly buys?: boolean | ((body: string) => boolean);
  answer(call: SimulatedCall): Promise<SimulatedReply>;
}

export interface SimulatorDeps {
  readonly drawLabel: DrawSimulatedLabel;
  readonly clock: () => Date;
  /** What a purchase must not do: how long it hangs when it hangs. */
  readonly hangMs?: number;
  /** How many labels it has sold before, so that a new start does not give the numbers of the last one again. */
  readonly soldBefore?: number;
}

/** A carrier that is played on loopback, faithful to what its documents say. */
export interface SimulatedCarrier {
  readonly name: string;
  fetch(request: Request): Promise<Response>;
  /** The next purchases go wrong like this, in turn. */
  plan(faults: readonly PurchaseFault[]): void;
  /** Every label that this carrier sold, with our reference, so that a test can count what was paid. */
  sold(): readonly SoldLabel[];
}

export interface SoldLabel {
  readonly reference: string;
  readonly trackingNumber: string;
  readonly voided: boolean;
}

/** Plays routes and faults; `POST /_faults` with a JSON array plans faults from outside, `GET /_sold` tells what was sold. */
export function createSimulator(
  carrier: { readonly name: string; readonly routes: readonly SimulatedRoute[]; sold(): readonly SoldLabel[] },
  hangMs = 60_000,
): SimulatedCarrier {
  const planned: PurchaseFault[] = [];
  const plan = (faults: readonly PurchaseFault[]): void => void planned.push(...faults);
  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const body = await request.text();
    if (url.pathname === '/_faults' && request.method === 'POST') {
      plan(Faults.parse(JSON.parse(body)));
      return Response.json({ planned });
    }
    if (url.pathname === '/_sold') return Response.json(carrier.sold());
    const route = carrier.routes.find(({ method, path }) => method === request.method && path.test(url.pathname));
    if (!route)
      return new Response('<html><body>404</body></html>', { status: 404, headers: { 'content-type': 'text/html' } });
    const params = [...(route.path.exec(url.pathname) ?? [])].slice(1);
    const buys = typeof route.buys === 'function' ? route.buys(body) : route.buys;
    const fault = buys ? (planned.shift() ?? null) : null;
    const call = { method: request.method, url, headers: request.headers, body, params };
    return playFault(fault, { hangMs, answer: (content) => route.answer({ ...call, fault: content }) });
  };
  return { name: carrier.name, fetch, plan, sold: carrier.sold };
}

interface Play {
  readonly hangMs: number;
  answer(fault: ContentFault | null): Promise<SimulatedReply>;
}

async function playFault(fault: PurchaseFault | null, { hangMs, answer }: Play): Promise<Response> {
  switch (fault) {
    case 'unavailable-before':
      return new Response('Internal Server Error', { status: 500 });
    case 'hang-before':
      await wait(hangMs, undefined, { ref: false });
      return new Response('', { status: 504 });
    case 'throttle':
      return new Response('{}', { status: 429, headers: { 'retry-after': '1' } });
    case 'unavailable-after':
      await answer(null);
      return new Response('Internal Server Error', { status: 500 });
    case 'hang-after':
      await answer(null);
      await wait(hangMs, undefined, { ref: false });
      return new Response('', { status: 504 });
    case 'html-after':
      await answer(null);
      return new Response('<!doctype html><title>Maintenance</title>', { headers: { 'content-type': 'text/html' } });
    case 'cut-after':
      return cutOff(await answer(null));
    case 'half-file':
    case 'wrong-label':
    case 'same-label':
      return toResponse(await answer(fault));
    case null:
      return toResponse(await answer(null));
  }
}

function toResponse({
  status = 200,
  headers = { 'content-type': 'application/json' },
  body,
}: SimulatedReply): Response {
  return new Response(typeof body === 'string' ? body : Buffer.from(body), { status, headers });
}

/** Half of the answer, then the line is gone. */
function cutOff(reply: SimulatedReply): Response {
  const bytes = Buffer.from(reply.body);
  const half = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.subarray(0, Math.floor(bytes.length / 2)));
    },
    pull(controller) {
      controller.error(new Error('the line is gone'));
    },
  });
  return new Response(half, {
    status: reply.status ?? 200,
    headers: { ...reply.headers, 'content-length': String(bytes.length) },
  });
}
