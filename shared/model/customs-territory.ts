/** What decides over customs and VAT of an address. */
export interface Place {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly postcode: string;
}

const union: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '),
);

/** Inside the union's customs and VAT territory although not member states. */
const asUnion: ReadonlySet<string> = new Set(['MC']);

/** Territories that share the customs of another country. */
const asCountry: Readonly<Record<string, string>> = { IM: 'GB', LI: 'CH' };

/** French postcodes overseas, by their first three digits: goods from the mainland are exports (art. 294 CGI). */
const frenchOverseas: Readonly<Record<string, string>> = {
  '971': 'GP',
  '972': 'MQ',
  '973': 'GF',
  '974': 'RE',
  '975': 'PM',
  '976': 'YT',
  '977': 'BL',
  '978': 'MF',
  '984': 'TF',
  '986': 'WF',
  '987': 'PF',
  '988': 'NC',
};

/**
 * Parts of member states outside the customs union or outside its VAT: each parcel across is declared
 * (art. 6 of directive 2006/112/EC; for Campione d'Italia since 2020 the VAT only).
 */
const exceptions: readonly { readonly country: string; readonly postcode: RegExp; readonly zone: string }[] = [
  { country: 'ES', postcode: /^(35|38)\d{3}$/, zone: 'ES-canary-islands' },
  { country: 'ES', postcode: /^51\d{3}$/, zone: 'ES-ceuta' },
  { country: 'ES', postcode: /^52\d{3}$/, zone: 'ES-melilla' },
  { country: 'IT', postcode: /^23041$/, zone: 'IT-livigno' },
  { country: 'IT', postcode: /^22061$/, zone: 'IT-campione' },
  { country: 'DE', postcode: /^78266$/, zone: 'DE-buesingen' },
  { country: 'DE', postcode: /^27498$/, zone: 'DE-heligoland' },
  { country: 'FI', postcode: /^22\d{3}$/, zone: 'AX' },
  { country: 'GR', postcode: /^6308[67]$/, zone: 'GR-athos' },
  { country: 'DK', postcode: /^39\d{2}$/, zone: 'GL' },
  { country: 'DK', postcode: /^(FO)?\d{3}$/, zone: 'FO' },
];

const compact = (postcode: string): string => postcode.replace(/[\s-]/g, '').toUpperCase();

/**
 * The territory that an address lies in: `eu` where goods move freely and VAT is the union's, else a name of its own.
 * Northern Ireland belongs to it for goods (Windsor Framework).
 */
export function customsZone({ country, postcode }: Place): string {
  const code = compact(postcode);
  if (country === 'GB') return code.startsWith('BT') ? 'eu' : 'GB';
  if (asUnion.has(country)) return 'eu';
  if (!union.has(country)) return asCountry[country] ?? country;
  const overseas = country === 'FR' ? frenchOverseas[code.slice(0, 3)] : undefined;
  if (overseas) return overseas;
  return exceptions.find((one) => one.country === country && one.postcode.test(code))?.zone ?? 'eu';
}

/** Whether a parcel between these places is declared to customs. */
export function crossesCustoms(from: Place, to: Place): boolean {
  return customsZone(from) !== customsZone(to);
}

/** How VAT sees a sale of goods that are sent from one place to another. */
export function vatTrade(from: Place, to: Place): 'domestic' | 'union' | 'export' {
  if (crossesCustoms(from, to)) return 'export';
  const same = vatCountry(from) === vatCountry(to);
  return same || customsZone(from) !== 'eu' ? 'domestic' : 'union';
}

function vatCountry({ country, postcode }: Place): string {
  if (country === 'MC') return 'FR';
  return country === 'GB' && customsZone({ country, postcode }) === 'eu' ? 'XI' : country;
}

/** The country as customs and tax papers name it: French departments overseas have codes of their own. */
export function territoryCountry({ country, postcode }: Place): string {
  return (country === 'FR' ? frenchOverseas[compact(postcode).slice(0, 3)] : undefined) ?? country;
}

/** Whether an address lies inside the union for goods. */
export function isInUnion(place: Place): boolean {
  return customsZone(place) === 'eu';
}
