import type { AccountField } from '../../../shared/model/carrier.ts';
import type { Carrier, CarrierAnswer, CarrierConnector } from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { errorMessage, refused } from '../carrier-json.ts';
import { createRelayClient, RELAY_URL, type RelayClient } from './client.ts';
import { relayText, toExpedition, toPickupPoints, toPurchase, toTracking } from './mapper.ts';
import { RELAY_MODES } from './modes.ts';
import { statusOf } from './status.ts';
import { ExpeditionResult, PointsResult, TracingResult } from './wire.ts';

const FIELDS: readonly AccountField[] = [
  { name: 'enseigne', kind: 'text', required: true },
  { name: 'privateKey', kind: 'secret', required: true },
  baseUrlField(RELAY_URL),
];

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

function openAccount(enseigne: string, client: RelayClient): Carrier {
  return {
    async check() {
      // Any question proves the key; that one needs no parcel.
      await points(client, { country: 'FR', postcode: '75004', city: '' });
      return { details: { account: enseigne }, messages: [] };
    },
    async buy(request) {
      const result = await client('WSI2_CreationExpedition', toExpedition(request), ExpeditionResult);
      if (result.STAT !== '0') return refusedBy(result.STAT);
      return { details: toPurchase(result, request), messages: [] };
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
 * Mondial Relay by its SOAP service: the label is drawn here from the barcode and the sorting that it answers.
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
    const account = { baseUrl: field('baseUrl'), enseigne: field('enseigne'), privateKey: field('privateKey') };
    return openAccount(account.enseigne, createRelayClient(account, http));
  },
};
