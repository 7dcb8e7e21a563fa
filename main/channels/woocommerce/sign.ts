import { createHmac } from 'node:crypto';

/** What the header `X-WC-Webhook-Signature` must be (base64), from the bytes as they came. */
export function signWooWebhook(secret: string, rawBody: Uint8Array | string): string {
  return createHmac('sha256', secret).update(rawBody).digest('base64');
}

/** Value of the header `Authorization`: over https Woo takes key and secret as user and password. */
export function wooAuthorization(consumerKey: string, consumerSecret: string): string {
  return `Basic ${Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64')}`;
}
