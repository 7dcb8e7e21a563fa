import { createHash } from 'node:crypto';

/** Value of `sign` (upper-case hex); nested parameters are signed as the JSON text that is sent. */
export function signPddRequest(clientSecret: string, params: Readonly<Record<string, string>>): string {
  const signed = Object.keys(params)
    .filter((key) => key !== 'sign' && params[key] !== '')
    .sort()
    .map((key) => `${key}${params[key]}`)
    .join('');
  return createHash('md5').update(`${clientSecret}${signed}${clientSecret}`, 'utf8').digest('hex').toUpperCase();
}
