import { expect } from 'vitest';
import { trackingStates } from '../../../../shared/model/carrier.ts';
import { type Check, can, expectWords } from './check-support.ts';
import { bought, type ConnectorUnderTest, HOUR_MS, inWorld } from './connector-world.ts';

/** What comes after a purchase: void, tracking, manifest; and what needs none: pick-up points, addresses. */
export function aftermathChecks(subject: ConnectorUnderTest): readonly Check[] {
  return [
    ...(can(subject, 'void') ? [voidCheck(subject), strangerCheck(subject)] : []),
    ...(can(subject, 'tracking') ? [trackingCheck(subject)] : []),
    ...(can(subject, 'manifest') ? [manifestCheck(subject)] : []),
    ...(can(subject, 'pickup-points') ? [pickupCheck(subject)] : []),
    ...(can(subject, 'address-check') ? [addressCheck(subject)] : []),
  ];
}

const voidCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'voids a label and follows it until the carrier confirms',
  run: () =>
    inWorld(subject, async ({ carrier, simulated, advance }) => {
      const request = subject.request();
      const purchase = await bought(carrier, request);
      const kept = await bought(carrier, subject.request());
      const asked = await carrier.void?.(purchase);
      expect(asked?.details).toMatch(/^(?:requested|voided)$/);
      // Whoever asks twice is told the same, not an error.
      expect((await carrier.void?.(purchase))?.details).toMatch(/^(?:requested|voided|refused)$/);
      expect((await carrier.voidState?.(purchase))?.details).toMatch(/^(?:requested|voided)$/);

      advance(30 * 24 * HOUR_MS);
      expect((await carrier.voidState?.(purchase))?.details).toBe('voided');
      const voided = Object.fromEntries(simulated.sold().map((sold) => [sold.trackingNumber, sold.voided]));
      expect(voided).toEqual({ [purchase.trackingNumber]: true, [kept.trackingNumber]: false });
    }),
});

const strangerCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'answers in words when a label is to be voided that the carrier does not know',
  run: () =>
    inWorld(subject, async ({ carrier }) => {
      const purchase = await bought(carrier, subject.request());
      // Of the same shape, another last sign.
      const last = (text: string): string => text.slice(0, -1) + (text.endsWith('1') ? '2' : '1');
      const unknown = { carrierRef: last(purchase.carrierRef), trackingNumber: last(purchase.trackingNumber) };
      const answer = await carrier.void?.(unknown);
      if (answer?.details !== 'refused') expect(answer?.details).toBeNull();
      expectWords(answer?.messages ?? []);
    }),
});

const trackingCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'tracks a parcel from the label to the door, events oldest first',
  run: () =>
    inWorld(subject, async ({ carrier, advance }) => {
      const purchase = await bought(carrier, subject.request());
      const fresh = (await carrier.track?.(purchase))?.details;
      expect(fresh?.state).toMatch(/^(?:pending|unknown)$/);

      advance(30 * 24 * HOUR_MS);
      const { details } = (await carrier.track?.(purchase)) ?? { details: null };
      expect(details?.state).toBe('delivered');
      const events = details?.events ?? [];
      expect(events.length).toBeGreaterThan(1);
      expect(events.at(-1)?.state).toBe('delivered');
      const instants = events.map(({ at }) => at);
      for (const at of instants) expect(new Date(at).toISOString()).toBe(at);
      expect(instants).toEqual([...instants].sort());
      for (const { state, text } of events) {
        expect(trackingStates).toContain(state);
        expect(text).toMatch(/\S/);
      }
    }),
});

const manifestCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'transmits a manifest of exactly the parcels that were handed to it',
  run: () =>
    inWorld(subject, async ({ carrier, served }) => {
      const requests = [subject.request(), subject.request(), subject.request()];
      const purchases = [];
      for (const request of requests) purchases.push(await bought(carrier, request));
      const [one, other, left] = purchases;
      if (!one || !other || !left) throw new Error('three labels were bought');
      const seen = served.calls.length;
      const shipDate = requests[0]?.shipDate ?? '';
      const { details, messages } = (await carrier.manifest?.([one, other], shipDate)) ?? {
        details: null,
        messages: [],
      };

      expect({ details, messages }).toMatchObject({ details: { carrierRef: expect.stringMatching(/\S/) } });
      if (details?.pdf) expect(Buffer.from(details.pdf).toString('latin1')).toMatch(/^%PDF-/);
      const sent = served.calls
        .slice(seen)
        .map(({ path, query, body }) => `${path} ${query} ${body}`)
        .join('\n');
      const { idSent = (carrierRef: string) => carrierRef } = subject;
      const named = (purchase: typeof one): boolean =>
        sent.includes(idSent(purchase.carrierRef)) || sent.includes(purchase.trackingNumber);
      expect([one, other, left].map(named)).toEqual([true, true, false]);
    }),
});

const pickupCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'lists pick-up points near an address',
  run: () =>
    inWorld(subject, async ({ carrier }) => {
      const near = subject.request().to;
      const { details } = (await carrier.pickupPoints?.(near)) ?? { details: null };
      expect(details?.length).toBeGreaterThan(0);
      expect(new Set(details?.map(({ id }) => id)).size).toBe(details?.length);
      for (const { id, name, address } of details ?? []) {
        expect([id, name, address.street1, address.city].every((text) => text.trim() !== '')).toBe(true);
        expect(address.country).toBe(near.country);
      }
    }),
});

const addressCheck = (subject: ConnectorUnderTest): Check => ({
  title: 'checks an address, and says in words when nobody lives there',
  run: () =>
    inWorld(subject, async ({ carrier }) => {
      const known = subject.request().to;
      const { details } = (await carrier.checkAddress?.(known)) ?? { details: null };
      expect(details?.address).toMatchObject({ country: known.country, postcode: expect.stringMatching(/\S/) });

      const nowhere = { name: 'Nobody', street1: '000 unknown street', postcode: '00001', city: 'Not A City' };
      const answer = await carrier.checkAddress?.({ ...nowhere, country: known.country });
      expect(answer?.details).toBeNull();
      expectWords(answer?.messages ?? []);
    }),
});
