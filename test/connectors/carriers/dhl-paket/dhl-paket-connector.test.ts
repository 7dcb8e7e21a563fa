import { expect, test } from 'vitest';
import { z } from 'zod';
import { longCountry } from '../../../../main/carriers/carrier-country.ts';
import { dhlPaketConnector } from '../../../../main/carriers/dhl-paket/carrier.ts';
import { billingNumberOf, referenceOf } from '../../../../main/carriers/dhl-paket/mapper.ts';
import { simulateDhlPaket, simulatedDhlAccount } from '../../../../main/carriers/dhl-paket/simulated.ts';
import { describeConnector } from '../support/connector-suite.ts';
import {
  bought,
  type ConnectorUnderTest,
  inWorld,
  type ReceivedAddress,
  type ReceivedShipment,
} from '../support/connector-world.ts';
import type { ReceivedCall } from '../support/served-carrier.ts';
import { aShipment, someCustoms } from '../support/shipments.ts';

const short = (alpha3: string): string =>
  ['FR', 'DE', 'CH', 'PT'].find((alpha2) => longCountry(alpha2) === alpha3) ?? alpha3;

const Party = z.object({
  name1: z.string(),
  name2: z.string().optional(),
  addressStreet: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
});
const Sent = z.object({
  shipments: z.tuple([
    z.object({
      refNo: z.string(),
      shipper: Party,
      consignee: Party,
      details: z.object({
        weight: z.object({ value: z.number() }),
        dim: z.object({ length: z.number(), width: z.number(), height: z.number() }),
      }),
      customs: z
        .object({
          items: z.array(
            z.object({
              itemDescription: z.string(),
              packagedQuantity: z.number(),
              itemValue: z.object({ value: z.number(), currency: z.string() }),
              itemWeight: z.object({ value: z.number() }),
              hsCode: z.string(),
              countryOfOrigin: z.string(),
            }),
          ),
        })
        .optional(),
    }),
  ]),
});
const SentBack = z.object({
  customerReference: z.string(),
  shipper: Party,
  itemWeight: z.object({ value: z.number() }),
});

/** A company stands first, the person behind it. */
const toAddress = ({ name1, name2, ...party }: z.infer<typeof Party>): ReceivedAddress => ({
  ...(name2 === undefined ? { name: name1 } : { company: name1, name: name2 }),
  street1: party.addressStreet,
  postcode: party.postalCode,
  city: party.city,
  country: short(party.country),
});

function received(calls: readonly ReceivedCall[]): ReceivedShipment {
  const made = calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/orders')).at(-1);
  const body: unknown = JSON.parse(made?.body ?? '');
  if (made?.path.includes('/returns/')) {
    const { customerReference: reference, shipper, itemWeight } = SentBack.parse(body);
    return { reference, weightMg: itemWeight.value * 1_000, from: toAddress(shipper), customs: null };
  }
  const [shipment] = Sent.parse(body).shipments;
  const { weight, dim } = shipment.details;
  return {
    reference: shipment.refNo,
    weightMg: weight.value * 1_000,
    lengthMm: dim.length,
    widthMm: dim.width,
    heightMm: dim.height,
    from: toAddress(shipment.shipper),
    to: toAddress(shipment.consignee),
    customs:
      shipment.customs?.items.map((item) => ({
        description: item.itemDescription,
        quantity: item.packagedQuantity,
        netWeightMg: item.itemWeight.value * 1_000 * item.packagedQuantity,
        valueMinor: Math.round(item.itemValue.value * 100 * item.packagedQuantity),
        currency: item.itemValue.currency,
        hsCode: item.hsCode,
        origin: short(item.countryOfOrigin),
      })) ?? null,
  };
}

const koeln = {
  name: 'Erika Beispiel',
  street1: 'Domkloster 4',
  postcode: '50667',
  city: 'Köln',
  country: 'DE',
  email: 'erika@example.com',
};

const subject: ConnectorUnderTest = {
  connector: dhlPaketConnector,
  simulate: simulateDhlPaket,
  config: simulatedDhlAccount,
  wrongConfig: { ...simulatedDhlAccount, password: 'another one' },
  request: (changes) => aShipment({ to: koeln, ...changes }),
  refused: { to: { ...koeln, postcode: 'nowhere' } },
  abroad: { to: { ...koeln, postcode: '8001', city: 'Zürich', country: 'CH' }, customs: someCustoms },
  back: {},
  referenceSent: referenceOf,
  weightStepMg: 1_000,
  received,
};

