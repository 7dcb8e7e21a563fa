import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from './format.ts';
import { messagesEn } from './messages-en.ts';
import { messagesFr } from './messages-fr.ts';

/** The language before anybody has signed in: the browser's when it is French, else English. */
export function browserLanguage(languages: readonly string[]): Language {
  return languages[0]?.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

/** Both catalogues are part of the page, so a change of language is immediate and needs no network. */
export function createTranslator(language: Language): i18n {
  const translator = createInstance();
  void translator.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: messagesEn }, fr: { translation: messagesFr } },
    // Keys contain dots and colons of their own, such as the codes of errors.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return translator;
}
