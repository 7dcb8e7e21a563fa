import { SharedSettings } from '../../../shared/contract/stations.ts';

export type SettingName = keyof SharedSettings;

// Object.keys loses the key type; the schema is closed, so its keys are the names.
const names = Object.keys(SharedSettings.shape) as SettingName[];

/** Fields whose value the contract does not take; numbers that were emptied arrive as text and are wrong as well. */
export function wrongSettings(settings: Readonly<Record<SettingName, unknown>>): ReadonlySet<SettingName> {
  return new Set(names.filter((name) => !SharedSettings.shape[name].safeParse(settings[name]).success));
}
