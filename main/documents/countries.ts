export { countryNumber } from '../../shared/carriers/country-number.ts';

const displayNames = {
  en: new Intl.DisplayNames('en', { type: 'region' }),
  fr: new Intl.DisplayNames('fr', { type: 'region' }),
};

/** The country's name in capitals, as postal addresses want it. */
export function countryName(alpha2: string, language: 'en' | 'fr'): string {
  return (displayNames[language].of(alpha2) ?? alpha2).toLocaleUpperCase(language);
}
