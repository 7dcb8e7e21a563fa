import { safeStorage } from 'electron';
import Store from 'electron-store';
import { AppError } from '../../shared/errors.ts';
import type { Secrets } from '../platform/platform.ts';

interface SecretsOptions {
  /** Folder of `secrets.json`. */
  readonly folder: string;
  readonly platform: NodeJS.Platform;
}

/**
 * Secrets encrypted with the operating system's key store (Keychain, DPAPI, libsecret, KWallet).
 *
 * Where there is none, `set` and `get` of a stored value throw `secrets.unavailable`: on Linux Chromium
 * would otherwise "encrypt" with a key that stands in its source. A value that cannot be decrypted (profile
 * copied from another machine, key store reset) throws `secrets.unreadable`.
 */
export function createSafeSecrets(options: SecretsOptions): Secrets {
  let opened: Store<Record<string, string>> | undefined;
  const store = () => {
    opened ??= openStore(options.folder);
    return opened;
  };
  return {
    async get(name) {
      const stored: unknown = store().get(name);
      if (typeof stored !== 'string') return undefined;
      await requireEncryption(options.platform);
      const { result, shouldReEncrypt } = await decrypt(name, stored);
      if (shouldReEncrypt) store().set(name, await encrypt(result));
      return result;
    },
    async set(name, value) {
      await requireEncryption(options.platform);
      store().set(name, await encrypt(value));
    },
    async remove(name) {
      store().delete(name);
    },
  };
}

function openStore(folder: string): Store<Record<string, string>> {
  try {
    return new Store<Record<string, string>>({
      cwd: folder,
      name: 'secrets',
      accessPropertiesByDotNotation: false,
      configFileMode: 0o600,
    });
  } catch (cause) {
    throw new AppError('device', 'secrets.unreadable', { file: 'secrets.json' }, cause);
  }
}

async function requireEncryption(platform: NodeJS.Platform): Promise<void> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) {
    throw new AppError('device', 'secrets.unavailable', { reason: 'no-key-store' });
  }
  if (platform !== 'linux') return;
  const backend = safeStorage.getSelectedStorageBackend();
  if (backend === 'basic_text' || backend === 'unknown') {
    throw new AppError('device', 'secrets.unavailable', { reason: 'no-key-store' });
  }
}

async function encrypt(value: string): Promise<string> {
  return (await safeStorage.encryptStringAsync(value)).toString('base64');
}

async function decrypt(name: string, stored: string) {
  try {
    return await safeStorage.decryptStringAsync(Buffer.from(stored, 'base64'));
  } catch (cause) {
    throw new AppError('device', 'secrets.unreadable', { name }, cause);
  }
}
