import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';

/** What this PC alone needs to know; everything shared lies in the database. */
export const LocalSettings = z.strictObject({
  database: z
    .strictObject({
      url: z
        .string()
        .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
        .optional(),
    })
    .default({}),
  station: z.strictObject({ name: z.string().min(1).max(40) }).default({ name: 'Bench 1' }),
  web: z.strictObject({ host: z.string().min(1).optional(), port: z.int().min(0).max(65_535).optional() }).default({}),
  kiosk: z.boolean().optional(),
  /** Folder that is watched for files of orders. */
  dropFolder: z.string().min(1).optional(),
});
export type LocalSettings = z.infer<typeof LocalSettings>;

/** The platform's data folder: `%APPDATA%`, `~/Library/Application Support`, `$XDG_DATA_HOME` or `~/.local/share`. */
export function defaultDataDir(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Packwright');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Packwright');
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'packwright');
}

/** Address of the shared database, or path of this PC's own. */
export function databaseOf(dataDir: string, settings: LocalSettings): string {
  return settings.database.url ?? join(dataDir, 'packwright.sqlite');
}

/** Reads `<data>/settings.json`; a missing file is a fresh PC, an unreadable one names the field. */
export async function readLocalSettings(dataDir: string): Promise<LocalSettings> {
  const file = join(dataDir, 'settings.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    // Where the folder itself is at fault, whoever makes it says so.
    if (cause instanceof Error && 'code' in cause && ['ENOENT', 'ENOTDIR'].includes(String(cause.code)))
      return LocalSettings.parse({});
    throw new AppError('device', 'settings.file-unreadable', { file }, cause);
  }
  return parseLocalSettings(text, file);
}

function parseLocalSettings(text: string, file: string): LocalSettings {
  let value: unknown;
  try {
    // Windows' own editor begins a file with a mark that is no JSON.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new AppError(
      'validation',
      'settings.not-json',
      { file, reason: cause instanceof Error ? cause.message : '' },
      cause,
    );
  }
  const parsed = LocalSettings.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('validation', 'settings.bad-field', {
    file,
    field: [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('.'),
    reason: issue?.message ?? '',
  });
}

/** Writes the file whole or not at all. */
export async function writeLocalSettings(dataDir: string, settings: LocalSettings): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'settings.json');
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(settings, null, 2)}\n`);
  await rename(draft, file);
}
