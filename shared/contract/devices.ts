import { z } from 'zod';
import { LabelDpi } from '../model/label.ts';
import { Media } from '../model/media.ts';
import { ScaleConfig, SettableUnit } from '../scale/scale-settings.ts';
import { defineCall } from './call.ts';
import { Id, Instant, Verdict } from './common.ts';

export const deviceKinds = ['scale', 'scanner', 'printer'] as const;
export const DeviceKind = z.enum(deviceKinds);
export type DeviceKind = z.infer<typeof DeviceKind>;
/** Those that are read byte by byte. */
export type LineDeviceKind = Exclude<DeviceKind, 'printer'>;

/**
 * What a device is doing: not plugged in, being opened, open but saying nothing usable, working, or in need of somebody.
 * A scanner is silent by nature and counts as ready while its port is open; a printer is ready while it takes papers.
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

/** Where the bytes of a scale or scanner come from. */
export const LineAddress = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('serial'), path: z.string().min(1).max(255), line: LineSettings }),
  z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1).max(253), port: z.int().min(1).max(65_535) }),
  /** A USB scale; `path` is the system's name for it and may change, its identity finds it again. */
  z.strictObject({ kind: z.literal('hid'), path: z.string().min(1).max(255) }),
  z.strictObject({ kind: z.literal('simulated'), name: z.string().min(1).max(60) }),
]);
export type LineAddress = z.infer<typeof LineAddress>;

/** Where papers go. */
export const PrinterAddress = z.discriminatedUnion('kind', [
  /** A print queue of this PC, by the name that the system has for it. */
  z.strictObject({ kind: z.literal('queue'), name: z.string().min(1).max(220) }),
  /** Raw bytes to a printer on the network, usually port 9100. */
  z.strictObject({ kind: z.literal('tcp'), host: z.string().min(1).max(253), port: z.int().min(1).max(65_535) }),
  /** A printer that speaks IPP, or a queue of a print server: `ipp://host:631/ipp/print`. */
  z.strictObject({
    kind: z.literal('ipp'),
    uri: z
      .string()
      .regex(/^ipps?:\/\/[^\s]+$/)
      .max(500),
  }),
]);
export type PrinterAddress = z.infer<typeof PrinterAddress>;

const [queueAddress, , ippAddress] = PrinterAddress.options;
/** Of any device; `tcp` is of lines and printers alike. */
export const DeviceAddress = z.discriminatedUnion('kind', [...LineAddress.options, queueAddress, ippAddress]);
export type DeviceAddress = z.infer<typeof DeviceAddress>;

export const DeviceIdentity = z.strictObject({
  vendorId: z.string().optional(),
  productId: z.string().optional(),
  serialNumber: z.string().optional(),
  byId: z.string().optional(),
  position: z.string().optional(),
});
export type DeviceIdentity = z.infer<typeof DeviceIdentity>;

export const scannerEnds = ['any', 'cr', 'lf', 'crlf', 'tab', 'etx'] as const;
/** How a scanner hears whether the scan was right; `none` where it cannot. */
export const scannerAcknowledgements = ['none', 'datalogic', 'honeywell'] as const;
/** Whether a scanner may be told to wait while many of its scans do. */
export const scannerFlows = ['none', 'xon-xoff'] as const;

/** What a printer can be asked for; labels of both directions are one kind of paper. */
export const printedPapers = ['label', 'slip', 'invoice', 'pick-list'] as const;
export const PrintedPaper = z.enum(printedPapers);
export type PrintedPaper = z.infer<typeof PrintedPaper>;

/** What the bytes for a printer are: `zpl` draws every page as dots for a label printer without a driver. */
export const printerLanguages = ['pdf', 'zpl'] as const;

/** What a station sets for one device beside its line. */
export const DeviceSettings = z.strictObject({
  ...ScaleConfig.shape,
  unit: SettableUnit.optional(),
  /** What ends a scan; `any` takes CR, LF, CR LF, TAB and ETX alike. A pause ends none. */
  scanEnd: z.enum(scannerEnds).optional(),
  acknowledge: z.enum(scannerAcknowledgements).optional(),
  flow: z.enum(scannerFlows).optional(),
  /** For an imager that sends every code in view: so long after a scan no other code of it counts. None unless set. */
  blankMs: z.int().min(0).max(2_000).optional(),
  /** What lies in the printer: `4x6in`, `100x150mm`, `a4`; a page of another size is refused. */
  media: Media.optional(),
  /** Papers that come out here. */
  papers: z.array(PrintedPaper).max(printedPapers.length).optional(),
  language: z.enum(printerLanguages).optional(),
  dpi: LabelDpi.optional(),
});
export type DeviceSettings = z.infer<typeof DeviceSettings>;

/** One scale or scanner as it was set up. */
export interface LineDevice {
  readonly id: string;
  readonly stationId: string;
  readonly kind: LineDeviceKind;
  readonly address: LineAddress;
  readonly identity: DeviceIdentity;
  /** Name of a scale protocol; null for a scanner. */
  readonly protocol: string | null;
  readonly settings: DeviceSettings;
}

