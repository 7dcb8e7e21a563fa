import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { CarrierMessage } from '../../../shared/model/carrier.ts';
import type { CarrierHttp } from '../carrier-http.ts';
import { errorMessage, readWire } from '../carrier-json.ts';
import { askSoap, type XmlNode } from '../carrier-soap.ts';
import { FaultDetail } from './wire.ts';

export const DPD_URL = 'https://e-station.cargonet.software/dpd-eprintwebservice';
export const DPD_NAMESPACE = 'http://www.cargonet.software';

export interface DpdAccount {
  readonly baseUrl: string;
  readonly userId: string;
  readonly password: string;
  /** Three digits of ISO 3166, 250 for France. */
  readonly countryCode: string;
  /** The depot of the contract. */
  readonly centerNumber: string;
  readonly customerNumber: string;
}

export type DpdReply<T> =
  | { readonly kind: 'result'; readonly result: T }
  | { readonly kind: 'refused'; readonly code: string; readonly message: CarrierMessage };

/** Asks one operation; a fault that names an `ErrorId` is a refusal. Throws `carrier.sign-in-refused` for credentials. */
export type DpdClient = <T>(operation: string, params: XmlNode, schema: z.ZodType<T>) => Promise<DpdReply<T>>;

const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/weight/i, 'parcel.weightMg'],
  [/parcel ?shop|shopid|pudo/i, 'pickupPoint'],
  [/receiver.*(?:zip|postal)|zip ?code/i, 'to.postcode'],
  [/receiver.*country|country ?prefix/i, 'to.country'],
  [/receiver.*city|\bcity\b/i, 'to.city'],
  [/sms|phone/i, 'to.phone'],
];

function toMessage(code: string, text: string): CarrierMessage {
  const field = FIELDS.find(([shape]) => shape.test(code) || shape.test(text))?.[1];
  return errorMessage(code, text || code, field);
}

export function createDpdClient({ baseUrl, userId, password }: DpdAccount, http: CarrierHttp): DpdClient {
  const host = new URL(baseUrl).host;
  return async (operation, params, schema) => {
    const reply = await askSoap(http, {
      url: `${baseUrl}/eprintwebservice.asmx`,
      action: `${DPD_NAMESPACE}/${operation}`,
      header: { UserCredentials: { '@xmlns': DPD_NAMESPACE, userid: userId, password } },
      body: { [operation]: { '@xmlns': DPD_NAMESPACE, ...params } },
    });
    if (reply.outcome === 'fault') {
      const fault = FaultDetail.safeParse(reply.detail);
      // Without a name it is the machine that failed, and nobody knows how far it came.
      if (!fault.success) throw new AppError('remote', 'carrier.unavailable', { host, why: reply.code });
      const { ErrorId, ErrorMessage } = fault.data.Error;
      if (ErrorId === 'PermissionDenied') throw new AppError('remote', 'carrier.sign-in-refused', { host });
      return { kind: 'refused', code: ErrorId, message: toMessage(ErrorId, ErrorMessage || reply.text) };
    }
    const shape = z.object({ [`${operation}Response`]: z.unknown() });
    const result = readWire(shape, reply.body)[`${operation}Response`];
    return { kind: 'result', result: readWire(schema, result) };
  };
}
