import { AppError } from '../../../shared/errors.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import type { Carrier, CarrierAnswer, CarrierConnector, Purchase } from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import type { CarrierHttp } from '../carrier-http.ts';
import { errorMessage, refused } from '../carrier-json.ts';
import { labelFile } from '../carrier-label.ts';
import { createRelayClient, fetchRelayFile, RELAY_URL, type RelayAccount, type RelayClient } from './client.ts';
import { relayText, toExpedition, toPickupPoints, toPurchase, toTracking } from './mapper.ts';
import { RELAY_MODES } from './modes.ts';
import { statusOf } from './status.ts';
import { ExpeditionResult, LabelsResult, PointsResult, TracingResult } from './wire.ts';

const FIELDS: readonly AccountField[] = [
  { name: 'enseigne', kind: 'text', required: true },
  { name: 'privateKey', kind: 'secret', required: true },
  { name: 'labelBy', kind: 'choice', required: true, default: 'station', choices: ['station', 'carrier'] },
  baseUrlField(RELAY_URL),
];

const warning = { level: 'warning' } as const;

/** A parcel that is known has one of these; everything else is a refusal. */
const TRACED = new Set(['0', '80', '81', '82', '83']);

function refusedBy<T>(stat: string): CarrierAnswer<T> {
  const { text, field } = statusOf(stat);
  return refused([errorMessage(stat, text, field)]);
}

function points(client: RelayClient, near: { country: string; postcode: string; city: string }) {
  const params = {
    ...{ Pays: near.country, NumPointRelais: '', Ville: relayText(near.city), CP: near.postcode.replace(/\s/g, '') },
    ...{ Latitude: '', Longitude: '', Taille: '', Poids: '', Action: '24R', DelaiEnvoi: '0' },
  };
  return client('WSI3_PointRelais_Recherche', params, PointsResult);
}

interface Opened {
  readonly account: RelayAccount;
  readonly client: RelayClient;
  readonly http: CarrierHttp;
}

/**
 * The label as the carrier draws it. The shipment is made already, and nobody could find it again: when its file does not
 * come, the values stand in for it.
 */
async function drawnByCarrier({ account, client, http }: Opened, purchase: Purchase): Promise<CarrierAnswer<Purchase>> {
  try {
    const params = { Expeditions: purchase.carrierRef, Langue: 'FR' };
    const { STAT, URL_PDF_10x15: path } = await client('WSI3_GetEtiquettes', params, LabelsResult);
    if (STAT !== '0') return { details: purchase, messages: [{ ...warning, text: statusOf(STAT).text, code: STAT }] };
    const label = labelFile(await fetchRelayFile(account, http, path));
    return { details: { ...purchase, label }, messages: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
    return {
      details: purchase,
      messages: [{ ...warning, text: 'Étiquette du transporteur non reçue', code: error.code }],
    };
  }
}

function openAccount(opened: Opened): Carrier {
  const { client, account } = opened;
  return {
    async check() {
      // Any question proves the key; that one needs no parcel.
      await points(client, { country: 'FR', postcode: '75004', city: '' });
      return { details: { account: account.enseigne }, messages: [] };
    },
    async buy(request) {
      const result = await client('WSI2_CreationExpedition', toExpedition(request), ExpeditionResult);
      if (result.STAT !== '0') return refusedBy(result.STAT);
      const purchase = toPurchase(result, request);
      return account.labelBy === 'carrier' ? drawnByCarrier(opened, purchase) : { details: purchase, messages: [] };
    },
    async track({ carrierRef }) {
      const params = { Expedition: carrierRef, Langue: 'FR' };
      const result = await client('WSI2_TracingColisDetaille', params, TracingResult);
      if (!TRACED.has(result.STAT)) return refusedBy(result.STAT);
      return { details: toTracking(result), messages: [] };
    },
    async pickupPoints(near) {
      const result = await points(client, near);
      if (result.STAT !== '0') return refusedBy(result.STAT);
      return { details: toPickupPoints(result), messages: [] };
    },
  };
}

/**
 * Mondial Relay by its SOAP service: the label is drawn here from the barcode and the sorting that it answers, or by the
 * carrier until it has approved ours.
 *
 * A shipment cannot be asked for by our reference, nor be cancelled.
 */
export const mondialRelayConnector: CarrierConnector = {
  name: 'mondial-relay',
  title: 'Mondial Relay',
  abilities: ['buy', 'return-label', 'tracking', 'pickup-points', 'multi-parcel'],
  billing: 'on-purchase',
  fields: FIELDS,
  services: RELAY_MODES,
  addressLimits: { line: 32, name: 32 },
  maxWeightMg: 130_000_000,
  requestsPerMinute: 60,
  open(config, { http }) {
    const field = readConfig(FIELDS, config);
    const account: RelayAccount = {
      baseUrl: field('baseUrl'),
      enseigne: field('enseigne'),
      privateKey: field('privateKey'),
      labelBy: field('labelBy') === 'carrier' ? 'carrier' : 'station',
    };
    return openAccount({ account, client: createRelayClient(account, http), http });
  },
};
