import type { AccountField } from '../../../shared/model/carrier.ts';
import type { Carrier, CarrierAnswer, CarrierConnector, Purchase, ShipmentRequest } from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { errorMessage, readWire, refused } from '../carrier-json.ts';
import { frenchDay } from '../carrier-text.ts';
import { COLISSIMO_URL, type ColissimoAccount, type ColissimoClient, createColissimoClient, PROBE } from './client.ts';
import { toLabelRequest, toMessages, toPickupPoints, toPurchase, toTracking } from './mapper.ts';
import { COLISSIMO_PRODUCTS } from './products.ts';
import { BordereauAnswer, LabelAnswer } from './wire.ts';

const FIELDS: readonly AccountField[] = [
  { name: 'contractNumber', kind: 'text', required: true },
  { name: 'password', kind: 'secret', required: true },
  { name: 'okapiKey', kind: 'secret', required: false },
  baseUrlField(COLISSIMO_URL),
];

const today = (clock: () => Date): string => clock().toISOString().slice(0, 10);

async function check(client: ColissimoClient, { contractNumber }: ColissimoAccount, day: string) {
  const service = { productCode: 'DOM', depositDate: day, orderNumber: 'TEST', commercialName: 'Test' };
  const reply = await client.ask('checkGenerateLabel', { ...PROBE, letter: { service, ...PROBE.letter } });
  const messages = reply.kind === 'messages' ? toMessages(reply.messages) : [];
  // Whatever it says of the parcel: it knows the account.
  const warnings = messages.map((message) => ({ ...message, level: 'warning' as const }));
  return { details: { account: contractNumber }, messages: warnings };
}

async function buy(client: ColissimoClient, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const reply = await client.ask('generateLabel', toLabelRequest(request));
  if (reply.kind === 'messages') return noLabel(toMessages(reply.messages));
  const { messages, labelV2Response } = readWire(LabelAnswer, reply.json);
  if (!labelV2Response) return noLabel(toMessages(messages));
  return { details: toPurchase(labelV2Response, reply.parts, request.service), messages: toMessages(messages) };
}

function noLabel(messages: CarrierAnswer<never>['messages']): CarrierAnswer<Purchase> {
  const said = messages.some(({ level }) => level === 'error');
  return refused(said ? messages : [...messages, errorMessage('no-label', 'Colissimo: aucune étiquette')]);
}

async function manifest(client: ColissimoClient, parcelsNumbers: readonly string[]) {
  const body = { generateBordereauParcelNumberList: { parcelsNumbers } };
  const reply = await client.ask('generateBordereauByParcelsNumbers', body);
  if (reply.kind === 'messages') return refused<never>(toMessages(reply.messages));
  const { messages, bordereauHeader } = readWire(BordereauAnswer, reply.json);
  if (!bordereauHeader) return refused<never>(toMessages(messages));
  const pdf = reply.parts.find(({ id }) => id === 'bordereauDataHandler')?.bytes ?? null;
  return { details: { carrierRef: bordereauHeader.bordereauNumber, pdf }, messages: toMessages(messages) };
}

function openAccount(account: ColissimoAccount, client: ColissimoClient, clock: () => Date): Carrier {
  return {
    check: () => check(client, account, today(clock)),
    buy: (request) => buy(client, request),
    manifest: (parcels) =>
      manifest(
        client,
        parcels.map(({ trackingNumber }) => trackingNumber),
      ),
    async track({ trackingNumber }) {
      if (account.okapiKey === '') return refused([errorMessage('okapi-key', 'Clé Okapi de La Poste manquante')]);
      const answer = await client.track(trackingNumber);
      if (answer.shipment) return { details: toTracking(answer), messages: [] };
      return refused([errorMessage(String(answer.returnCode), answer.returnMessage ?? 'Colis inconnu')]);
    },
    async pickupPoints(near) {
      const answer = await client.pickupPoints({
        ...{ address: near.street1, zipCode: near.postcode, city: near.city, countryCode: near.country },
        ...{ weight: 1, shippingDate: frenchDay(today(clock)), filterRelay: '1', lang: 'FR' },
        optionInter: near.country === 'FR' ? '0' : '1',
      });
      if (answer.errorCode === '0') return { details: toPickupPoints(answer), messages: [] };
      return refused([errorMessage(answer.errorCode, answer.errorMessage ?? answer.errorCode)]);
    },
  };
}

/**
 * Colissimo of La Poste: SLS 2.0 over REST, pick-up points, bordereau, and tracking by "Suivi v2" (key of Okapi).
 *
 * Only parcels that are handed over are billed, and the service keeps no reference that it could be asked by: an
 * unknown purchase may be asked for again, the first number is never used.
 */
export const colissimoConnector: CarrierConnector = {
  name: 'colissimo',
  title: 'Colissimo',
  abilities: ['buy', 'return-label', 'manifest', 'tracking', 'pickup-points', 'customs', 'multi-parcel'],
  billing: 'on-use',
  fields: FIELDS,
  services: COLISSIMO_PRODUCTS.map(({ letters: _letters, ...service }) => service),
  addressLimits: { line: 35, name: 35 },
  maxWeightMg: 30_000_000,
  requestsPerMinute: 120,
  open(config, { http, clock }) {
    const field = readConfig(FIELDS, config);
    const account = {
      baseUrl: field('baseUrl'),
      contractNumber: field('contractNumber'),
      password: field('password'),
      okapiKey: field('okapiKey'),
    };
    return openAccount(account, createColissimoClient(account, http), clock);
  },
};
