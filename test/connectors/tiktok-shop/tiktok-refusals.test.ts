import { describe, expect, test } from 'vitest';
import type { ChannelHttp } from '../../../main/channels/channel-http.ts';
import { tiktokShopConnector } from '../../../main/channels/tiktok-shop/channel.ts';
import { troubleOf } from '../../../main/channels/tiktok-shop/refusal.ts';
import { AppError } from '../../../shared/errors.ts';
import { sample, samplesAreThere, withoutSamples } from '../support/parsing.ts';
import { memoryTokens } from '../support/shop-world.ts';
import { pagesSince } from './tiktok-world.ts';

describe('a code of TikTok Shop', () => {
  test.each([
    [105002, 'Expired credentials. The `access_token` or `x-tts-access-token` header has expired.', 'token'],
    [36009004, 'Invalid credentials. The `x-tts-access-token` header is invalid.', 'token'],
    [36004001, 'The refresh token has expired', 'token'],
    [36009004, 'Invalid credentials. Invalid `app_key` query parameter.', 'key'],
    [106001, 'Invalid credentials. The `sign` query parameter is invalid.', 'key'],
    [36009004, 'Invalid timestamp. The value must not exceed the current time by more than 30 seconds.', 'clock'],
    [105005, 'Access denied. The app is not authorized to access the endpoint.', 'right'],
    [36009033, 'Access denied. Your IP address is not in the IP allow list configured for this app.', 'address'],
    [106013, 'Missing identifier. The `shop_cipher` query parameter is required.', 'shop'],
    [36009002, "Too many requests. You've made too many requests in a short period of time.", 'throttled'],
    [36009099, 'a code of this family that no list has', 'throttled'],
    [36009003, 'Internal error. Please try again.', 'unavailable'],
    [36009009, 'Invalid path', 'refused'],
    [12052024, 'Category is not final category', 'refused'],
    [0, 'Success', null],
  ])('%i “%s” means %s', (code, message, trouble) => {
    expect(troubleOf(String(code), message)).toBe(trouble);
  });
});

const config = { appKey: 'k', appSecret: 's', shopCipher: 'c', accessToken: 'a', refreshToken: 'r' };

/** A shop whose answers are these, by path. */
function shopThatSays(answers: Readonly<Record<string, string>>, asked: string[] = []) {
  const http: ChannelHttp = async ({ url }) => {
    const path = new URL(url).pathname;
    asked.push(path);
    return {
      status: 200,
      headers: new Headers(),
      bytes: Buffer.from(answers[path] ?? '{"code":99,"message":"unplayed"}'),
    };
  };
  return tiktokShopConnector.open(config, {
    http,
    clock: () => new Date('2026-11-23T09:00:00Z'),
    tokens: memoryTokens(),
  });
}

const reading = (channel: ReturnType<typeof shopThatSays>) => pagesSince(channel, '2026-11-23T08:50:00.000Z');
const SEARCH = '/order/202309/orders/search';

describe('an answer of TikTok Shop', () => {
  test.each([
    ['a right that the app lacks', { code: 105005, message: 'Access denied.' }, 'channel.refused'],
    ['an address that is not on the list', { code: 36009033, message: 'Access denied. IP' }, 'channel.refused'],
    ['an app that is not known', { code: 106001, message: 'sign' }, 'channel.sign-in-expired'],
    ['a breakdown', { code: 36009003, message: 'Internal error.' }, 'channel.unavailable'],
    ['no envelope at all', { orders: [] }, 'channel.unreadable-answer'],
  ])('that tells of %s is one clear error', async (_, answer, code) => {
    await expect(reading(shopThatSays({ [SEARCH]: JSON.stringify(answer) }))).rejects.toMatchObject({
      kind: 'remote',
      code,
    });
  });

  test('whose page names itself as the next one is not read for ever', async () => {
    const answer = JSON.stringify({ code: 0, data: { orders: [], next_page_token: 'same' } });

    await expect(reading(shopThatSays({ [SEARCH]: answer }))).rejects.toMatchObject({
      code: 'channel.unreadable-answer',
    });
  });

  test('whose row lacks its lines is completed by its id; a row that stays broken is set aside alone', async () => {
    const times = { create_time: 1763600000, update_time: 1763600000 };
    const thin = { id: '576461413038785752', status: 'AWAITING_SHIPMENT', ...times };
    const whole = {
      ...thin,
      shipping_type: 'SELLER',
      line_items: [{ id: '1', seller_sku: 'MUG' }],
      recipient_address: {},
    };
    const broken = { id: '576461413038785753', status: 'AWAITING_SHIPMENT', ...times };
    const asked: string[] = [];
    const channel = shopThatSays(
      {
        [SEARCH]: JSON.stringify({ code: 0, data: { orders: [thin, broken] } }),
        '/order/202507/orders': JSON.stringify({ code: 0, data: { orders: [whole] } }),
      },
      asked,
    );
    const [page] = await reading(channel);

    expect(page?.orders.map(({ externalId }) => externalId)).toEqual([thin.id]);
    expect(page?.quarantined).toMatchObject([{ id: broken.id }]);
    expect(asked).toEqual([SEARCH, '/order/202507/orders']);
  });

  test.skipIf(!samplesAreThere)(
    `like the published renewal gives tokens with instants (${withoutSamples})`,
    async () => {
      const tokens = memoryTokens({
        accessToken: 'old',
        accessUntil: '2020-01-01T00:00:00.000Z',
        refreshToken: 'r',
        refreshUntil: null,
      });
      const http: ChannelHttp = async () => ({
        status: 200,
        headers: new Headers(),
        bytes: Buffer.from(sample('tiktok/model_samples_202309/Auth/AuthRefreshTokenResponse.json')),
      });
      const clock = () => new Date('2022-08-08T10:00:00Z');
      // The same answer comes to the question itself, which is no page of orders.
      await tiktokShopConnector.open(config, { http, clock, tokens }).orders(['1']);

      expect(await tokens.read()).toMatchObject({
        accessToken: expect.stringMatching(/^ROW_Fw8r/),
        accessUntil: '2022-08-15T09:46:23.000Z',
        refreshUntil: '2023-08-08T09:30:31.000Z',
      });
    },
  );
});

test('pages that are too large are asked for in smaller ones', async () => {
  const sizes: string[] = [];
  const http: ChannelHttp = async ({ url }) => {
    const size = new URL(url).searchParams.get('page_size') ?? '';
    sizes.push(size);
    if (Number(size) > 1) throw new AppError('remote', 'channel.unreadable', { why: 'too-large' });
    return { status: 200, headers: new Headers(), bytes: Buffer.from('{"code":0,"data":{"next_page_token":""}}') };
  };
  const clock = () => new Date('2026-11-23T09:00:00Z');
  const pages = await reading(tiktokShopConnector.open(config, { http, clock, tokens: memoryTokens() }));

  expect(sizes).toEqual(['100', '20', '4', '1']);
  expect(pages).toMatchObject([{ orders: [], upTo: '2026-11-23T09:00:00.000Z' }]);
});

test('a form that is not whole names its fields', () => {
  const open = () =>
    tiktokShopConnector.open(
      { appKey: 'k', baseUrl: 'ftp://x' },
      { http: async () => Promise.reject(new Error('asked')), clock: () => new Date(), tokens: memoryTokens() },
    );

  expect(open).toThrow(
    expect.objectContaining({
      code: 'channel.bad-config',
      details: { fields: ['appSecret', 'shopCipher', 'refreshToken', 'baseUrl'] },
    }),
  );
});
