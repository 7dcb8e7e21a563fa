import { z } from 'zod';
import { buildS10 } from '../../../shared/carriers/s10.ts';
import type { Address } from '../../../shared/model/address.ts';
import type { JourneyStep } from '../carrier-journey.ts';

const text = z.string().default('');
const InAddress = z.object({
  name: z.string().min(1, 'This field is required.'),
  company_name: text,
  address_line_1: z.string().min(1, 'This field is required.'),
  address_line_2: text,
  postal_code: z.string().min(1, 'This field is required.'),
  city: z.string().min(1, 'This field is required.'),
  country_code: z.string().regex(/^[A-Z]{2}$/, 'Not a valid choice.'),
  state_province_code: text,
});
type InAddress = z.infer<typeof InAddress>;
const Kilograms = z.coerce.number().positive('Ensure this value is greater than 0.');
const Customs = z.object({ invoice_number: z.string().min(1), export_reason: z.string().min(1) });

export const InShipment = z.object({
  label_details: z.object({ mime_type: text, dpi: z.union([z.literal(72), z.literal(203), z.literal(300)]) }),
  from_address: z.union([z.object({ sender_address_id: z.int() }), InAddress]),
  to_address: InAddress,
  ship_with: z.object({ properties: z.object({ shipping_option_code: z.string().min(1) }) }),
  external_reference_id: z.string().min(1),
  order_number: text,
  parcels: z.tuple([
    z.object({
      weight: z.object({ value: Kilograms, unit: z.literal('kg') }),
      parcel_items: z.array(z.unknown()).default([]),
    }),
  ]),
  customs_information: Customs.optional(),
});
export const InReturn = z.object({
  from_address: InAddress,
  to_address: InAddress,
  ship_with: z.object({ type: z.literal('shipping_option_code'), shipping_option_code: z.string().min(1) }),
  weight: z.object({ value: z.number().positive(), unit: z.literal('kg') }),
  order_number: text,
  external_reference: z.string().min(1),
});
export const InOptions = z.object({
  from_country_code: z.string(),
  to_country_code: z.string(),
  parcels: z.array(z.object({ weight: z.object({ value: Kilograms }) })).min(1),
  functionalities: z.object({ returns: z.boolean().default(false) }).prefault({}),
});

/** A parcel that was announced, outbound or back. */
export interface SimulatedParcel {
  readonly id: number;
  readonly shipment: string;
  readonly reference: string;
  readonly orderNumber: string;
  readonly option: string;
  readonly back: boolean;
  readonly from: Address;
  readonly to: Address;
  readonly weightKg: number;
  readonly trackingNumber: string;
  /** Number on the drawn label; another one where the carrier errs. */
  readonly labelNumber: string;
  readonly madeAt: Date;
  /** Null where the carrier refused it. */
  readonly refusal: string | null;
  cancelledAt: Date | null;
  halfFile: boolean;
}

const WAREHOUSE: Address = { name: 'Sender', street1: '1 rue du Quai', postcode: '69002', city: 'Lyon', country: 'FR' };

export function asAddress(address: InAddress | { readonly sender_address_id: number }): Address {
  if ('sender_address_id' in address) return WAREHOUSE;
  const { name, company_name: company, address_line_1: street1, address_line_2: street2 } = address;
  const { postal_code: postcode, city, country_code: country, state_province_code: region } = address;
  const more = Object.entries({ company, street2, region }).filter(([, value]) => value !== '');
  return { name, street1, postcode, city, country, ...Object.fromEntries(more) };
}

export interface SimulatedOption {
  readonly code: string;
  readonly name: string;
  readonly carrier: string;
  readonly cents: number;
  readonly hours: number;
  readonly back: boolean;
  readonly point: boolean;
}
const option = (code: string, name: string, rest: Partial<SimulatedOption> & { cents: number }): SimulatedOption => ({
  code,
  name,
  carrier: code.split(':')[0] ?? '',
  hours: 48,
  back: false,
  point: false,
  ...rest,
});

export const OPTIONS: readonly SimulatedOption[] = [
  option('colissimo:home', 'Colissimo Home', { cents: 735 }),
  option('chronopost:13', 'Chronopost 13', { cents: 1_690, hours: 24 }),
  option('mondial_relay:point', 'Mondial Relay Point', { cents: 420, hours: 96, point: true }),
  option('colissimo:return', 'Colissimo Return', { cents: 790, back: true }),
];
export const MOST_KG = 30;

export const numberFor = (code: string, serial: number): string =>
  buildS10({ service: code.startsWith('chronopost') ? 'EE' : 'CP', country: 'FR' }, serial);

export function statusOf(step: JourneyStep['step']): string {
  switch (step) {
    case 'label':
      return 'ready-to-send';
    case 'picked-up':
      return 'picked-up-by-driver';
    case 'in-transit':
      return 'en-route-to-sorting-center';
    case 'out-for-delivery':
      return 'driver-on-route';
    case 'delivered':
      return 'delivered';
  }
}
