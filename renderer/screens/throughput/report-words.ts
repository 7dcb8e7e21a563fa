import type { Language } from '../../ui/format.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import { messagesEn } from '../../ui/messages-en.ts';
import { messagesFr } from '../../ui/messages-fr.ts';
import type { Messages, Translate } from '../../ui/use-messages.ts';
import { type RefusalKind, refusalKindOf } from '../bench/verdict-look.ts';

const catalogues: { readonly [L in Language]: Readonly<Record<string, string>> } = { en: messagesEn, fr: messagesFr };
const locales: { readonly [L in Language]: string } = { en: 'en-GB', fr: 'fr-FR' };

/** `45 s`, `4 min 20 s`, `1 h 12 min`, `2 d 3 h`: the two largest units. */
export function durationText(ms: number, t: Translate): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600), Math.floor(seconds / 60)];
  if (minutes === 0) return t('duration.seconds', { seconds });
  if (hours === 0)
    return joined(t('duration.minutes', { minutes }), seconds % 60, t('duration.seconds', { seconds: seconds % 60 }));
  if (days === 0)
    return joined(t('duration.hours', { hours }), minutes % 60, t('duration.minutes', { minutes: minutes % 60 }));
  return joined(t('duration.days', { days }), hours % 24, t('duration.hours', { hours: hours % 24 }));
}

function joined(large: string, small: number, smallText: string): string {
  return small === 0 ? large : `${large} ${smallText}`;
}

/** A count as whole minutes, for what is told while it grows: `45 s`, `12 min`, `2 h 5 min`. */
export function ageText(ms: number, t: Translate): string {
  return durationText(ms < 60_000 ? ms : Math.floor(ms / 60_000) * 60_000, t);
}

/** Hour of the wall clock, or weekday with its day. */
export function slotLabel(start: string, grain: 'hour' | 'day', language: Language): string {
  const options: Intl.DateTimeFormatOptions =
    grain === 'hour' ? { hour: '2-digit', hourCycle: 'h23' } : { weekday: 'short', day: 'numeric' };
  return new Intl.DateTimeFormat(locales[language], options).format(new Date(start)).replace(/ h$/, ' h');
}

/** Labels of slots in a row; an hour that the clocks repeat is told apart by the name of its time. */
export function slotLabels(starts: readonly string[], grain: 'hour' | 'day', language: Language): string[] {
  const labels = starts.map((start) => slotLabel(start, grain, language));
  return labels.map((label, place) =>
    grain === 'hour' && labels.indexOf(label) !== labels.lastIndexOf(label)
      ? `${label} ${zoneName(starts[place] ?? '', language)}`
      : label,
  );
}

function zoneName(instant: string, language: Language): string {
  const parts = new Intl.DateTimeFormat(locales[language], { timeZoneName: 'short' }).formatToParts(new Date(instant));
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** Time of day. */
export function clockText(instant: string | number, language: Language): string {
  const options: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(locales[language], options).format(new Date(instant));
}

/** Weekday with its day. */
export function dayText(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { weekday: 'short', day: 'numeric', month: 'short' }).format(
    new Date(instant),
  );
}

/** Weekday alone, for what lies within a week. */
export function weekdayText(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { weekday: 'short' }).format(new Date(instant));
}

export function percentText(share: number, language: Language): string {
  return new Intl.NumberFormat(locales[language], { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** Words of a code without the order or item that a single refusal would name. */
export function codeWords(code: string, { t, language }: Messages): string {
  const key = `code.${code}`;
  if (!isMessageKey(key)) return code === '' ? t('throughput.refusal.refused') : code;
  return (catalogues[language][key] ?? code).replace(/\{\{\w+\}\}/g, '…').replace(/\s*:\s*…$/, '');
}

/** Refusals that a packer sees alike are counted together. */
export function refusalKind(code: string): RefusalKind {
  return refusalKindOf(code) ?? 'refused';
}
