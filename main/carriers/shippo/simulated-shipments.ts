import { z } from 'zod';
import { buildS10 } from '../../../shared/carriers/s10.ts';
import { buildImpb } from '../../../shared/carriers/usps.ts';
import type { Address } from '../../../shared/model/address.ts';
import type { JourneyStep } from '../carrier-journey.ts';

const text = z.string().default('');
const InAddress = z.object({
  name: text,
  company: text,
  street1: z.string().min(1),
  street2: text,
  city: z.string().min(1),
  state: text,
  zip: text,
  country: z.string().regex(/^[A-Z]{2}$/, 'Invalid value specified for country'),
  phone: text,
  email: text,
});
const Decimal = z.string().regex(/^\d+(?:\.\d{1,4})?$/, 'A valid number is required.');

export const InShipment = z.object({
  address_from: InAddress,
  address_to: InAddress,
  parcels: z
    .array(
      z.object({
        length: Decimal,
        width: Decimal,
        height: Decimal,
        distance_unit: z.enum(['cm', 'in', 'ft', 'mm', 'm', 'yd']),
        weight: Decimal.refine((weight) => Number(weight) > 0, 'The weight has to be above zero.'),
        mass_unit: z.enum(['g', 'oz', 'lb', 'kg']),
      }),
    )
    .length(1),
  extra: z.object({ is_return: z.boolean().default(false) }).prefault({}),
  customs_declaration: z
    .object({ certify: z.literal(true), certify_signer: z.string().min(1), items: z.array(z.unknown()).min(1) })
    .optional(),
});
export type InShipment = z.infer<typeof InShipment>;
export const InTransaction = z.object({
  rate: z.string(),
  label_file_type: z.enum(['PDF', 'PDF_4x6', 'PDF_A6', 'PNG', 'ZPLII']).default('PDF'),
  metadata: z.string().max(100).default(''),
});
export const InRefund = z.object({ transaction: z.string() });
export const InManifest = z.object({
  carrier_account: z.string().min(1),
  shipment_date: z.string().min(1),
  address_from: z.string().min(1),
  transactions: z.array(z.string()).min(1),
});

export interface SimulatedRate {
  readonly id: string;
  readonly shipment: string;
  readonly provider: string;
  readonly token: string;
  readonly name: string;
  readonly amount: string;
  readonly currency: string;
  readonly days: number;
}

export interface SimulatedShipment {
  readonly id: string;
  readonly given: InShipment;
  readonly rates: readonly SimulatedRate[];
  readonly messages: readonly object[];
}

export interface SimulatedTransaction {
  readonly id: string;
  readonly rate: SimulatedRate;
  readonly metadata: string;
  readonly madeAt: Date;
  readonly trackingNumber: string;
  readonly fileName: string;
  refundedAt: Date | null;
  onManifest: boolean;
}

function asAddress(address: z.infer<typeof InAddress>): Address {
  const { name, company, street1, street2, city, state, zip, country } = address;
  const more = Object.entries({ company, street2, region: state }).filter(([, value]) => value !== '');
  return { name: name || company, street1, postcode: zip, city, country, ...Object.fromEntries(more) };
}

/** The buyer stands in `address_to` of a return as well: Shippo turns the addresses round. */
export function endsOf({ address_from: from, address_to: to, extra }: InShipment): { from: Address; to: Address } {
  return extra.is_return ? { from: asAddress(to), to: asAddress(from) } : { from: asAddress(from), to: asAddress(to) };
}

const GRAMS: Readonly<Record<string, number>> = { g: 1, oz: 28.349523125, lb: 453.59237, kg: 1_000 };
const MOST_GRAMS = 30_000;

interface Offer {
  readonly provider: string;
  readonly token: string;
  readonly name: string;
  readonly cents: number;
  readonly days: number;
}
const AMERICAN: readonly Offer[] = [
  { provider: 'USPS', token: 'usps_ground_advantage', name: 'Ground Advantage', cents: 610, days: 4 },
  { provider: 'USPS', token: 'usps_priority', name: 'Priority Mail', cents: 745, days: 2 },
];
const FRENCH: readonly Offer[] = [
  { provider: 'Colissimo', token: 'colissimo_home', name: 'Home', cents: 760, days: 2 },
  { provider: 'Chronopost', token: 'chronopost_express', name: 'Express', cents: 1_840, days: 1 },
];

/** Prices by the kilogram; customs data are asked for between the continents. */
export function rate(given: InShipment, ids: { readonly shipment: string; next(): string }) {
  const { from, to } = endsOf(given);
  const offers = from.country === 'US' ? AMERICAN : FRENCH;
  const provider = offers[0]?.provider ?? '';
  const against = (code: string, words: string) => ({ rates: [], messages: [{ source: provider, code, text: words }] });
  const parcel = given.parcels[0];
  const weight = Number(parcel?.weight) * (GRAMS[parcel?.mass_unit ?? ''] ?? 1);
  if (weight > MOST_GRAMS) return against('weight_limit', 'The parcel is heavier than the carrier takes.');
  const sameSide = (from.country === 'US') === (to.country === 'US');
  if (!sameSide && !given.customs_declaration) return against('customs', 'A customs declaration is required.');
  const rates = offers.map(({ cents, ...offer }) => ({
    ...offer,
    id: ids.next(),
    shipment: ids.shipment,
    amount: ((cents + Math.ceil(weight / 1_000) * 55 + (sameSide ? 0 : 1_500)) / 100).toFixed(2),
    currency: from.country === 'US' ? 'USD' : 'EUR',
  }));
  return { rates, messages: [] };
}

/** A number as the carrier of the rate gives it, its check digit right. */
export function numberFor(provider: string, serial: number): string {
  return provider === 'USPS'
    ? buildImpb({ channel: '92', serviceType: '055', mailerId: '901234567', digits: 22 }, serial)
    : buildS10({ service: provider === 'Chronopost' ? 'EE' : 'CC', country: 'FR' }, serial);
}

export function trackStatus(step: JourneyStep['step']): { readonly status: string; readonly code: string } {
  switch (step) {
    case 'label':
      return { status: 'PRE_TRANSIT', code: 'information_received' };
    case 'picked-up':
      return { status: 'TRANSIT', code: 'package_accepted' };
    case 'in-transit':
      return { status: 'TRANSIT', code: 'package_departed' };
    case 'out-for-delivery':
      return { status: 'TRANSIT', code: 'out_for_delivery' };
    case 'delivered':
      return { status: 'DELIVERED', code: 'delivered' };
  }
}
