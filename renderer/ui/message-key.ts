import { messagesEn } from './messages-en.ts';

type Stored = keyof typeof messagesEn;
/** Plurals are stored under `key_one` and `key_other` and asked for as `key`. */
type Asked<K extends string> = K extends `${infer Base}_one` ? Base : K extends `${infer Base}_other` ? Base : K;

/** Every key that a screen may ask for. */
export type MessageKey = Asked<Stored>;

/** True for a key made at run time, such as one for a code of the station, that the catalogues have. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(messagesEn, key) || Object.hasOwn(messagesEn, `${key}_other`);
}
