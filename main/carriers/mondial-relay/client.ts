import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { CarrierHttp } from '../carrier-http.ts';
import { fetchFile, readWire } from '../carrier-json.ts';
import { askSoap } from '../carrier-soap.ts';
import { securityOf } from './sign.ts';
import { BREAKDOWN_STATUS, SIGN_IN_STATUS } from './status.ts';
import type { Params } from './wire.ts';

export const RELAY_URL = 'https://api.mondialrelay.com';
/** Where the PDFs lie; a sandbox answers for both. */
const SITE_URL = 'https://www.mondialrelay.com';
export const RELAY_NAMESPACE = 'http://www.mondialrelay.fr/webservice/';

export interface RelayAccount {
  readonly baseUrl: string;
  /** Eight characters, `BDTEST13`. */
  readonly enseigne: string;
  readonly privateKey: string;
  /** Who draws the label: the station, once the carrier approved its labels, or the carrier. */
  readonly labelBy: 'station' | 'carrier';
}

/** Asks one operation and reads its result. Throws `carrier.sign-in-refused` for enseigne or key. */
export type RelayClient = <T extends { readonly STAT: string }>(
  operation: string,
  params: Params,
  schema: z.ZodType<T>,
) => Promise<T>;

export function createRelayClient({ baseUrl, enseigne, privateKey }: RelayAccount, http: CarrierHttp): RelayClient {
  const host = new URL(baseUrl).host;
  return async (operation, params, schema) => {
    const signed = { Enseigne: enseigne, ...params };
    const reply = await askSoap(http, {
      url: `${baseUrl}/Web_Services.asmx`,
      action: RELAY_NAMESPACE + operation,
      body: { [operation]: { '@xmlns': RELAY_NAMESPACE, ...signed, Security: securityOf(signed, privateKey) } },
    });
    // This service tells every refusal by STAT: a fault is its own breakdown.
    if (reply.outcome === 'fault') throw new AppError('remote', 'carrier.unavailable', { host, why: reply.code });
    const shape = z.object({ [`${operation}Response`]: z.object({ [`${operation}Result`]: z.unknown() }) });
    const result = readWire(shape, reply.body)[`${operation}Response`]?.[`${operation}Result`];
    const answer = readWire(schema, result);
    if (SIGN_IN_STATUS.has(answer.STAT)) throw new AppError('remote', 'carrier.sign-in-refused', { host });
    if (answer.STAT === BREAKDOWN_STATUS) throw new AppError('remote', 'carrier.unavailable', { host, why: 'STAT 99' });
    return answer;
  };
}

/** A file that the service names by its path. */
export function fetchRelayFile({ baseUrl }: RelayAccount, http: CarrierHttp, path: string): Promise<Uint8Array> {
  if (!path.startsWith('/')) throw new AppError('remote', 'carrier.unreadable', { why: 'no-address-of-file' });
  return fetchFile(http, (baseUrl === RELAY_URL ? SITE_URL : baseUrl) + path);
}
