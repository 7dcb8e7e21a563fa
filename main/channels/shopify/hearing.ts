import { AppError } from '../../../shared/errors.ts';
import { parseLossless } from '../../../shared/json/lossless-json.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { isSameSignature } from '../channel.ts';
import type { Webhook, WebhookNews } from '../channel-connector.ts';
import { signShopifyWebhook } from './sign.ts';

/** Verifies the raw bytes, then reads which orders the webhook is about. Throws `permission` `channel.bad-signature`. */
export function hearShopify(secret: string, { headers, rawBody }: Webhook): WebhookNews {
  const given = headers['x-shopify-hmac-sha256'];
  if (secret === '' || !isSameSignature(signShopifyWebhook(secret, rawBody), given))
    throw new AppError('permission', 'channel.bad-signature', { channel: 'shopify' });
  const body = readBody(Buffer.from(rawBody).toString('utf8'));
  const topic = headers['x-shopify-topic'] ?? '';
  const id = orderOf(topic, body);
  return { id: headers['x-shopify-webhook-id'] ?? null, externalIds: id === null ? [] : [id] };
}

function readBody(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

const gid = (id: string | undefined): string | null => {
  if (id === undefined || id === '') return null;
  return id.startsWith('gid://') ? id : `gid://shopify/Order/${id}`;
};

/** Bodies of orders are orders, those of refunds, fulfillments and returns name theirs; others say nothing of an order. */
function orderOf(topic: string, body: unknown): string | null {
  if (topic.startsWith('orders/')) return gid(textUnder(body, 'admin_graphql_api_id') ?? textUnder(body, 'id'));
  if (!isObject(body)) return null;
  const order = isObject(body.order) ? body.order : undefined;
  return gid(textUnder(body, 'order_id') ?? textUnder(order, 'admin_graphql_api_id') ?? textUnder(order, 'id'));
}
