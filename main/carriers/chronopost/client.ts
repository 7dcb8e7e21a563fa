import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { CarrierHttp } from '../carrier-http.ts';
import { readWire } from '../carrier-json.ts';
import { askSoap, type XmlNode } from '../carrier-soap.ts';

export const CHRONOPOST_URL = 'https://ws.chronopost.fr';

/** Path and namespace of each service. */
export const SERVICES = {
  shipping: { path: '/shipping-cxf/ShippingServiceWS', namespace: 'http://cxf.shipping.soap.chronopost.fr/' },
  tracking: { path: '/tracking-cxf/TrackingServiceWS', namespace: 'http://cxf.tracking.soap.chronopost.fr/' },
  points: {
    path: '/recherchebt-ws-cxf/PointRelaisServiceWS',
    namespace: 'http://cxf.rechercheBt.soap.chronopost.fr/',
  },
} as const;

export interface ChronopostAccount {
  readonly baseUrl: string;
  readonly accountNumber: string;
  /** Of the contract, where it has several addresses. */
  readonly subAccount: string;
  readonly password: string;
}

/** Unknown account, wrong password, account without this service. */
const SIGN_IN = new Set(['3', '33']);
/** "System error": whether anything was made is open. */
const BREAKDOWN = '1';

/** Asks one operation and reads what stands in `return`. Throws `carrier.sign-in-refused` for account or password. */
export type ChronopostClient = <T extends { readonly errorCode: string }>(
  call: { readonly service: keyof typeof SERVICES; readonly operation: string; readonly params: XmlNode },
  schema: z.ZodType<T>,
) => Promise<T>;

export function createChronopostClient({ baseUrl }: ChronopostAccount, http: CarrierHttp): ChronopostClient {
  const host = new URL(baseUrl).host;
  return async ({ service, operation, params }, schema) => {
    const { path, namespace } = SERVICES[service];
    const reply = await askSoap(http, {
      url: baseUrl + path,
      action: '',
      namespaces: { cxf: namespace },
      body: { [`cxf:${operation}`]: params },
    });
    // What is wrong with a parcel comes as an errorCode: a fault is the service's own.
    if (reply.outcome === 'fault') throw new AppError('remote', 'carrier.unavailable', { host, why: reply.code });
    const shape = z.object({ [`${operation}Response`]: z.object({ return: z.unknown() }) });
    const answer = readWire(schema, readWire(shape, reply.body)[`${operation}Response`]?.return);
    if (SIGN_IN.has(answer.errorCode)) throw new AppError('remote', 'carrier.sign-in-refused', { host });
    if (answer.errorCode === BREAKDOWN)
      throw new AppError('remote', 'carrier.unavailable', { host, why: 'errorCode 1' });
    return answer;
  };
}
