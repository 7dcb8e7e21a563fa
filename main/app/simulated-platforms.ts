import { AppError } from '../../shared/errors.ts';
import { simulateAmazon } from '../channels/amazon/simulated.ts';
import type { PlatformOptions, SimulatedPlatform } from '../channels/channel-simulator.ts';
import { simulatePinduoduo } from '../channels/pinduoduo/simulated.ts';
import { simulatePrestashop } from '../channels/prestashop/simulated.ts';
import { simulateShopify } from '../channels/shopify/simulated.ts';
import { simulateTaobao } from '../channels/taobao/simulated.ts';
import { simulateTiktokShop } from '../channels/tiktok-shop/simulated.ts';
import { simulateWechatShop } from '../channels/wechat-shop/simulated.ts';
import { simulateWooCommerce } from '../channels/woocommerce/simulated.ts';
import { simulateXiaohongshu } from '../channels/xiaohongshu/simulated.ts';
import { drawSimulatedLabel } from '../documents/simulated-carrier-label.ts';

/** Platforms that can be played, by the name of their connector. */
const platforms: Readonly<Record<string, (options: PlatformOptions) => SimulatedPlatform>> = {
  shopify: simulateShopify,
  tiktok_shop: (options) => simulateTiktokShop({ ...options, drawLabel: drawSimulatedLabel }),
  amazon: simulateAmazon,
  prestashop: simulatePrestashop,
  woocommerce: simulateWooCommerce,
  wechat_shop: simulateWechatShop,
  xiaohongshu: simulateXiaohongshu,
  pinduoduo: simulatePinduoduo,
  taobao: simulateTaobao,
};

export const simulatedPlatformNames: readonly string[] = Object.keys(platforms);

/** A platform played in this process. Error: `validation` `channel.no-simulation`. */
export function playPlatform(name: string, options: PlatformOptions): SimulatedPlatform {
  const play = platforms[name];
  if (!play) throw new AppError('validation', 'channel.no-simulation', { name });
  return play(options);
}
