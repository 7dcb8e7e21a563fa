import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Database } from '../db/database.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { settingsOf } from './settings-rules.ts';

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
  return { settings: settingsOf(row?.value ?? null), version: row?.version ?? 0 };
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
