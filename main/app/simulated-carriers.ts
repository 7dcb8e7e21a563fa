import { randomInt } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { CarrierCall, CarrierHttp, CarrierReply } from '../carriers/carrier-http.ts';
import type { SimulatedCarrier, SimulatorDeps } from '../carriers/carrier-simulator.ts';
import { simulateChronopost } from '../carriers/chronopost/simulated.ts';
import { CHRONOPOST_SANDBOX } from '../carriers/chronopost/simulated-checks.ts';
import { simulateColissimo } from '../carriers/colissimo/simulated.ts';
import { COLISSIMO_SANDBOX } from '../carriers/colissimo/simulated-checks.ts';
import { simulateDhlPaket, simulatedDhlAccount } from '../carriers/dhl-paket/simulated.ts';
import { simulateDpdFrance } from '../carriers/dpd-france/simulated.ts';
import { DPD_SANDBOX } from '../carriers/dpd-france/simulated-checks.ts';
import { simulateEasypost } from '../carriers/easypost/simulated.ts';
import { simulateMondialRelay } from '../carriers/mondial-relay/simulated.ts';
import { RELAY_SANDBOX } from '../carriers/mondial-relay/simulated-checks.ts';
import { simulateSendcloud } from '../carriers/sendcloud/simulated.ts';
import { simulateShippo } from '../carriers/shippo/simulated.ts';
import { simulatedUpsAccount, simulateUps } from '../carriers/ups/simulated.ts';
import { simulatedUspsAccount, simulateUsps } from '../carriers/usps/simulated.ts';
import { simulateAmazonBuyShipping, simulatedAmazonAccount } from '../channels/amazon/buy-shipping/simulated.ts';
import { simulatedTiktokAccount, simulateTiktokShipping } from '../channels/tiktok-shop/shipping/simulated.ts';
import { drawSimulatedLabel } from '../documents/simulated-carrier-label.ts';

interface Played {
  simulate(deps: SimulatorDeps): SimulatedCarrier;
  /** Fields of an account that the played carrier knows, all but its address. */
  readonly account: Readonly<Record<string, string>>;
}

/** Carriers that can be played, by the name of their connector. */
const simulators: Readonly<Record<string, Played>> = {
  chronopost: { simulate: simulateChronopost, account: CHRONOPOST_SANDBOX },
  colissimo: { simulate: simulateColissimo, account: COLISSIMO_SANDBOX },
  'dhl-paket': { simulate: simulateDhlPaket, account: simulatedDhlAccount },
  'dpd-france': { simulate: simulateDpdFrance, account: DPD_SANDBOX },
  easypost: { simulate: simulateEasypost, account: { apiKey: 'EZTKsimulated' } },
  'mondial-relay': { simulate: simulateMondialRelay, account: RELAY_SANDBOX },
  sendcloud: { simulate: simulateSendcloud, account: { publicKey: 'sim-public', secretKey: 'simulated' } },
  shippo: { simulate: simulateShippo, account: { apiToken: 'shippo_test_simulated' } },
  ups: { simulate: simulateUps, account: simulatedUpsAccount },
  usps: { simulate: simulateUsps, account: simulatedUspsAccount },
  'amazon-buy-shipping': { simulate: simulateAmazonBuyShipping, account: simulatedAmazonAccount },
  'tiktok-shipping': { simulate: simulateTiktokShipping, account: simulatedTiktokAccount },
};

export const simulatedCarrierNames: readonly string[] = Object.keys(simulators);

/** A carrier played in this process, and the account that it knows. Error: `validation` `carrier.no-simulation`. */
export function playCarrier(
  name: string,
  clock: () => Date,
  soldBefore = 0,
): { readonly carrier: SimulatedCarrier; readonly account: Readonly<Record<string, string>> } {
  const played = simulators[name];
  if (!played) throw new AppError('validation', 'carrier.no-simulation', { name });
  return { carrier: played.simulate({ drawLabel: drawSimulatedLabel, clock, soldBefore }), account: played.account };
}

/** The account that a played carrier knows, all fields but its address. */
export function simulatedAccount(name: string): Readonly<Record<string, string>> {
  return simulators[name]?.account ?? {};
}

/** A reserved name that no network knows: `https://easypost.simulated.invalid`. */
const SIMULATED = /^([a-z0-9-]+)\.simulated\.invalid$/;

/** Address of a carrier that this process plays itself. */
export function simulatedAddress(connector: string): string {
  return `https://${connector}.simulated.invalid`;
}

/** A number of a former run comes again once in thousands of runs: seven digits of serial are all that some carriers have. */
const MOST_SOLD_BEFORE = 4_000_000;

/** Those that play in this process, by database and connector: every bench of it must meet the same one. */
const played = new Map<string, SimulatedCarrier>();

/**
 * The way out to carriers; in a demo, those of `simulatedAddress` answer without any network. Each begins with nothing
 * sold when the process starts.
 */
export function withSimulatedCarriers(
  http: CarrierHttp,
  { database, clock, isDemo }: { readonly database: string; readonly clock: () => Date; isDemo(): Promise<boolean> },
): CarrierHttp {
  return async (call) => {
    const name = URL.canParse(call.url) ? SIMULATED.exec(new URL(call.url).hostname)?.[1] : undefined;
    if (name === undefined || !simulatedCarrierNames.includes(name) || !(await isDemo())) return http(call);
    const key = `${name} of ${database}`;
    const carrier = played.get(key) ?? playCarrier(name, clock, randomInt(MOST_SOLD_BEFORE)).carrier;
    played.set(key, carrier);
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
