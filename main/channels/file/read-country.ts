import { type Complain, quoted } from './read-values.ts';

const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'nl', 'pt', 'pl', 'ja', 'zh'];

/** Regions that CLDR names but no carrier delivers to: withdrawn codes, unions, test codes. */
const NO_COUNTRY = new Set(
  'AC AN BU CP CQ CS DD DG DY EA EU EZ FX HV IC NH QO RH SU TA TP UK UN XA XB YD YU ZR ZZ'.split(' '),
);

/** What people write that is neither the code nor the full name. */
const ALSO_WRITTEN: Readonly<Record<string, string>> = {
  uk: 'GB',
  'great britain': 'GB',
  'grande bretagne': 'GB',
  england: 'GB',
  angleterre: 'GB',
  scotland: 'GB',
  ecosse: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  usa: 'US',
  'u s a': 'US',
  'united states of america': 'US',
  'etats unis d amerique': 'US',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'republique tcheque': 'CZ',
  'south korea': 'KR',
  'hong kong': 'HK',
  macao: 'MO',
  turkey: 'TR',
  el: 'GR',
  fra: 'FR',
  deu: 'DE',
  ger: 'DE',
  gbr: 'GB',
  bel: 'BE',
  nld: 'NL',
  esp: 'ES',
  ita: 'IT',
  che: 'CH',
  aut: 'AT',
  lux: 'LU',
  irl: 'IE',
  prt: 'PT',
  pol: 'PL',
  can: 'CA',
};

let names: ReadonlyMap<string, string> | undefined;

/** ISO 3166-1 alpha-2 code from a code or a country's name in ten languages (`fr`, `France`, `Frankreich`). */
export function readCountry(text: string, complain: Complain): string {
  names ??= countryNames();
  const code = names.get(text.toLowerCase()) ?? names.get(plain(text));
  if (code !== undefined) return code;
  complain(text.trim() === '' ? 'country is missing' : `country ${quoted(text)} is unknown: write its two-letter code`);
  return '';
}

function countryNames(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !NO_COUNTRY.has(code));
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name !== undefined) found.set(plain(name), code).set(code.toLowerCase(), code);
    }
  }
  for (const [name, code] of Object.entries(ALSO_WRITTEN)) found.set(name, code);
  return found;
}

/** Lower case without accents or punctuation, so that “ETATS-UNIS” and “États-Unis” are one. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .trim();
}
