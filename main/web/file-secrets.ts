import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { Secrets } from '../platform/platform.ts';

/** Secrets of the web shell: AES-256-GCM in one file, its key in another of mode 0600. */
export function createFileSecrets(dataDir: string): Secrets {
  const keyFile = join(dataDir, 'secrets.key');
  const file = join(dataDir, 'secrets.json');
  const readAll = async (): Promise<Record<string, string>> =>
    JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const write = async (all: Record<string, string>): Promise<void> => {
    const draft = `${file}.${randomBytes(4).toString('hex')}`;
    await writeFile(draft, JSON.stringify(all), { mode: 0o600 });
    await rename(draft, file);
  };
  const key = async (): Promise<Buffer> => {
    await mkdir(dataDir, { recursive: true });
    const known = await readFile(keyFile).catch(() => undefined);
    if (known?.length === 32) return known;
    if (known) throw new AppError('device', 'secrets.unreadable', { file: keyFile });
    const fresh = randomBytes(32);
    await writeFile(keyFile, fresh, { mode: 0o600, flag: 'wx' });
    await chmod(keyFile, 0o600);
    return fresh;
  };
  return {
    async get(name) {
      const stored = (await readAll())[name];
      return stored === undefined ? undefined : open(stored, await key(), name);
    },
    async set(name, value) {
      await write({ ...(await readAll()), [name]: seal(value, await key()) });
    },
    async remove(name) {
      const { [name]: _, ...rest } = await readAll();
      await write(rest);
    },
  };
}

function seal(value: string, key: Buffer): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function open(stored: string, key: Buffer, name: string): string {
  const bytes = Buffer.from(stored, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('device', 'secrets.unreadable', { name }, cause);
  }
}
