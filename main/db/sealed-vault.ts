import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Database } from './database.ts';
import type { Vault } from './vault.ts';

/** Where a PC keeps its keys: the platform's secrets. */
export interface KeyStore {
  get(name: string): Promise<string | undefined>;
  set(name: string, value: string): Promise<void>;
}

export interface SealedVault extends Vault {
  /** The key as letters to type at another PC; made where the database has none yet. */
  showKey(): Promise<string>;
  /** Takes over the key that another PC showed. Error: `validation` `vault.wrong-key`. */
  joinKey(code: string): Promise<void>;
  /** The key of what is personal, drawn from this vault's own. Error: `device` `vault.key-missing`. */
  personalKey(): Promise<Buffer>;
}

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Written before what was sealed, so that another way of sealing can be told apart later. */
const VERSION = 'v1.';

const nameOf = (fingerprint: string): string => `vault:${fingerprint}`;
const fingerprintOf = (key: Buffer): string =>
  createHash('sha256').update('packwright vault ').update(key).digest('hex').slice(0, 16);

/**
 * The vault of a database. The first PC makes the key and notes its fingerprint; every other one must be given it, or
 * what it sealed could not be read anywhere else.
 */
export function createVault(database: Database, keys: KeyStore, clock: () => Date): SealedVault {
  let known: { readonly key: Buffer; readonly fingerprint: string } | undefined;
  const current = async (): Promise<NonNullable<typeof known>> => {
    const noted = await readFingerprint(database);
    if (known && known.fingerprint === noted) return known;
    if (noted === undefined) await makeKey(database, keys, clock);
    const fingerprint = noted ?? (await readFingerprint(database)) ?? '';
    const stored = await keys.get(nameOf(fingerprint));
    const key = stored === undefined ? undefined : Buffer.from(stored, 'base64');
    if (!key || fingerprintOf(key) !== fingerprint) throw new AppError('device', 'vault.key-missing', { fingerprint });
    known = { key, fingerprint };
    return known;
  };
  return {
    async seal(text) {
      const { key } = await current();
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
    },
    async unseal(sealed) {
      const { key } = await current();
      return open(sealed, key);
    },
    async problem() {
      try {
        // A database that holds nothing sealed needs no key yet, and looking must not make one.
        if ((await readFingerprint(database)) !== undefined) await current();
        return null;
      } catch (error) {
        if (error instanceof AppError) return error.code;
        throw error;
      }
    },
    async personalKey() {
      const { key } = await current();
      return Buffer.from(hkdfSync('sha256', key, '', 'packwright personal data', KEY_BYTES));
    },
    async showKey() {
      const { key } = await current();
      return grouped(key.toString('hex').toUpperCase() + checkOf(key));
    },
    async joinKey(code) {
      const text = code.replace(/[^0-9A-Fa-f]/g, '').toLowerCase();
      const key = Buffer.from(text.slice(0, 2 * KEY_BYTES), 'hex');
      const fingerprint = fingerprintOf(key);
      const noted = await readFingerprint(database);
      const right =
        key.length === KEY_BYTES && text.slice(2 * KEY_BYTES).toUpperCase() === checkOf(key) && fingerprint === noted;
      if (!right) throw new AppError('validation', 'vault.wrong-key');
      await keys.set(nameOf(fingerprint), key.toString('base64'));
      known = undefined;
    },
  };
}

function open(sealed: string, key: Buffer): string {
  const bytes = Buffer.from(sealed.slice(VERSION.length), 'base64');
  try {
    if (!sealed.startsWith(VERSION)) throw new Error('no sealed text');
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('device', 'vault.damaged', {}, cause);
  }
}

/** Two PCs that begin at once: the one whose fingerprint was noted first has the key of the database. */
async function makeKey(database: Database, keys: KeyStore, clock: () => Date): Promise<void> {
  const key = randomBytes(KEY_BYTES);
  const fingerprint = fingerprintOf(key);
  // The key first: a fingerprint without a key anywhere would lock the database for good.
  await keys.set(nameOf(fingerprint), key.toString('base64'));
  await database.write.transaction(async (tx) => {
    if (database.dialect === 'postgres') await tx.raw('lock table vault_key in exclusive mode');
    if ((await tx('vault_key').first('fingerprint')) !== undefined) return;
    await tx('vault_key').insert({ fingerprint, created_at: clock().toISOString() });
  });
}

async function readFingerprint(database: Database): Promise<string | undefined> {
  const row = await database.read('vault_key').orderBy('created_at').first<{ fingerprint: string } | undefined>();
  return row?.fingerprint;
}

/** Four characters that tell a typing mistake at once. */
function checkOf(key: Buffer): string {
  return createHash('sha256').update('check ').update(key).digest('hex').slice(0, 4).toUpperCase();
}

const grouped = (text: string): string => (text.match(/.{1,4}/g) ?? []).join('-');
