import type { SharedSettings } from '../../shared/contract/stations.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { getSettings, saveSettings, setDemoFlag } from './settings-store.ts';

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

/** Command: this database now holds the demo warehouse, with settings that suit it; false when it was the demo's before. */
export async function markAsDemo(deps: Deps, settings: SharedSettings): Promise<boolean> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    if (!(await setDemoFlag(uow.tx))) {
      uow.unchanged();
      return false;
    }
    const { version } = await getSettings(uow.tx);
    await saveSettings(uow.tx, settings, version);
    uow.record({ kind: 'demo.loaded', subject: 'settings' });
    uow.emit('stations.settings-changed', {});
    return true;
  });
}
