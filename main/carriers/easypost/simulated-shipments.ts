import { z } from 'zod';
import { buildS10 } from '../../../shared/carriers/s10.ts';
import { buildImpb } from '../../../shared/carriers/usps.ts';
import type { Address } from '../../../shared/model/address.ts';
import type { JourneyStep } from '../carrier-journey.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const InAddress = z.object({
  name: text,
  company: text,
  street1: text,
  street2: text,
  city: text,
  state: text,
  zip: text,
  country: text,
  phone: text,
  email: text,
});
type InAddress = z.infer<typeof InAddress>;

/** What must be there for a shipment; the rest of the request is kept as it came. */
export const InShipment = z.object({
  shipment: z.object({
    to_address: InAddress,
    from_address: InAddress,
    parcel: z.object({
      length: z.number().positive(),
      width: z.number().positive(),
      height: z.number().positive(),
      weight: z.number().positive(),
    }),
    is_return: z.boolean().default(false),
    reference: z.string().nullish(),
    options: z.object({ label_format: z.string().default('PNG') }).prefault({}),
    customs_info: z.looseObject({ customs_items: z.array(z.unknown()) }).nullish(),
  }),
});
export type InShipment = z.infer<typeof InShipment>['shipment'];
export const InBuy = z.object({ rate: z.object({ id: z.string() }), insurance: z.unknown().optional() });
export const InVerify = z.object({ address: InAddress });
export const InTracker = z.object({ tracker: z.object({ tracking_code: z.string() }) });
export const InScanForm = z.object({
  scan_form: z.object({ shipments: z.array(z.object({ id: z.string() })).min(1) }),
});

export interface SimulatedRate {
  readonly id: string;
  readonly carrier: string;
  readonly service: string;
  readonly rate: string;
  readonly days: number;
}

export interface SimulatedShipment {
  readonly id: string;
  readonly given: InShipment;
  readonly createdAt: Date;
  readonly rates: readonly SimulatedRate[];
  readonly messages: readonly object[];
  bought: {
    readonly rate: SimulatedRate;
    readonly trackingNumber: string;
    readonly fileName: string;
    readonly at: Date;
  } | null;
  refundedAt: Date | null;
  onScanForm: boolean;
}

/** The buyer stands in `to_address` of a return as well: EasyPost turns the addresses round. */
export function endsOf({ to_address: to, from_address: from, is_return: back }: InShipment): {
  readonly from: Address;
  readonly to: Address;
} {
  return back ? { from: asAddress(to), to: asAddress(from) } : { from: asAddress(from), to: asAddress(to) };
}

function asAddress(address: InAddress): Address {
  const { name, company, street1, street2, city, state, zip, country, phone, email } = address;
  const more = { company, street2, region: state, phone, email };
  const given = Object.fromEntries(Object.entries(more).filter(([, value]) => value !== ''));
  return { name: name || company, street1, postcode: zip, city, country, ...given };
}

const MOST_OUNCES = 70 * 16;
interface Offer {
  readonly carrier: string;
  readonly service: string;
  readonly cents: number;
  readonly days: number;
}
const OFFERS: Readonly<Record<'domestic' | 'abroad' | 'europe', readonly Offer[]>> = {
  domestic: [
    { carrier: 'USPS', service: 'Express', cents: 3310, days: 2 },
    { carrier: 'USPS', service: 'Priority', cents: 690, days: 2 },
    { carrier: 'USPS', service: 'GroundAdvantage', cents: 593, days: 3 },
  ],
  abroad: [
    { carrier: 'USPS', service: 'PriorityMailInternational', cents: 4120, days: 8 },
    { carrier: 'USPS', service: 'FirstClassPackageInternationalService', cents: 1618, days: 14 },
  ],
  europe: [
    { carrier: 'Chronopost', service: 'Chrono13', cents: 1890, days: 1 },
    { carrier: 'Colissimo', service: 'HomeDelivery', cents: 845, days: 2 },
  ],
};

/** Prices by the ounce; customs data are asked for where the country is another one. */
export function rate(given: InShipment, nextId: (prefix: string) => string) {
  const { from, to } = endsOf(given);
  const ounces = given.parcel.weight;
  const against = (carrier: string, message: string) => ({
    rates: [],
    messages: [{ carrier, carrier_account_id: 'ca_simulated', type: 'rate_error', message }],
  });
  const area = from.country !== 'US' ? 'europe' : to.country === 'US' ? 'domestic' : 'abroad';
  const carrier = OFFERS[area][0]?.carrier ?? '';
  if (ounces > MOST_OUNCES) return against(carrier, 'Maximum weight 70 lbs.');
  if (area === 'abroad' && !given.customs_info) return against(carrier, 'Customs info is required.');
  const rates = OFFERS[area].map(({ cents, ...offer }) => ({
    ...offer,
    id: nextId('rate'),
    rate: ((cents + Math.ceil(ounces) * 10) / 100).toFixed(2),
  }));
  return { rates, messages: [] };
}

/** A number as the carrier of the rate gives it, its check digit right. */
export function numberFor(carrier: string, serial: number): string {
  return carrier === 'USPS'
    ? buildImpb({ channel: '94', serviceType: '001', mailerId: '901103680', digits: 22 }, serial)
    : buildS10({ service: carrier === 'Chronopost' ? 'EE' : 'CC', country: 'FR' }, serial);
}

export function trackerStatus(step: JourneyStep['step']): string {
  if (step === 'label') return 'pre_transit';
  if (step === 'picked-up' || step === 'in-transit') return 'in_transit';
  return step === 'out-for-delivery' ? 'out_for_delivery' : 'delivered';
}