describeConnector(subject);

const shop = aShipment().from;
const back = () => subject.request({ kind: 'return', from: koeln, to: shop, service: 'return' });
const zpl = { media: '4x6', dpi: 203, file: 'zpl' } as const;
const ordered = (calls: readonly ReceivedCall[]) =>
  calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/orders')).at(-1);

test('takes ZPL as the text that DHL sends', () =>
  inWorld(subject, async ({ carrier, served }) => {
    const { label } = await bought(carrier, subject.request({ label: zpl }));
    expect(label).toMatchObject({ kind: 'file', format: 'zpl' });
    expect(ordered(served.calls)?.query.get('docFormat')).toBe('ZPL2');
  }));

test('asks for a PDF where the printer has another resolution than the ZPL may have', () =>
  inWorld(subject, async ({ carrier, served }) => {
    await bought(carrier, subject.request({ label: { ...zpl, dpi: 300 } }));
    expect(ordered(served.calls)?.query.get('docFormat')).toBe('PDF');
  }));

test('bills each product under the number of its own procedure', () =>
  inWorld(subject, async ({ open }) => {
    const numbers = { home: '33333333330102', abroad: '', small: '33333333336201' };
    expect(billingNumberOf('V01PAK', numbers)).toBe('33333333330102');
    expect(billingNumberOf('V62KP', numbers)).toBe('33333333336201');
    expect(billingNumberOf('V53WPAK', numbers)).toBe('33333333335302');
    const small = subject.request({ service: 'V62KP' });
    await bought(open({ config: { ...simulatedDhlAccount, billingNumberSmall: '' } }), small);
    const wrong = open({ config: { ...simulatedDhlAccount, billingNumberSmall: '33333333330102' } });
    expect(await wrong.buy?.(small, null)).toMatchObject({ details: null, messages: [{ field: 'billingNumber' }] });
  }));

test('does not call a shipment void because DHL closed it for the day', () =>
  inWorld(subject, async ({ carrier }) => {
    const purchase = await bought(carrier, subject.request());
    await carrier.manifest?.([purchase], '2026-11-23');
    expect(await carrier.void?.(purchase)).toMatchObject({ details: 'refused' });
    expect(await carrier.voidState?.(purchase)).toMatchObject({ details: null, messages: [{ code: 'closed' }] });
  }));

test('says that a return label stays usable: DHL takes none back', () =>
  inWorld(subject, async ({ carrier, simulated }) => {
    const purchase = await bought(carrier, back());
    expect(await carrier.void?.(purchase)).toMatchObject({ details: 'refused', messages: [{ code: 'return-label' }] });
    expect(await carrier.voidState?.(purchase)).toMatchObject({ details: null, messages: [{ code: 'return-label' }] });
    expect(simulated.sold()).toMatchObject([{ voided: false }]);
  }));

test('hands over the paper of the day with the manifest', () =>
  inWorld(subject, async ({ carrier }) => {
    const answer = await carrier.manifest?.([await bought(carrier, subject.request())], '2026-11-23');
    expect(Buffer.from(answer?.details?.pdf ?? []).toString('latin1')).toMatch(/^%PDF-/);
  }));

test('does not take a manifest as sent when DHL closed only some of its parcels', () =>
  inWorld(subject, async ({ carrier }) => {
    const [kept, deleted] = [await bought(carrier, subject.request()), await bought(carrier, subject.request())];
    await carrier.void?.(deleted);
    const answer = await carrier.manifest?.([kept, deleted], '2026-11-23');
    expect(answer).toMatchObject({ details: null, messages: [{ code: 'not-closed' }] });
    expect(answer?.messages[0]?.text).toContain(deleted.trackingNumber);
    expect(answer?.messages[0]?.text).not.toContain(kept.trackingNumber);
  }));

test('keeps a manifest that was taken when only its paper does not come', () =>
  inWorld(subject, async ({ carrier, served }) => {
    served.answerWith(200, JSON.stringify({ items: [], manifest: 'of another shape' }), 'application/json');
    const answer = await carrier.manifest?.([{ carrierRef: '1', trackingNumber: '1' }], '2026-11-23');
    expect(answer?.details).toEqual({ carrierRef: '2026-11-23', pdf: null });
  }));

test('claims no label to be free: some products are billed by the data of the day', () => {
  expect(dhlPaketConnector.billing).toBe('on-purchase');
});
