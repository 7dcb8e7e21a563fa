import { afterEach, beforeEach, expect } from 'vitest';
import type { SimulatedPlatform } from '../../main/channels/channel-simulator.ts';
import { type DatabaseKind, openWorldOn } from './databases.ts';
import { openShopWorldWith, type ShopWorld, type ShopWorldOptions } from './played-shop-world.ts';

import { brokenInvariants, stockUp } from './warehouse.ts';

export { anAddress, type ShopWorld, toPlace } from './played-shop-world.ts';

/** A station on a fresh database of the kind, with played platforms behind its HTTP door. */
export function openShopWorld(
  kind: DatabaseKind,
  names: readonly string[],
  options: ShopWorldOptions = {},
): Promise<ShopWorld> {
  return openShopWorldWith((life) => openWorldOn(kind, life), names, options);
}

export interface OpenedShop {
  readonly world: ShopWorld;
  /** The first of the platforms that are played. */
  readonly platform: SimulatedPlatform;
  /** Id of the shop there, connected. */
  readonly shop: string;
}

/** For each test a stocked station with a connected shop; after it no invariant is broken. */
export function openShopEachTime(
  kind: DatabaseKind,
  [first, ...others]: readonly [string, ...string[]],
  use: (opened: OpenedShop) => void,
  options: ShopWorldOptions = {},
): void {
  let world: ShopWorld;
  beforeEach(async () => {
    world = await openShopWorld(kind, [first, ...others], options);
    await stockUp(world, 3, 20);
    use({ world, platform: world.platform(first), shop: await world.connect(first) });
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });
}
