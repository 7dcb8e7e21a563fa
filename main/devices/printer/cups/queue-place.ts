import type { ProgramEnd } from '../../../../shared/devices/run-program.ts';

const DEFAULT_SERVER = 'localhost:631';

/**
 * Where the print system answers for a queue: what `lpstat -H` tells (it reads the system's own files), else the
 * variable CUPS_SERVER, else port 631 of this PC. `/run/cups/cups.sock` and the like are sockets.
 */
export function queuePlace(
  queue: string,
  told: ProgramEnd,
  variable: string | undefined,
): { readonly uri: string; readonly socketPath?: string } {
  const named = told.kind === 'ended' && told.exitCode === 0 ? told.stdout.trim() : '';
  const server = (named || variable || DEFAULT_SERVER).replace(/\/version=[\d.]+$/, '');
  const path = `/printers/${encodeURIComponent(queue.replace(/\/.*$/, ''))}`;
  if (server.startsWith('/')) return { uri: `ipp://localhost${path}`, socketPath: server };
  return { uri: `ipp://${/:\d+$/.test(server) ? server : `${server}:631`}${path}` };
}
