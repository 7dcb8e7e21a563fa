import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Core, type CoreConfig, openCore } from '../app/core.ts';
import { defaultDataDir } from '../app/local-settings.ts';
import { createFileSecrets } from '../web/file-secrets.ts';

export interface DataOption {
  readonly data?: string;
}

/** Every command that works on a station's data takes the same option. */
export function withDataOption(command: Command): Command {
  return command.option('--data <dir>', 'data folder (default: the platform’s own)');
}

export function dataDirOf(options: DataOption): string {
  return resolve(options.data ?? process.env.PACKWRIGHT_DATA ?? defaultDataDir());
}

/** Opens the data as every command does; whoever opens it closes it. */
export function openCommandCore(
  options: DataOption,
  more: Pick<CoreConfig, 'onDelivered' | 'tellsShops'> = {},
): Promise<Core> {
  const dataDir = dataDirOf(options);
  return openCore({
    tellsShops: false,
    ...more,
    dataDir,
    platform: {
      shell: 'cli',
      // The web shell's own: what one of them stores, the other reads.
      secrets: createFileSecrets(dataDir),
      openExternal: async () => undefined,
    },
  });
}

/** Opens the data, works, and closes whatever happens. A running station may work on the same data meanwhile. */
export async function withCore<T>(options: DataOption, work: (core: Core) => Promise<T>): Promise<T> {
  const core = await openCommandCore(options);
  try {
    return await work(core);
  } finally {
    await core.close();
  }
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
