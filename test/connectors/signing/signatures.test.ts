import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isSameSignature } from '../../../main/channels/channel.ts';
import { signPddRequest } from '../../../main/channels/pinduoduo/sign.ts';
import { prestashopAuthorization } from '../../../main/channels/prestashop/sign.ts';
import { signShopifyWebhook } from '../../../main/channels/shopify/sign.ts';
import { signTaobaoRequest, type TopSignMethod } from '../../../main/channels/taobao/sign.ts';
import { signTiktokRequest, signTiktokWebhook } from '../../../main/channels/tiktok-shop/sign.ts';
import { decryptWechatMessage, signWechatCallback } from '../../../main/channels/wechat-shop/sign.ts';
import { signWooWebhook, wooAuthorization } from '../../../main/channels/woocommerce/sign.ts';
import { signXhsRequest } from '../../../main/channels/xiaohongshu/sign.ts';
import { sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';

/** The fields the vectors have, each only where its platform needs it. */
interface Vector {
  readonly id: string;
  readonly secret: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly params: Readonly<Record<string, string>>;
  readonly body: string;
  readonly app_key: string;
  readonly method: string;
  readonly appId: string;
  readonly timestamp: string;
  readonly token: string;
  readonly nonce: string;
  readonly encrypt: string;
  readonly encodingAESKey: string;
  readonly expected: string;
  readonly expected_signature: string;
  readonly expected_plain_contains: string;
}

const vectors: readonly Vector[] = samplesAreThere
  ? (JSON.parse(sample('signature_vectors.json')) as { vectors: Vector[] }).vectors // the file's own shape
  : [];

const top: Readonly<Record<string, TopSignMethod>> = { 'taobao-md5': 'md5', 'taobao-hmac-md5': 'hmac' };

function signatureOf(vector: Vector): string {
  switch (vector.id) {
    case 'tiktok-get':
    case 'tiktok-put-body':
      return signTiktokRequest(vector.secret, { path: vector.path, query: vector.query, rawBody: vector.body });
    case 'tiktok-webhook':
      return signTiktokWebhook({ key: vector.app_key, secret: vector.secret }, Buffer.from(vector.body));
    case 'pdd-md5':
      return signPddRequest(vector.secret, vector.params);
    case 'xhs-md5':
      return signXhsRequest(vector.secret, vector);
    case 'wechat-msg-signature':
      return signWechatCallback(vector.token, vector);
    default:
      return signTaobaoRequest(vector.secret, vector.params, top[vector.id]);
  }
}

describe.skipIf(!samplesAreThere)(`the signature vectors of the platforms (${withoutSamples})`, () => {
  test('are all met', () => {
    const made = vectors.map((vector) => [vector.id, signatureOf(vector)]);

    expect(made.length).toBeGreaterThanOrEqual(8);
    expect(made).toEqual(vectors.map(({ id, expected, expected_signature }) => [id, expected ?? expected_signature]));
  });

  test('of WeChat hold a message that is deciphered for its app, and for no other key', () => {
    const vector = vectors.find(({ id }) => id === 'wechat-msg-signature');
    if (!vector) throw new Error('no vector of WeChat');
    const { message, appId } = decryptWechatMessage(vector.encodingAESKey, vector.encrypt);

    expect(message).toContain(vector.expected_plain_contains);
    expect(appId).toBe(vector.appId);
    const otherKey = `A${vector.encodingAESKey.slice(1)}`;
    for (const [key, text] of [
      [otherKey, vector.encrypt],
      ['short', vector.encrypt],
      [vector.encodingAESKey, 'AAAA'],
    ] as const)
      expect(() => decryptWechatMessage(key, text)).toThrow('channel.undecipherable');
  });
});

describe('signing', () => {
  test('of TikTok Shop leaves out the token, the signature itself and what is empty', () => {
    const query = { app_key: 'k', timestamp: '1', shop_cipher: 'c' };
    const more = { ...query, sign: 'x', access_token: 't', empty: '' };

    expect(signTiktokRequest('s', { path: '/p', query: more })).toBe(signTiktokRequest('s', { path: '/p', query }));
    expect(signTiktokRequest('s', { path: '/p', query })).not.toBe(
      signTiktokRequest('s', { path: '/p', query, rawBody: '{}' }),
    );
  });

  test('of Taobao by HMAC-SHA256 sorts the parameters', () => {
    const expected = createHmac('sha256', 'k').update('a1b2').digest('hex').toUpperCase();

    expect(signTaobaoRequest('k', { b: '2', a: '1', sign: 'old' })).toBe(expected);
  });

  test('of webhooks of Shopify and WooCommerce counts every byte', () => {
    const body = Buffer.from('{"id": 1, "name": "é"}');
    const expected = createHmac('sha256', 'secret').update(body).digest('base64');

    expect([signShopifyWebhook('secret', body), signWooWebhook('secret', body)]).toEqual([expected, expected]);
    expect(isSameSignature(expected, signShopifyWebhook('secret', `${body.toString()} `))).toBe(false);
    expect(isSameSignature(expected, signShopifyWebhook('secret', body.toString()))).toBe(true);
    expect(isSameSignature(expected, undefined)).toBe(false);
  });

  test('in at a shop engine is a user and a password', () => {
    expect(wooAuthorization('ck_1', 'cs_2')).toBe('Basic Y2tfMTpjc18y');
    expect(prestashopAuthorization('KEY')).toBe('Basic S0VZOg==');
  });
});
