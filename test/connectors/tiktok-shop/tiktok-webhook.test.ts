import { describe, expect, test } from 'vitest';
import { tiktokShopConnector } from '../../../main/channels/tiktok-shop/channel.ts';
import { signTiktokWebhook } from '../../../main/channels/tiktok-shop/sign.ts';
import { sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';
import { inTiktok } from './tiktok-world.ts';

const app = { key: 'an-app', secret: 'its-secret' };
const config = { appKey: app.key, appSecret: app.secret };

function heard(rawBody: string, authorization = signTiktokWebhook(app, rawBody)) {
  return tiktokShopConnector.webhook?.(config, {
    headers: { authorization },
    query: {},
    rawBody: Buffer.from(rawBody),
  });
}

describe('a webhook of TikTok Shop', () => {
  test.skipIf(!samplesAreThere).each([
    ['OrderStatusChangeEvent', { id: '1:576486316948490001:1644412885', externalIds: ['576486316948490001'] }],
    ['RecipientAddressUpdateEvent', { id: '3:576486316948490001:1644412885', externalIds: ['576486316948490001'] }],
    ['PackageUpdateEvent', { id: '4:152523,532123:1644412885', externalIds: ['152523', '532123'] }],
    ['ProductCreationEvent', { id: '7327112393057371910', externalIds: [] }],
    ['ProductStatusChangeEvent', { id: '5::1644412885', externalIds: [] }],
    ['SellerDeauthorizationEvent', { id: '6::1644412885', externalIds: [] }],
  ])(`like the published %s names what to read (${withoutSamples})`, (name, news) => {
    expect(heard(sample(`tiktok/event_samples/${name}.json`))).toEqual(news);
  });

  test('keeps an id that is sent as a number whole', () => {
    const body = '{"type":11,"shop_id":"7","timestamp":1,"data":{"order_id":576486316948490001,"update_time":5}}';

    expect(heard(body)).toEqual({ id: '11:576486316948490001:5', externalIds: ['576486316948490001'] });
  });

  test.each([
    ['of another app', signTiktokWebhook({ key: app.key, secret: 'another' }, '{}')],
    ['with “Bearer”', `Bearer ${signTiktokWebhook(app, '{}')}`],
    ['without any signature', ''],
  ])('%s is not believed', (_, authorization) => {
    expect(() => heard('{}', authorization)).toThrow(
      expect.objectContaining({ kind: 'permission', code: 'channel.bad-signature' }),
    );
  });

  test('is believed before it is read: half a body that is signed is no JSON', () => {
    expect(() => heard('{"type":1')).toThrow(expect.objectContaining({ code: 'channel.not-json' }));
  });

  test('that comes twice has one id; another change of the order has another one, whichever comes first', () =>
    inTiktok(async (world) => {
      const placed = world.placeOne();
      const early = world.tiktok.webhook(placed.id);
      world.advance(5_000);
      world.tiktok.book.change(placed, { kind: 'ask-cancel' });
      const late = world.tiktok.webhook(placed.id);
      const read = ({ headers, rawBody }: typeof early) =>
        tiktokShopConnector.webhook?.(world.config, { headers, query: {}, rawBody: Buffer.from(rawBody) });

      expect(new Set([late, early, early].map((sent) => read(sent)?.id)).size).toBe(2);
      expect([late, early].map((sent) => read(sent)?.externalIds)).toEqual([[placed.id], [placed.id]]);
    }));
});
