import { z } from 'zod';
import { ScaleConfig, SettableUnit } from '../scale/scale-settings.ts';
import { defineCall } from './call.ts';
import { Id, Instant, Verdict } from './common.ts';

export const deviceKinds = ['scale', 'scanner'] as const;
export const DeviceKind = z.enum(deviceKinds);
export type DeviceKind = z.infer<typeof DeviceKind>;

/**
 * What a device is doing: not plugged in, being opened, open but saying nothing usable, working, or in need of somebody.
 * A scanner is silent by nature and counts as ready while its port is open.
 */
export const deviceStates = ['absent', 'opening', 'silent', 'ready', 'fault'] as const;
export const DeviceState = z.enum(deviceStates);
export type DeviceState = z.infer<typeof DeviceState>;

/** Both ends of a serial line must agree on these. */
export const LineSettings = z.strictObject({
  baud: z.int().min(300).max(921_600),
  dataBits: z.union([z.literal(7), z.literal(8)]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.union([z.literal(1), z.literal(2)]),
  /** Some scales start anew when this line is raised. */
  dtr: z.boolean().default(true),
});
export type LineSettings = z.infer<typeof LineSettings>;

/** Where the bytes come from. */
export const DeviceAddress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('serial'), path: z.string().min(1).max(255), line: LineSettings }),
  z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1).max(253), port: z.int().min(1).max(65_535) }),
  z.strictObject({ kind: z.literal('simulated'), name: z.string().min(1).max(60) }),
]);
export type DeviceAddress = z.infer<typeof DeviceAddress>;

export const DeviceIdentity = z.strictObject({
  vendorId: z.string().optional(),
  productId: z.string().optional(),
  serialNumber: z.string().optional(),
  byId: z.string().optional(),
  position: z.string().optional(),
});
export type DeviceIdentity = z.infer<typeof DeviceIdentity>;

export const scannerEnds = ['any', 'cr', 'lf', 'crlf', 'tab', 'etx', 'timeout'] as const;

/** What a station sets for one device beside its line. */
export const DeviceSettings = z.strictObject({
  ...ScaleConfig.shape,
  unit: SettableUnit.optional(),
  /** What ends a scan; `any` takes CR, LF, CR LF, TAB and ETX alike, `timeout` a pause of the scanner. */
  scanEnd: z.enum(scannerEnds).optional(),
});
export type DeviceSettings = z.infer<typeof DeviceSettings>;

export const DeviceView = z.object({
  id: Id,
  stationId: Id,
  kind: DeviceKind,
  address: DeviceAddress,
  identity: DeviceIdentity,
  /** One of `scale protocols`; null for a scanner. */
  protocol: z.string().nullable(),
  settings: DeviceSettings,
  version: z.int(),
  /** Null while the PC that the device is plugged into is another one, or runs no station. */
  now: z
    .object({
      state: DeviceState,
      since: Instant,
      /** Why, and what to do: key of a text in the catalogues; null while all is well. */
      code: z.string().nullable(),
      params: z.record(z.string(), z.string()),
      /** Port under which it was opened; another one after a replug. */
      path: z.string().nullable(),
      /** Scans that wait for the bench. */
      waiting: z.int(),
    })
    .nullable(),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** A port that the system shows, and whose it is. */
export const PortView = z.object({ path: z.string(), maker: z.string().nullable(), deviceId: Id.nullable() });
export type PortView = z.infer<typeof PortView>;

export const deviceCalls = {
  'devices.devices-view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'Every scale and scanner with its state and why; the serial ports of this PC',
    input: z.object({}),
    output: z.object({ devices: z.array(DeviceView), ports: z.array(PortView) }),
  }),
  'devices.add': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Sets up a scale or scanner at this bench; a running station opens it at once',
    input: z.object({
      kind: DeviceKind,
      address: DeviceAddress,
      protocol: z.string().max(40).optional(),
      settings: DeviceSettings.default({}),
    }),
    output: z.object({ deviceId: Id }),
  }),
  'devices.remove': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Forgets a device; its port is closed at once',
    input: z.object({ deviceId: Id }),
    output: z.object({}),
  }),
};

export const deviceEvents = {
  /** A device was added or removed, or its state is another one. */
  'devices.changed': z.object({ stationId: Id }),
  /**
   * A scanner on a port has scanned and the bench has decided; never kept. `verdict` is null when the station could not
   * decide: then `code` says why, and the scan is to be made again.
   */
  'devices.scanned': z.object({
    stationId: Id,
    deviceId: Id,
    verdict: Verdict.nullable(),
    code: z.string().nullable(),
    /** Scans that still wait. */
    waiting: z.int(),
  }),
};
