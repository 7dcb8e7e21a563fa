import { MG_PER_KG, mgToGrams } from '../../shared/model/weight.ts';

export type Language = 'en' | 'fr';

const locales: { readonly [L in Language]: string } = { en: 'en-GB', fr: 'fr-FR' };

function locale(language: Language): string {
  return locales[language];
}

/** `1.250 kg`, `740 g`: kilograms from one kilogram on, grams below. */
export function formatWeight(mg: number, language: Language): string {
  const heavy = Math.abs(mg) >= MG_PER_KG;
  const digits = heavy ? 3 : 0;
  const value = heavy ? mg / MG_PER_KG : mgToGrams(mg);
  const number = new Intl.NumberFormat(locale(language), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
  return `${number} ${heavy ? 'kg' : 'g'}`;
}

export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(locale(language)).format(value);
}

/** `€12.50`, `12,50 €`: minor units as the currency has them. */
export function formatMoney(money: { minor: number; currency: string }, language: Language): string {
  const form = new Intl.NumberFormat(locale(language), { style: 'currency', currency: money.currency });
  return form.format(money.minor / 10 ** (form.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Day and time, short, in this machine's time zone. */
export function formatInstant(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(instant),
  );
}

/** Day and month, for lists. */
export function formatDay(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'short' }).format(new Date(instant));
}

/** Weekday and time for what lies within a week, as on a cut-off board. */
export function formatDeadline(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}

/** Name of a country by its two letters, in the reader's language. */
export function formatCountry(code: string, language: Language): string {
  return new Intl.DisplayNames(locale(language), { type: 'region' }).of(code) ?? code;
}

export interface Slack {
  readonly late: boolean;
  /** Under two hours, or late: the packer should see it. */
  readonly urgency: 'late' | 'soon' | 'ample';
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

const MINUTE_MS = 60_000;
const SOON_MINUTES = 120;

/** Time left until `shipBy`, or how late it is. */
export function slackUntil(shipBy: string, now: number): Slack {
  const left = Math.round((Date.parse(shipBy) - now) / MINUTE_MS);
  const late = left < 0;
  const total = Math.abs(left);
  return {
    late,
    urgency: late ? 'late' : total <= SOON_MINUTES ? 'soon' : 'ample',
    days: Math.floor(total / 1_440),
    hours: Math.floor((total % 1_440) / 60),
    minutes: total % 60,
  };
}
