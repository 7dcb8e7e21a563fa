import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { type CommandName, commandNames, commandPayload } from '../../shared/barcode/station-commands.ts';
import type { StationCode } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { reasonCodes } from '../../shared/model/reasons.ts';
import { listCartonCodes } from '../packing/carton-views.ts';
import { listZoneCards } from '../picking/run-views.ts';
import { findBadge, listOperators, listTotesAndLocations } from '../stations/stations-views.ts';
import type { Core } from './core.ts';

const QUANTITIES = ['1', '2', '3', '4', '5', '6', '8', '10', '12', '20', '24', '50'];
/** Arguments of the cards that are printed; scanned ones may say more. */
const ARGUMENTS: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  quantity: QUANTITIES,
  carton: ['S', 'M', 'L', 'XL'],
  parcel: ['1', '2', '3', '4'],
  reason: [...reasonCodes],
  days: ['1', '2', '3', '7', '14'],
  digit: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};

const meanings: Readonly<Record<string, readonly [string, string]>> = {
  confirm: ['Seen: clears a refusal', 'Vu : efface un refus'],
  short: ['The bin holds less than asked', 'Il en manque dans l’emplacement'],
  damaged: ['The piece is damaged', 'La pièce est abîmée'],
  undo: ['Takes the last piece out again', 'Retire la dernière pièce'],
  cancel: ['Leaves this order as it was', 'Quitte cette commande'],
  'next-parcel': ['Opens a second parcel', 'Ouvre un deuxième colis'],
  'close-parcel': ['Closes this parcel', 'Ferme ce colis'],
  reprint: ['Prints the label once more', 'Réimprime l’étiquette'],
  hold: ['Puts the order on hold', 'Met la commande en attente'],
  help: ['Says what to scan next', 'Dit quoi scanner ensuite'],
  yes: ['Yes', 'Oui'],
  no: ['No', 'Non'],
  pack: ['Packs the most urgent picked order', 'Emballe la commande la plus urgente'],
  pick: ['Picks the most urgent order', 'Prépare la commande la plus urgente'],
  next: ['The next order', 'La commande suivante'],
  'sign-out': ['Signs out', 'Déconnecte'],
  language: ['English or French', 'Français ou anglais'],
  weigh: ['Takes the weight of the scale', 'Prend le poids de la balance'],
  batch: ['Picks several orders in one walk', 'Prépare plusieurs commandes en un passage'],
  singles: ['Single lines: scan an item, its order opens', 'Une ligne : scanner l’article ouvre sa commande'],
  move: ['Moves a piece to another parcel', 'Passe une pièce dans un autre colis'],
  override: ['Asks a supervisor to let it pass', 'Demande l’accord d’un responsable'],
  substitute: ['Offers another item instead', 'Propose un article de remplacement'],
  count: ['Counts a bin', 'Compte un emplacement'],
  dock: ['Scans parcels out at the dock', 'Scanne les colis au quai'],
  'hand-over': ['Closes the manifest, hands it over', 'Clôt le bordereau, remet les colis'],
  zone: ['Picks in this zone', 'Prépare dans cette zone'],
  parcel: ['Goes to this parcel', 'Passe à ce colis'],
  reason: ['Says why', 'Dit pourquoi'],
  days: ['So many days', 'Tant de jours'],
  digit: ['One figure of a PIN', 'Un chiffre du code'],
  quantity: ['Counts several pieces at once', 'Compte plusieurs pièces'],
  carton: ['Chooses the carton', 'Choisit le carton'],
};

/** Everything scannable that the station itself issues, in printing order. */
export async function listCodes(
  core: Core,
  options: { badges: boolean; language: 'en' | 'fr' },
): Promise<StationCode[]> {
  const badges = options.badges ? await listOperators(core.database) : [];
  const { totes, locations } = await listTotesAndLocations(core.database);
  const cartons = await listCartonCodes(core.database);
  return [
    ...badges.map(
      (operator): StationCode => ({
        group: 'badge',
        text: encodeStationCode('badge', operator.badge_code),
        title: operator.name,
        meaning: operator.role,
      }),
    ),
    ...commandCodes(options.language, { ...ARGUMENTS, zone: await listZoneCards(core.database) }),
    ...cartons.map(
      ({ code, title }): StationCode => ({
        group: 'carton',
        text: encodeStationCode('carton', code),
        title: code,
        meaning: title,
      }),
    ),
    ...totes.map(
      (code): StationCode => ({
        group: 'tote',
        text: encodeStationCode('tote', code),
        title: code,
        meaning: options.language === 'fr' ? 'Bac' : 'Tote',
      }),
    ),
    ...locations.flatMap((code): StationCode[] =>
      /^[A-Z0-9-]{1,24}$/.test(code)
        ? [
            {
              group: 'location',
              text: encodeStationCode('location', code),
              title: code,
              meaning: options.language === 'fr' ? 'Emplacement' : 'Bin',
            },
          ]
        : [],
    ),
  ];
}

function commandCodes(language: 'en' | 'fr', known: typeof ARGUMENTS): StationCode[] {
  return commandNames.flatMap((name) => {
    const list = known[name] ?? [undefined];
    return list.flatMap((argument): StationCode[] => {
      const payload = commandPayload(argument === undefined ? { name } : { name, argument });
      const meaning = meanings[name]?.[language === 'fr' ? 1 : 0] ?? name;
      return payload
        ? [
            {
              group: name === 'carton' ? 'carton' : 'command',
              text: encodeStationCode('command', payload),
              title: payload,
              meaning,
            },
          ]
        : [];
    });
  });
}

const GROUPS: Readonly<Record<StationCode['group'], readonly [string, string]>> = {
  badge: ['Badges', 'Badges'],
  command: ['Commands', 'Commandes'],
  carton: ['Cartons', 'Cartons'],
  tote: ['Totes', 'Bacs'],
  location: ['Bins', 'Emplacements'],
};

/** The printable sheet of all codes as PDF bytes. */
export async function codesSheet(core: Core, options: { badges: boolean; language: 'en' | 'fr' }): Promise<Uint8Array> {
  const french = options.language === 'fr';
  return drawSheet(core, await listCodes(core, options), {
    language: options.language,
    heading: french ? 'Codes de la station' : 'Codes of the station',
    subheading: french ? 'À imprimer et à coller là où ils servent.' : 'Print, cut and stick where they are used.',
  });
}

/** The badge of one operator as PDF bytes. */
export async function badgeSheet(core: Core, operatorId: string, language: 'en' | 'fr'): Promise<Uint8Array> {
  const badge = await findBadge(core.database, operatorId);
  if (!badge) throw new AppError('not-found', 'document.unknown', { id: operatorId });
  const french = language === 'fr';
  const code: StationCode = {
    group: 'badge',
    text: encodeStationCode('badge', badge.badge),
    title: badge.name,
    meaning: badge.role,
  };
  return drawSheet(core, [code], {
    language,
    heading: badge.name,
    subheading: french ? 'Ce badge ouvre le poste : ne le prêtez pas.' : 'This badge opens the bench: do not lend it.',
  });
}

async function drawSheet(
  core: Core,
  codes: readonly StationCode[],
  words: { language: 'en' | 'fr'; heading: string; subheading: string },
): Promise<Uint8Array> {
  const { language, ...titles } = words;
  const rendered = await core.deps.documents.renderCodesSheet({
    ...titles,
    pageWord: 'Page',
    codes: codes.map((code) => ({ ...code, group: GROUPS[code.group][language === 'fr' ? 1 : 0] ?? code.group })),
  });
  return rendered.bytes;
}
