import type { CarrierCall, CarrierHttp, CarrierReply } from '../carriers/carrier-http.ts';
import type { SimulatedCarrier, SimulatorDeps } from '../carriers/carrier-simulator.ts';
import { simulateChronopost } from '../carriers/chronopost/simulated.ts';
import { simulateColissimo } from '../carriers/colissimo/simulated.ts';
import { simulateDpdFrance } from '../carriers/dpd-france/simulated.ts';
import { simulateEasypost } from '../carriers/easypost/simulated.ts';
import { simulateMondialRelay } from '../carriers/mondial-relay/simulated.ts';
import { simulateShippo } from '../carriers/shippo/simulated.ts';
import { simulateAmazonBuyShipping } from '../channels/amazon/buy-shipping/simulated.ts';
import { simulateTiktokShipping } from '../channels/tiktok-shop/shipping/simulated.ts';
import { drawSimulatedLabel } from '../documents/simulated-carrier-label.ts';

/** Carriers that can be played, by the name of their connector. */
export const simulators: Readonly<Record<string, (deps: SimulatorDeps) => SimulatedCarrier>> = {
  chronopost: simulateChronopost,
  colissimo: simulateColissimo,
  'dpd-france': simulateDpdFrance,
  easypost: simulateEasypost,
  'mondial-relay': simulateMondialRelay,
  shippo: simulateShippo,
  'amazon-buy-shipping': simulateAmazonBuyShipping,
  'tiktok-shipping': simulateTiktokShipping,
};

/** A reserved name that no network knows: `https://easypost.simulated.invalid`. */
const SIMULATED = /^([a-z0-9-]+)\.simulated\.invalid$/;

/** Address of a carrier that this process plays itself. */
export function simulatedAddress(connector: string): string {
  return `https://${connector}.simulated.invalid`;
}

/**
 * The way out to carriers; in a demo, those of `simulatedAddress` answer without any network. Each begins with nothing
 * sold when the station starts.
 */
export function withSimulatedCarriers(
  http: CarrierHttp,
  { clock, isDemo }: { readonly clock: () => Date; isDemo(): Promise<boolean> },
): CarrierHttp {
  const played = new Map<string, SimulatedCarrier>();
  return async (call) => {
    const name = URL.canParse(call.url) ? SIMULATED.exec(new URL(call.url).hostname)?.[1] : undefined;
    const simulate = name === undefined ? undefined : simulators[name];
    if (name === undefined || !simulate || !(await isDemo())) return http(call);
    const carrier = played.get(name) ?? simulate({ drawLabel: drawSimulatedLabel, clock });
    played.set(name, carrier);
    return replyOf(carrier, call);
  };
}

async function replyOf(carrier: SimulatedCarrier, call: CarrierCall): Promise<CarrierReply> {
  const { method, url, headers, body } = call;
  const request = new Request(url, {
    method,
    ...(headers ? { headers } : {}),
    ...(body === undefined ? {} : { body }),
  });
  const response = await carrier.fetch(request);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes };
}
