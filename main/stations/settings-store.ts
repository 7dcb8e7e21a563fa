import { z } from 'zod';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { SharedSettings as Schema } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/unit-of-work.ts';

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
};

export interface StoredSettings {
  readonly settings: SharedSettings;
  readonly version: number;
}

interface SettingRow {
  readonly key: string;
  readonly value: string;
  readonly version: number;
}

function fromRow(row: SettingRow | undefined): StoredSettings {
  if (!row) return { settings: defaultSettings, version: 0 };
  const stored = z.record(z.string(), z.unknown()).safeParse(jsonOf(row.value));
  if (!stored.success) throw new AppError('validation', 'settings.unreadable', { fields: [] });
  const read = Schema.safeParse({ ...defaultSettings, ...stored.data });
  if (!read.success)
    throw new AppError('validation', 'settings.unreadable', {
      fields: read.error.issues.map((issue) => issue.path.join('.')),
    });
  return { settings: read.data, version: row.version };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function readSettings(database: Database): Promise<StoredSettings> {
  return fromRow(await database.read<SettingRow>('setting').where({ key: 'shared' }).first());
}

export async function getSettings(tx: Tx): Promise<StoredSettings> {
  return fromRow(await tx<SettingRow>('setting').where({ key: 'shared' }).first());
}

/** Saves only over the version that was read. */
export async function saveSettings(tx: Tx, settings: SharedSettings, expectedVersion: number): Promise<number> {
  const row = { key: 'shared', value: JSON.stringify(settings), version: expectedVersion + 1 };
  if (expectedVersion === 0) {
    await tx('setting').insert(row).onConflict('key').ignore();
    const stored = await tx<SettingRow>('setting').where({ key: 'shared' }).first();
    if (stored?.value !== row.value) throw new AppError('conflict', 'settings.changed-elsewhere');
    return stored.version;
  }
  const changed = await tx('setting').where({ key: 'shared', version: expectedVersion }).update(row);
  if (changed !== 1) throw new AppError('conflict', 'settings.changed-elsewhere');
  return row.version;
}

/** Whether this database holds the invented demo warehouse. */
export async function readDemoFlag(database: Database): Promise<boolean> {
  return (await database.read('setting').where({ key: 'demo' }).first('key')) !== undefined;
}

/** Marks the database as the demo's; false when it was marked before. */
export async function setDemoFlag(tx: Tx): Promise<boolean> {
  const flag = { key: 'demo', value: 'true', version: 1 };
  const marked = await tx('setting').insert(flag).onConflict('key').ignore().returning('key');
  return marked.length === 1;
}
