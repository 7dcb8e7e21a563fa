import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Handle } from './rows.ts';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Written before what was sealed, so that another way of sealing can be told apart later. */
const VERSION = 'p1.';
/** Somebody may just have typed the key at this PC: it is looked for again, but not at every scan. */
const LOOK_AGAIN_MS = 1000;

/**
 * Seals what is personal in an order: AES-256-GCM, bound to the order's id, so that a row copied to another order does not
 * open. Synchronous, because a scan waits for it; the key is loaded when the station opens.
 */
export class PersonalSeal {
  #key: Buffer | undefined;
  #source: (() => Promise<Buffer>) | undefined;
  #lookedAt = 0;
  #looking: Promise<void> | undefined;

  /** Takes the key from `source`; one that fails is asked again later, because `keys join` may bring the key. */
  async load(source: () => Promise<Buffer>): Promise<void> {
    this.#source = source;
    await this.#look();
  }

  /** Error: `device` `vault.key-missing`: nothing personal is ever written unsealed. */
  seal(orderId: string, text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#keyNow(), nonce).setAAD(Buffer.from(orderId));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return VERSION + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  }

  /** What an older version left unsealed is read as it is. Errors: `device` `vault.key-missing`, `vault.damaged`. */
  open(orderId: string, stored: string): string {
    if (stored.startsWith('{')) return stored;
    const key = this.#keyNow();
    try {
      if (!stored.startsWith(VERSION)) throw new Error('no sealed text');
      const bytes = Buffer.from(stored.slice(VERSION.length), 'base64');
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES)).setAAD(Buffer.from(orderId));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
    } catch (cause) {
      throw new AppError('device', 'vault.damaged', {}, cause);
    }
  }

  /** Whether this PC has the key. */
  get isOpen(): boolean {
    return this.#key !== undefined;
  }

  #keyNow(): Buffer {
    if (this.#key) return this.#key;
    if (Date.now() - this.#lookedAt > LOOK_AGAIN_MS) void this.#look();
    throw new AppError('device', 'vault.key-missing');
  }

  #look(): Promise<void> {
    this.#lookedAt = Date.now();
    this.#looking ??= (this.#source?.() ?? Promise.reject(new Error('no key')))
      .then(
        (key) => {
          this.#key = key;
        },
        () => undefined,
      )
      .finally(() => {
        this.#looking = undefined;
      });
    return this.#looking;
  }
}

/** The sealer of the database that a handle speaks to. */
export function personalOf(handle: Handle): PersonalSeal {
  const seal: unknown = handle.userParams.personal;
  if (!(seal instanceof PersonalSeal)) throw new Error('This handle was not opened by openDatabase.');
  return seal;
}
