import { z } from 'zod';
import { incoterms } from '../model/customs.ts';
import { roles } from '../model/roles.ts';
import { ScaleReading } from './bench.ts';
import { defineCall } from './call.ts';
import { Id } from './common.ts';

export const Theme = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof Theme>;

export const Operator = z.object({ id: Id, name: z.string(), role: z.enum(roles), language: z.enum(['en', 'fr']) });

/** Everybody who works here, as an admin sees them. The PIN itself is nowhere: only a hash of it is stored. */
export const OperatorView = z.object({
  ...Operator.shape,
  theme: Theme,
  active: z.boolean(),
  /** What the badge carries, as a scanner sends it. */
  badge: z.string(),
  hasPin: z.boolean(),
  /** Until then the badge is refused, after too many wrong PINs. */
  pinBlockedUntil: z.string().nullable(),
  version: z.int(),
});
export type OperatorView = z.infer<typeof OperatorView>;

/** One printable code that the station itself issues. `text` is what a scanner sends. */
export const StationCode = z.object({
  group: z.enum(['badge', 'command', 'carton', 'tote', 'location']),
  text: z.string(),
  title: z.string(),
  meaning: z.string(),
});
export type StationCode = z.infer<typeof StationCode>;

/** Settings shared by every bench on the same database. */
export const SharedSettings = z.object({
  companyName: z.string().max(80),
  street: z.string().max(80),
  postcode: z.string().max(20),
  city: z.string().max(60),
  country: z.string().regex(/^[A-Z]{2}$/),
  vatNumber: z.string().max(30),
  /** GS1 company prefix, 6 to 12 digits; empty until the shipper has one, and labels say SPECIMEN. */
  gs1Prefix: z.string().regex(/^(\d{6,12})?$/),
  defaultLanguage: z.enum(['en', 'fr']),
  labelDpi: z.union([z.literal(203), z.literal(300)]),
  labelMedia: z.enum(['4x6', '100x150']),
  /** Hours from the order to its ship-by when the channel gives none. */
  handlingHours: z.int().min(1).max(720),
  returnLabelInBox: z.boolean(),
  returnWindowDays: z.int().min(14).max(365),
  withdrawalUrl: z.union([z.literal(''), z.url().max(250)]),
  weighing: z.enum(['required', 'off']),
  signIn: z.enum(['tap', 'badge']),
  /** Orders picked in one walk at most. */
  batchSize: z.int().min(1).max(24),
  /** What becomes of an order when no bin holds what is missing. */
  shortRule: z.enum(['hold', 'split', 'wait']),
  /** Fewer days left than this is near its expiry; 0 switches the rule off. */
  expiryMinDays: z.int().min(0).max(730),
  expiryRule: z.enum(['warn', 'refuse']),
  /** Fragile, hazardous, upright, gift and notes are confirmed by scan. */
  confirmInstructions: z.boolean(),
  /** Whether the standard service may carry hazardous goods. */
  hazardousService: z.enum(['refused', 'allowed']),
  cartonScan: z.enum(['required', 'suggested', 'off']),
  /** Share of a carton's room that is kept for filling. */
  infillPercent: z.int().min(0).max(60),
  /** Weight of one litre of filling, milligrams. */
  dunnageMgPerLitre: z.int().min(0).max(200_000),
  /** Minutes without a scan until the bench asks for the badge again; 0 never. */
  autoLockMinutes: z.int().min(0).max(240),
  phone: z.string().max(30),
  email: z.union([z.literal(''), z.email().max(120)]),
  /** `SAS`, `EURL`, `EI`. */
  legalForm: z.string().max(40),
  /** Minor units; 0 where there is none. */
  capitalMinor: z.int().min(0).max(10_000_000_000),
  siret: z.string().max(20),
  /** `RCS Marseille`. */
  registry: z.string().max(60),
  vatOnDebits: z.boolean(),
  /** Economic operator of the exporter. */
  eori: z.string().max(17),
  ioss: z.string().max(12),
  incoterm: z.enum(incoterms),
  /** Who answers for customs papers. */
  customsSigner: z.string().max(80),
  /** Hundredths of a percent, of what the catalogue gives no rate for; prices of shops contain it. */
  vatRate: z.int().min(0).max(5000),
  /** No VAT is charged at all (art. 293 B CGI). */
  vatFranchise: z.boolean(),
  /** When an invoice is issued and put in the box. */
  invoices: z.enum(['on-request', 'business', 'always']),
  /** Begins each invoice number; the year and a number without gap follow. */
  invoicePrefix: z.string().regex(/^[A-Z0-9-]{0,8}$/),
  returnWhoPays: z.enum(['seller', 'buyer']),
  /** Days after delivery or cancel on which what is personal of an order is erased; 0: never. */
  purgeDays: z.int().min(0).max(3_650),
  /** IANA name, for ship dates and cut-offs of the shipper's own parcels. */
  timeZone: z.string().min(1).max(60),
});
export type SharedSettings = z.infer<typeof SharedSettings>;

