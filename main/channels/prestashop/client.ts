import { create } from 'xmlbuilder2';
import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { readJsonAnswer, refusedAnswer } from '../channel.ts';
import type { ChannelDeps } from '../channel-connector.ts';
import { prestashopAuthorization } from './sign.ts';
import { readXml, type XmlValue } from './xml.ts';

export interface PrestashopAccess {
  readonly baseUrl: string;
  readonly apiKey: string;
}

export type Row = Readonly<Record<string, unknown>>;

export interface PrestashopClient {
  /** Rows of a resource with all their fields; none where nothing was found. */
  list(resource: string, query: Readonly<Record<string, string>>): Promise<readonly Row[]>;
  /** One row as the XML that a PUT gives back whole, by element; undefined where there is none. */
  whole(resource: string, id: string): Promise<Readonly<Record<string, XmlValue | readonly XmlValue[]>> | undefined>;
  put(
    resource: string,
    row: Readonly<Record<string, unknown>>,
    query?: Readonly<Record<string, string>>,
  ): Promise<void>;
  /** Returns the id of the new row. */
  post(
    resource: string,
    row: Readonly<Record<string, unknown>>,
    query?: Readonly<Record<string, string>>,
  ): Promise<string>;
  /** The shop's clock at its last answer, ISO-8601 UTC. */
  at(): string | null;
}

/** Name of one row of a resource. */
const ONE: Readonly<Record<string, string>> = {
  addresses: 'address',
  countries: 'country',
  order_histories: 'order_history',
  stock_availables: 'stock_available',
};
export const oneOf = (resource: string): string => ONE[resource] ?? resource.replace(/s$/, '');

interface Sent {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The Webservice: reads JSON, writes XML. A host that strips the sign-in from the header gets the key in the address. */
export function prestashopClient({ http }: ChannelDeps, access: PrestashopAccess): PrestashopClient {
  let clock: string | null = null;
  let keyInAddress = false;
  const send = async ({ method, path, query, body }: Sent): Promise<string> => {
    const key = keyInAddress ? { ws_key: access.apiKey } : {};
    const search = new URLSearchParams({ ...query, ...key }).toString();
    const { status, headers, bytes } = await http({
      method,
      url: `${access.baseUrl}/api/${path}${search === '' ? '' : `?${search}`}`,
      headers: {
        ...(keyInAddress ? {} : { authorization: prestashopAuthorization(access.apiKey) }),
        ...(body === undefined ? {} : { 'content-type': 'application/xml' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    const date = Date.parse(headers.get('date') ?? '');
    if (!Number.isNaN(date)) clock = new Date(date).toISOString();
    const text = Buffer.from(bytes).toString('utf8');
    if (status === 401 && !keyInAddress && method === 'GET') {
      keyInAddress = true;
      try {
        return await send({ method, path, query });
      } catch (error) {
        keyInAddress = false;
        throw error;
      }
    }
    if (status >= 400) throw refusal(status, path, text);
    return text;
  };
  const write = async (method: 'POST' | 'PUT', resource: string, asked: Writing): Promise<string> => {
    const body = create({ prestashop: { [oneOf(resource)]: asked.row } }).end();
    const path = method === 'PUT' ? `${resource}/${String(asked.row.id)}` : resource;
    return send({ method, path, query: asked.query, body });
  };
  return {
    async list(resource, query) {
      const text = await send({ method: 'GET', path: resource, query: { ...query, output_format: 'JSON' } });
      const answer = readJsonAnswer('prestashop', text);
      const rows = isObject(answer) ? answer[resource] : [];
      return Array.isArray(rows) ? rows.filter(isObject) : [];
    },
    async whole(resource, id) {
      const text = await send({ method: 'GET', path: `${resource}/${id}`, query: {} });
      const root = readAnswer(text);
      const inner = isObject(root) && isObject(root.prestashop) ? root.prestashop[oneOf(resource)] : undefined;
      return isObject(inner) ? (inner as Record<string, XmlValue>) : undefined; // readXml gives nothing else
    },
    put: async (resource, row, query = {}) => void (await write('PUT', resource, { row, query })),
    async post(resource, row, query = {}) {
      const root = readAnswer(await write('POST', resource, { row, query }));
      const made = isObject(root) && isObject(root.prestashop) ? root.prestashop[oneOf(resource)] : undefined;
      return textUnder(made, 'id')?.trim() ?? '';
    },
    at: () => clock,
  };
}

/** A page of HTML is no answer of the Webservice. */
function readAnswer(text: string): XmlValue {
  try {
    return readXml(text);
  } catch (cause) {
    throw new AppError('remote', 'channel.not-json', { channel: 'prestashop', got: text.slice(0, 60) }, cause);
  }
}

interface Writing {
  readonly row: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, string>>;
}

/** 401: the key. 403 and 405: the key may not do this with this resource. */
function refusal(status: number, path: string, text: string): Error {
  const [resource = ''] = path.split('/');
  const said =
    /<message>(?:<!\[CDATA\[)?([^\]<]*)/.exec(text)?.[1]?.trim() || text.replace(/<[^>]*>/g, ' ').slice(0, 200);
  const code = status === 403 || status === 405 ? `${status} ${resource}` : String(status);
  return refusedAnswer('prestashop', status === 401 ? 'sign-in-expired' : 'refused', { code, message: said });
}
