import { isMessageKey } from './message-key.ts';
import type { Translate } from './use-messages.ts';

/** Name of a kind of document in the reader's language; the kind itself for one that this version does not know. */
export function documentWords(kind: string, t: Translate): string {
  const key = `document.${kind}`;
  return isMessageKey(key) ? t(key) : kind;
}
