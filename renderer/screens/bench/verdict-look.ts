import type { Verdict } from '../../../shared/contract/common.ts';
import type { IconName } from '../../ui/icons.tsx';
import type { SoundName } from '../../ui/sound-notes.ts';
import { refusalKinds } from './refusal-kinds.ts';

export const verdictClasses = [
  'good',
  'complete',
  'info',
  'wrong-item',
  'wrong-order',
  'wrong-place',
  'wrong-lot',
  'too-many',
  'unknown',
  'unreadable',
  'dead-label',
  'expired',
  'weight',
  'stopped',
  'refused',
] as const;
/** Verdicts that a packer must tell apart at a glance; each has its own colour, icon, words and sound. */
export type VerdictClass = (typeof verdictClasses)[number];
/** The kinds of refusal; `refused` is an act that has to wait for another one. */
export type RefusalKind = Exclude<VerdictClass, 'good' | 'complete' | 'info'>;

const unreadable = /^(scan\.(bad|unreadable|doubled|too-long|empty)|gs1\.|gtin\.|digital-link\.)/;

/** The kind of a refusal by its code; undefined for one that no table names. */
export function refusalKindOf(code: string): RefusalKind | undefined {
  return refusalKinds[code] ?? (unreadable.test(code) ? 'unreadable' : undefined);
}

/** The class of a verdict; faults of the station, which no table names, ask for another act first. */
export function classOf({ tone, code }: Pick<Verdict, 'tone' | 'code'>): VerdictClass {
  return tone === 'bad' ? (refusalKindOf(code) ?? 'refused') : tone;
}

interface Look {
  readonly icon: IconName;
  readonly sound: SoundName;
}

export const verdictLooks: { readonly [C in VerdictClass]: Look } = {
  good: { icon: 'check', sound: 'good' },
  complete: { icon: 'box', sound: 'complete' },
  info: { icon: 'info', sound: 'info' },
  'wrong-item': { icon: 'cross', sound: 'wrong-item' },
  'wrong-order': { icon: 'swap', sound: 'wrong-order' },
  'wrong-place': { icon: 'pin', sound: 'wrong-place' },
  'wrong-lot': { icon: 'lot', sound: 'wrong-lot' },
  'too-many': { icon: 'tooMany', sound: 'too-many' },
  unknown: { icon: 'question', sound: 'unknown' },
  unreadable: { icon: 'broken', sound: 'unreadable' },
  'dead-label': { icon: 'deadLabel', sound: 'dead-label' },
  expired: { icon: 'calendar', sound: 'expired' },
  weight: { icon: 'scale', sound: 'weight' },
  stopped: { icon: 'stop', sound: 'stopped' },
  refused: { icon: 'hand', sound: 'refused' },
};
