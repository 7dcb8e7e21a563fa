import type { CarrierHttp } from '../carrier-http.ts';
import { askJson, type JsonReply } from '../carrier-json.ts';

/** The requests of EasyPost API v2 that a packing station needs. Answers are read elsewhere. */
export interface EasyPostClient {
  listShipments(): Promise<JsonReply>;
  createShipment(shipment: object): Promise<JsonReply>;
  /** By its id, or by the reference that we gave it. */
  shipment(idOrReference: string): Promise<JsonReply>;
  rerate(id: string): Promise<JsonReply>;
  buy(id: string, purchase: object): Promise<JsonReply>;
  refund(id: string): Promise<JsonReply>;
  tracker(trackingCode: string): Promise<JsonReply>;
  scanForm(shipmentIds: readonly string[]): Promise<JsonReply>;
  verify(address: object): Promise<JsonReply>;
}

/** The key is the user of basic authentication; there is no password. */
export function easypostClient(http: CarrierHttp, baseUrl: string, apiKey: string): EasyPostClient {
  const headers = { authorization: `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}` };
  const get = (path: string) => askJson(http, { method: 'GET', url: `${baseUrl}/v2${path}`, headers });
  const post = (path: string, json: object) =>
    askJson(http, { method: 'POST', url: `${baseUrl}/v2${path}`, headers, json });
  const at = (id: string): string => `/shipments/${encodeURIComponent(id)}`;
  return {
    listShipments: () => get('/shipments?page_size=1'),
    createShipment: (shipment) => post('/shipments', { shipment }),
    shipment: (id) => get(at(id)),
    rerate: (id) => post(`${at(id)}/rerate`, {}),
    buy: (id, purchase) => post(`${at(id)}/buy`, purchase),
    refund: (id) => post(`${at(id)}/refund`, {}),
    tracker: (code) => post('/trackers', { tracker: { tracking_code: code } }),
    scanForm: (ids) => post('/scan_forms', { scan_form: { shipments: ids.map((id) => ({ id })) } }),
    verify: (address) => post('/addresses/create_and_verify', { address }),
  };
}
