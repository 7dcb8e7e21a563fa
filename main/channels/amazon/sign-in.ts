const TOKEN_PATH = '/auth/o2/token';

/** Login with Amazon for Amazon's own addresses; whatever stands in for them signs in under its own. */
export function signInUrl(authUrl: string, baseUrl: string): string {
  if (authUrl !== '') return new URL(authUrl).pathname === '/' ? `${authUrl}${TOKEN_PATH}` : authUrl;
  const { hostname } = new URL(baseUrl);
  return hostname.endsWith('.amazon.com') ? `https://api.amazon.com${TOKEN_PATH}` : `${baseUrl}${TOKEN_PATH}`;
}
