import { z } from 'zod';
import { Words } from '../carrier-soap.ts';
import { productOf } from './products.ts';

/** Account and password that the simulated Chronopost knows. */
export const CHRONOPOST_SANDBOX = { accountNumber: '19869502', password: '255562' } as const;

/** What the simulation reads of `shippingV6`. */
export const SimShipping = z.object({
  headerValue: z.object({ accountNumber: Words }),
  shipperValue: z.record(z.string(), z.string()),
  recipientValue: z.record(z.string(), z.string()),
  refValue: z.object({ recipientRef: Words, shipperRef: Words }),
  skybillValue: z.object({ productCode: Words, weight: Words, weightUnit: Words, shipDate: Words }),
  skybillParamsValue: z.object({ mode: Words }),
  password: Words,
});
export type SimShipping = z.infer<typeof SimShipping>;

export interface Refusal {
  readonly errorCode: string;
  readonly errorMessage: string;
}

const refuse = (errorCode: string, errorMessage: string): Refusal => ({ errorCode, errorMessage });

export function checkSignIn({
  accountNumber,
  password,
}: {
  accountNumber: string;
  password: string;
}): Refusal | undefined {
  if (accountNumber !== CHRONOPOST_SANDBOX.accountNumber) return refuse('33', 'Invalid accesColis account number');
  return password === CHRONOPOST_SANDBOX.password ? undefined : refuse('3', 'Invalid password');
}

const FRENCH_POSTCODE = /^(?!00|96|99)[0-9]{5}$/;

function checkParty(role: 'shipper' | 'recipient', party: Readonly<Record<string, string>>): Refusal | undefined {
  const part = (name: string): string => party[role + name] ?? '';
  if (part('Name') === '') return refuse('2', `${role}Name : valeur obligatoire`);
  if (part('Adress1') === '') return refuse('2', `${role}Adress1 : valeur obligatoire`);
  if (Math.max(part('Adress1').length, part('Adress2').length) > 38)
    return refuse('2', `${role}Adress1 : 38 caractères au plus`);
  if (part('City') === '') return refuse('2', `${role}City : valeur obligatoire`);
  if (!/^(?!XX|ZZ)[A-Z]{2}$/.test(part('Country'))) return refuse('2', `${role}Country : pays inconnu`);
  if (part('Country') === 'FR' && !FRENCH_POSTCODE.test(part('ZipCode')))
    return refuse('2', `${role}ZipCode : code postal inconnu`);
  return undefined;
}

/** What `shippingV6` refuses: the account first, then what is missing or out of bounds. */
export function checkShipping(request: SimShipping): Refusal | undefined {
  const { headerValue, password, shipperValue, recipientValue, refValue, skybillValue } = request;
  const { accountNumber } = headerValue;
  const known = checkSignIn({ accountNumber, password });
  if (known) return known;
  const product = productOf(skybillValue.productCode);
  if (!product) return refuse('2', 'productCode : produit inconnu de ce contrat');
  const kg = Number(skybillValue.weight);
  if (!(kg > 0 && kg * 1_000_000 <= (product.maxWeightMg ?? 0)) || skybillValue.weightUnit !== 'KGM')
    return refuse('2', 'weight : poids invalide');
  const party = checkParty('shipper', shipperValue) ?? checkParty('recipient', recipientValue);
  if (party) return party;
  if (product.countries && !product.countries.includes(recipientValue.recipientCountry ?? ''))
    return refuse('2', 'recipientCountry : pays non desservi par ce produit');
  if (!product.pickupPoint) return undefined;
  if (!/^[0-9]{4}[A-Z]$/.test(refValue.recipientRef)) return refuse('2', 'recipientRef : point relais inconnu');
  const told = recipientValue.recipientMobilePhone || recipientValue.recipientEmail;
  return told ? undefined : refuse('2', 'recipientMobilePhone : valeur obligatoire pour un point relais');
}
