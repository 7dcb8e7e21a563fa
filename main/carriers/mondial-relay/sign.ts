import { createHash } from 'node:crypto';
import type { Params } from './wire.ts';

/**
 * `Security`: MD5 over all values in the order of the call with the private key behind them, in capitals.
 *
 * The service counts it over ISO-8859-1; every text that goes out is ASCII, so that no two ways of writing it differ.
 */
export function securityOf(params: Params, privateKey: string): string {
  const text = Object.values(params).join('') + privateKey;
  return createHash('md5').update(text, 'latin1').digest('hex').toUpperCase();
}
