import type { CarrierHttp } from '../carrier-http.ts';
import { askJson, type JsonReply } from '../carrier-json.ts';

/** The requests of Shippo's API (version 2018-02-08) that a packing station needs. */
export interface ShippoClient {
  accounts(): Promise<JsonReply>;
  createShipment(shipment: object): Promise<JsonReply>;
  shipment(id: string): Promise<JsonReply>;
  rate(id: string): Promise<JsonReply>;
  purchase(transaction: object): Promise<JsonReply>;
  transaction(id: string): Promise<JsonReply>;
  /** Newest first, `MOST_A_PAGE` on one page, pages from 1. */
  transactions(page: number): Promise<JsonReply>;
  refund(transaction: string): Promise<JsonReply>;
  track(carrier: string, trackingNumber: string): Promise<JsonReply>;
  manifest(manifest: object): Promise<JsonReply>;
  validate(address: Readonly<Record<string, string>>): Promise<JsonReply>;
}

export const MOST_A_PAGE = 100;

export function shippoClient(http: CarrierHttp, baseUrl: string, apiToken: string): ShippoClient {
  const headers = { authorization: `ShippoToken ${apiToken}`, 'shippo-api-version': '2018-02-08' };
  const get = (path: string) => askJson(http, { method: 'GET', url: `${baseUrl}${path}`, headers });
  const post = (path: string, json: object) =>
    askJson(http, { method: 'POST', url: `${baseUrl}${path}`, headers, json });
  const part = encodeURIComponent;
  return {
    accounts: () => get('/carrier_accounts?results=1'),
    createShipment: (shipment) => post('/shipments', { ...shipment, async: false }),
    shipment: (id) => get(`/shipments/${part(id)}`),
    rate: (id) => get(`/rates/${part(id)}`),
    purchase: (transaction) => post('/transactions', { ...transaction, async: false }),
    transaction: (id) => get(`/transactions/${part(id)}`),
    transactions: (page) => get(`/transactions?page=${page}&results=${MOST_A_PAGE}`),
    refund: (transaction) => post('/refunds', { transaction, async: false }),
    track: (carrier, number) => get(`/tracks/${part(carrier)}/${part(number)}`),
    manifest: (manifest) => post('/manifests', { ...manifest, async: false }),
    validate: (address) => get(`/v2/addresses/validate?${new URLSearchParams(address)}`),
  };
}
