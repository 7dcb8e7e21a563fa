import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Secrets } from '../platform/platform.ts';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const Stored = z.record(z.string(), z.string());

/** Secrets of the web shell: AES-256-GCM in one file, its key in another of mode 0600. */
export function createFileSecrets(dataDir: string): Secrets {
  const keyFile = join(dataDir, 'secrets.key');
  const file = join(dataDir, 'secrets.json');
  let writing: Promise<void> = Promise.resolve();
  /** One change after the other: each reads the whole file and writes it anew. */
  const change = (make: (all: Record<string, string>) => Promise<Record<string, string>>): Promise<void> => {
    const done = writing.then(async () => writeWhole(file, await make(await readStored(file))));
    writing = done.catch(() => undefined);
    return done;
  };
  return {
    async get(name) {
      const stored = (await readStored(file))[name];
      return stored === undefined ? undefined : open(stored, await readKey(keyFile), name);
    },
    set: (name, value) => change(async (all) => ({ ...all, [name]: seal(value, await readKey(keyFile), name) })),
    remove: (name) => change(async ({ [name]: _, ...rest }) => rest),
  };
}

/** Only a file that is not there is empty: taking an unreadable one for none would write over it. */
async function readStored(file: string): Promise<Record<string, string>> {
  try {
    return Stored.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    if (isMissing(cause)) return {};
    throw new AppError('device', 'secrets.unreadable', { file }, cause);
  }
}

async function writeWhole(file: string, all: Record<string, string>): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, JSON.stringify(all), { mode: 0o600 });
  await rename(draft, file);
}

async function readKey(file: string): Promise<Buffer> {
  await mkdir(dirname(file), { recursive: true });
  try {
    // Another process may make the key at the same moment: whoever is second reads the first one's.
    await writeFile(file, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw unreadable(file, cause);
  }
  const key = await readFile(file).catch((cause) => {
    throw unreadable(file, cause);
  });
  if (key.length !== KEY_BYTES) throw unreadable(file);
  return key;
}

const isMissing = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

const unreadable = (file: string, cause?: unknown): AppError =>
  new AppError('device', 'secrets.unreadable', { file }, cause);

/** Nonce, tag, sealed value; the name is sealed in, so that a value cannot be put under another one. */
function seal(value: string, key: Buffer, name: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(stored: string, key: Buffer, name: string): string {
  const bytes = Buffer.from(stored, 'base64');
  const [nonce, rest] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES)];
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(name));
    decipher.setAuthTag(rest.subarray(0, TAG_BYTES));
    return Buffer.concat([decipher.update(rest.subarray(TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('device', 'secrets.unreadable', { name }, cause);
  }
}
