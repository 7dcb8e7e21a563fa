import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { SimulatedCarrier } from '../../../../main/carriers/carrier-simulator.ts';

/** One request as it arrived on the wire. */
export interface ReceivedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: string;
}

export interface ServedCarrier {
  readonly baseUrl: string;
  readonly calls: readonly ReceivedCall[];
  /** From now on every answer is this one, whatever is asked. */
  answerWith(status: number, body: string, contentType: string): void;
  close(): Promise<void>;
}

/** Puts a simulated carrier behind a real socket on a free port of 127.0.0.1. */
export async function serveCarrier(carrier: Pick<SimulatedCarrier, 'fetch'>): Promise<ServedCarrier> {
  const calls: ReceivedCall[] = [];
  let fixed: { status: number; body: string; contentType: string } | undefined;
  const server = createServer((message, answer) => {
    void handle(message, answer).catch(() => answer.destroy());
  });
  const handle = async (message: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const call = await readCall(message);
    calls.push(call);
    if (fixed) {
      answer.writeHead(fixed.status, { 'content-type': fixed.contentType }).end(fixed.body);
      return;
    }
    const url = `http://${message.headers.host ?? '127.0.0.1'}${message.url ?? '/'}`;
    const bodyless = call.method === 'GET' || call.method === 'HEAD';
    const { method, headers, body } = call;
    const request = new Request(url, { method, headers, ...(bodyless ? {} : { body }) });
    await send(await carrier.fetch(request), answer);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    calls,
    answerWith(status, body, contentType) {
      fixed = { status, body, contentType };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function readCall(message: IncomingMessage): Promise<ReceivedCall> {
  const body = await text(message);
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://127.0.0.1');
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, [value ?? ''].flat().join(', '));
  return { method: message.method ?? 'GET', path: pathname, query: searchParams, headers, body };
}

/** An answer that breaks off in the simulator breaks off on the wire, behind the bytes that were sent. */
async function send(response: Response, answer: ServerResponse): Promise<void> {
  answer.writeHead(response.status, Object.fromEntries(response.headers));
  answer.flushHeaders();
  try {
    for await (const chunk of response.body ?? []) await new Promise((sent) => answer.write(chunk, sent));
  } catch {
    answer.destroy();
    return;
  }
  answer.end();
}
