import { type ServerType, serve } from '@hono/node-server';
import getPort, { portNumbers } from 'get-port';
import openInBrowser from 'open';
import { AppError } from '../../shared/errors.ts';
import { createStation } from '../app/create-station.ts';
import { readLocalSettings } from '../app/local-settings.ts';
import type { Station } from '../app/station.ts';
import { loopback, originsFor, shownOrigin } from './addresses.ts';
import { createFileSecrets } from './file-secrets.ts';

export interface ServeOptions {
  readonly dataDir: string;
  readonly rendererDir: string;
  readonly port?: number;
  readonly host?: string;
  readonly demo: boolean;
  /** Only print the address. */
  readonly noOpen: boolean;
  /** More origins that the door answers, for the development server. */
  readonly extraOrigins: readonly string[];
  readonly print: (line: string) => void;
}

export interface Served {
  readonly address: string;
  close(): Promise<void>;
}

/** Serves the door over HTTP on this PC (elsewhere only by an explicit setting) and prints the address to open. */
export async function serveStation(options: ServeOptions): Promise<Served> {
  const { web } = await readLocalSettings(options.dataDir);
  const host = options.host ?? web.host ?? loopback;
  const port = await choosePort(options.port ?? web.port, host);
  const station = await createStation({
    dataDir: options.dataDir,
    rendererDir: options.rendererDir,
    platform: {
      shell: 'web',
      secrets: createFileSecrets(options.dataDir),
      openExternal: async (url) => void (await openInBrowser(url)),
    },
    origins: [...originsFor(host, port), ...options.extraOrigins],
  });
  const server = await openDoor(station, { host, port, options }).catch(async (error) => {
    await station.close();
    throw error;
  });
  const address = `${shownOrigin(host, port)}/#launch=${await station.createLaunchToken()}`;
  options.print(`Packwright is ready: ${address}`);
  if (!options.noOpen)
    await openInBrowser(address).catch(() =>
      options.print('No browser could be opened here; open the address yourself.'),
    );
  return {
    address,
    close: async () => {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      // The station first: its event streams end with a farewell instead of a broken connection.
      await station.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await ended;
    },
  };
}

async function openDoor(
  station: Station,
  at: { host: string; port: number; options: ServeOptions },
): Promise<ServerType> {
  const server = await listen(station.fetch, at);
  if (!at.options.demo) return server;
  at.options.print('Filling the demo warehouse …');
  await station.loadDemo().catch((error) => {
    server.close();
    throw error;
  });
  return server;
}

async function choosePort(wanted: number | undefined, host: string): Promise<number> {
  if (wanted !== undefined && !(Number.isInteger(wanted) && wanted >= 0 && wanted <= 65_535))
    throw new AppError('validation', 'web.bad-port');
  if (wanted !== undefined && wanted > 0) return wanted;
  const wish = wanted === 0 ? {} : { port: portNumbers(4870, 4899) };
  return getPort({ host, ...wish }).catch((cause: NodeJS.ErrnoException) => {
    throw cannotListen({ host, port: wanted ?? 4870 }, cause);
  });
}

function listen(
  fetch: (request: Request) => Promise<Response>,
  at: { host: string; port: number },
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: at.host, port: at.port }, () => resolve(server));
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(at, cause)));
  });
}

function cannotListen({ host, port }: { host: string; port: number }, cause: NodeJS.ErrnoException): AppError {
  const code = cause.code === 'EADDRINUSE' ? 'web.port-taken' : 'web.cannot-listen';
  return new AppError('device', code, { host, port, reason: cause.code ?? cause.message }, cause);
}
