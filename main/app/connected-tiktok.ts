import type { ConnectedTiktokShop } from '../channels/tiktok-shop/shipping/carrier.ts';
import { configOf, type ShopsDeps } from '../shops/shop-service.ts';
import { listShops } from '../shops/shop-store.ts';
import { tokenBox } from '../shops/token-box-service.ts';

/**
 * The connected TikTok shop whose labels are bought: the one of this cipher, or the only one where none is named. Null where
 * that is none or several.
 */
export async function connectedTiktok(deps: ShopsDeps, shopCipher: string): Promise<ConnectedTiktokShop | null> {
  const shops = (await listShops(deps.database.read)).filter(({ connector }) => connector === 'tiktok_shop');
  const [shop, ...others] = shopCipher === '' ? shops : shops.filter(({ key }) => key === shopCipher);
  if (!shop || others.length > 0) return null;
  return { config: await configOf(deps, shop), tokens: tokenBox(deps, shop.id) };
}
