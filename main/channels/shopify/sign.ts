import { createHmac } from 'node:crypto';

/** What the header `X-Shopify-Hmac-SHA256` must be (base64), from the bytes as they came. */
export function signShopifyWebhook(clientSecret: string, rawBody: Uint8Array | string): string {
  return createHmac('sha256', clientSecret).update(rawBody).digest('base64');
}
