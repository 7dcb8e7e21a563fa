/** Value of the header `Authorization`: the key is the user, the password is empty. */
export function prestashopAuthorization(apiKey: string): string {
  return `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
}
