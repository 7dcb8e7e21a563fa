import type { CarrierHttp } from '../carrier-http.ts';
import { askJson, fetchFile, type JsonReply } from '../carrier-json.ts';

/** The requests of Sendcloud's API v3 that a packing station needs. */
export interface SendcloudClient {
  shipments(query: Readonly<Record<string, string>>): Promise<JsonReply>;
  shipment(id: string): Promise<JsonReply>;
  /** Answers 409 with the shipment of before where our reference is known already. */
  announce(shipment: object): Promise<JsonReply>;
  cancel(id: string): Promise<JsonReply>;
  announceReturn(back: object): Promise<JsonReply>;
  returns(query: Readonly<Record<string, string>>): Promise<JsonReply>;
  /** The next page of a list, as the page before named it. */
  following(url: string): Promise<JsonReply>;
  return(id: string): Promise<JsonReply>;
  cancelReturn(id: string): Promise<JsonReply>;
  options(parcel: object): Promise<JsonReply>;
  tracking(trackingNumber: string): Promise<JsonReply>;
  servicePoints(query: Readonly<Record<string, string>>): Promise<JsonReply>;
  label(parcelId: number, file: { readonly mime: string; readonly dpi: number }): Promise<Uint8Array>;
  document(link: string): Promise<Uint8Array>;
}

export function sendcloudClient(
  http: CarrierHttp,
  baseUrl: string,
  keys: { readonly publicKey: string; readonly secretKey: string },
): SendcloudClient {
  const basic = Buffer.from(`${keys.publicKey}:${keys.secretKey}`).toString('base64');
  const headers = { authorization: `Basic ${basic}` };
  const get = (path: string) => askJson(http, { method: 'GET', url: `${baseUrl}${path}`, headers });
  const post = (path: string, json?: object) =>
    askJson(http, { method: 'POST', url: `${baseUrl}${path}`, headers, ...(json ? { json } : {}) });
  const part = encodeURIComponent;
  const query = (parts: Readonly<Record<string, string>>): string => String(new URLSearchParams(parts));
  // The keys go to Sendcloud alone, whatever address an answer names.
  const isOwn = (url: string): boolean => URL.canParse(url) && new URL(url).origin === new URL(baseUrl).origin;
  return {
    shipments: (parts) => get(`/shipments?${query(parts)}`),
    shipment: (id) => get(`/shipments/${part(id)}`),
    announce: (shipment) => post('/shipments/announce', shipment),
    cancel: (id) => post(`/shipments/${part(id)}/cancel`),
    announceReturn: (back) => post('/returns/announce-synchronously', back),
    returns: (parts) => get(`/returns?${query(parts)}`),
    following: (url) => askJson(http, { method: 'GET', url, ...(isOwn(url) ? { headers } : {}) }),
    return: (id) => get(`/returns/${part(id)}`),
    cancelReturn: (id) => askJson(http, { method: 'PATCH', url: `${baseUrl}/returns/${part(id)}/cancel`, headers }),
    options: (parcel) => post('/shipping-options', parcel),
    tracking: (number) => get(`/parcels/tracking/${part(number)}`),
    servicePoints: (parts) => get(`/service-points?${query(parts)}`),
    label: (id, { mime, dpi }) =>
      fetchFile(http, `${baseUrl}/parcels/${id}/documents/label?dpi=${dpi}`, { ...headers, accept: mime }),
    document: (link) => fetchFile(http, link, isOwn(link) ? headers : undefined),
  };
}
