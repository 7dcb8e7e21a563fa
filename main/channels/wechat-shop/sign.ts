import { createDecipheriv, createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';

export interface WechatCallback {
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
}

/** What `msg_signature` of a callback must be (lower-case hex). */
export function signWechatCallback(token: string, { timestamp, nonce, encrypt }: WechatCallback): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');
}

const [BLOCK, HEAD] = [32, 20];

/**
 * The message in `Encrypt` of a callback, and the app it is for: compare that with the shop's own.
 *
 * Throws `channel.undecipherable` where key and text do not belong together.
 */
export function decryptWechatMessage(encodingAesKey: string, encrypt: string): { message: string; appId: string } {
  const fail = (cause?: unknown): AppError =>
    new AppError('remote', 'channel.undecipherable', { channel: 'wechat_shop' }, cause);
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  if (key.length !== 32) throw fail();
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
  // Blocks of 32 bytes: Node only knows how to take off padding of 16.
  decipher.setAutoPadding(false);
  const padded = deciphered(() => Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()]), fail);
  const padding = padded.at(-1) ?? 0;
  const plain = padded.subarray(0, padded.length - padding);
  const length = plain.length >= HEAD ? plain.readUInt32BE(HEAD - 4) : -1;
  if (padding < 1 || padding > BLOCK || length < 0 || HEAD + length > plain.length) throw fail();
  return {
    message: plain.subarray(HEAD, HEAD + length).toString('utf8'),
    appId: plain.subarray(HEAD + length).toString('utf8'),
  };
}

function deciphered(run: () => Buffer, fail: (cause: unknown) => AppError): Buffer {
  try {
    return run();
  } catch (cause) {
    throw fail(cause);
  }
}
