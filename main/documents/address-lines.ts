import type { Address } from '../../shared/model/address.ts';
import { countryName } from './countries.ts';
import type { Language } from './document.ts';
import type { BlockLine } from './fit-text.ts';

/** Countries that write town, region and postcode on one line, in this order. */
const townFirst = new Set(['US', 'CA', 'AU', 'PR']);
/** Countries whose postcode has a line of its own below the town. */
const postcodeAlone = new Set(['GB', 'IE', 'GG', 'JE', 'IM', 'GI']);
/** Countries whose region is part of the address behind the town. */
const regionAfterTown = new Set(['IT', 'ES', 'BR', 'MX']);

function join(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join(' ');
}

/** Town and postcode in the order of the country's own post. */
function localityLines(address: Address): string[] {
  const { city, region, postcode, country } = address;
  if (townFirst.has(country)) return [join(city, region, postcode)];
  if (postcodeAlone.has(country)) return [city, postcode].filter((line) => line !== '');
  return [join(postcode, city, regionAfterTown.has(country) && region ? `(${region})` : undefined)];
}

/** The address as block lines: who bold, the town larger, the country in capitals; fields are named below `field`. */
export function addressBlock(address: Address, field: string, language: Language): BlockLine[] {
  const { name, company, street1, street2, country } = address;
  const towns = localityLines(address).map((text) => ({ field: `${field}.city`, text, bold: true, scale: 1.2 }));
  return [
    { field: `${field}.name`, text: name, bold: true },
    { field: `${field}.company`, text: company ?? '' },
    { field: `${field}.street1`, text: street1 },
    { field: `${field}.street2`, text: street2 ?? '' },
    ...towns,
    { field: `${field}.country`, text: countryName(country, language), bold: true },
  ];
}

/** A sender's lines, all alike and at most five: streets on one line, town and postcode on one. */
export function plainAddressBlock(address: Address, field: string, language: Language): BlockLine[] {
  const { name, company, street1, street2, country } = address;
  return [
    { field: `${field}.name`, text: name, bold: true },
    { field: `${field}.company`, text: company ?? '' },
    { field: `${field}.street1`, text: [street1, street2].filter((line) => line).join(', ') },
    { field: `${field}.city`, text: localityLines(address).join(' ') },
    { field: `${field}.country`, text: countryName(country, language) },
  ];
}
