import type { LineDeviceKind } from '../../shared/contract/devices.ts';
import { matchPorts, type PortInfo, type PortMatch, type WantedPort } from '../../shared/devices/port-identity.ts';
import { DeviceLink, type DeviceStatus, type LinkDeps } from './device-link/device-link.ts';
import type { Device, StartDriver, Timing } from './driver/driver.ts';
import { LineTap, type TappedRead } from './line-tap/line-tap.ts';
import type { LineListener, OpenLine, Transports } from './transports/transports.ts';

/** A list of ports is believed for this long: several devices look for themselves at the same time. */
const LIST_TRUST_MS = 800;
/** Where a pulled cable is told by nobody (Windows at times), the list of ports tells it. */
const WATCH_EVERY_MS = 2_000;

export interface DeviceManagerDeps {
  readonly transports: Transports;
  readonly drivers: { readonly [K in LineDeviceKind]: StartDriver };
  readonly timing: Timing;
  onChange(status: DeviceStatus): void;
}

/**
 * Owns every port of this PC: one link for each device that is set up, one opener for each path.
 *
 * Nothing here throws: what goes wrong is a state with a code, and is tried again for ever.
 */
export class DeviceManager {
  readonly #deps: DeviceManagerDeps;
  readonly #links = new Map<string, DeviceLink>();
  readonly #claims = new Map<string, string>();
  readonly #taps = new Map<string, LineTap>();
  readonly #listed = new Map<'serial' | 'hid', Listed>();
  #stopWatch: (() => void) | undefined;
  #assigning: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(deps: DeviceManagerDeps) {
    this.#deps = deps;
    this.#watchLater();
  }

  /** These devices and no others, from now on. What is set up as before stays open. */
  assign(devices: readonly Device[]): Promise<void> {
    this.#assigning = this.#assigning.then(() => this.#assign(devices));
    return this.#assigning;
  }

  statuses(): readonly DeviceStatus[] {
    return [...this.#links.values()].map((link) => link.status);
  }

  /** Ports that the system shows; empty where it cannot tell. */
  async listPorts(): Promise<readonly PortInfo[]> {
    const [serial, hid] = await Promise.all([this.#list('serial'), this.#list('hid')]);
    return [...(serial ?? []), ...(hid ?? [])];
  }

  /** The device as it is set up here; undefined for one of another PC. */
  find(deviceId: string): Device | undefined {
    return this.#links.get(deviceId)?.device;
  }

  /** Keeps a path from every device until the returned function is called; undefined while one of them has it. */
  borrow(path: string): (() => void) | undefined {
    if (this.#claims.has(path)) return undefined;
    const owner = `borrowed ${path}`;
    this.#claims.set(path, owner);
    return () => this.#release(path, owner);
  }

  /** The last bytes from and to a device, the oldest first; none of one that is not set up here. */
  lastReads(deviceId: string): readonly TappedRead[] {
    return this.#taps.get(deviceId)?.last() ?? [];
  }

  /** Tells every byte from and to a device from now on, also over reopenings; returns what ends it. */
  listen(deviceId: string, listener: (read: TappedRead) => void): () => void {
    return this.#tapOf(deviceId).listen(listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#stopWatch?.();
    await this.#assigning;
    await Promise.all([...this.#links.values()].map((link) => link.close()));
    this.#links.clear();
    const { serial, tcp, hid, simulated } = this.#deps.transports;
    await Promise.all([serial.close(), tcp.close(), hid.close(), simulated.close()]);
  }

  async #assign(devices: readonly Device[]): Promise<void> {
    if (this.#closed) return;
    const wanted = new Map(devices.map((device) => [device.id, device]));
    const leaving = [...this.#links].filter(([id, link]) => !isSame(wanted.get(id), link.device));
    // Closed before the others open: one of them may want the same port.
    for (const [id] of leaving) this.#links.delete(id);
    for (const id of [...this.#taps.keys()]) if (!wanted.has(id)) this.#taps.delete(id);
    await Promise.all(leaving.map(([, link]) => link.close()));
    for (const [id, link] of this.#links) link.identify(wanted.get(id)?.identity ?? link.device.identity);
    for (const device of devices)
      if (!this.#links.has(device.id)) this.#links.set(device.id, new DeviceLink(device, this.#linkDeps(device)));
  }

  #linkDeps(device: Device): LinkDeps {
    const { timing, drivers, onChange } = this.#deps;
    return {
      timing,
      startDriver: drivers[device.kind],
      find: (wanted) => this.#find(wanted),
      open: (opening, path, listener) => this.#open(opening, path, listener),
      claim: (path, deviceId) => {
        const owner = this.#claims.get(path);
        if (owner !== undefined && owner !== deviceId) return false;
        this.#claims.set(path, deviceId);
        return true;
      },
      release: (path, deviceId) => this.#release(path, deviceId),
      onChange,
    };
  }

  async #open(device: Device, path: string, listener: LineListener): Promise<OpenLine> {
    const tap = this.#tapOf(device.id);
    const line = await this.#openAddress(device, path, {
      closed: listener.closed,
      bytes: (chunk, atMs) => {
        tap.read('in', chunk, atMs);
        return listener.bytes(chunk, atMs);
      },
    });
    tap.opened(Date.now());
    return {
      write: (bytes) => {
        tap.read('out', bytes, Date.now());
        line.write(bytes);
      },
      close: () => line.close(),
    };
  }

  #release(path: string, owner: string): void {
    if (this.#claims.get(path) === owner) this.#claims.delete(path);
  }

  #tapOf(deviceId: string): LineTap {
    const tap = this.#taps.get(deviceId) ?? new LineTap();
    this.#taps.set(deviceId, tap);
    return tap;
  }

  #openAddress({ address }: Device, path: string, listener: LineListener): Promise<OpenLine> {
    const { serial, tcp, hid, simulated } = this.#deps.transports;
    switch (address.kind) {
      case 'serial':
        return serial.open({ ...address, path }, listener);
      case 'tcp':
        return tcp.open(address, listener);
      case 'hid':
        return hid.open({ ...address, path }, listener);
      case 'simulated':
        return simulated.open(address, listener);
    }
  }

  async #find(device: Device): Promise<PortMatch> {
    const { address, identity } = device;
    if (address.kind === 'tcp') return { kind: 'found', path: `${address.host}:${address.port}` };
    if (address.kind === 'simulated') return { kind: 'found', path: `simulated:${address.name}` };
    // A typed path is all there is to know of it, and may be one that no list ever shows.
    if (Object.keys(identity).length === 0) return { kind: 'found', path: address.path };
    const ports = await this.#list(address.kind);
    const looking = [...this.#links.values()]
      .filter(({ status }) => status.path === null || status.deviceId === device.id)
      .flatMap((link) => toWanted(link.device, address.kind));
    const free = ports?.filter(({ path }) => (this.#claims.get(path) ?? device.id) === device.id);
    return matchPorts(looking, free).get(device.id) ?? { kind: 'absent' };
  }

  #list(kind: 'serial' | 'hid'): Promise<readonly PortInfo[] | undefined> {
    const now = this.#deps.timing.now();
    const known = this.#listed.get(kind);
    if (known && now - known.atMs <= LIST_TRUST_MS) return known.ports;
    const ports = this.#deps.transports[kind].list();
    this.#listed.set(kind, { atMs: now, ports });
    return ports;
  }

  #watchLater(): void {
    this.#stopWatch = this.#deps.timing.after(WATCH_EVERY_MS, () => {
      void this.#watch().finally(() => !this.#closed && this.#watchLater());
    });
  }

  async #watch(): Promise<void> {
    const doubtful = [...this.#links.values()].filter(
      ({ device, status }) =>
        status.path !== null &&
        // Elsewhere the process that holds the ports sees for itself that one is gone.
        (status.state !== 'ready' || process.platform === 'win32') &&
        Object.keys(device.identity).length > 0,
    );
    if (doubtful.length === 0) return;
    for (const link of doubtful) {
      const { kind } = link.device.address;
      const ports = kind === 'serial' || kind === 'hid' ? await this.#list(kind) : undefined;
      if (ports && !ports.some(({ path }) => path === link.status.path)) link.lose();
    }
  }
}

interface Listed {
  readonly atMs: number;
  readonly ports: Promise<readonly PortInfo[] | undefined>;
}

/** As those that look for a port of this kind look for it; none for another kind. */
function toWanted({ id, address, identity }: Device, kind: 'serial' | 'hid'): WantedPort[] {
  return (address.kind === 'serial' || address.kind === 'hid') && address.kind === kind
    ? [{ deviceId: id, path: address.path, identity }]
    : [];
}

/** What became known of a device that is open is no reason to open it anew. */
function isSame(one: Device | undefined, open: Device): boolean {
  if (one === undefined) return false;
  const unknown = Object.keys(open.identity).length === 0;
  return JSON.stringify(unknown ? { ...one, identity: {} } : one) === JSON.stringify(open);
}
