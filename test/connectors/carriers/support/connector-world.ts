import { expect } from 'vitest';
import type {
  Carrier,
  CarrierConnector,
  CustomsContent,
  FoundPurchase,
  Purchase,
  ShipmentRequest,
} from '../../../../main/carriers/carrier.ts';
import { carrierHttp } from '../../../../main/carriers/carrier-http.ts';
import type {
  DrawSimulatedLabel,
  SimulatedCarrier,
  SimulatorDeps,
} from '../../../../main/carriers/carrier-simulator.ts';
import { drawSimulatedLabel } from '../../../../main/documents/simulated-carrier-label.ts';
import { type ReceivedCall, type ServedCarrier, serveCarrier } from './served-carrier.ts';

/** An address as the carrier was told; a part that its interface has no field for is left out. */
export interface ReceivedAddress {
  readonly name?: string;
  readonly company?: string;
  readonly street1?: string;
  readonly street2?: string;
  readonly postcode?: string;
  readonly city?: string;
  readonly region?: string;
  readonly country?: string;
  readonly phone?: string;
  readonly email?: string;
}

export interface ReceivedCustomsItem {
  readonly description?: string;
  readonly quantity?: number;
  readonly netWeightMg?: number;
  readonly valueMinor?: number;
  readonly currency?: string;
  readonly hsCode?: string;
  readonly origin?: string;
}

/** What the simulated carrier was told, back in our words and units. Missing: its interface has no field for it. */
export interface ReceivedShipment {
  readonly reference: string;
  readonly weightMg: number;
  readonly lengthMm?: number;
  readonly widthMm?: number;
  readonly heightMm?: number;
  readonly from?: ReceivedAddress;
  readonly to?: ReceivedAddress;
  readonly customs: readonly ReceivedCustomsItem[] | null;
}

/** A connector with all that its simulated carrier needs to be put to the test. */
export interface ConnectorUnderTest {
  readonly connector: CarrierConnector;
  simulate(deps: SimulatorDeps): SimulatedCarrier;
  /** Fields of an account that the simulated carrier knows, without `baseUrl`. */
  readonly config: Readonly<Record<string, string>>;
  /** The same with a credential that it does not know. */
  readonly wrongConfig: Readonly<Record<string, string>>;
  /** A parcel that the carrier takes, within its customs union; `changes` go over it. Use `aShipment`. */
  request(changes?: Partial<ShipmentRequest>): ShipmentRequest;
  /** What makes the carrier refuse the parcel in words. */
  readonly refused: Partial<ShipmentRequest>;
  /** What makes it a parcel across the border of customs; needed with the ability `customs`. */
  readonly abroad?: Partial<ShipmentRequest> & { readonly customs: CustomsContent };
  /** What makes it a return; needed with the ability `return-label`. */
  readonly back?: Partial<ShipmentRequest>;
  /** Reads the last shipment out of all that arrived. */
  received(calls: readonly ReceivedCall[]): ReceivedShipment;
  /** Where the carrier counts in coarser units: the step to which weights and lengths are rounded up. */
  readonly weightStepMg?: number;
  readonly lengthStepMm?: number;
  /** How the carrier writes text, where not as given (capital letters, no accents). */
  written?(text: string): string;
  /** What of our reference it takes, where not all. */
  referenceSent?(reference: string): string;
  /** The shape of the carrier's numbers where they have no check digit that could be proved. */
  readonly numberShape?: RegExp;
  /** What of `carrierRef` the carrier is told, where not all. */
  idSent?(carrierRef: string): string;
  /** Buying again with the same reference gives the same label by the connector's own doing. */
  readonly repeatIsSafe?: boolean;
  /** What is found again by reference lacks service and price. */
  readonly findsWithoutPrice?: boolean;
}

export interface World {
  readonly carrier: Carrier;
  readonly served: ServedCarrier;
  readonly simulated: SimulatedCarrier;
  /** Another opened account: with other fields or less patience. */
  open(changes?: { config?: Readonly<Record<string, string>>; timeoutMs?: number; baseUrl?: string }): Carrier;
  /** Lets the clock of carrier and connector run on. */
  advance(ms: number): void;
}

export const HANG_MS = 8_000;
/** Long enough for a label to be drawn on a busy machine, short against `HANG_MS`. */
export const SHORT_MS = 2_500;
export const HOUR_MS = 3_600_000;

let warm: Promise<unknown> | undefined;

/** Opens the connector on a simulated carrier behind a socket, hands both over, and closes. */
export async function inWorld(subject: ConnectorUnderTest, act: (world: World) => Promise<void>): Promise<void> {
  const draw: DrawSimulatedLabel = drawSimulatedLabel;
  // The first label loads fonts and encoders: a test of time-outs must not pay for that.
  warm ??= draw(SPECIMEN);
  await warm;
  let now = Date.parse('2026-11-23T09:00:00.000Z');
  const clock = (): Date => new Date(now);
  const advance = (ms: number): void => {
    now += ms;
  };
  const simulated = subject.simulate({ drawLabel: draw, clock, hangMs: HANG_MS });
  const served = await serveCarrier(simulated);
  const open: World['open'] = ({ config = subject.config, timeoutMs = 20_000, baseUrl = served.baseUrl } = {}) =>
    subject.connector.open(
      { ...config, baseUrl },
      { clock, http: (call) => carrierHttp({ ...call, timeoutMs: Math.min(timeoutMs, call.timeoutMs ?? timeoutMs) }) },
    );
  try {
    await act({ carrier: open(), served, simulated, open, advance });
  } finally {
    await served.close();
  }
}

const SPECIMEN = {
  carrier: 'Specimen',
  service: 'Specimen',
  from: { name: 'A', street1: '1', postcode: '1', city: 'A', country: 'FR' },
  to: { name: 'B', street1: '1', postcode: '1', city: 'B', country: 'FR' },
  trackingNumber: 'RB473124829GB',
  symbols: [{ kind: 'code128', text: 'RB473124829GB' }],
  media: '4x6',
  dpi: 203,
  file: 'pdf',
} as const;

/** Buys and expects a label; fails with what the carrier said. */
export async function bought(
  carrier: Carrier,
  request: ShipmentRequest,
  rateRef: string | null = null,
): Promise<Purchase> {
  if (!carrier.buy) throw new Error('the connector declares buy and has none');
  const { details, messages } = await carrier.buy(request, rateRef);
  if (details === null) throw new Error(`no label: ${JSON.stringify(messages)}`);
  return details;
}

/**
 * What `find` knows for certain. A carrier may still be at it right after nobody answered: `unsure` then, but never
 * wrong, and ten minutes later it has to know.
 */
export async function foundAtLast(world: World, request: ShipmentRequest): Promise<FoundPurchase> {
  if (!world.carrier.find) throw new Error('the connector declares find and has none');
  const atOnce = await world.carrier.find(request);
  world.advance(10 * 60_000);
  const later = await world.carrier.find(request);
  if (atOnce.outcome !== 'unsure') expect(later).toEqual(atOnce);
  return later;
}
