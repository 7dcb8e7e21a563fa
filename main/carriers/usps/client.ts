import { AppError } from '../../../shared/errors.ts';
import type { CarrierDeps } from '../carrier.ts';
import type { CarrierReply } from '../carrier-http.ts';
import { askJson, type JsonReply, readWire } from '../carrier-json.ts';
import { accountToken } from '../carrier-token.ts';
import { UspsPayment, UspsToken } from './wire.ts';

export interface UspsAccess {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly crid: string;
  readonly mailerId: string;
  readonly manifestMid: string;
  /** Of the enterprise payment system (EPS). */
  readonly paymentAccount: string;
}

/** The requests of USPS APIs v3 that a packing station needs. Answers are read elsewhere. */
export interface UspsClient {
  /** Proves credentials and payment account without buying anything. */
  signIn(): Promise<void>;
  prices(search: object): Promise<JsonReply>;
  /** `key` is our label's id: USPS sells again under the same key, but tells by it what was sold. */
  label(label: object, key: string): Promise<JsonReply>;
  returnLabel(label: object, key: string): Promise<JsonReply>;
  /** The label that was bought under the key. USPS gives each label three times at most. */
  reprintByKey(key: string, image: object): Promise<JsonReply>;
  reprint(trackingNumber: string, image: object): Promise<JsonReply>;
  cancel(trackingNumber: string): Promise<JsonReply>;
  track(trackingNumber: string): Promise<JsonReply>;
  /** In several parts: what it says, and the form. */
  scanForm(form: object): Promise<CarrierReply>;
}

/** USPS lets a payment authorization hold for eight hours. */
const PAYMENT_S = 8 * 3_600;
/** With this word the label comes as base64 in one JSON; without it in several parts. */
const LABEL_JSON = 'application/vnd.usps.labels+json';

export function uspsClient(access: UspsAccess, { http, clock }: CarrierDeps): UspsClient {
  const { baseUrl, clientId, clientSecret } = access;
  const token = accountToken(clock, async () => {
    const reply = await askJson(http, {
      method: 'POST',
      url: `${baseUrl}/oauth2/v3/token`,
      json: { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret },
    });
    if (reply.status >= 400) throw signInRefused(baseUrl, reply.status);
    const { access_token: text, expires_in: seconds } = readWire(UspsToken, reply.body);
    return { text, seconds };
  });
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, more: { json?: object; headers?: object } = {}) =>
    token.during((text) => {
      const headers = { authorization: `Bearer ${text}`, ...more.headers };
      return askJson(http, { method, url: `${baseUrl}${path}`, headers, ...(more.json ? { json: more.json } : {}) });
    });
  const payment = accountToken(clock, async () => {
    const reply = await ask('POST', '/payments/v3/payment-authorization', { json: { roles: rolesOf(access) } });
    if (reply.status >= 400) throw signInRefused(baseUrl, reply.status);
    return { text: readWire(UspsPayment, reply.body).paymentAuthorizationToken, seconds: PAYMENT_S };
  });
  const paid = (path: string, json: object, more: object) =>
    payment.during((text) => {
      const headers = { accept: LABEL_JSON, 'x-payment-authorization-token': text, ...more };
      return ask('POST', path, { json, headers });
    });
  const at = (number: string): string => encodeURIComponent(number);
  const scanForm = (json: object) =>
    token.during(async (text) => {
      const headers = { authorization: `Bearer ${text}`, 'content-type': 'application/json' };
      const url = `${baseUrl}/scan-forms/v3/scan-form`;
      const reply = await http({ method: 'POST', url, headers, body: JSON.stringify(json) });
      if (reply.status === 401) throw signInRefused(baseUrl, reply.status);
      return reply;
    });
  return {
    async signIn() {
      await token.renew();
      await payment.renew();
    },
    prices: (json) => ask('POST', '/prices/v3/base-rates/search', { json }),
    label: (json, key) => paid('/labels/v3/label', json, { 'x-idempotency-key': key }),
    returnLabel: (json, key) => paid('/labels/v3/return-label', json, { 'x-idempotency-key': key }),
    reprintByKey: (key, json) => paid('/labels/v3/label-reprint', json, { 'x-idempotency-key': key }),
    reprint: (number, json) => paid(`/labels/v3/label-reprint/${at(number)}`, json, {}),
    cancel: (number) => ask('DELETE', `/labels/v3/label/${at(number)}`),
    track: (number) => ask('GET', `/tracking/v3/tracking/${at(number)}?expand=DETAIL`),
    scanForm,
  };
}

/** Who pays, and whose label it is: the same account here. */
function rolesOf({ crid, mailerId, manifestMid, paymentAccount }: UspsAccess): object[] {
  const account = { CRID: crid, MID: mailerId, manifestMID: manifestMid };
  const paying = { ...account, accountType: 'EPS', accountNumber: paymentAccount };
  return ['PAYER', 'LABEL_OWNER'].map((roleName) => ({ roleName, ...paying }));
}

const signInRefused = (baseUrl: string, status: number): AppError =>
  new AppError('remote', 'carrier.sign-in-refused', { host: new URL(baseUrl).host, status });
