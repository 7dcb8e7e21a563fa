/** What tells one plugged-in adapter from another, as far as it says; all of it may be missing. */
export interface PortIdentity {
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly serialNumber?: string | undefined;
  /** Name under `/dev/serial/by-id`, or the plug-and-play id of Windows. */
  readonly byId?: string | undefined;
  /** Where it is plugged in: name under `/dev/serial/by-path`, or the location id. */
  readonly position?: string | undefined;
}

/** A port that the system shows now. */
export interface PortInfo extends PortIdentity {
  readonly path: string;
  /** `hid` for a USB scale; a serial port otherwise. */
  readonly kind?: 'hid' | undefined;
  readonly maker?: string | undefined;
}

/** A device as it was when it was set up. */
export interface WantedPort {
  readonly deviceId: string;
  readonly path: string;
  readonly identity: PortIdentity;
}

export type PortMatch =
  | { readonly kind: 'found'; readonly path: string }
  | { readonly kind: 'absent' }
  /** Several equal adapters, and nothing says which is whose: nobody guesses. */
  | { readonly kind: 'ambiguous' };

/** Keeps what identifies a port and nothing else. */
export function identityOf({ vendorId, productId, serialNumber, byId, position }: PortInfo): PortIdentity {
  const found = Object.entries({ vendorId, productId, serialNumber, byId, position });
  return Object.fromEntries(found.filter(([, value]) => value !== undefined && value !== ''));
}

type Fits = (wanted: WantedPort, port: PortInfo) => boolean;

const sameMake: Fits = ({ identity }, port) =>
  identity.vendorId !== undefined && identity.vendorId === port.vendorId && identity.productId === port.productId;
const same = (one: string | undefined, other: string | undefined): boolean => one !== undefined && one === other;

/** Each rule is asked for every device before the next one is: a sure match takes its port away from a weaker one. */
const RULES: readonly Fits[] = [
  (wanted, port) => sameMake(wanted, port) && same(wanted.identity.serialNumber, port.serialNumber),
  (wanted, port) =>
    same(wanted.identity.byId, port.byId) && (wanted.identity.position ?? port.position) === port.position,
  (wanted, port) =>
    sameMake(wanted, port) && comparable(wanted.identity, port) && same(wanted.identity.position, port.position),
  (wanted, port) => sameMake(wanted, port) && comparable(wanted.identity, port),
];

/** Another serial number is another adapter, however equal the rest. */
function comparable(identity: PortIdentity, port: PortInfo): boolean {
  return identity.serialNumber === undefined || port.serialNumber === undefined;
}

/**
 * Which port belongs to which device: serial number, then by-id name, then position among equals, then make and model.
 *
 * A device without any identity (a typed path, a pseudo-terminal) is looked for under its path. `ports` is undefined
 * where the system cannot list them: then the path is all there is.
 */
export function matchPorts(
  wanted: readonly WantedPort[],
  ports: readonly PortInfo[] | undefined,
): ReadonlyMap<string, PortMatch> {
  const matches = new Map<string, PortMatch>();
  const byPath = (device: WantedPort): boolean => !ports || Object.keys(device.identity).length === 0;
  for (const device of wanted.filter(byPath)) matches.set(device.deviceId, { kind: 'found', path: device.path });
  const taken = new Set(wanted.filter(byPath).map(({ path }) => path));
  for (const fits of RULES) {
    const open = wanted.filter(({ deviceId }) => !matches.has(deviceId));
    const free = (ports ?? []).filter(({ path }) => !taken.has(path));
    for (const device of open) {
      const fitting = free.filter((port) => fits(device, port));
      const rivals = open.filter((other) => fitting.some((port) => fits(other, port)));
      const [only] = fitting;
      if (!only) continue;
      if (fitting.length > 1 || rivals.length > 1) continue;
      matches.set(device.deviceId, { kind: 'found', path: only.path });
      taken.add(only.path);
    }
  }
  const left = (ports ?? []).filter(({ path }) => !taken.has(path));
  for (const device of wanted) {
    if (matches.has(device.deviceId)) continue;
    const equal = left.some((port) => sameMake(device, port) && comparable(device.identity, port));
    matches.set(device.deviceId, { kind: equal ? 'ambiguous' : 'absent' });
  }
  return matches;
}