export const stationCalls = {
  'stations.open-session': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'Exchanges a one-time launch token for a session token; `station` names another bench than this PC’s own',
    input: z.object({ launchToken: z.string().min(16).max(128), station: z.string().min(1).max(40).optional() }),
    output: z.object({ sessionToken: z.string(), station: z.object({ id: Id, name: z.string() }) }),
  }),
  'stations.open-events': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'A one-time ticket (30 s) that opens GET /api/events?ticket=…',
    input: z.object({}),
    output: z.object({ ticket: z.string() }),
  }),
  'stations.session-view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'Which bench this is, who is signed in, who may sign in by tapping a name',
    input: z.object({}),
    output: z.object({
      version: z.string(),
      shell: z.enum(['electron', 'web', 'cli']),
      station: z.object({ id: Id, name: z.string() }),
      operator: Operator.extend({ theme: Theme.default('system') }).nullable(),
      /** Whose bench it is while it is locked. */
      locked: z.object({ name: z.string(), language: z.enum(['en', 'fr']) }).nullable(),
      operators: z.array(Operator),
      signIn: z.enum(['tap', 'badge']),
      demo: z.boolean(),
      /** No item and no order yet: offer the demo warehouse or the merchant's own files. */
      empty: z.boolean(),
      database: z.enum(['sqlite', 'postgres']),
    }),
  }),
  'stations.sign-in': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'Signs in by tapping a name, where the settings allow it; badges go through bench.scan',
    input: z.object({ operatorId: Id }),
    output: z.object({
      operator: Operator,
      /** The PIN comes next, as digits by `bench.scan`; nobody is signed in before. */
      pinNeeded: z.boolean(),
    }),
  }),
  'stations.sign-out': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'Signs out; the open parcel stays where it is',
    input: z.object({}),
    output: z.object({}),
  }),
  'stations.codes-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'Everything scannable that the station itself issues (badges only for supervisors)',
    input: z.object({}),
    output: z.object({ codes: z.array(StationCode) }),
  }),
  'stations.operators-view': defineCall({
    kind: 'query',
    role: 'admin',
    summary: 'Everybody who works here, those who left as well',
    input: z.object({}),
    output: z.object({ operators: z.array(OperatorView) }),
  }),
  'stations.save-operator': defineCall({
    kind: 'command',
    role: 'admin',
    summary:
      'Adds somebody (without `operatorId`) with a new badge, or changes or retires them; an admin always remains',
    input: z.object({
      operatorId: Id.optional(),
      name: z.string().trim().min(1).max(60),
      role: z.enum(['packer', 'supervisor', 'admin']),
      language: z.enum(['en', 'fr']),
      theme: Theme.default('system'),
      active: z.boolean().default(true),
      /** Makes the old badge worthless, after it was lost. */
      newBadge: z.boolean().default(false),
      /** 0 for somebody new. */
      expectedVersion: z.int().min(0),
    }),
    output: z.object({ operatorId: Id, version: z.int() }),
  }),
  'stations.set-pin': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Sets the PIN that is asked for after the badge, 4 to 8 digits; null: the badge alone is enough',
    input: z.object({
      operatorId: Id,
      pin: z
        .string()
        .regex(/^\d{4,8}$/)
        .nullable(),
    }),
    output: z.object({}),
  }),
  'stations.set-theme': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Light, dark or as the computer: for whoever is signed in, on every bench',
    input: z.object({ theme: Theme }),
    output: z.object({}),
  }),
  'stations.stations-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'Every bench with its operator and what it is doing',
    input: z.object({}),
    output: z.object({
      stations: z.array(
        z.object({
          id: Id,
          name: z.string(),
          operator: z.string().nullable(),
          mode: z.string(),
          orderNumber: z.string().nullable(),
        }),
      ),
    }),
  }),
  'stations.settings-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'Settings shared by every bench',
    input: z.object({}),
    output: z.object({ settings: SharedSettings, version: z.int() }),
  }),
  'stations.save-settings': defineCall({
    kind: 'command',
    role: 'admin',
    summary: 'Saves the shared settings if nobody changed them since `version` was read',
    input: z.object({ settings: SharedSettings, expectedVersion: z.int() }),
    output: z.object({ version: z.int() }),
  }),
  'stations.load-demo': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'Fills an empty database with the invented demo warehouse; progress comes as events',
    input: z.object({}),
    output: z.object({ items: z.int(), locations: z.int(), orders: z.int() }),
  }),
  'stations.scale-view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'What the scale at this bench says now',
    input: z.object({}),
    output: z.object({ scale: ScaleReading, simulated: z.boolean() }),
  }),
  'stations.put-on-simulated-scale': defineCall({
    kind: 'command',
    role: 'anyone',
    summary: 'Demo: puts a weight on the simulated scale (milligrams; null puts the open parcel on it; 0 empties it)',
    input: z.object({ mg: z.int().min(0).max(60_000_000).nullable() }),
    output: z.object({ mg: z.int() }),
  }),
};

export const stationEvents = {
  'stations.session-changed': z.object({ stationId: Id }),
  'stations.settings-changed': z.object({}),
  'stations.scale-reading': ScaleReading,
  'stations.progress': z.object({ task: z.string(), done: z.int(), total: z.int() }),
};
