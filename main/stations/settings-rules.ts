import { z } from 'zod';
import { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';

/** A new station works without any set-up; labels then say SPECIMEN until the shipper enters a GS1 prefix. */
export const defaultSettings: SharedSettings = {
  companyName: 'My warehouse',
  street: '',
  postcode: '',
  city: '',
  country: 'FR',
  vatNumber: '',
  gs1Prefix: '',
  defaultLanguage: 'en',
  labelDpi: 203,
  labelMedia: '4x6',
  handlingHours: 48,
  returnLabelInBox: true,
  returnWindowDays: 30,
  withdrawalUrl: '',
  weighing: 'off',
  signIn: 'tap',
  batchSize: 6,
  shortRule: 'hold',
  expiryMinDays: 0,
  expiryRule: 'warn',
  confirmInstructions: true,
  hazardousService: 'refused',
  cartonScan: 'suggested',
  infillPercent: 15,
  dunnageMgPerLitre: 12_000,
  autoLockMinutes: 0,
  phone: '',
  email: '',
  legalForm: '',
  capitalMinor: 0,
  siret: '',
  registry: '',
  vatOnDebits: false,
  eori: '',
  ioss: '',
  incoterm: 'DAP',
  customsSigner: '',
  vatRate: 2000,
  vatFranchise: false,
  invoices: 'on-request',
  invoicePrefix: 'F',
  returnWhoPays: 'seller',
  purgeDays: 30,
  timeZone: 'Europe/Paris',
};

let lastRead: { readonly text: string; readonly settings: SharedSettings } | undefined;

/**
 * The shared settings from their stored text, null where none are stored; what the text lacks is as in a new station.
 *
 * The last text is kept with its settings: a bench reads the same one at every scan. Error: `settings.unreadable`.
 */
export function settingsOf(text: string | null): SharedSettings {
  if (text === null) return defaultSettings;
  if (lastRead?.text !== text) lastRead = { text, settings: parse(text) };
  return lastRead.settings;
}

function parse(text: string): SharedSettings {
  const stored = z.record(z.string(), z.unknown()).safeParse(jsonOf(text));
  if (!stored.success) throw new AppError('validation', 'settings.unreadable', { fields: [] });
  const read = SharedSettings.safeParse({ ...defaultSettings, ...stored.data });
  if (!read.success)
    throw new AppError('validation', 'settings.unreadable', {
      fields: read.error.issues.map((issue) => issue.path.join('.')),
    });
  return read.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
