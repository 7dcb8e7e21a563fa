import type { RemoteCarrier } from '../channel-connector.ts';

/** Names for which Shopify makes the link to the carrier's page itself, in every country; case and blanks count. */
export const trackingCompanies: ReadonlySet<string> = new Set([
  ...['4PX', 'AGS', 'Amazon', 'Amazon Logistics UK', 'An Post', 'Anjun Logistics', 'APC', 'Asendia USA'],
  ...['Australia Post', 'Bonshaw', 'BPost', 'BPost International', 'Canada Post', 'Canpar', 'CDL Last Mile'],
  ...['China Post', 'Chronopost', 'Chukou1', 'Colissimo', 'Comingle', 'Coordinadora', 'Correios', 'Correos'],
  ...['CTT', 'CTT Express', 'Cyprus Post', 'Delnext', 'Deutsche Post', 'DHL eCommerce', 'DHL eCommerce Asia'],
  ...['DHL Express', 'DPD', 'DPD Local', 'DPD UK', 'DTD Express', 'DX', 'Eagle', 'Estes', 'Evri', 'FedEx'],
  ...['First Global Logistics', 'First Line', 'FSC', 'Fulfilla', 'GLS'],
  ...['Guangdong Weisuyi Information Technology (WSE)', 'Heppner Internationale Spedition GmbH & Co.'],
  ...['Iceland Post', 'IDEX', 'Israel Post', 'Japan Post (EN)', 'Japan Post (JA)', 'La Poste Colissimo'],
  ...['La Poste Burkina Faso', 'Lasership', 'Latvia Post', 'Lietuvos Paštas', 'Logisters'],
  ...['Lone Star Overnight', 'M3 Logistics', 'Meteor Space', 'Mondial Relay', 'New Zealand Post', 'NinjaVan'],
  ...['North Russia Supply Chain (Shenzhen) Co.', 'OnTrac', 'Packeta', 'Pago Logistics'],
  ...['Ping An Da Tengfei Express', 'Pitney Bowes', 'Portal PostNord', 'Poste Italiane', 'PostNL'],
  ...['PostNord DK', 'PostNord NO', 'PostNord SE', 'Purolator', 'Qxpress', 'Qyun Express', 'Royal Mail'],
  ...['Royal Shipments', 'Sagawa (EN)', 'Sagawa (JA)', 'Sendle', 'SF Express', 'SFC Fulfillment', 'ShipBob'],
  ...['SHREE NANDAN COURIER', 'Singapore Post', 'Southwest Air Cargo', 'StarTrack', 'Step Forward Freight'],
  ...['Swiss Post', 'TForce Final Mile', 'Tinghao', 'TNT', 'Toll IPEC', 'United Delivery Service', 'UPS'],
  ...['USPS', 'Venipak', 'We Post', 'Whistl', 'Wizmo', 'WMYC', 'Xpedigo', 'XPO Logistics', 'Yamato (EN)'],
  ...['Yamato (JA)', 'YiFan Express', 'YunExpress'],
]);

const named = (name: string): RemoteCarrier => ({ code: name, name });

/** Our carriers by connector or name → Shopify's exact names. Names of one country only get our own link beside them. */
export const shopifyCarriers: Readonly<Record<string, RemoteCarrier>> = {
  colissimo: named('Colissimo'),
  chronopost: named('Chronopost'),
  'mondial-relay': named('Mondial Relay'),
  'mondial relay': named('Mondial Relay'),
  'dpd-france': named('DPD'),
  'dpd france': named('DPD'),
  dpd: named('DPD'),
  'dhl-paket': named('DHL'),
  'dhl paket': named('DHL'),
  dhl: named('DHL'),
  'dhl express': named('DHL Express'),
  'dhl ecommerce': named('DHL eCommerce'),
  'deutsche post': named('Deutsche Post'),
  ups: named('UPS'),
  usps: named('USPS'),
  fedex: named('FedEx'),
  gls: named('GLS'),
  tnt: named('TNT'),
  'sf express': named('SF Express'),
  'la poste': named('La Poste Colissimo'),
  'royal mail': named('Royal Mail'),
  evri: named('Evri'),
  postnl: named('PostNL'),
  bpost: named('BPost'),
  'poste italiane': named('Poste Italiane'),
  correos: named('Correos'),
  'swiss post': named('Swiss Post'),
  hermes: named('Hermes'),
  'colis prive': named('Colis Privé'),
  'canada post': named('Canada Post'),
  'australia post': named('Australia Post'),
  'amazon logistics': named('Amazon'),
  yunexpress: named('YunExpress'),
  'china post': named('China Post'),
};

/** Stands for a carrier that no table names: what Shopify is told is the carrier's own name. */
export const otherCarrier: RemoteCarrier = named('Other');

/** What fulfillments say of the parcel. A name that is on no list carries our own link, so that the buyer can follow it. */
export function trackingInfo(parcel: {
  readonly carrier: RemoteCarrier;
  readonly tracking: string;
  readonly trackingUrl: string | null;
}): { readonly company: string; readonly number: string; readonly url?: string } {
  const { code, name } = parcel.carrier;
  const company = code === '' || code === otherCarrier.code ? name || code : code;
  const url = trackingCompanies.has(company) ? null : parcel.trackingUrl;
  return { company, number: parcel.tracking, ...(url === null ? {} : { url }) };
}
