import type { Verdict } from '../../../shared/contract/common.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { SoundName } from '../../ui/sound-notes.ts';

export const verdictClasses = [
  'good',
  'complete',
  'info',
  'wrong-item',
  'wrong-order',
  'wrong-place',
  'too-many',
  'unknown',
  'unreadable',
  'unusable',
  'refused',
] as const;
/** Verdicts that a packer must tell apart at a glance; each has its own colour, icon and words. */
export type VerdictClass = (typeof verdictClasses)[number];

const badClasses: Readonly<Record<string, VerdictClass>> = {
  'pick.wrong-item': 'wrong-item',
  'pack.wrong-item': 'wrong-item',
  'pick.too-many': 'too-many',
  'pack.too-many': 'too-many',
  'pack.already-packed': 'too-many',
  'pack.wrong-order': 'wrong-order',
  'order.cancelled': 'wrong-order',
  'pick.wrong-location': 'wrong-place',
  'pick.tote-taken': 'wrong-place',
  'pack.wrong-tote': 'wrong-place',
  'label.wrong-label': 'wrong-place',
  'label.dead': 'unusable',
  'pack.expired': 'unusable',
  'pack.serial-used': 'unusable',
  'scan.unknown-code': 'unknown',
  'badge.unknown': 'unknown',
  'order.unknown': 'unknown',
  'tote.unknown': 'unknown',
};

const unreadable = /^(scan\.(bad|unreadable|doubled|too-long|empty)|gs1\.|gtin\.|digital-link\.)/;

/** The class of a verdict; refusals that no row names ask for another act first. */
export function classOf({ tone, code }: Pick<Verdict, 'tone' | 'code'>): VerdictClass {
  if (tone !== 'bad') return tone;
  return badClasses[code] ?? (unreadable.test(code) ? 'unreadable' : 'refused');
}

interface Look {
  readonly icon: IconName;
  readonly sound: SoundName;
}

export const verdictLooks: { readonly [C in VerdictClass]: Look } = {
  good: { icon: 'check', sound: 'good' },
  complete: { icon: 'box', sound: 'complete' },
  info: { icon: 'info', sound: 'info' },
  'wrong-item': { icon: 'cross', sound: 'bad' },
  'wrong-order': { icon: 'swap', sound: 'wrong-order' },
  'wrong-place': { icon: 'pin', sound: 'bad' },
  'too-many': { icon: 'tooMany', sound: 'bad' },
  unknown: { icon: 'question', sound: 'bad' },
  unreadable: { icon: 'broken', sound: 'bad' },
  unusable: { icon: 'warning', sound: 'wrong-order' },
  refused: { icon: 'hand', sound: 'bad' },
};
