import { XMLParser } from 'fast-xml-parser';
import { AppError } from '../../../shared/errors.ts';
import { parseLossless } from '../../../shared/json/lossless-json.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { isSameSignature } from '../channel.ts';
import type { Webhook, WebhookNews } from '../channel-connector.ts';
import { parseWechat } from './answer.ts';
import { decryptWechatMessage, signWechatCallback } from './sign.ts';

const badSignature = (): AppError => new AppError('permission', 'channel.bad-signature', {});

/** An encrypted callback: its signature covers what is encrypted, and it must be for this app. */
export function hearWechat(config: Readonly<Record<string, string>>, { query, rawBody }: Webhook): WebhookNews {
  const { webhookToken = '', encodingAesKey = '', appId: app } = config;
  const body = readBody(Buffer.from(rawBody).toString('utf8'));
  const encrypt = textUnder(body, 'Encrypt') ?? '';
  const { timestamp = '', nonce = '', msg_signature: given } = query;
  const expected = signWechatCallback(webhookToken, { timestamp, nonce, encrypt });
  if (webhookToken === '' || encrypt === '' || !isSameSignature(expected, given)) throw badSignature();
  const { message, appId } = decryptWechatMessage(encodingAesKey, encrypt);
  if (appId !== app) throw badSignature();
  const { named } = parseWechat(readBody(message));
  const [id] = named;
  const event = readBody(message);
  const at = isObject(event) ? `${textUnder(event, 'Event') ?? ''} ${textUnder(event, 'CreateTime') ?? ''}` : '';
  return { id: id === undefined ? null : `${at} ${id} ${nonce}`, externalIds: named };
}

/** JSON or XML, as the seller chose. */
function readBody(text: string): unknown {
  if (!text.trimStart().startsWith('<')) return parseLossless(text);
  const read: unknown = new XMLParser({ parseTagValue: false }).parse(text);
  return isObject(read) ? read.xml : undefined;
}
