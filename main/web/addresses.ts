import { networkInterfaces } from 'node:os';

export const loopback = '127.0.0.1';

const everywhere: readonly string[] = ['0.0.0.0', '::'];

/** Addresses that this PC has in its networks. */
export function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}

/** Origins that a browser sends when it opens the station at one of its names; the default port is left out, as browsers do. */
export function originsFor(host: string, port: number, addresses: readonly string[] = ownAddresses()): string[] {
  const bound = everywhere.includes(host) ? addresses : [host];
  return [...new Set([loopback, 'localhost', ...bound].map((name) => originOf(name, port)))];
}

/** The address to print for a station bound to `host`. */
export function shownOrigin(host: string, port: number): string {
  return originOf(everywhere.includes(host) ? loopback : host, port);
}

function originOf(name: string, port: number): string {
  // Scoped addresses (fe80::1%eth0) cannot stand in a URL; no browser opens them.
  const plain = name.replace(/%.*$/, '');
  return new URL(`http://${plain.includes(':') ? `[${plain}]` : plain}:${port}`).origin;
}
