import { type DatabaseKind, openWorldOn } from './databases.ts';
import { openShopWorldWith, type ShopWorld, type ShopWorldOptions } from './played-shop-world.ts';

export { anAddress, type ShopWorld, toPlace } from './played-shop-world.ts';

/** A station on a fresh database of the kind, with played platforms behind its HTTP door. */
export function openShopWorld(
  kind: DatabaseKind,
  names: readonly string[],
  options: ShopWorldOptions = {},
): Promise<ShopWorld> {
  return openShopWorldWith((life) => openWorldOn(kind, life), names, options);
}
