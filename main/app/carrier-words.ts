import type { LabelChoice } from '../../shared/contract/orders.ts';
import type { AccountView } from '../../shared/contract/shipping-accounts.ts';

/** Why an account cannot be used, or soon cannot, and what to do, for the command line. */
const problems: Readonly<Record<string, string>> = {
  'carrier.unknown-connector': 'this version does not know the carrier: update it',
  'carrier.bad-config': 'fields are missing: "packwright carriers kinds" says which, "carriers connect" adds them',
  'carrier.check-failed': 'the carrier refused the account at the last check',
  'vault.key-missing':
    'this PC has not the key of the secrets: "packwright keys show" on the other PC, "keys join CODE" here',
  'number-range.none': 'no number range yet: "packwright carriers range" adds one',
  'number-range.exhausted': 'all numbers are used: ask the carrier for a new range',
  'number-range.few-left': 'few numbers are left: ask the carrier for a new range now',
};

export function problemOfAccount({ problem }: AccountView): string | null {
  return problem === null ? null : (problems[problem] ?? problem);
}

/** Why a rate was passed over, by the key that the screens have too. */
const reasons: Readonly<Record<string, string>> = {
  'choice.account-gone': 'the account is gone',
  'choice.account-off': 'the account is not in use',
  'choice.too-heavy': 'the parcel is too heavy for it',
  'choice.no-rates': 'tells no rates',
  'choice.service-gone': 'the service is gone',
  'choice.not-there': 'does not go there',
  'choice.no-pickup-point': 'needs a pick-up point and the order names none',
  'choice.other-currency': 'costs another currency',
  'choice.too-late': 'comes after the promised day',
  'choice.dearer': 'costs more',
  'choice.slower': 'comes later',
  'choice.no-answer': 'did not answer',
};

export function reasonInWords(rate: LabelChoice['rates'][number]): LabelChoice['rates'][number] {
  return { ...rate, passedOver: rate.passedOver === null ? null : (reasons[rate.passedOver] ?? rate.passedOver) };
}
