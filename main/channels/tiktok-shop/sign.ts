import { createHmac } from 'node:crypto';

export interface TiktokRequest {
  /** Path with its leading slash, without query. */
  readonly path: string;
  /** Decoded values; they are encoded after signing. */
  readonly query: Readonly<Record<string, string>>;
  /** The exact bytes that are sent, as text; empty for GET and multipart. */
  readonly rawBody?: string;
}

/** Value of the query parameter `sign` (lower-case hex). */
export function signTiktokRequest(secret: string, { path, query, rawBody = '' }: TiktokRequest): string {
  const signed = Object.keys(query)
    .filter((key) => key !== 'sign' && key !== 'access_token' && query[key] !== '')
    .sort()
    .map((key) => `${key}${query[key]}`)
    .join('');
  return createHmac('sha256', secret).update(`${secret}${path}${signed}${rawBody}${secret}`).digest('hex');
}

/** What the header `Authorization` of a webhook must be, from the bytes as they came. */
export function signTiktokWebhook(
  app: { readonly key: string; readonly secret: string },
  rawBody: Uint8Array | string,
): string {
  return createHmac('sha256', app.secret).update(app.key).update(rawBody).digest('hex');
}
