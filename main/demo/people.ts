import type { Address } from '../../shared/model/address.ts';
import type { Random } from './random.ts';

type Some<T> = readonly [T, ...T[]];

interface Country {
  readonly code: string;
  readonly firstNames: Some<string>;
  readonly lastNames: Some<string>;
  readonly streets: Some<string>;
  /** Postal code, town, state. */
  readonly towns: Some<readonly [postcode: string, city: string, region?: string]>;
  readonly extras: Some<string>;
  readonly companies: Some<string>;
  /** Ranges that the country's regulator keeps free for fiction; `#` is a digit. */
  readonly phones: Some<string>;
  readonly numberFirst: boolean;
}

const FRANCE: Country = {
  code: 'FR',
  firstNames: [
    'Zoé',
    'Chloé',
    'Inès',
    'Anaïs',
    'Noël',
    'Jérôme',
    'Hélène',
    'Loïc',
    'Maëlle',
    'Benoît',
    'Françoise',
    'Théo',
    'Élodie',
    'Raphaël',
    'Agnès',
  ],
  lastNames: ['Exemple', 'Échantillon', 'Modèle', 'Spécimen', 'Essai', 'Ébauche', 'Prototype', 'Fictif'],
  streets: [
    'rue de l’Échantillon',
    'avenue du Modèle',
    'place de l’Essai',
    'impasse du Prototype',
    'boulevard des Exemples',
    'allée de la Maquette',
    'chemin de l’Ébauche',
  ],
  towns: [
    ['75011', 'Paris'],
    ['69003', 'Lyon'],
    ['42000', 'Saint-Étienne'],
    ['25000', 'Besançon'],
    ['30000', 'Nîmes'],
    ['29200', 'Brest'],
    ['87000', 'Limoges'],
    ['13006', 'Marseille'],
    ['59000', 'Lille'],
    ['74000', 'Annecy'],
  ],
  extras: ['Bât. B, 3e étage', 'Appt 12', 'Résidence Les Gabarits', 'Chez M. Modèle'],
  companies: ['Exemple & Fils SARL', 'Atelier Maquette', 'Société Fictive SAS'],
  phones: ['+33 1 99 00 ## ##', '+33 2 61 91 ## ##', '+33 4 65 71 ## ##', '+33 6 39 98 ## ##'],
  numberFirst: true,
};

const GERMANY: Country = {
  code: 'DE',
  firstNames: [
    'Jürgen',
    'Käthe',
    'Björn',
    'Änne',
    'Sören',
    'Günter',
    'Mia',
    'Jörg',
    'Bärbel',
    'Lukas',
    'Grete',
    'Özlem',
  ],
  lastNames: ['Muster', 'Mustermann', 'Beispiel', 'Probe', 'Vorlage', 'Entwurf', 'Übungsfall'],
  streets: [
    'Musterstraße',
    'Beispielweg',
    'Probeallee',
    'Platzhaltergasse',
    'Übungsring',
    'Vorlagenweg',
    'Schablonenstraße',
  ],
  towns: [
    ['10115', 'Berlin'],
    ['50667', 'Köln'],
    ['80331', 'München'],
    ['40213', 'Düsseldorf'],
    ['23552', 'Lübeck'],
    ['90402', 'Nürnberg'],
    ['20095', 'Hamburg'],
    ['72070', 'Tübingen'],
  ],
  extras: ['Hinterhaus', '2. OG links', 'c/o Vorlage', 'Aufgang C'],
  companies: ['Muster GmbH', 'Beispiel & Söhne KG', 'Büro Platzhalter'],
  phones: ['+49 30 23125 ###', '+49 40 66969 ###', '+49 69 90009 ###', '+49 89 99998 ###'],
  numberFirst: false,
};

const UNITED_KINGDOM: Country = {
  code: 'GB',
  firstNames: ['Siân', 'Oliver', 'Niamh', 'Rhys', 'Aoife', 'Harriet', 'Zoë', 'Callum', 'Renée', 'Imogen'],
  lastNames: ['Sample', 'Specimen', 'Placeholder', 'Example', 'Mockford', 'Testley'],
  streets: ['Sample Street', 'Specimen Lane', 'Mock-up Mews', 'Placeholder Road', 'Prototype Gardens', 'Trial Hill'],
  towns: [
    ['EC1A 1BB', 'London'],
    ['M1 1AE', 'Manchester'],
    ['EH1 1AA', 'Edinburgh'],
    ['CF10 1AA', 'Cardiff'],
    ['LS1 1AA', 'Leeds'],
    ['BS1 1AA', 'Bristol'],
    ['BT1 1AA', 'Belfast'],
  ],
  extras: ['Flat 4', 'The Mock Barn', '1st floor', 'Unit 7b'],
  companies: ['Sample & Co Ltd', 'Specimen Trading Ltd'],
  phones: ['+44 1632 960###', '+44 7700 900###', '+44 20 7946 0###', '+44 161 496 0###'],
  numberFirst: true,
};

const UNITED_STATES: Country = {
  code: 'US',
  firstNames: ['José', 'Avery', 'Renée', 'Marisol', 'Noah', 'Chloë', 'Andrés', 'Harper', 'Zoë', 'Beyza'],
  lastNames: ['Sample', 'Testwell', 'Placeholder', 'Mockingham', 'Exampleton', 'Ibáñez-Sample'],
  streets: [
    'Example Avenue',
    'Sample Street',
    'Mockup Boulevard',
    'Prototype Drive',
    'Specimen Court',
    'Template Trail',
  ],
  towns: [
    ['10001', 'New York', 'NY'],
    ['78701', 'Austin', 'TX'],
    ['97201', 'Portland', 'OR'],
    ['81212', 'Cañon City', 'CO'],
    ['95112', 'San José', 'CA'],
    ['83814', 'Coeur d’Alene', 'ID'],
    ['60601', 'Chicago', 'IL'],
    ['33101', 'Miami', 'FL'],
  ],
  extras: ['Apt 5C', 'Suite 200', 'Rear building', 'Unit 12'],
  companies: ['Sample Goods LLC', 'Mockup Supply Inc'],
  phones: ['+1 212-555-01##', '+1 503-555-01##', '+1 305-555-01##'],
  numberFirst: true,
};

/** Weighted like the parcels of a French shop that also ships abroad. */
const COUNTRIES: Some<Country> = [FRANCE, FRANCE, FRANCE, FRANCE, GERMANY, GERMANY, UNITED_KINGDOM, UNITED_STATES];

/** An invented buyer: names and streets that say so, a real town, a phone number that rings nowhere. */
export function inventAddress(random: Random): Address {
  const country = random.pick(COUNTRIES);
  const first = random.pick(country.firstNames);
  const last = random.pick(country.lastNames);
  const [postcode, city, region] = random.pick(country.towns);
  const street = random.pick(country.streets);
  const number = random.whole(1, 148);
  return {
    name: `${first} ${last}`,
    ...(random.chance(0.08) && { company: random.pick(country.companies) }),
    street1: country.numberFirst ? `${number} ${street}` : `${street} ${number}`,
    ...(random.chance(0.25) && { street2: random.pick(country.extras) }),
    postcode,
    city,
    ...(region !== undefined && { region }),
    country: country.code,
    ...(random.chance(0.8) && { phone: random.pick(country.phones).replaceAll('#', () => String(random.whole(0, 9))) }),
    email: `${plain(first)}.${plain(last)}${random.whole(1, 99)}@example.com`,
  };
}

function plain(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}