export const printerActivities = ['idle', 'printing', 'stopped', 'not-told'] as const;
export type PrinterActivity = (typeof printerActivities)[number];

export const DeviceView = z.object({
  id: Id,
  stationId: Id,
  kind: DeviceKind,
  address: DeviceAddress,
  identity: DeviceIdentity,
  /** One of `scale protocols`; null for a scanner or printer. */
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
      /** Scans that wait for the bench, or papers that wait for the printer. */
      waiting: z.int(),
      /** What a printer does, as far as it or the system tells; absent for the others. */
      activity: z.enum(printerActivities).optional(),
    })
    .nullable(),
});
export type DeviceView = z.infer<typeof DeviceView>;

/** A port that the system shows, and whose it is. */
export const PortView = z.object({
  path: z.string(),
  maker: z.string().nullable(),
  deviceId: Id.nullable(),
  /** `hid` is a USB scale. */
  kind: z.enum(['serial', 'hid']).default('serial'),
});
export type PortView = z.infer<typeof PortView>;

/** A print queue that the system shows, and which printer of ours it is. */
export const QueueView = z.object({
  name: z.string(),
  makerModel: z.string().nullable(),
  isDefault: z.boolean(),
  deviceId: Id.nullable(),
});
export type QueueView = z.infer<typeof QueueView>;

/** One way in which what came from a port makes sense. */
export const ProbeFinding = z.object({
  kind: z.enum(['scale', 'scanner']),
  protocol: z.string().nullable(),
  line: LineSettings,
  /** Whole frames read. */
  frames: z.int(),
  /** The last of them as a person reads it: `1.250 kg`, `4006381333931`. */
  sample: z.string(),
  /** Share of the bytes that belong to no frame, 0 to 1. */
  garbage: z.number(),
});
export type ProbeFinding = z.infer<typeof ProbeFinding>;

/** Bytes that came together, for support. */
export const RawFrame = z.object({
  at: Instant,
  direction: z.enum(['in', 'out']),
  hex: z.string(),
  /** Printable letters as they are, the rest as dots. */
  text: z.string(),
});
export type RawFrame = z.infer<typeof RawFrame>;

export const deviceCalls = {
  'devices.devices-view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'Every scale, scanner and printer with its state and why; the ports and print queues of this PC',
    input: z.object({}),
    output: z.object({ devices: z.array(DeviceView), ports: z.array(PortView), queues: z.array(QueueView) }),
  }),
  'devices.protocols-view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'Scale protocols with the line settings that their manuals name first',
    input: z.object({}),
    output: z.object({
      protocols: z.array(
        z.object({
          name: z.string(),
          title: z.string(),
          unitInFrame: z.boolean(),
          lines: z.array(LineSettings),
          /** Names of `ScaleConfig` that this protocol heeds. */
          config: z.array(z.string()).default([]),
        }),
      ),
    }),
  }),
  'devices.add': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Sets up a scale, scanner or printer at this bench; a running station takes it up at once',
    input: z.object({
      kind: DeviceKind,
      address: DeviceAddress,
      protocol: z.string().max(40).optional(),
      settings: DeviceSettings.default({}),
    }),
    output: z.object({ deviceId: Id }),
  }),
  'devices.change': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Changes protocol, line or settings of a device if nobody changed it since `expectedVersion` was read',
    input: z.object({
      deviceId: Id,
      address: DeviceAddress,
      protocol: z.string().max(40).optional(),
      settings: DeviceSettings,
      expectedVersion: z.int(),
    }),
    output: z.object({ version: z.int() }),
  }),
  'devices.remove': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Forgets a device; its port is closed at once',
    input: z.object({ deviceId: Id }),
    output: z.object({}),
  }),
  'devices.probe': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'What is on this port? Listens, then asks with commands that only read; takes up to a minute',
    input: z.object({ path: z.string().min(1).max(255) }),
    output: z.object({
      /** Best first; empty when nothing made sense. */
      found: z.array(ProbeFinding),
      /** Why nothing was found, or what to do: key of a text. */
      code: z.string().nullable(),
      params: z.record(z.string(), z.string()),
      bytes: z.int(),
    }),
  }),
  'devices.raw-view': defineCall({
    kind: 'query',
    role: 'supervisor',
    summary: 'The last bytes from and to a device, for support',
    input: z.object({ deviceId: Id }),
    output: z.object({ frames: z.array(RawFrame) }),
  }),
  'devices.record': defineCall({
    kind: 'command',
    role: 'admin',
    summary:
      'Records everything that a device says from now on into a file of the data folder, which a test can replay',
    input: z.object({ deviceId: Id, seconds: z.int().min(1).max(600) }),
    output: z.object({ file: z.string() }),
  }),
  'devices.test-print': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Prints the calibration label: a 100 mm rule and bars of 1 to 4 dots',
    input: z.object({ deviceId: Id }),
    output: z.object({ jobId: Id }),
  }),
};

export const deviceEvents = {
  /** A device was added, changed or removed, or its state is another one. */
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
