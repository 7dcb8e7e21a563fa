import type { Address } from '../../shared/model/address.ts';
import type { CarrierMessage } from '../../shared/model/carrier.ts';
import type { LabelState } from '../../shared/model/machines.ts';

/** A question that timed out here may still be worked on there: for so long "not found" does not prove that nothing was bought. */
export const IN_FLIGHT_MS = 90_000;

/** Certain: the carrier took nothing, the same label goes on later. */
const WAITS: ReadonlySet<string> = new Set(['carrier.unreachable', 'carrier.throttled']);
/** Certain as well, but somebody has to mend the account first. */
const REFUSED: ReadonlySet<string> = new Set([
  ...['carrier.sign-in-refused', 'carrier.bad-config', 'carrier.unknown-connector', 'carrier.unknown-account'],
  ...['vault.key-missing', 'vault.damaged'],
]);

/** What a failed question to a carrier means for the purchase. */
export function afterFault(code: string): 'waits' | 'refused' | 'unknown' {
  if (WAITS.has(code)) return 'waits';
  return REFUSED.has(code) ? 'refused' : 'unknown';
}

export interface Refusal {
  readonly code: string;
  /** No personal data: names of fields, measures. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** Of a request, what can be wrong before anybody is asked. */
interface Shipment {
  readonly from: Address;
  readonly to: Address;
  readonly parcel: { readonly weightMg: number };
}

/** What a carrier says of itself. */
interface Limits {
  readonly title: string;
  readonly maxWeightMg: number;
  readonly addressLimits: { readonly line: number; readonly name: number };
}

/** Why a carrier would never take this parcel, in our own words; asked before anything is sent. */
export function refuseShipment(request: Shipment, connector: Limits): Refusal | undefined {
  const { weightMg } = request.parcel;
  const carrier = connector.title;
  if (weightMg <= 0) return { code: 'label.no-weight', params: { carrier } };
  if (weightMg > connector.maxWeightMg)
    return { code: 'label.too-heavy', params: { carrier, limit: Math.floor(connector.maxWeightMg / 1_000_000) } };
  const { line, name } = connector.addressLimits;
  for (const [side, address] of [
    ['to', request.to],
    ['from', request.from],
  ] as const) {
    const lengths = [
      ['name', address.name, name],
      ['company', address.company, name],
      ['street1', address.street1, line],
      ['street2', address.street2, line],
      ['city', address.city, line],
    ] as const;
    for (const [field, text = '', most] of lengths)
      if ([...text].length > most)
        return { code: 'label.line-too-long', params: { carrier, field: `${side}.${field}`, most } };
  }
  return undefined;
}

/** The carrier's own words for the packer, without what it may repeat of the address. */
export function wordsOf(messages: readonly CarrierMessage[], to: Address): string {
  const own = [to.name, to.company, to.street1, to.street2, to.email, to.phone].filter(
    (text): text is string => text !== undefined && text.trim().length > 3,
  );
  const clean = (text: string): string => own.reduce((all, secret) => all.replaceAll(secret, '…'), text);
  const errors = messages.filter(({ level }) => level === 'error');
  return (errors.length > 0 ? errors : messages)
    .map(({ code, text }) => clean(text || code))
    .join(' · ')
    .slice(0, 300);
}

/** When to ask again about something that began at `since`: soon at first, then less and less often. */
export function nextAsk(state: LabelState, since: string, now: string): string {
  const age = Math.max(0, Date.parse(now) - Date.parse(since));
  const [least, most] = state === 'void-requested' ? [60_000, 6 * 3_600_000] : [5_000, 15 * 60_000];
  return new Date(Date.parse(now) + Math.min(most, Math.max(least, age / 2))).toISOString();
}
