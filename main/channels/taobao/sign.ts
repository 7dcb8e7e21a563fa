import { createHash, createHmac } from 'node:crypto';

export type TopSignMethod = 'md5' | 'hmac' | 'hmac-sha256';

/** Value of `sign` (upper-case hex) for the parameters of a TOP call, in the way its `sign_method` says. */
export function signTaobaoRequest(
  secret: string,
  params: Readonly<Record<string, string>>,
  method: TopSignMethod = 'hmac-sha256',
): string {
  const signed = Object.keys(params)
    .filter((key) => key !== 'sign' && params[key] !== '')
    .sort()
    .map((key) => `${key}${params[key]}`)
    .join('');
  const digest =
    method === 'md5'
      ? createHash('md5').update(`${secret}${signed}${secret}`, 'utf8')
      : createHmac(method === 'hmac' ? 'md5' : 'sha256', secret).update(signed, 'utf8');
  return digest.digest('hex').toUpperCase();
}
