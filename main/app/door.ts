import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { type Context, Hono } from 'hono';
import type { Handlers } from '../../shared/contract/handlers.ts';
import { type CallName, calls } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';
import { openSession } from '../stations/session-service.ts';
import { findImage } from '../stock/stock-views.ts';
import type { Core } from './core.ts';
import { documentBytes } from './documents-door.ts';
import { eventStream } from './event-stream.ts';
import { openApi } from './open-api.ts';
import { takeWebhook } from './relay-door.ts';
import { readJson } from './request-body.ts';
import { answerCall, failed, isCall, parseInput, type Report, statusOf } from './router.ts';
import type { Sessions } from './sessions.ts';
import { receiveUpload, tooLarge, UPLOAD_LIMIT } from './uploads.ts';

const CALL_LIMIT = 256 * 1024;
const MEDIA: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

export interface DoorParts {
  readonly core: Core;
  readonly sessions: Sessions;
  readonly handlers: Handlers<CallName>;
  readonly rendererDir: string;
  readonly origins: readonly string[];
  readonly report: Report;
  /** Streams that are open, so that closing the station ends them. */
  readonly streams: Set<() => void>;
}

/** The one door: calls, events, documents, uploads, pictures and the built renderer. */
export function createDoor(parts: DoorParts): Hono {
  const door = new Hono();
  door.onError((error, context) => answerError(context, error, parts.report));
  door.use('*', async (context, next) => {
    await next();
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Referrer-Policy', 'no-referrer');
    context.header('Cross-Origin-Resource-Policy', 'same-origin');
  });
  door.use('/api/*', async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  const refuseStrangers = strangerCheck(parts.origins);
  // After the headers, so that refusals carry them too.
  door.use('*', async (context, next) => {
    refuseStrangers(context);
    await next();
  });
  addApi(door, parts);
  addRelay(door, parts);
  addFiles(door, parts);
  return door;
}

function answerError(context: Context, error: unknown, report: Report): Response {
  const answer = failed(error, report);
  context.header('Cache-Control', 'no-store');
  return context.json(answer, statusOf[answer.error.kind]);
}

/** A page of another origin, or a name that resolves to us by DNS rebinding, gets nothing. */
function strangerCheck(origins: readonly string[]): (context: Context) => void {
  const hosts = new Set(origins.map((known) => known.replace(/^[a-z]+:\/\//, '')));
  return (context) => {
    const origin = context.req.header('origin');
    if (origin !== undefined && !origins.includes(origin)) throw new AppError('permission', 'door.foreign-origin');
    const { protocol, host: asked } = new URL(context.req.url);
    const host = context.req.header('host');
    // The window's own scheme has no host header; a request line may name a host of its own besides the header.
    const known = host === undefined ? protocol === 'packwright:' : hosts.has(host);
    if (!known || !(protocol === 'packwright:' || hosts.has(asked)))
      throw new AppError('permission', 'door.foreign-host');
  };
}

function addApi(door: Hono, parts: DoorParts): void {
  const { core, sessions } = parts;
  door.get('/api/openapi.json', (context) => context.json(openApi()));
  door.get('/api/events', (context) => {
    const stationId = sessions.useTicket(context.req.query('ticket') ?? '');
    if (!stationId) throw new AppError('permission', 'session.ticket-refused');
    const lastId = context.req.header('last-event-id') ?? context.req.query('last');
    const { body, stop } = eventStream(core.feed, lastId, () => parts.streams.delete(stop));
    parts.streams.add(stop);
    context.req.raw.signal.addEventListener('abort', stop);
    return new Response(body, {
      headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' },
    });
  });
  // Written as it comes: hono's own limit would hold a body without a told length in memory first.
  door.post('/api/uploads', async (context) => {
    await sessions.seatOf(context.req.header('authorization'));
    if (Number(context.req.header('content-length') ?? 0) > UPLOAD_LIMIT) throw tooLarge(UPLOAD_LIMIT);
    const uploadId = await receiveUpload(join(core.dataDir, 'uploads'), context.req.raw.body);
    return context.json({ ok: true, output: { uploadId } });
  });
  door.post('/api/stations.open-session', async (context) => {
    const { launchToken, station } = parseInput('stations.open-session', await readJson(context.req.raw, CALL_LIMIT));
    const opened = await openSession(core.deps, launchToken, station?.trim() || core.stationName);
    // Like every answer: only what the contract names leaves.
    return context.json({ ok: true, output: calls['stations.open-session'].output.parse(opened) });
  });
  door.post('/api/:name', async (context) => {
    const name = context.req.param('name');
    if (!isCall(name)) throw new AppError('not-found', 'door.unknown-call', { name });
    const seat = await sessions.seatOf(context.req.header('authorization'));
    const actor = sessions.actorOf(seat, { call: name, id: commandIdOf(context) });
    const answer = await answerCall(
      parts.handlers,
      { actor, name, input: await readJson(context.req.raw, CALL_LIMIT) },
      parts.report,
    );
    return answer.ok ? context.json(answer) : context.json(answer, statusOf[answer.error.kind]);
  });
  door.all('/api/*', (context) =>
    answerError(context, new AppError('not-found', 'door.unknown-call', { name: context.req.path }), parts.report),
  );
}

/** What platforms and relays say comes without a session: its signature is what lets it in. */
function addRelay(door: Hono, { core }: DoorParts): void {
  door.post('/relay/:shop', (context) => takeWebhook(core, context.req.param('shop'), context.req.raw));
}

function commandIdOf(context: Context): string | undefined {
  const key = context.req.header('idempotency-key');
  if (key !== undefined && !/^[\w-]{8,64}$/.test(key)) throw new AppError('validation', 'door.bad-idempotency-key');
  return key;
}

function addFiles(door: Hono, parts: DoorParts): void {
  const { core, sessions } = parts;
  door.get('/documents/:file{.+\\.pdf}', async (context) => {
    const seat = await sessions.seatOf(context.req.header('authorization'));
    const bytes = await documentBytes(core, context.req.param('file').replace(/\.pdf$/, ''), seat);
    return new Response(Buffer.from(bytes), {
      headers: { 'Content-Type': 'application/pdf', 'Cache-Control': 'no-store', 'Content-Disposition': 'inline' },
    });
  });
  // Pictures of goods are no secret and are named by a hash that nobody guesses: <img> can send no header.
  door.get('/images/:hash{[0-9a-f]{64}}', async (context) => {
    const image = await findImage(core.database, context.req.param('hash'));
    if (!image) throw new AppError('not-found', 'image.unknown');
    return new Response(Buffer.from(image.bytes), {
      headers: {
        'Content-Type': image.mediaType,
        'Cache-Control': 'private, max-age=31536000, immutable',
        'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      },
    });
  });
  door.get('*', async (context) => serveRenderer(context, parts.rendererDir));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new AppError('validation', 'door.bad-path', {}, cause);
  }
}

/** A file of the built renderer; every other path is the page itself, with a fresh nonce for its style tags. */
async function serveRenderer(context: Context, rendererDir: string): Promise<Response> {
  const path = normalize(decoded(context.req.path)).replace(/^([/\\])+/, '');
  const file = join(rendererDir, path);
  const inside = file.startsWith(rendererDir + sep);
  const found =
    inside && extname(path) !== '' && extname(path) !== '.html' ? await stat(file).catch(() => undefined) : undefined;
  if (found?.isFile()) {
    const hashed = path.startsWith('assets');
    return new Response(Readable.toWeb(createReadStream(file)) as unknown as ReadableStream, {
      headers: {
        'Content-Type': MEDIA[extname(path)] ?? 'application/octet-stream',
        'Content-Length': String(found.size),
        'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    });
  }
  if (extname(path) !== '' && extname(path) !== '.html') return context.notFound();
  const page = await readFile(join(rendererDir, 'index.html'), 'utf8').catch((cause) => {
    throw new AppError('device', 'door.renderer-missing', {}, cause);
  });
  const nonce = randomBytes(16).toString('base64');
  return new Response(page.replaceAll('__CSP_NONCE__', nonce), {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': contentSecurityPolicy(nonce),
    },
  });
}

function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "font-src 'self'",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
