import type { Address } from '../../../shared/model/address.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import type { Carrier, CarrierAnswer, CarrierConnector, VoidState } from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { errorMessage, refused } from '../carrier-json.ts';
import { frenchDay } from '../carrier-text.ts';
import { CHRONOPOST_URL, type ChronopostAccount, type ChronopostClient, createChronopostClient } from './client.ts';
import { toPickupPoints, toPurchase, toShipping, toTracking, toVoidState } from './mapper.ts';
import { CHRONOPOST_PRODUCTS } from './products.ts';
import { CancelResult, PointsResult, ShippingResult, TrackResult } from './wire.ts';

const FIELDS: readonly AccountField[] = [
  { name: 'accountNumber', kind: 'text', required: true },
  { name: 'password', kind: 'secret', required: true },
  { name: 'subAccount', kind: 'text', required: false },
  baseUrlField(CHRONOPOST_URL),
];

const LANGUAGE = 'fr_FR';

function refusedBy<T>({
  errorCode,
  errorMessage: text,
}: {
  errorCode: string;
  errorMessage: string;
}): CarrierAnswer<T> {
  return refused([errorMessage(errorCode, text || `Chronopost : erreur ${errorCode}`)]);
}

interface Opened {
  readonly account: ChronopostAccount;
  readonly client: ChronopostClient;
  readonly clock: () => Date;
}

function askPoints({ account, client, clock }: Opened, { street1, postcode, city, country }: Address) {
  const { accountNumber, password } = account;
  const params = {
    ...{ accountNumber, password, address: street1, zipCode: postcode, city, countryCode: country, type: 'P' },
    ...{ productCode: '86', service: 'T', weight: '1000' },
    shippingDate: frenchDay(clock().toISOString().slice(0, 10)),
    ...{ maxPointChronopost: '10', maxDistanceSearch: '20', holidayTolerant: '1', language: 'FR', version: '2.0' },
  };
  return client({ service: 'points', operation: 'recherchePointChronopost', params }, PointsResult);
}

function askTracking({ client }: Opened, skybillNumber: string) {
  const params = { language: LANGUAGE, skybillNumber };
  return client({ service: 'tracking', operation: 'trackSkybillV2', params }, TrackResult);
}

async function cancel({ account, client }: Opened, skybillNumber: string): Promise<CarrierAnswer<VoidState>> {
  const { accountNumber, password } = account;
  const params = { accountNumber, password, language: LANGUAGE, skybillNumber };
  const result = await client({ service: 'tracking', operation: 'cancelSkybill', params }, CancelResult);
  if (result.errorCode === '0') return { details: 'voided', messages: [] };
  return { ...refusedBy(result), details: 'refused' };
}

function openAccount(opened: Opened): Carrier {
  const { account, client } = opened;
  return {
    async check() {
      // Any question with the password proves it; that one needs no parcel.
      await askPoints(opened, { name: '', street1: '', postcode: '75004', city: 'PARIS', country: 'FR' });
      return { details: { account: account.accountNumber }, messages: [] };
    },
    async buy(request) {
      const params = toShipping(request, account);
      const result = await client({ service: 'shipping', operation: 'shippingV6', params }, ShippingResult);
      if (result.errorCode !== '0') return refusedBy(result);
      return { details: toPurchase(result, request.service), messages: [] };
    },
    void: ({ trackingNumber }) => cancel(opened, trackingNumber),
    async voidState({ trackingNumber }) {
      const result = await askTracking(opened, trackingNumber);
      return result.errorCode === '0' ? { details: toVoidState(result), messages: [] } : refusedBy(result);
    },
    async track({ trackingNumber }) {
      const result = await askTracking(opened, trackingNumber);
      return result.errorCode === '0' ? { details: toTracking(result), messages: [] } : refusedBy(result);
    },
    async pickupPoints(near) {
      const result = await askPoints(opened, near);
      return result.errorCode === '0' ? { details: toPickupPoints(result), messages: [] } : refusedBy(result);
    },
  };
}

/**
 * Chronopost by its SOAP services for shipping, tracking and relays.
 *
 * Its tracking finds a number by our reference, yet a label of which no reservation is known cannot be fetched again:
 * an unknown purchase is settled by a person.
 */
export const chronopostConnector: CarrierConnector = {
  name: 'chronopost',
  title: 'Chronopost',
  abilities: ['buy', 'void', 'return-label', 'tracking', 'pickup-points', 'multi-parcel'],
  billing: 'on-purchase',
  fields: FIELDS,
  services: CHRONOPOST_PRODUCTS,
  addressLimits: { line: 38, name: 100 },
  maxWeightMg: 30_000_000,
  requestsPerMinute: 60,
  open(config, { http, clock }) {
    const field = readConfig(FIELDS, config);
    const account = {
      baseUrl: field('baseUrl'),
      accountNumber: field('accountNumber'),
      subAccount: field('subAccount'),
      password: field('password'),
    };
    return openAccount({ account, client: createChronopostClient(account, http), clock });
  },
};
