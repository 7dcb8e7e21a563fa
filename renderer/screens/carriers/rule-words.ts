import type { AccountView, RuleConditions, ShippingRule } from '../../../shared/contract/shipping-accounts.ts';
import { formatCountry, formatNumber, formatWeight } from '../../ui/format.ts';
import { isMessageKey } from '../../ui/message-key.ts';
import type { Messages } from '../../ui/use-messages.ts';

/** What a rule asks of a parcel, one phrase a condition; none: it takes every parcel. */
export function conditionWords(conditions: RuleConditions, { t, language }: Messages): string[] {
  const { countries, postcodes, methods, channels } = conditions;
  const { minWeightMg, maxWeightMg, maxLongestMm, minValueMinor, maxValueMinor, promiseWithinDays } = conditions;
  const list = (values: readonly string[]): string => values.join(', ');
  const money = (minor: number): string => formatNumber(minor / 100, language);
  const channel = (name: string): string => {
    const key = `channel.${name}`;
    return isMessageKey(key) ? t(key) : name;
  };
  const said: (string | undefined)[] = [
    countries && list(countries.map((country) => formatCountry(country, language))),
    postcodes && t('rule.is.postcodes', { list: list(postcodes) }),
    minWeightMg === undefined ? undefined : t('rule.is.from-weight', { weight: formatWeight(minWeightMg, language) }),
    maxWeightMg === undefined ? undefined : t('rule.is.to-weight', { weight: formatWeight(maxWeightMg, language) }),
    maxLongestMm === undefined ? undefined : t('rule.is.longest', { mm: maxLongestMm }),
    minValueMinor === undefined ? undefined : t('rule.is.from-value', { value: money(minValueMinor) }),
    maxValueMinor === undefined ? undefined : t('rule.is.to-value', { value: money(maxValueMinor) }),
    channels && list(channels.map(channel)),
    methods && t('rule.is.methods', { list: list(methods) }),
    promiseWithinDays === undefined ? undefined : t('rule.is.promise', { count: promiseWithinDays }),
  ];
  for (const name of ['hazardous', 'pickupPoint', 'gift'] as const) {
    const value = conditions[name];
    if (value !== undefined) said.push(t(`rule.is.${name}.${value ? 'yes' : 'no'}`));
  }
  return said.filter((phrase) => phrase !== undefined);
}

/** `DHL Paket · V01PAK`, or `the cheapest of DHL Paket, EasyPost`. */
export function choiceWords(choice: ShippingRule['choice'], accounts: readonly AccountView[], { t }: Messages): string {
  const name = ({ accountId, service }: { accountId: string | null; service: string }): string => {
    const account = accounts.find(({ id }) => id === accountId);
    const title = accountId === null ? t('rule.own-label') : (account?.title ?? t('rule.account-gone'));
    const named = account?.services.find(({ code }) => code === service)?.title ?? service;
    return named === '' ? title : `${title} · ${named}`;
  };
  if (choice.kind === 'service') return name(choice);
  return t(`rule.of.${choice.kind}`, { list: choice.among.map(name).join(', ') });
}
