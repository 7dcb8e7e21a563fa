import { readDeviceStates } from './device-states.ts';
import { describeDevice } from './device-words.ts';
import type { Finding } from './doctor.ts';

/** What the station that runs on this data says of its devices; nothing where none runs or has any. */
export async function judgeDevices(dataDir: string): Promise<Finding[]> {
  const states = await readDeviceStates(dataDir);
  if (!states || states.size === 0) return [];
  const name = 'devices';
  // A printer that says nothing of itself is no illness: most on the network do not.
  const ill = [...states].filter(
    ([, { state, code }]) => code !== 'printer.no-status' && (state !== 'ready' || code !== null),
  );
  if (ill.length === 0) return [{ name, status: 'good', found: `${states.size} devices are ready.` }];
  return ill.map(([id, { state, since, path, code, params }]) => ({
    ...{ name, status: 'warning' as const },
    found: `The device ${id}${path ? ` on ${path}` : ''} is ${state} since ${since}.`,
    ...(code === null ? {} : { advice: describeDevice(code, params) }),
  }));
}
