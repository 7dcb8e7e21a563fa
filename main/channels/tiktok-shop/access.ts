import type { AccountField } from '../../../shared/model/carrier.ts';
import { baseUrlField } from '../../carriers/carrier-config.ts';
import { readShopConfig } from '../channel-config.ts';
import type { TiktokAccess } from './tokens.ts';

/** What a seller types in to connect a shop. */
export const tiktokFields: readonly AccountField[] = [
  { name: 'appKey', kind: 'text', required: true },
  { name: 'appSecret', kind: 'secret', required: true },
  { name: 'shopCipher', kind: 'text', required: true },
  { name: 'accessToken', kind: 'secret', required: false },
  { name: 'refreshToken', kind: 'secret', required: true },
  baseUrlField('https://open-api.tiktokglobalshop.com'),
  { ...baseUrlField('https://auth.tiktok-shops.com'), name: 'authUrl' },
];

/** Throws `validation` `channel.bad-config` with the `fields`. */
export function readTiktokAccess(config: Readonly<Record<string, string>>): TiktokAccess {
  const field = readShopConfig(tiktokFields, config);
  return {
    baseUrl: field('baseUrl'),
    authUrl: field('authUrl'),
    appKey: field('appKey'),
    appSecret: field('appSecret'),
    shopCipher: field('shopCipher'),
    accessToken: field('accessToken'),
    refreshToken: field('refreshToken'),
  };
}
