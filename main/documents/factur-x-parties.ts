import type { Address } from '../../shared/model/address.ts';
import type { InvoiceModel } from '../../shared/model/invoice.ts';

/** A piece of XML as xmlbuilder2 takes it: `@name` is an attribute, `#` the text. */
export interface XmlNode {
  readonly [name: string]: string | XmlNode | readonly XmlNode[];
}

interface Registered {
  readonly siren?: string | undefined;
  readonly siret?: string | undefined;
  readonly electronicAddress?: { readonly scheme: string; readonly id: string } | undefined;
}

/** Schemes of ISO/IEC 6523: 0002 is SIREN, 0009 SIRET. */
function registers({ siren, siret }: Registered): { global: XmlNode; legal: XmlNode } {
  const number = siren ?? siret?.slice(0, 9);
  return {
    global: siret ? { 'ram:GlobalID': { '@schemeID': '0009', '#': siret } } : {},
    legal: number ? { 'ram:SpecifiedLegalOrganization': { 'ram:ID': { '@schemeID': '0002', '#': number } } } : {},
  };
}

function contact({ name, company, phone, email }: Address): XmlNode {
  if (!company && !phone && !email) return {};
  return {
    'ram:DefinedTradeContact': {
      ...(company && { 'ram:PersonName': name }),
      ...(phone && { 'ram:TelephoneUniversalCommunication': { 'ram:CompleteNumber': phone } }),
      ...(email && { 'ram:EmailURIUniversalCommunication': { 'ram:URIID': email } }),
    },
  };
}

function postal({ street1, street2, postcode, city, region, country }: Address): XmlNode {
  return {
    'ram:PostalTradeAddress': {
      ...(postcode && { 'ram:PostcodeCode': postcode }),
      'ram:LineOne': street1,
      ...(street2 && { 'ram:LineTwo': street2 }),
      'ram:CityName': city,
      'ram:CountryID': country,
      ...(region && { 'ram:CountrySubDivisionName': region }),
    },
  };
}

function electronic({ electronicAddress: at }: Registered): XmlNode {
  return at ? { 'ram:URIUniversalCommunication': { 'ram:URIID': { '@schemeID': at.scheme, '#': at.id } } } : {};
}

function vatNumber(id: string): XmlNode {
  return { 'ram:SpecifiedTaxRegistration': { 'ram:ID': { '@schemeID': 'VA', '#': id } } };
}

/** BG-4. A seller without VAT number is known to the tax office by its register (BR-E-02, scheme FC). */
export function sellerParty({ seller }: InvoiceModel): XmlNode {
  const { global, legal } = registers(seller);
  const fiscal = seller.siren ?? seller.siret ?? seller.registry;
  return {
    ...global,
    'ram:Name': seller.company ?? seller.name,
    ...(seller.legalForm && {
      'ram:Description': [seller.legalForm, seller.registry].filter((part) => part).join(', '),
    }),
    ...legal,
    ...contact(seller),
    ...postal(seller),
    ...electronic(seller),
    ...(seller.vatId
      ? vatNumber(seller.vatId)
      : fiscal && { 'ram:SpecifiedTaxRegistration': { 'ram:ID': { '@schemeID': 'FC', '#': fiscal } } }),
  };
}

/** BG-7. */
export function buyerParty(buyer: InvoiceModel['buyer']): XmlNode {
  const { global, legal } = registers(buyer);
  return {
    ...global,
    'ram:Name': buyer.company ?? buyer.name,
    ...legal,
    ...contact(buyer),
    ...postal(buyer),
    ...electronic(buyer),
    ...(buyer.vatId && vatNumber(buyer.vatId)),
  };
}

/** BG-13. */
export function placeParty(place: Address): XmlNode {
  return { 'ram:Name': place.company ?? place.name, ...postal(place) };
}
