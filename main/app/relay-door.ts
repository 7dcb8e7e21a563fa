import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { isSameSignature } from '../channels/channel.ts';
import type { Webhook, WebhookNews } from '../channels/channel-connector.ts';
import { answerOnce } from '../db/answer-once.ts';
import { readOrders } from '../shops/reread-service.ts';
import { configOf, openShop } from '../shops/shop-service.ts';
import type { Core } from './core.ts';
import { readBytes } from './request-body.ts';

/** A webhook is small; a platform that sends more is none. */
const MOST_BYTES = 1_048_576;
/** What a relay signed longer ago may be a copy that somebody kept. */
const RELAY_MINUTES = 5;

const RelayNews = z.object({ id: z.string().max(200).nullish(), externalIds: z.array(z.string().max(200)).max(200) });

/**
 * `POST /relay/<shop id>`: what a platform, or a relay of the seller's that stands in the network, says about orders. It is
 * only ever a hint: the orders it names are read from the platform at once.
 *
 * Either the platform's own signature over the raw bytes is good, or the relay's: header `X-Packwright-Signature`, the hex
 * HMAC-SHA256 of `<X-Packwright-Timestamp in seconds>.<raw body>` with the shop's `relaySecret`, body
 * `{"id", "externalIds": []}`. Errors: `permission` `channel.bad-signature`.
 */
export async function takeWebhook(core: Core, shopId: string, request: Request): Promise<Response> {
  const rawBody = await readBytes(request, MOST_BYTES);
  const { shop, connector } = await openShop(core.deps, shopId);
  const config = await configOf(core.deps, shop);
  const webhook: Webhook = {
    headers: Object.fromEntries(request.headers),
    query: Object.fromEntries(new URL(request.url).searchParams),
    rawBody,
  };
  const news = ofRelay(core, config, webhook) ?? connector.webhook?.(config, webhook);
  if (!news) throw new AppError('permission', 'channel.bad-signature', {});
  if (shop.active) await act(core, shopId, news);
  return new Response(connector.webhookAnswer ?? '', { status: 200 });
}

function ofRelay(core: Core, config: Readonly<Record<string, string>>, webhook: Webhook): WebhookNews | undefined {
  const given = webhook.headers['x-packwright-signature'];
  if (given === undefined) return undefined;
  const at = webhook.headers['x-packwright-timestamp'] ?? '';
  const secret = config.relaySecret ?? '';
  const old = Math.abs(core.deps.clock().getTime() / 1_000 - Number(at)) > RELAY_MINUTES * 60;
  const expected = createHmac('sha256', secret).update(`${at}.`).update(webhook.rawBody).digest('hex');
  if (secret === '' || !/^\d+$/.test(at) || old || !isSameSignature(expected, given))
    throw new AppError('permission', 'channel.bad-signature', {});
  const read = RelayNews.safeParse(JSON.parse(Buffer.from(webhook.rawBody).toString('utf8')));
  if (!read.success) throw new AppError('validation', 'channel.unreadable-answer', { got: 'relay' });
  return { id: read.data.id ?? null, externalIds: read.data.externalIds };
}

/** The same message twice is read once; one whose reading failed may come again. */
async function act(core: Core, shopId: string, { id, externalIds }: WebhookNews): Promise<void> {
  if (externalIds.length === 0) return;
  const actor = id === null ? systemActor : { ...systemActor, commandId: `webhook:${shopId}:${id}`.slice(0, 200) };
  await answerOnce(core.deps, actor, async () => {
    await readOrders(core.deps, systemActor, { shopId, externalIds });
    return null;
  });
}
