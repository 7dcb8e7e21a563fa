import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DeviceView } from '../../shared/contract/devices.ts';

const StatesFile = z.object({ pid: z.int(), devices: z.record(z.string(), DeviceView.shape.now.unwrap()) });

type Now = NonNullable<DeviceView['now']>;

/** Where a running station says what its devices are doing, for the command line beside it. */
const fileOf = (dataDir: string): string => join(dataDir, 'device-states.json');

export interface DeviceStates {
  write(devices: ReadonlyMap<string, Now>): void;
  close(): Promise<void>;
}

/** Keeps the file true: written whole after each change, gone when the station is. */
export function openDeviceStates(dataDir: string): DeviceStates {
  const file = fileOf(dataDir);
  let next: string | undefined;
  let running: Promise<void> | undefined;
  let written = false;
  const work = async (): Promise<void> => {
    while (next !== undefined) {
      const text = next;
      next = undefined;
      const draft = `${file}.${process.pid}`;
      // A full disk costs the command line its answer and the station nothing.
      await writeFile(draft, text)
        .then(() => rename(draft, file))
        .catch(() => undefined);
    }
    running = undefined;
  };
  return {
    write(devices) {
      // A PC without devices keeps no file about them.
      if (devices.size === 0 && !written) return;
      written = true;
      next = JSON.stringify({ pid: process.pid, devices: Object.fromEntries(devices) });
      running ??= work();
    },
    async close() {
      await running;
      if (written) await rm(file, { force: true });
    },
  };
}

/** What the station that runs on this data folder says of its devices; undefined when none runs. */
export async function readDeviceStates(dataDir: string): Promise<ReadonlyMap<string, Now> | undefined> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = StatesFile.safeParse(parseJson(text));
  if (!parsed.success || !isAlive(parsed.data.pid)) return undefined;
  return new Map(Object.entries(parsed.data.devices));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one as well.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
