import { expect, test } from 'vitest';
import { z } from 'zod';
import { uspsConnector } from '../../../../main/carriers/usps/carrier.ts';
import { simulatedUspsAccount, simulateUsps } from '../../../../main/carriers/usps/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import {
  bought,
  type ConnectorUnderTest,
  HOUR_MS,
  inWorld,
  type ReceivedAddress,
  type ReceivedShipment,
} from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, losAngeles, sanFrancisco } from '../support/shipments.ts';

/** USPS prints all nine digits where it knows them. */
const redondo = { ...losAngeles, postcode: '90277-2506' };

const MG_PER_POUND = 453_592.37;

const Party = z
  .object({
    firstName: z.string(),
    lastName: z.string(),
    firm: z.string().optional(),
    streetAddress: z.string(),
    secondaryAddress: z.string().optional(),
    city: z.string(),
    state: z.string(),
    ZIPCode: z.string(),
    ZIPPlus4: z.string().optional(),
    phone: z.string(),
  })
  .transform((party): ReceivedAddress => {
    const { firm, secondaryAddress, ZIPPlus4 } = party;
    return {
      name: `${party.firstName} ${party.lastName}`,
      ...(firm ? { company: firm } : {}),
      street1: party.streetAddress,
      ...(secondaryAddress ? { street2: secondaryAddress } : {}),
      city: party.city,
      region: party.state,
      postcode: ZIPPlus4 ? `${party.ZIPCode}-${ZIPPlus4}` : party.ZIPCode,
      country: 'US',
      phone: party.phone,
    };
  });
const Sent = z.object({
  toAddress: Party,
  fromAddress: Party,
  imageInfo: z.object({ imageType: z.string() }),
  packageDescription: z.object({
    weight: z.number(),
    length: z.number(),
    width: z.number(),
    height: z.number(),
    customerReference: z.array(z.object({ referenceNumber: z.string() })),
  }),
});

const labels = (calls: readonly ReceivedCall[]): readonly ReceivedCall[] =>
  calls.filter(({ method, path }) => method === 'POST' && /\/(?:return-)?label$/.test(path));

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const call = labels(calls).at(-1);
  const { packageDescription, toAddress, fromAddress } = Sent.parse(JSON.parse(call?.body ?? ''));
  const { weight, length, width, height } = packageDescription;
  return {
    reference: call?.headers.get('x-idempotency-key') ?? '',
    weightMg: weight * MG_PER_POUND,
    lengthMm: length * 25.4,
    widthMm: width * 25.4,
    heightMm: height * 25.4,
    from: fromAddress,
    to: toAddress,
    customs: null,
  };
}

const subject: ConnectorUnderTest = {
  connector: uspsConnector,
  simulate: simulateUsps,
  config: simulatedUspsAccount,
  wrongConfig: { ...simulatedUspsAccount, clientSecret: 'another one' },
  request: (changes) => aShipment({ from: sanFrancisco, to: redondo, service: 'USPS_GROUND_ADVANTAGE', ...changes }),
  refused: { parcel: { weightMg: 40_000_000, lengthMm: 300, widthMm: 200, heightMm: 100, index: 1, count: 1 } },
  back: {},
  received,
  weightStepMg: MG_PER_POUND / 100,
  lengthStepMm: 2.54,
};

describeConnector(subject);

test('reads its label with the ZIP Code before the number, five digits or nine', () =>
  inWorld(subject, async ({ carrier }) => {
    const { trackingNumber, scanTexts } = await bought(carrier, subject.request());
    expect(scanTexts).toEqual([`42090277\x1d${trackingNumber}`, `420902772506\x1d${trackingNumber}`, trackingNumber]);
  }));

test('asks for the label in the resolution of the printer', () =>
  inWorld(subject, async ({ carrier, served }) => {
    const label = { media: '4x6', dpi: 300, file: 'zpl' } as const;
    const purchase = await bought(carrier, subject.request({ label }));
    expect(Sent.parse(JSON.parse(labels(served.calls).at(-1)?.body ?? '')).imageInfo.imageType).toBe('ZPL300DPI');
    expect(purchase.label).toMatchObject({ kind: 'file', format: 'zpl' });
  }));

test('signs in and has its payment authorized once for many parcels, and anew when they have ended', () =>
  inWorld(subject, async ({ carrier, served, advance }) => {
    const asked = (path: string): number => served.calls.filter((call) => call.path.endsWith(path)).length;
    await Promise.all([1, 2, 3].map(() => bought(carrier, subject.request())));
    expect([asked('/token'), asked('/payment-authorization')]).toEqual([1, 1]);
    advance(9 * HOUR_MS);
    await bought(carrier, subject.request());
    expect([asked('/token'), asked('/payment-authorization')]).toEqual([2, 2]);
  }));

test('refuses a parcel that leaves the United States before anything is sent', () =>
  inWorld(subject, async ({ carrier, served }) => {
    const answer = await carrier.buy?.(subject.request({ to: aShipment().to }), null);
    expect(answer).toMatchObject({ details: null, messages: [{ field: 'to.country' }] });
    expect(served.calls).toEqual([]);
  }));

test('does not say that nothing was bought once USPS does not look back far enough', () =>
  inWorld(subject, async ({ carrier, advance }) => {
    const request = subject.request();
    advance(24 * HOUR_MS);
    expect(await carrier.find?.(request)).toEqual({ outcome: 'none' });
    advance(8 * 24 * HOUR_MS);
    expect(await carrier.find?.(request)).toMatchObject({ outcome: 'unsure' });
  }));

test('says what a SCAN form lacks where the account names no address', () =>
  inWorld(subject, async ({ open }) => {
    const carrier = open({ config: { ...simulatedUspsAccount, originZip: '' } });
    const purchase = await bought(carrier, subject.request());
    const answer = await carrier.manifest?.([purchase], '2026-11-23');
    expect(answer).toMatchObject({ details: null, messages: [{ code: 'origin' }] });
  }));
