import { z } from 'zod';
import { Words } from '../carrier-soap.ts';
import { MOST_MG } from './products.ts';

/** User and customer that the simulated DPD knows. */
export const DPD_SANDBOX = {
  ...{ userId: 'SIMULATED', password: 'simulated', countryCode: '250', centerNumber: '77' },
  customerNumber: '18028',
} as const;

const SimAddress = z.object({
  ...{ countryPrefix: Words, zipCode: Words, city: Words, street: Words, name: Words, phoneNumber: Words },
});
export type SimAddress = z.infer<typeof SimAddress>;

const Info = z
  .union([z.literal(''), z.object({ name2: Words, vinfo1: Words })])
  .optional()
  .transform((info) => info || undefined);

/** What the simulation reads of a request for a label, outbound or return. */
export const SimShipment = z.object({
  receiveraddress: SimAddress,
  receiverinfo: Info,
  shipperaddress: SimAddress,
  shipperinfo: Info,
  customer_number: Words,
  shippingdate: Words,
  weight: Words,
  referencenumber: Words,
  expire_offset: z.string().optional(),
  services: z
    .object({
      contact: z.object({ sms: Words, email: Words, type: Words }).optional(),
      parcelshop: z.object({ shopaddress: z.object({ shopid: Words }) }).optional(),
    })
    .optional(),
  labelType: z.object({ type: Words }),
});
export type SimShipment = z.infer<typeof SimShipment>;

export interface Fault {
  readonly id: string;
  readonly text: string;
}

const fault = (id: string, text: string): Fault => ({ id, text });
const NAMES = { receiver: 'Receiver', shipper: 'Shipper' } as const;

function checkAddress(role: keyof typeof NAMES, address: SimAddress): Fault | undefined {
  const { countryPrefix, zipCode, city, street, name } = address;
  const of = NAMES[role];
  if (name === '' || name.length > 35) return fault(`Invalid${of}Name`, `Invalid ${role} name`);
  if (street === '' || street.length > 70) return fault(`Invalid${of}Street`, `Invalid ${role} street`);
  if (city === '' || city.length > 35) return fault(`Invalid${of}City`, `Invalid ${role} city`);
  if (!/^(?!XX|ZZ)[A-Z]{2}$/.test(countryPrefix)) return fault(`Invalid${of}CountryPrefix`, `Unknown ${role} country`);
  const known = countryPrefix !== 'FR' || /^(?!00|96|99)[0-9]{5}$/.test(zipCode);
  return known ? undefined : fault(`Invalid${of}ZipCode`, `Unknown ${role} zip code ${zipCode}`);
}

/** What the service refuses, by the names and in the words of its faults. */
export function checkShipment(request: SimShipment): Fault | undefined {
  const kg = Number(request.weight);
  const most = MOST_MG / 1_000_000;
  if (!(kg > 0)) return fault('InvalidWeight', 'Invalid weight');
  if (kg > most)
    return fault('InvalidWeight', `Invalid weight - Maximum supported weight is ${String(most).replace('.', ',')}`);
  const address = checkAddress('receiver', request.receiveraddress) ?? checkAddress('shipper', request.shipperaddress);
  if (address) return address;
  const { contact, parcelshop } = request.services ?? {};
  if (contact?.type === 'Predict' && !/^(?:\+33|0033|0)[67][0-9]{8}$/.test(contact.sms))
    return fault('InvalidContactSms', 'Predict needs a mobile phone number');
  if (parcelshop && !/^P[0-9]{5}$/.test(parcelshop.shopaddress.shopid))
    return fault('InvalidParcelShop', 'Unknown parcel shop');
  if (request.expire_offset !== undefined && Number(request.expire_offset) < 7)
    return fault('InvalidExpireOffset', 'Expire offset must be 7 days at least');
  return undefined;
}
