import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from './format.ts';
import type { MessageKey } from './message-key.ts';

export type MessageParams = Readonly<Record<string, string | number>>;
/** The text of a key with its placeholders filled; `count` chooses between singular and plural. */
export type Translate = (key: MessageKey, params?: MessageParams) => string;

export interface Messages {
  readonly t: Translate;
  readonly language: Language;
}

/** The catalogue in the operator's language. */
export function useMessages(): Messages {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'fr' ? 'fr' : 'en';
  return useMemo(() => {
    const fixed = i18n.getFixedT(language);
    return { language, t: (key, params) => fixed(key, { ...params }) };
  }, [i18n, language]);
}
