import { AppError } from '../../../../shared/errors.ts';
import type { CarrierDeps } from '../../../carriers/carrier.ts';
import { askJson, type JsonReply, readWire } from '../../../carriers/carrier-json.ts';
import { AmazonToken } from './wire.ts';

export interface AmazonAccess {
  readonly baseUrl: string;
  readonly authUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** The requests of Merchant Fulfillment v0 that a packing station needs. Answers are read elsewhere. */
export interface AmazonClient {
  /** Proves the credentials without touching an order. */
  signIn(): Promise<void>;
  services(details: object): Promise<JsonReply>;
  create(shipment: object): Promise<JsonReply>;
  shipment(id: string): Promise<JsonReply>;
  cancel(id: string): Promise<JsonReply>;
}

/** A token is renewed a minute before it ends. */
const EARLY_MS = 60_000;

/** Speaks with the token of Login with Amazon; callers that need one at the same time share one request for it. */
export function amazonClient(access: AmazonAccess, { http, clock }: CarrierDeps): AmazonClient {
  let token: { readonly text: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;
  const fresh = async (): Promise<string> => {
    const { clientId, clientSecret, refreshToken, authUrl } = access;
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId };
    const reply = await http({
      method: 'POST',
      url: authUrl,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...form, client_secret: clientSecret }).toString(),
    });
    if (reply.status >= 400)
      throw new AppError('remote', 'carrier.sign-in-refused', { host: new URL(authUrl).host, status: reply.status });
    const { access_token: text, expires_in: seconds } = readWire(AmazonToken, jsonOf(reply.bytes));
    token = { text, until: clock().getTime() + seconds * 1_000 - EARLY_MS };
    return text;
  };
  const current = (): Promise<string> => {
    if (token && token.until > clock().getTime()) return Promise.resolve(token.text);
    asking ??= fresh().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const ask = async (method: 'GET' | 'POST' | 'DELETE', path: string, json?: object): Promise<JsonReply> => {
    const headers = { 'x-amz-access-token': await current(), 'user-agent': 'Packwright (Language=TypeScript)' };
    const url = `${access.baseUrl}/mfn/v0${path}`;
    return askJson(http, { method, url, headers, ...(json ? { json } : {}) });
  };
  const at = (id: string): string => `/shipments/${encodeURIComponent(id)}`;
  return {
    signIn: async () => void (await current()),
    services: (details) => ask('POST', '/eligibleShippingServices', { ShipmentRequestDetails: details }),
    create: (shipment) => ask('POST', '/shipments', shipment),
    shipment: (id) => ask('GET', at(id)),
    cancel: (id) => ask('DELETE', at(id)),
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown; // read by its schema
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { why: 'no-json' }, cause);
  }
}
