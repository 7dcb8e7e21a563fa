import { AppError } from '../../../shared/errors.ts';
import type { CarrierHttp } from '../carrier-http.ts';
import { askJson, readWire } from '../carrier-json.ts';
import { type Part, readMultipart } from './multipart.ts';
import { MessagesAnswer, PickupAnswer, type SlsMessage, TrackingAnswer, type WireLabelRequest } from './wire.ts';

export const COLISSIMO_URL = 'https://ws.colissimo.fr';
/** La Poste's tracking has a host of its own; a sandbox answers for both. */
const SUIVI_URL = 'https://api.laposte.fr';

export interface ColissimoAccount {
  readonly baseUrl: string;
  readonly contractNumber: string;
  readonly password: string;
  /** Empty: parcels are not tracked. */
  readonly okapiKey: string;
}

/** Files with their JSON, or what SLS said without one. */
export type SlsReply =
  | { readonly kind: 'parts'; readonly json: unknown; readonly parts: readonly Part[] }
  | { readonly kind: 'messages'; readonly messages: readonly SlsMessage[] };

/** Credentials of a contract that SLS does not take. */
const SIGN_IN = new Set(['30000', '30001', '30002', '30003']);

function asJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(text).toString('utf8')) as unknown; // every use reads it by a schema
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { why: 'no-json' }, cause);
  }
}

export interface ColissimoClient {
  /** Asks SLS; throws `carrier.sign-in-refused` where it says so in a message. */
  ask(method: string, body: object): Promise<SlsReply>;
  pickupPoints(body: object): Promise<PickupAnswer>;
  track(parcelNumber: string): Promise<TrackingAnswer>;
}

/** Refuses to go on where the messages say that nobody knows this account. */
function signedIn(messages: readonly SlsMessage[], baseUrl: string): void {
  const refusal = messages.find(({ id }) => SIGN_IN.has(id));
  if (refusal) throw new AppError('remote', 'carrier.sign-in-refused', { host: new URL(baseUrl).host });
}

export function createColissimoClient(account: ColissimoAccount, http: CarrierHttp): ColissimoClient {
  const { baseUrl, contractNumber, password, okapiKey } = account;
  const suiviUrl = baseUrl === COLISSIMO_URL ? SUIVI_URL : baseUrl;
  return {
    async ask(method, body) {
      const { headers, bytes } = await http({
        method: 'POST',
        url: `${baseUrl}/sls-ws/SlsServiceWSRest/2.0/${method}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ contractNumber, password, ...body }),
      });
      const type = headers.get('content-type') ?? '';
      if (!type.startsWith('multipart/')) {
        const { messages } = readWire(MessagesAnswer, asJson(bytes));
        signedIn(messages, baseUrl);
        return { kind: 'messages', messages };
      }
      const parts = readMultipart(bytes, type);
      const json = asJson(parts.find(({ id }) => id === 'jsonInfos')?.bytes ?? new Uint8Array());
      signedIn(readWire(MessagesAnswer, json).messages, baseUrl);
      return { kind: 'parts', json, parts };
    },
    async pickupPoints(body) {
      const url = `${baseUrl}/pointretrait-ws-cxf/rest/v2/pointretrait/findRDVPointRetraitAcheminement`;
      const json = { accountNumber: contractNumber, password, ...body };
      const answer = readWire(PickupAnswer, (await askJson(http, { method: 'POST', url, json })).body);
      if (answer.errorCode === '201')
        throw new AppError('remote', 'carrier.sign-in-refused', { host: new URL(url).host });
      return answer;
    },
    async track(parcelNumber) {
      const url = `${suiviUrl}/suivi/v2/idships/${encodeURIComponent(parcelNumber)}?lang=fr_FR`;
      const headers = { 'x-okapi-key': okapiKey };
      return readWire(TrackingAnswer, (await askJson(http, { method: 'GET', url, headers })).body);
    },
  };
}

/** A parcel that nobody sends: `checkGenerateLabel` reads it, and the credentials, and makes no label of it. */
export const PROBE: Omit<WireLabelRequest, 'letter'> & {
  readonly letter: Omit<WireLabelRequest['letter'], 'service'>;
} = {
  outputFormat: { x: 0, y: 0, outputPrintingType: 'PDF_10x15_300dpi' },
  letter: {
    parcel: { weight: 1 },
    sender: {
      senderParcelRef: 'TEST',
      address: {
        ...{ companyName: 'Test', lastName: 'Test', line2: '1 rue de Rivoli', countryCode: 'FR', city: 'Paris' },
        ...{ zipCode: '75004', language: 'FR' },
      },
    },
    addressee: {
      address: {
        ...{ lastName: 'Test', firstName: 'Test', line2: '1 rue de Rivoli', countryCode: 'FR', city: 'Paris' },
        ...{ zipCode: '75004', mobileNumber: '+33600000000', language: 'FR' },
      },
    },
  },
};
