import { modeOf } from './modes.ts';
import { securityOf } from './sign.ts';
import type { Params } from './wire.ts';

/** Enseigne and key that the simulated Mondial Relay knows. */
export const RELAY_SANDBOX = { enseigne: 'BDTEST13', privateKey: 'simulated-key' } as const;

const KNOWN_COUNTRIES = ['FR', 'BE', 'LU', 'NL', 'ES', 'PT', 'IT', 'PL', 'DE', 'AT', 'MC'];
const FRENCH_PHONE = /^(?:(?:00|\+)33|0)[0-9]{9}$/;

/** STAT of a call that nobody signed rightly. `Security` and the free text stand outside the count. */
export function checkSecurity(params: Params): string | undefined {
  const { Security, Texte: _text, ...signed } = params;
  if (params.Enseigne !== RELAY_SANDBOX.enseigne) return '2';
  return Security === securityOf(signed, RELAY_SANDBOX.privateKey) ? undefined : '97';
}

type Rule = readonly [stat: string, holds: (value: string, params: Params) => boolean];

const line = (least: number): Rule[1] => {
  const shape = new RegExp(`^[0-9A-Z_\\-'., /]{${least},32}$`);
  return (value) => (least === 0 && value === '') || shape.test(value);
};
const postcode =
  (pays: string): Rule[1] =>
  (value, params) =>
    params[pays] !== 'FR' || /^[0-9]{5}$/.test(value);
const phone =
  (needed: (params: Params) => boolean, pays: string): Rule[1] =>
  (value, params) =>
    value === '' ? !needed(params) : params[pays] !== 'FR' || FRENCH_PHONE.test(value);
const isHome = ({ ModeLiv = '' }: Params): boolean => ['HOM', 'LD1', 'LDS'].includes(ModeLiv);
const needsRelay = ({ ModeLiv = '' }: Params): boolean => modeOf(ModeLiv)?.pickupPoint ?? false;

/** What each parameter has to look like, in the words of the service's manual, and the STAT that it answers else. */
const RULES: Readonly<Record<string, Rule>> = {
  ModeCol: ['28', (value) => ['CCC', 'CDR', 'CDS', 'REL'].includes(value)],
  ModeLiv: ['29', (value) => modeOf(value) !== undefined],
  NDossier: ['5', (value) => /^[0-9A-Z_ -]{0,15}$/.test(value)],
  NClient: ['7', (value) => /^[0-9A-Z]{0,9}$/.test(value)],
  Expe_Ad1: ['30', line(2)],
  Expe_Ad2: ['31', line(0)],
  Expe_Ad3: ['33', line(2)],
  Expe_Ad4: ['34', line(0)],
  Expe_Ville: ['35', (value) => /^[A-Z_\-' ]{2,26}$/.test(value)],
  Expe_CP: ['36', postcode('Expe_Pays')],
  Expe_Pays: ['78', (value) => KNOWN_COUNTRIES.includes(value)],
  Expe_Tel1: ['38', phone(() => true, 'Expe_Pays')],
  Dest_Ad1: ['30', line(2)],
  Dest_Ad2: ['31', line(0)],
  Dest_Ad3: ['33', line(2)],
  Dest_Ad4: ['34', line(0)],
  Dest_Ville: ['35', (value) => /^[A-Z_\-' ]{2,26}$/.test(value)],
  Dest_CP: ['36', postcode('Dest_Pays')],
  Dest_Pays: ['79', (value) => KNOWN_COUNTRIES.includes(value)],
  Dest_Tel1: ['38', phone(isHome, 'Dest_Pays')],
  Dest_Mail: ['39', (value) => value === '' || /^[\w.+-]+@[\w.-]{3,}$/.test(value)],
  Poids: [
    '20',
    (value, { ModeLiv = '' }) =>
      /^[0-9]{3,7}$/.test(value) && Number(value) >= 15 && Number(value) <= (modeOf(ModeLiv)?.maxWeightMg ?? 0) / 1_000,
  ],
  Longueur: ['21', (value) => value === '' || (/^[0-9]{1,3}$/.test(value) && Number(value) <= 150)],
  NbColis: ['47', (value) => /^[1-9][0-9]?$/.test(value)],
  CRT_Valeur: ['42', (value) => /^[0-9]{1,7}$/.test(value)],
  COL_Rel_Pays: ['12', (value, { ModeCol }) => ModeCol !== 'REL' || value === 'XX' || KNOWN_COUNTRIES.includes(value)],
  COL_Rel: ['11', (value, { ModeCol }) => ModeCol !== 'REL' || value === 'AUTO' || isRelay(value)],
  LIV_Rel_Pays: ['15', (value, params) => !needsRelay(params) || KNOWN_COUNTRIES.includes(value)],
  LIV_Rel: ['14', (value, params) => !needsRelay(params) || isRelay(value)],
};

/** Points whose number begins with 9 are closed for good. */
const isRelay = (num: string): boolean => /^[0-8][0-9]{5}$/.test(num);

/** The STAT that `WSI2_CreationExpedition` refuses these parameters with; undefined where it takes them. */
export function checkExpedition(params: Params): string | undefined {
  for (const [name, [stat, holds]] of Object.entries(RULES)) if (!holds(params[name] ?? '', params)) return stat;
  if (needsRelay(params) && params.LIV_Rel_Pays !== params.Dest_Pays) return '92';
  // No department of France begins like this: the sorting plan knows no such town.
  return params.Dest_Pays === 'FR' && /^(?:00|96|99)/.test(params.Dest_CP ?? '') ? '93' : undefined;
}
