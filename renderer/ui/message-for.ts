import { DoorError, SessionLostError, UnreachableError } from '../station/door-error.ts';
import { formatWeight } from './format.ts';
import { isMessageKey } from './message-key.ts';
import type { MessageParams, Messages } from './use-messages.ts';

export interface CodeText {
  /** What happened. */
  readonly title: string;
  /** What to do now, where there is something to do. */
  readonly action: string | undefined;
}

const wordFamilies = {
  reason: 'hold',
  state: 'order-state',
  instruction: 'instruction',
  returnState: 'return.state',
} as const;

/** Weights come as milligrams, reasons and states as names: all are shown in the reader's form. */
function readable(params: MessageParams, { t, language }: Messages): MessageParams {
  const shown: Record<string, string | number> = { ...params };
  for (const name of ['reason', 'state', 'instruction', 'returnState'] as const) {
    const key = `${wordFamilies[name]}.${params[name]}`;
    if (isMessageKey(key)) shown[name] = t(key);
  }
  for (const name of ['expectedMg', 'weightMg', 'differenceMg', 'mostMg']) {
    const mg = params[name];
    if (typeof mg === 'number') shown[name] = formatWeight(mg, language);
  }
  return shown;
}

/** Words for a verdict or an error of the station; a code without words gets a general text that names it. */
export function messageFor(messages: Messages, code: string, params: MessageParams = {}): CodeText {
  const { t } = messages;
  const shown = readable(params, messages);
  const title = `code.${code}`;
  if (!isMessageKey(title)) {
    const ref = params.ref ?? '';
    return { title: t('code.unlisted', { code }), action: t('code.unlisted.do', { code, ref }) };
  }
  const action = `code.${code}.do`;
  return { title: t(title, shown), action: isMessageKey(action) ? t(action, shown) : undefined };
}

/** Words for anything a call may throw. */
export function messageForError(messages: Messages, error: unknown): CodeText {
  if (error instanceof UnreachableError) return messageFor(messages, 'station.unreachable');
  if (error instanceof SessionLostError) return messageFor(messages, 'session.missing');
  if (!(error instanceof DoorError)) return messageFor(messages, 'page.failed');
  const params: Record<string, string | number> = { ref: error.ref };
  for (const [name, value] of Object.entries(error.details)) {
    if (typeof value === 'string' || typeof value === 'number') params[name] = value;
  }
  return messageFor(messages, error.code, params);
}
