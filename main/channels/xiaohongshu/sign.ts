import { createHash } from 'node:crypto';

export interface XhsCall {
  readonly method: string;
  readonly appId: string;
  /** Epoch seconds as text, the same as in the body. */
  readonly timestamp: string;
}

/** Value of `sign` (lower-case hex). ARK does not cover the business parameters. */
export function signXhsRequest(secret: string, { method, appId, timestamp }: XhsCall): string {
  const text = `${method}?appId=${appId}&timestamp=${timestamp}&version=2.0${secret}`;
  return createHash('md5').update(text, 'utf8').digest('hex');
}
