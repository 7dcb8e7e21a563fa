import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { isSameSignature, readJsonAnswer } from '../channel.ts';
import type { Webhook, WebhookNews } from '../channel-connector.ts';
import { idsIn } from './answer.ts';
import { signTiktokWebhook } from './sign.ts';

/**
 * What a webhook says, once its signature is good. Older kinds bear no id of their own: those are told apart by what they
 * are about and when it changed.
 */
export function tiktokWebhook(
  app: { readonly key: string; readonly secret: string },
  { headers, rawBody }: Webhook,
): WebhookNews {
  if (!isSameSignature(signTiktokWebhook(app, rawBody), headers.authorization))
    throw new AppError('permission', 'channel.bad-signature', { channel: 'tiktok_shop' });
  const said = readJsonAnswer('tiktok_shop', Buffer.from(rawBody).toString('utf8'));
  const data = isObject(said) ? said.data : undefined;
  const externalIds = idsIn(data);
  const own = textUnder(said, 'tts_notification_id');
  const changed = textUnder(data, 'update_time') ?? textUnder(said, 'timestamp') ?? '';
  const type = textUnder(said, 'type') ?? '';
  return { id: own ?? `${type}:${externalIds.join(',')}:${changed}`, externalIds };
}
