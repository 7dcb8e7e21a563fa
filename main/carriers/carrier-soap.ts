import { XMLParser } from 'fast-xml-parser';
import { create } from 'xmlbuilder2';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { CarrierHttp } from './carrier-http.ts';

/** Elements by name; a list repeats its element, `undefined` leaves it out. Attributes begin with `@`, text beside them is `#`. */
export interface XmlNode {
  readonly [name: string]: XmlValue;
}
export type XmlValue = string | number | boolean | undefined | XmlNode | readonly XmlValue[];

export interface SoapCall {
  readonly url: string;
  /** Header `SOAPAction`. */
  readonly action: string;
  /** Prefixes that the body uses beside `soap`. */
  readonly namespaces?: Readonly<Record<string, string>>;
  readonly header?: XmlNode;
  readonly body: XmlNode;
  readonly timeoutMs?: number;
}

/** What stands in the body of the envelope, prefixes taken off, every value a text; or the fault that stands there. */
export type SoapReply =
  | { readonly outcome: 'answered'; readonly body: unknown }
  | { readonly outcome: 'fault'; readonly code: string; readonly text: string; readonly detail: unknown };

const Envelope = z.object({ Envelope: z.object({ Body: z.unknown() }) });
const Fault = z.object({
  Fault: z.object({
    faultcode: z.string().default(''),
    faultstring: z.string().default(''),
    detail: z.unknown().optional(),
  }),
});

const PARSER = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  trimValues: true,
  htmlEntities: true,
});

/** Control characters and halves of a letter: XML has no way to write them. */
const UNSPEAKABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** The same node without what is `undefined` and without letters that XML has not. */
function given(value: XmlValue): XmlValue {
  if (typeof value === 'string') return value.replace(UNSPEAKABLE, '');
  if (Array.isArray(value)) return value.filter((one) => one !== undefined).map(given);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .map(([name, one]) => [name, given(one)]),
  );
}

/** Writes an envelope of SOAP 1.1. */
export function soapEnvelope({ namespaces = {}, header, body }: Omit<SoapCall, 'url' | 'action'>): string {
  const prefixes = Object.entries(namespaces).map(([prefix, uri]) => [`@xmlns:${prefix}`, uri]);
  const node = given({
    'soap:Envelope': {
      '@xmlns:soap': 'http://schemas.xmlsoap.org/soap/envelope/',
      ...Object.fromEntries(prefixes),
      ...(header ? { 'soap:Header': header } : {}),
      'soap:Body': body,
    },
  });
  return create({ version: '1.0', encoding: 'utf-8' }, node as object).end(); // an envelope is an element
}

/** Reads an envelope; throws `carrier.unreadable` for what is none. */
export function readSoap(text: string): SoapReply {
  let parsed: unknown;
  try {
    parsed = PARSER.parse(text, true);
  } catch (cause) {
    throw new AppError('remote', 'carrier.unreadable', { why: 'no-xml' }, cause);
  }
  const envelope = Envelope.safeParse(parsed);
  if (!envelope.success) throw new AppError('remote', 'carrier.unreadable', { why: 'no-envelope' });
  const body = envelope.data.Envelope.Body;
  const fault = Fault.safeParse(body);
  if (!fault.success) return { outcome: 'answered', body };
  const { faultcode, faultstring, detail } = fault.data.Fault;
  return { outcome: 'fault', code: faultcode, text: faultstring, detail };
}

/**
 * Asks a SOAP 1.1 service. A fault comes back as data: most carriers answer with it, and status 500, to what is wrong with
 * the request. Throws what `CarrierHttp` throws, `carrier.unavailable` for a 500 that is no envelope, else
 * `carrier.unreadable`.
 */
export async function askSoap(http: CarrierHttp, { url, action, timeoutMs, ...parts }: SoapCall): Promise<SoapReply> {
  const { status, bytes } = await http({
    method: 'POST',
    url,
    headers: { 'content-type': 'text/xml; charset=utf-8', accept: 'text/xml', soapaction: `"${action}"` },
    body: soapEnvelope(parts),
    reads500: true,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const { host } = new URL(url);
  if (status === 401 || status === 403) throw new AppError('remote', 'carrier.sign-in-refused', { host });
  try {
    return readSoap(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    if (status === 500) throw new AppError('remote', 'carrier.unavailable', { host, status }, error);
    throw error;
  }
}

/** Elements that may be missing, empty, one or several. */
export function listOf<T>(schema: z.ZodType<T>): z.ZodType<T[]> {
  return z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(schema),
  );
}

/** A text that may be missing; an empty element is ''. */
export const Words = z.string().default('');
