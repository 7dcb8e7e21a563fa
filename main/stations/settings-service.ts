import type { SharedSettings } from '../../shared/contract/stations.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { getSettings, saveSettings } from './settings-store.ts';

/** Step: the settings that every bench shares, as they stand in this transaction. */
export async function sharedSettings(uow: UnitOfWork): Promise<SharedSettings> {
  return (await getSettings(uow.tx)).settings;
}

/** Command: saves the settings that every bench shares. */
export async function changeSettings(
  deps: Deps,
  actor: Actor,
  input: { settings: SharedSettings; expectedVersion: number },
): Promise<{ version: number }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const version = await saveSettings(uow.tx, input.settings, input.expectedVersion);
    uow.record({ kind: 'settings.changed', subject: 'settings', data: { version } });
    uow.emit('stations.settings-changed', {});
    return { version };
  });
}
