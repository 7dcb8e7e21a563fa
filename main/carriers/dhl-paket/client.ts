import type { CarrierHttp } from '../carrier-http.ts';
import { askJson, type JsonReply } from '../carrier-json.ts';

export interface DhlAccess {
  readonly baseUrl: string;
  /** Of the application, from developer.dhl.com. */
  readonly apiKey: string;
  /** Of the business customer portal. */
  readonly username: string;
  readonly password: string;
}

/** The requests of DHL's services that a packing station needs. Answers are read elsewhere. */
export interface DhlClient {
  /** Checks an order without making it. */
  validate(order: object): Promise<JsonReply>;
  create(order: object, file: 'pdf' | 'zpl'): Promise<JsonReply>;
  /** An order that exists, with its papers. */
  order(shipmentNo: string): Promise<JsonReply>;
  remove(shipmentNo: string): Promise<JsonReply>;
  manifest(shipmentNos: readonly string[]): Promise<JsonReply>;
  manifestOf(day: string): Promise<JsonReply>;
  createReturn(order: object): Promise<JsonReply>;
  track(shipmentNo: string): Promise<JsonReply>;
}

/** Every customer has this profile. */
export const PROFILE = 'STANDARD_GRUPPENPROFIL';
/** 103 × 199 mm would be the usual one; this is the one of 100 × 150 mm and larger. */
const PRINT_FORMAT = '910-300-410';

/** Signs in with key, user and password on each request: no token can run out in between. */
export function dhlClient(http: CarrierHttp, { baseUrl, apiKey, username, password }: DhlAccess): DhlClient {
  const headers = {
    'dhl-api-key': apiKey,
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    'accept-language': 'en-GB',
  };
  const shipping = `${baseUrl}/parcel/de/shipping/v2`;
  const query = (values: Readonly<Record<string, string>>): string => new URLSearchParams(values).toString();
  const ask = (method: 'GET' | 'POST' | 'DELETE', url: string, json?: object) =>
    askJson(http, { method, url, headers, ...(json ? { json } : {}) });
  return {
    validate: (order) => ask('POST', `${shipping}/orders?${query({ validate: 'true' })}`, order),
    create: (order, file) =>
      ask(
        'POST',
        `${shipping}/orders?${query({ docFormat: file === 'zpl' ? 'ZPL2' : 'PDF', printFormat: PRINT_FORMAT, mustEncode: 'true' })}`,
        order,
      ),
    order: (shipment) => ask('GET', `${shipping}/orders?${query({ shipment })}`),
    remove: (shipment) => ask('DELETE', `${shipping}/orders?${query({ profile: PROFILE, shipment })}`),
    manifest: (shipmentNumbers) => ask('POST', `${shipping}/manifests`, { profile: PROFILE, shipmentNumbers }),
    manifestOf: (date) => ask('GET', `${shipping}/manifests?${query({ date, includeDocs: 'include' })}`),
    createReturn: (order) =>
      ask('POST', `${baseUrl}/parcel/de/shipping/returns/v1/orders?${query({ labelType: 'SHIPMENT_LABEL' })}`, order),
    track: (trackingNumber) =>
      ask('GET', `${baseUrl}/track/shipments?${query({ trackingNumber, service: 'parcel-de' })}`),
  };
}
