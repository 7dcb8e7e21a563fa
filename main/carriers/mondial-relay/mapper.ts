import { AppError } from '../../../shared/errors.ts';
import type { Address } from '../../../shared/model/address.ts';
import type { TrackingState } from '../../../shared/model/carrier.ts';
import { localToUtcMs } from '../../../shared/model/local-time.ts';
import type { PickupPoint, Purchase, ShipmentRequest, Tracking, TrackingEvent } from '../carrier.ts';
import { plainText } from '../carrier-text.ts';
import { modeOf } from './modes.ts';
import type { ExpeditionResult, Params, PointsResult, TracingResult } from './wire.ts';

/** The service takes capital letters without accents, digits and few marks; everything else is refused. */
export function relayText(text: string): string {
  return plainText(text)
    .toUpperCase()
    .replace(/[^0-9A-Z_\-'., /]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** What `NDossier` takes of our reference: its 15 last letters and digits. */
export function fileNumber(reference: string): string {
  return reference
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase()
    .slice(-15);
}

/** Grams, three digits at least; nothing lighter than 15 g is carried, a weight of nothing stays one. */
export function grams(weightMg: number): string {
  const whole = weightMg > 0 ? Math.max(15, Math.ceil(weightMg / 1_000)) : 0;
  return String(whole).padStart(3, '0');
}

/** `+33612345678`, `0612345678`: no blanks, no dots, no `(0)`. */
export function relayPhone(phone: string | undefined): string {
  return (phone ?? '').replace(/\(0\)/g, '').replace(/[^0-9+]/g, '');
}

function addressParams(prefix: 'Expe' | 'Dest', address: Address): Params {
  const { name, company = '', street1, street2 = '', city, postcode, country, phone, email = '' } = address;
  return {
    [`${prefix}_Langage`]: 'FR',
    [`${prefix}_Ad1`]: relayText(name || company),
    [`${prefix}_Ad2`]: relayText(company),
    [`${prefix}_Ad3`]: relayText(street1),
    [`${prefix}_Ad4`]: relayText(street2),
    [`${prefix}_Ville`]: relayText(city),
    [`${prefix}_CP`]: postcode.replace(/\s/g, '').toUpperCase(),
    [`${prefix}_Pays`]: country,
    [`${prefix}_Tel1`]: relayPhone(phone),
    [`${prefix}_Tel2`]: '',
    [`${prefix}_Mail`]: plainText(email),
  };
}

/** `012345` or `FR-012345`: six digits and the country of the Point Relais. */
function relayOf(pickupPoint: string | undefined, country: string): { pays: string; num: string } {
  const found = /^(?:([A-Z]{2})[- ]?)?([0-9]{1,6})$/.exec(pickupPoint?.trim() ?? '');
  return { pays: found ? (found[1] ?? country) : '', num: found?.[2]?.padStart(6, '0') ?? pickupPoint ?? '' };
}

/** A return is brought to any Point Relais (`XX`, `AUTO`) and goes to the shipper; nothing else has one to be brought to. */
function relayParams({ pickupPoint, to, from, service, kind }: ShipmentRequest): Params {
  if (kind === 'return') {
    const { pays, num } = relayOf(pickupPoint, from.country);
    const any = pickupPoint === undefined;
    return { COL_Rel_Pays: any ? 'XX' : pays, COL_Rel: any ? 'AUTO' : num, LIV_Rel_Pays: '', LIV_Rel: '' };
  }
  const { pays, num } = modeOf(service)?.pickupPoint ? relayOf(pickupPoint, to.country) : { pays: '', num: '' };
  return { COL_Rel_Pays: '', COL_Rel: '', LIV_Rel_Pays: pays, LIV_Rel: num };
}

/** A parcel as `WSI2_CreationExpedition` wants it, in the order that the key is counted in. */
export function toExpedition(request: ShipmentRequest): Params {
  const { kind, service, reference, orderNumber, from, to, parcel, options } = request;
  const longestMm = Math.max(parcel.lengthMm, parcel.widthMm, parcel.heightMm);
  return {
    ModeCol: kind === 'return' ? 'REL' : 'CCC',
    ModeLiv: service,
    NDossier: fileNumber(reference),
    NClient: relayText(orderNumber)
      .replace(/[^0-9A-Z]/g, '')
      .slice(-9),
    ...addressParams('Expe', from),
    ...addressParams('Dest', to),
    Poids: grams(parcel.weightMg),
    Longueur: longestMm > 0 ? String(Math.ceil(longestMm / 10)) : '',
    Taille: '',
    NbColis: '1',
    CRT_Valeur: '0',
    CRT_Devise: '',
    Exp_Valeur: options?.insured ? String(options.insured.minor) : '',
    Exp_Devise: options?.insured?.currency ?? '',
    ...relayParams(request),
    TAvisage: '',
    TReprise: '',
    Montage: '',
    TRDV: '',
    Assurance: '',
    Instructions: '',
  };
}

/** La page on which the buyer follows the parcel; it asks for the postcode too. */
const trackingUrl = (number: string, postcode: string): string =>
  `https://www.mondialrelay.fr/suivi-de-colis?numeroExpedition=${number}&codePostal=${encodeURIComponent(postcode)}`;

/** Throws `carrier.unreadable` when the barcode is none, or that of another shipment: the label would send it astray. */
export function toPurchase(result: ExpeditionResult, request: ShipmentRequest): Purchase {
  const { ExpeditionNum, TRI_AgenceCode, TRI_Groupe, TRI_Navette, TRI_TourneeCode } = result;
  const number = result.CodesBarres.find((code) => /^[0-9]{26}$/.test(code));
  if (!/^[0-9]{8,12}$/.test(ExpeditionNum) || number?.slice(2, 10) !== ExpeditionNum.slice(-8))
    throw new AppError('remote', 'carrier.unreadable', { why: 'no-barcode-of-this-parcel' });
  const mode = modeOf(request.service);
  const relay = mode?.pickupPoint ? relayOf(request.pickupPoint, request.to.country) : undefined;
  return {
    carrierRef: ExpeditionNum,
    trackingNumber: ExpeditionNum,
    scanTexts: [number],
    service: request.service,
    serviceTitle: mode?.title ?? `Mondial Relay ${request.service}`,
    cost: null,
    label: {
      kind: 'values',
      profile: 'mondial-relay',
      fields: {
        number,
        mode: request.service,
        agency: TRI_AgenceCode,
        run: TRI_TourneeCode,
        ...(TRI_Groupe ? { group: TRI_Groupe } : {}),
        ...(TRI_Navette ? { shuttle: TRI_Navette } : {}),
        ...(relay ? { pickupPoint: { number: relay.num, name: `Point Relais ${relay.pays}` } } : {}),
      },
    },
    papers: [],
    trackingUrl: trackingUrl(ExpeditionNum, request.to.postcode),
    validUntil: null,
  };
}

export function toPickupPoints({ PointsRelais }: PointsResult): PickupPoint[] {
  return PointsRelais.map((point) => {
    const [name = point.Num, ...more] = [point.LgAdr1, point.LgAdr2].filter(Boolean);
    const street2 = [...more, point.LgAdr4].filter(Boolean).join(', ');
    return {
      id: point.Num,
      name,
      address: {
        name,
        street1: point.LgAdr3 || name,
        ...(street2 ? { street2 } : {}),
        postcode: point.CP,
        city: point.Ville,
        country: point.Pays,
      },
      distanceM: /^[0-9]+$/.test(point.Distance) ? Number(point.Distance) : null,
    };
  });
}

/** The service gives words, no codes; the first line that fits counts. */
const STATES: readonly (readonly [RegExp, TrackingState])[] = [
  [/RETOUR/, 'returned'],
  [/LIVRE|REMIS AU DESTINATAIRE/, 'delivered'],
  [/DISPONIBLE AU POINT RELAIS/, 'ready-for-pickup'],
  [/EN (?:COURS DE )?LIVRAISON/, 'out-for-delivery'],
  [/ANOMALIE|AVARIE|PERDU|REFUS|ADRESSE INCORRECTE/, 'exception'],
  [/RECEPTION DES DONNEES|ENREGISTRE/, 'pending'],
  [/PRISE? EN CHARGE/, 'picked-up'],
];

const stateOf = (words: string): TrackingState => STATES.find(([shape]) => shape.test(words))?.[1] ?? 'in-transit';

/** `23/11/26` and `10:10` on the clocks of Paris; undefined for a row without a day. */
function instantOf(day: string, time: string): string | undefined {
  const found = /^([0-9]{2})\/([0-9]{2})\/(?:20)?([0-9]{2})$/.exec(day);
  const clock = /^([0-9]{2}):([0-9]{2})/.exec(time);
  if (!found) return undefined;
  const [, date, month, year] = found.map(Number);
  const local = Date.UTC(2000 + (year ?? 0), (month ?? 1) - 1, date, Number(clock?.[1] ?? 0), Number(clock?.[2] ?? 0));
  return new Date(localToUtcMs(local, 'Europe/Paris')).toISOString();
}

export function toTracking({ STAT, Tracing }: TracingResult): Tracking {
  const events = Tracing.flatMap(({ Libelle, Date: day, Heure, Emplacement }): TrackingEvent[] => {
    const at = instantOf(day, Heure);
    if (at === undefined || Libelle === '') return [];
    return [{ at, state: stateOf(relayText(Libelle)), code: '', text: Libelle, place: Emplacement || null }];
  }).sort((one, other) => one.at.localeCompare(other.at));
  const told: Readonly<Record<string, TrackingState>> = { '82': 'delivered', '83': 'exception' };
  const last = events.at(-1)?.state ?? (STAT === '81' ? 'in-transit' : 'pending');
  return { state: told[STAT] ?? last, events, deliveryBy: null };
}
