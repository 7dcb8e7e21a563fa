import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../ui/format.ts';
import { browserLanguage } from '../../ui/i18n.ts';

/** Speaks the operator's language; the browser's while nobody is signed in. */
export function useLanguage(operators: Language | undefined): void {
  const { i18n } = useTranslation();
  const language = operators ?? browserLanguage(navigator.languages);
  useEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  }, [i18n, language]);
}
