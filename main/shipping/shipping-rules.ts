import type { SharedSettings } from '../../shared/contract/stations.ts';
import type { Address } from '../../shared/model/address.ts';
import { channelTitles } from '../../shared/model/channel.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Seven characters for an RMA code: the last 35 random bits of a UUIDv7. */
export function rmaPayload(id: string): string {
  let bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`);
  let text = '';
  for (let digit = 0; digit < 7; digit += 1) {
    text = `${CROCKFORD[Number(bits & 31n)] ?? '0'}${text}`;
    bits >>= 5n;
  }
  return text;
}

/** Calendar date `days` after an instant, UTC. */
export function dateAfter(instant: string, days: number): string {
  return new Date(Date.parse(instant) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The shipper as the sender of parcels and the addressee of returns. */
export function shipperAddress(settings: SharedSettings): Address {
  return {
    name: settings.companyName,
    street1: settings.street || '-',
    postcode: settings.postcode,
    city: settings.city || '-',
    country: settings.country,
  };
}

export interface LabelFacts {
  readonly settings: SharedSettings;
  readonly orderNumber: string;
  readonly address: Address;
  readonly parcelIndex: number;
  readonly parcelCount: number;
  readonly weightMg: number | null;
  readonly now: string;
  readonly carrier: string;
  readonly service: string;
  readonly sscc: string;
  /** Layout of a carrier, and what it is drawn from; missing: the shipper's own logistic label. */
  readonly drawn?: {
    readonly profile: string;
    readonly values: Readonly<Record<string, unknown>>;
    readonly approved: boolean;
  };
  readonly rma?: { readonly code: string; readonly expiresOn: string };
}

/** The label as it will be drawn; a return swaps the addresses and carries the RMA. */
export function labelModel(facts: LabelFacts): Readonly<Record<string, unknown>> {
  const { settings, rma, drawn } = facts;
  const shipper = shipperAddress(settings);
  const shared = {
    media: settings.labelMedia,
    dpi: settings.labelDpi,
    ...(drawn
      ? { ...drawn.values, profile: drawn.profile, approved: drawn.approved }
      : { sscc: facts.sscc, approved: settings.gs1Prefix !== '' }),
    carrier: facts.carrier,
    service: facts.service,
    parcelIndex: facts.parcelIndex,
    parcelCount: facts.parcelCount,
    orderNumber: facts.orderNumber,
    shipDate: facts.now.slice(0, 10),
    language: languageFor(facts.address.country),
  };
  if (rma)
    return {
      kind: 'return',
      ...shared,
      parcelIndex: 1,
      parcelCount: 1,
      from: facts.address,
      to: shipper,
      rma: rma.code,
      expiresOn: rma.expiresOn,
    };
  return {
    kind: 'outbound',
    ...shared,
    from: shipper,
    to: facts.address,
    ...(facts.weightMg ? { weightMg: facts.weightMg } : {}),
  };
}

/** Days that a carrier takes a returned parcel after the buyer had to give notice (L221-23 in France, the directive elsewhere). */
const DAYS_TO_SEND_BACK = 14;

/** Fourteen days from the day on which the buyer has it (L221-18): a shorter window of the shop never ends before. */
const LAW_DAYS = 14;
const DAYS_ON_THE_WAY = 7;

/** Last day to give notice and last day to hand the parcel over, from the instant of packing. */
export function returnDates(packedAt: string, windowDays: number): { noticeBy: string; sendBy: string } {
  const days = Math.max(windowDays, LAW_DAYS + DAYS_ON_THE_WAY);
  return { noticeBy: dateAfter(packedAt, days), sendBy: dateAfter(packedAt, days + DAYS_TO_SEND_BACK) };
}

/** Name of a channel on papers. */
export function channelTitle(channel: string, language: 'en' | 'fr'): string {
  if (channel === 'web') return language === 'fr' ? 'Boutique en ligne' : 'Web shop';
  if (channel === 'other') return language === 'fr' ? 'Autre' : 'Other';
  return Object.entries(channelTitles).find(([name]) => name === channel)?.[1] ?? channel;
}

/** Of several labels of one kind, which came in turn because those before failed, only the last one counts. */
export function latestLabels<L extends { readonly kind: 'outbound' | 'return' }>(inTurn: readonly L[]): L[] {
  return inTurn.filter((label, index) => !inTurn.slice(index + 1).some((later) => later.kind === label.kind));
}

const TOLD: ReadonlySet<string> = new Set(['label.address-changed', 'label.revision-changed']);

/** What the bench says of a label that was voided: why, where that is known. */
export function deadLabelCode(label: { readonly fault: string | null } | undefined): string {
  return label?.fault && TOLD.has(label.fault) ? label.fault : 'label.dead';
}

/** Papers in the box speak French where French is spoken, English elsewhere. */
export function languageFor(country: string): 'en' | 'fr' {
  return ['FR', 'BE', 'CH', 'LU', 'MC'].includes(country) ? 'fr' : 'en';
}

const EU = new Set([
  'AT',
  'BE',
  'BG',
  'HR',
  'CY',
  'CZ',
  'DK',
  'EE',
  'FI',
  'FR',
  'DE',
  'GR',
  'HU',
  'IE',
  'IT',
  'LV',
  'LT',
  'LU',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SK',
  'SI',
  'ES',
  'SE',
]);

/** Whose right of withdrawal the slip explains. */
export function returnLaw(country: string): 'fr' | 'eu' | 'none' {
  if (country === 'FR') return 'fr';
  return EU.has(country) ? 'eu' : 'none';
}

/** Whether an address can stand on a label: nothing of it is missing, starred or a platform's token. */
export function isWholeAddress({ name, company, street1, city, country }: Address): boolean {
  const whom = name || (company ?? '');
  return [whom, street1, city].every((part) => part !== '' && !/[*＊•]{2}/.test(part)) && country !== 'ZZ';
}
