import { expect } from 'vitest';
import type { FoundPurchase, Purchase, ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import { type PurchaseFault, purchaseFaults } from '../../../../main/carriers/carrier-simulator.ts';
import { AppError } from '../../../../shared/errors.ts';
import { type Check, can, expectLabel, textsOn } from './check-support.ts';
import { bought, type ConnectorUnderTest, foundAtLast, inWorld, SHORT_MS, type World } from './connector-world.ts';
import { sentReference } from './purchase-checks.ts';

interface Expectation {
  readonly says: string;
  /** Codes of `carrier.ts` that may come; none where the purchase itself comes back. */
  readonly codes: readonly string[];
  readonly sold: number;
}

const EXPECTED: Readonly<Record<PurchaseFault, Expectation>> = {
  'unavailable-before': { says: 'answers 500 before', codes: ['carrier.unavailable'], sold: 0 },
  'hang-before': { says: 'does not answer, before', codes: ['carrier.timeout'], sold: 0 },
  throttle: { says: 'asks to come later', codes: ['carrier.throttled'], sold: 0 },
  'unavailable-after': { says: 'answers 500 after', codes: ['carrier.unavailable'], sold: 1 },
  'hang-after': { says: 'does not answer, after', codes: ['carrier.timeout'], sold: 1 },
  'html-after': { says: 'answers with a web page after', codes: ['carrier.unreadable'], sold: 1 },
  // A line that breaks before its first byte is read looks like no answer at all.
  'cut-after': { says: 'breaks off its answer after', codes: ['carrier.unreadable', 'carrier.timeout'], sold: 1 },
  'half-file': { says: 'sends half a label after', codes: ['carrier.unreadable'], sold: 1 },
  'wrong-label': { says: "sends another parcel's label after", codes: [], sold: 1 },
  'same-label': { says: 'sends the label before it once more after', codes: [], sold: 1 },
};

/** What the connector says, and what `find` knows afterwards, for everything that can happen to a purchase. */
export function faultChecks(subject: ConnectorUnderTest): readonly Check[] {
  if (!can(subject, 'buy')) return [];
  return purchaseFaults.map((fault) => ({
    title: `stays honest when the carrier ${EXPECTED[fault].says} the purchase`,
    run: () => inWorld(subject, (world) => checkFault(subject, world, fault)),
  }));
}

async function checkFault(subject: ConnectorUnderTest, world: World, fault: PurchaseFault): Promise<void> {
  const { codes, sold } = EXPECTED[fault];
  const before = fault === 'same-label' ? await bought(world.carrier, subject.request()) : undefined;
  world.simulated.plan([fault]);
  const carrier = fault.startsWith('hang') ? world.open({ timeoutMs: SHORT_MS }) : world.carrier;
  const request = subject.request();
  const outcome = await settle(() => bought(carrier, request));

  const mine = world.simulated.sold().filter(({ reference }) => reference === sentReference(subject, request));
  expect(mine).toHaveLength(sold);
  if ('purchase' in outcome) await checkPurchase({ fault, purchase: outcome.purchase, before });
  else {
    expect(outcome.error).toMatchObject({ kind: 'remote', code: expect.toSatisfy((code) => codes.includes(code)) });
    if (fault === 'throttle') expect(outcome.error.details.retryAfterMs).toBe(1_000);
  }
  await checkAfterwards(subject, { world, request, trackingNumber: mine[0]?.trackingNumber, fault });
}

async function settle(buy: () => Promise<Purchase>): Promise<{ purchase: Purchase } | { error: AppError }> {
  try {
    return { purchase: await buy() };
  } catch (error) {
    if (error instanceof AppError) return { error };
    throw error;
  }
}

/** Another parcel's label looks right to a connector: the proof of the label tells, so the bytes come as they are. */
async function checkPurchase({
  fault,
  purchase,
  before,
}: {
  fault: PurchaseFault;
  purchase: Purchase;
  before: Purchase | undefined;
}): Promise<void> {
  const { codes } = EXPECTED[fault];
  // Values are no file that could be cut in half.
  if (fault === 'half-file' && purchase.label.kind === 'values') return;
  expect(codes).toEqual([]);
  if (fault === 'same-label') expect(purchase.trackingNumber).toBe(before?.trackingNumber);
  if (fault !== 'wrong-label' || purchase.label.kind === 'values') return;
  const texts = await textsOn(purchase);
  expect(texts.filter((text) => purchase.scanTexts.includes(text))).toEqual([]);
}

interface Aftermath {
  readonly world: World;
  readonly request: ShipmentRequest;
  readonly trackingNumber: string | undefined;
  readonly fault: PurchaseFault;
}

async function checkAfterwards(subject: ConnectorUnderTest, at: Aftermath): Promise<void> {
  const { world, request, trackingNumber, fault } = at;
  const count = world.simulated.sold().length;
  if (can(subject, 'find')) {
    const found = await foundAtLast(world, request);
    await expectFound(found, { request, trackingNumber, fault });
    expect(world.simulated.sold()).toHaveLength(count);
  }
  if (trackingNumber === undefined) {
    const purchase = await bought(world.carrier, request);
    await expectLabel(purchase, request);
    expect(world.simulated.sold()).toHaveLength(1);
  } else if (subject.repeatIsSafe && fault !== 'same-label') {
    const again = await bought(world.carrier, request);
    expect(again.trackingNumber).toBe(trackingNumber);
    expect(world.simulated.sold()).toHaveLength(count);
  }
}

async function expectFound(
  found: FoundPurchase,
  { request, trackingNumber, fault }: Omit<Aftermath, 'world'>,
): Promise<void> {
  if (trackingNumber === undefined) {
    expect(found).toEqual({ outcome: 'none' });
    return;
  }
  expect(found).toMatchObject({ outcome: 'found', purchase: { trackingNumber } });
  // The file of another parcel stays the file of another parcel, however often it is fetched.
  const itsOwn = fault !== 'wrong-label' && fault !== 'same-label';
  if (found.outcome === 'found' && itsOwn) await expectLabel(found.purchase, request);
}
