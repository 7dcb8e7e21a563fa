import { expect } from 'vitest';
import type { CustomsContent, ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import { encodeRma } from '../../../../shared/barcode/station-codes.ts';
import type { Address } from '../../../../shared/model/address.ts';
import { checkTracking } from '../../../../shared/tracking/check-tracking.ts';
import { type Check, can, expectLabel, expectWords } from './check-support.ts';
import {
  bought,
  type ConnectorUnderTest,
  foundAtLast,
  inWorld,
  type ReceivedAddress,
  type ReceivedCustomsItem,
  type ReceivedShipment,
  type World,
} from './connector-world.ts';

/** Rates, the request as it goes out, the label as it comes in, and refusals. */
export function purchaseChecks(subject: ConnectorUnderTest): readonly Check[] {
  const when = (ability: Parameters<typeof can>[1], checks: readonly Check[]): readonly Check[] =>
    can(subject, ability) ? checks : [];
  return [
    ...when('rates', [ratesCheck(subject)]),
    ...when('buy', [labelCheck(subject), refusalCheck(subject), pairCheck(subject)]),
    ...when('customs', [customsCheck(subject)]),
    ...when('multi-parcel', [severalCheck(subject)]),
    ...when('return-label', [returnCheck(subject)]),
  ];
}

const ratesCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'maps rates, and takes exactly the one that was shown',
  run: () =>
    inWorld(subject, async ({ carrier, simulated }) => {
      const asked = subject.request();
      const { details: rates } = (await carrier.rates?.({ ...asked, service: '' })) ?? { details: null };
      expect(rates?.length).toBeGreaterThan(0);
      for (const { service, title, cost } of rates ?? []) {
        expect([service, title].every((text) => text.trim() !== '')).toBe(true);
        expect(cost).toMatchObject({ minor: expect.any(Number), currency: expect.stringMatching(/^[A-Z]{3}$/) });
        expect(Number.isInteger(cost.minor) && cost.minor > 0).toBe(true);
      }
      expect(simulated.sold()).toEqual([]);
      if (!can(subject, 'buy')) return;

      const dearest = [...(rates ?? [])].sort((one, other) => other.cost.minor - one.cost.minor)[0];
      const request = { ...asked, service: dearest?.service ?? '' };
      const purchase = await bought(carrier, request, dearest?.rateRef ?? null);
      expect(purchase.service).toBe(dearest?.service);
      if (purchase.cost) expect(purchase.cost).toEqual(dearest?.cost);
    }),
});

const labelCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'buys one label: the carrier is told what we know, and gives a label that reads back',
  run: () =>
    inWorld(subject, async (world) => {
      const request = subject.request();
      const purchase = await bought(world.carrier, request);

      expectTold(subject, world, request);
      expect(world.simulated.sold()).toEqual([
        { reference: sentReference(subject, request), trackingNumber: purchase.trackingNumber, voided: false },
      ]);
      expect(purchase.carrierRef).not.toBe('');
      expect(purchase.serviceTitle).not.toBe('');
      expectNumber(subject, purchase.trackingNumber);
      if (purchase.trackingUrl !== null) expect(URL.canParse(purchase.trackingUrl)).toBe(true);
      await expectLabel(purchase, request);
      const { cost: _cost, service: _service, serviceTitle: _title, ...unpriced } = purchase;
      const found = { outcome: 'found', purchase: subject.findsWithoutPrice ? unpriced : purchase };
      if (can(subject, 'find')) expect(await world.carrier.find?.(request)).toMatchObject(found);
    }),
});

const refusalCheck = (subject: ConnectorUnderTest): Check => ({
  title: "gives the carrier's refusal as words, not as an exception, and nothing is sold",
  run: () =>
    inWorld(subject, async (world) => {
      const { carrier, simulated } = world;
      const refused = subject.request(subject.refused);
      const answer = await carrier.buy?.(refused, null);
      expect(answer?.details).toBeNull();
      expectWords(answer?.messages ?? []);
      expect(simulated.sold()).toEqual([]);
      if (can(subject, 'find')) expect(await foundAtLast(world, refused)).toEqual({ outcome: 'none' });
    }),
});

const pairCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'gives two parcels that are bought at once their own labels',
  run: () =>
    inWorld(subject, async ({ carrier, simulated }) => {
      const requests = [subject.request(), subject.request()];
      const [one, other] = await Promise.all(requests.map((request) => bought(carrier, request)));
      expect(one?.trackingNumber).not.toBe(other?.trackingNumber);
      expect(one?.carrierRef).not.toBe(other?.carrierRef);
      const paid = Object.fromEntries(simulated.sold().map((sold) => [sold.reference, sold.trackingNumber]));
      expect(paid).toEqual(
        Object.fromEntries(
          requests.map((request, at) => [sentReference(subject, request), [one, other][at]?.trackingNumber]),
        ),
      );
    }),
});

const customsCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'declares the goods to customs when the parcel crosses the border, line by line',
  run: () =>
    inWorld(subject, async (world) => {
      if (!subject.abroad) throw new Error('a connector that can customs needs `abroad` to be tested');
      const request = subject.request(subject.abroad);
      const purchase = await bought(world.carrier, request);
      expectTold(subject, world, request);
      await expectLabel(purchase, request);
      for (const { pdf } of purchase.papers) expect(Buffer.from(pdf).toString('latin1')).toMatch(/^%PDF-/);
    }),
});

const severalCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'gives each parcel of an order its own label',
  run: () =>
    inWorld(subject, async ({ carrier, simulated }) => {
      const orderNumber = subject.request().orderNumber;
      const parcels = [1, 2].map((index) => {
        const request = subject.request({ orderNumber });
        return { ...request, parcel: { ...request.parcel, index, count: 2 } };
      });
      const numbers: string[] = [];
      for (const request of parcels) numbers.push((await bought(carrier, request)).trackingNumber);
      expect(new Set(numbers).size).toBe(2);
      expect(simulated.sold()).toHaveLength(2);
    }),
});

const returnCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'buys a return label from the buyer to us: nothing is swapped',
  run: () =>
    inWorld(subject, async (world) => {
      const { from: shop, to: buyer } = subject.request();
      const request = subject.request({
        kind: 'return',
        from: buyer,
        to: shop,
        rma: encodeRma('7K3M9QX'),
        ...subject.back,
      });
      const purchase = await bought(world.carrier, request);
      expectTold(subject, world, request);
      expect(world.simulated.sold()).toHaveLength(1);
      expectNumber(subject, purchase.trackingNumber);
      await expectLabel(purchase, request);
    }),
});

/** A number whose check digit is right; of a carrier that has none, one of its shape. */
function expectNumber({ numberShape }: ConnectorUnderTest, trackingNumber: string): void {
  if (numberShape) expect(trackingNumber).toMatch(numberShape);
  else expect(checkTracking(trackingNumber)).toMatchObject({ valid: true });
}

export function sentReference(
  { referenceSent = (text) => text }: ConnectorUnderTest,
  request: ShipmentRequest,
): string {
  return referenceSent(request.reference);
}

/** What arrived at the carrier is what we know of the parcel. */
function expectTold(subject: ConnectorUnderTest, { served }: World, request: ShipmentRequest): void {
  const told = subject.received(served.calls);
  expect(told.reference).toBe(sentReference(subject, request));
  expectStep([request.parcel.weightMg, told.weightMg], subject.weightStepMg ?? 1);
  for (const side of ['lengthMm', 'widthMm', 'heightMm'] as const)
    if (told[side] !== undefined) expectStep([request.parcel[side], told[side]], subject.lengthStepMm ?? 1);
  expectAddress(subject, told.from, request.from);
  expectAddress(subject, told.to, request.to);
  expectCustoms(subject, told, request.customs);
}

/** Rounded up to the carrier's step, never down: what weighs more than declared is billed again. */
function expectStep([given, told]: readonly [number, number], step: number): void {
  expect(told).toBeGreaterThanOrEqual(given - 1e-3 * step - (step > 1 ? 1 : 0));
  expect(told).toBeLessThan(given + Math.max(step, 1) + 1e-3);
}

function expectAddress(subject: ConnectorUnderTest, told: ReceivedAddress | undefined, given: Address): void {
  if (!told) return;
  const { written = (text: string) => text } = subject;
  const known = Object.entries(told).filter(([, value]) => value !== undefined);
  const expected = known.map(([part]) => [part, written(given[part as keyof Address] ?? '')]); // the same names in both
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(expected));
}

function expectCustoms(subject: ConnectorUnderTest, told: ReceivedShipment, given: CustomsContent | undefined): void {
  if (!given) {
    expect(told.customs).toBeNull();
    return;
  }
  const { written = (text: string) => text, weightStepMg = 1 } = subject;
  expect(told.customs).toHaveLength(given.items.length);
  given.items.forEach((item, at) => {
    const line: ReceivedCustomsItem = told.customs?.[at] ?? {};
    if (line.netWeightMg !== undefined) expectStep([item.netWeightMg, line.netWeightMg], weightStepMg * item.quantity);
    const expected = {
      description: written(item.description),
      quantity: item.quantity,
      valueMinor: item.value.minor,
      currency: item.value.currency,
      hsCode: item.hsCode,
      origin: item.origin,
    };
    const { netWeightMg: _weight, ...words } = line;
    const known = Object.keys(words) as (keyof typeof expected)[]; // the weight is checked above
    expect(words).toEqual(Object.fromEntries(known.map((part) => [part, expected[part]])));
  });
}
