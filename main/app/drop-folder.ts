import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { ShopMessage } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { Core } from './core.ts';
import { importFile } from './imports.ts';
import { readLocalSettings, writeLocalSettings } from './local-settings.ts';

export interface DropFolderState {
  readonly folder: string | null;
  readonly lastFile: string | null;
  readonly lastAt: string | null;
  readonly fault: ShopMessage | null;
}

export interface DropFolder {
  state(): DropFolderState;
  /** Another folder, or none; kept in the settings of this PC. Error: `drop.folder-missing`. */
  use(folder: string | null): Promise<void>;
  /** Takes what lies there now and is whole. */
  look(): Promise<void>;
  close(): Promise<void>;
}

const LOOK_MS = 2_000;
/** A file that somebody is still copying grows: it is taken once two looks saw the same size. */
const FILES = new Set(['.csv', '.json', '.tsv', '.txt']);
const DONE = 'done';
const FAILED = 'failed';

/**
 * Watches a folder of this PC for files of orders. A file is imported once it stands still, then moved to `done`, or to
 * `failed` with the reason beside it; rows that were set aside stand in a file beside it as well. The same file again
 * changes nothing. Looked at by time, not by notices of the system, which network drives do not give.
 */
export async function watchDropFolder(core: Core, onFault: (error: unknown) => void): Promise<DropFolder> {
  let state: DropFolderState = {
    folder: (await readLocalSettings(core.dataDir)).dropFolder ?? null,
    lastFile: null,
    lastAt: null,
    fault: null,
  };
  const sizes = new Map<string, number>();
  let running: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const { folder } = state;
    if (folder === null) return;
    const names = await readdir(folder).catch((): null => null);
    if (names === null) {
      state = { ...state, fault: message('drop.folder-missing', folder) };
      return;
    }
    if (state.fault?.code === 'drop.folder-missing') state = { ...state, fault: null };
    for (const name of names.filter((one) => FILES.has(extname(one).toLowerCase()) && !one.startsWith('.'))) {
      const path = join(folder, name);
      const found = await stat(path).catch(() => undefined);
      if (!found?.isFile()) continue;
      if (sizes.get(path) !== found.size || found.size === 0) {
        sizes.set(path, found.size);
        continue;
      }
      sizes.delete(path);
      const fault = await takeFile(core, path);
      state = { folder, lastFile: name, lastAt: core.deps.clock().toISOString(), fault };
      core.feed.pass('shops.changed', {});
    }
  };
  const once = (): Promise<void> => {
    running ??= look()
      .catch(onFault)
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  const timer = setInterval(() => void once(), LOOK_MS);
  timer.unref();
  return {
    state: () => state,
    async use(folder) {
      const chosen = folder === null || folder.trim() === '' ? null : resolve(folder.trim());
      const isFolder = chosen === null || (await stat(chosen).catch(() => undefined))?.isDirectory() === true;
      if (!isFolder) throw new AppError('validation', 'drop.folder-missing', { folder: chosen });
      const { dropFolder: _, ...settings } = await readLocalSettings(core.dataDir);
      await writeLocalSettings(core.dataDir, { ...settings, ...(chosen === null ? {} : { dropFolder: chosen }) });
      state = { folder: chosen, lastFile: null, lastAt: null, fault: null };
    },
    look: once,
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}

const message = (code: string, text: string): ShopMessage => ({ level: 'error', code, text });

/** Imports one file and moves it; returns what went wrong with the whole of it. */
async function takeFile(core: Core, path: string): Promise<ShopMessage | null> {
  const fileName = basename(path);
  try {
    const done = await importFile(core, systemActor, { path, fileName, kind: 'orders' });
    const rejected = done.rejected.map(({ row, reason }) => `${row}\t${reason}`);
    await moveAway(core, path, { to: DONE, notes: rejected });
    return rejected.length === 0 ? null : message('drop.rows-set-aside', `${fileName}: ${done.rejectedCount}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    await moveAway(core, path, { to: FAILED, notes: [`${error.code} ${JSON.stringify(error.details)}`] });
    return message(error.code, fileName);
  }
}

async function moveAway(
  core: Core,
  path: string,
  { to, notes }: { readonly to: string; readonly notes: readonly string[] },
): Promise<void> {
  const folder = join(path, '..', to);
  await mkdir(folder, { recursive: true });
  // Tomorrow's file may have the same name.
  const stamp = core.deps.clock().toISOString().replace(/[:.]/g, '-');
  const target = join(folder, `${stamp} ${basename(path)}`);
  await rename(path, target);
  if (notes.length > 0) await writeFile(`${target}.set-aside.txt`, `${notes.join('\n')}\n`);
}
