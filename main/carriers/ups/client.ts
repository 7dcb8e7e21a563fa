import { AppError } from '../../../shared/errors.ts';
import type { CarrierDeps } from '../carrier.ts';
import { askJson, type JsonReply, readWire } from '../carrier-json.ts';
import { accountToken } from '../carrier-token.ts';
import { UpsToken } from './wire.ts';

export interface UpsAccess {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Six characters; every request is billed to it. */
  readonly accountNumber: string;
}

/** The requests of UPS that a packing station needs. Answers are read elsewhere. */
export interface UpsClient {
  /** Proves the credentials without touching a shipment. */
  signIn(): Promise<void>;
  /** Prices of every service between the two addresses. */
  shop(rate: object): Promise<JsonReply>;
  ship(shipment: object, reference: string): Promise<JsonReply>;
  void(shipmentId: string): Promise<JsonReply>;
  track(trackingNumber: string): Promise<JsonReply>;
  recover(recovery: object): Promise<JsonReply>;
}

/** Who asks, as UPS names it in its logs. */
const SOURCE = 'Packwright';

/** Speaks with the token of the OAuth client credentials; UPS gives it for four hours. */
export function upsClient({ baseUrl, clientId, clientSecret, accountNumber }: UpsAccess, deps: CarrierDeps): UpsClient {
  const { http, clock } = deps;
  const token = accountToken(clock, async () => {
    const url = `${baseUrl}/security/v1/oauth/token`;
    const reply = await http({
      method: 'POST',
      url,
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'x-merchant-id': accountNumber,
        authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      },
      body: 'grant_type=client_credentials',
    });
    if (reply.status >= 400)
      throw new AppError('remote', 'carrier.sign-in-refused', { host: new URL(url).host, status: reply.status });
    const { access_token: text, expires_in: seconds } = readWire(UpsToken, jsonOf(reply.bytes));
    return { text, seconds };
  });
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, more: { json?: object; id?: string } = {}) =>
    token.during((text) => {
      const { json, id = SOURCE } = more;
      const headers = { authorization: `Bearer ${text}`, transid: id.slice(0, 32), transactionsrc: SOURCE };
      return askJson(http, { method, url: `${baseUrl}/api${path}`, headers, ...(json ? { json } : {}) });
    });
  return {
    signIn: async () => void (await token.renew()),
    shop: (json) => ask('POST', '/rating/v2409/Shop', { json }),
    ship: (json, id) => ask('POST', '/shipments/v2409/ship', { json, id }),
    void: (id) => ask('DELETE', `/shipments/v2409/void/cancel/${encodeURIComponent(id)}`),
    track: (number) => ask('GET', `/track/v1/details/${encodeURIComponent(number)}?locale=en_US`),
    recover: (json) => ask('POST', '/labels/v1/recovery', { json }),
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown; // read by its schema
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { why: 'no-json' }, cause);
  }
}
