import { describe, expect, test } from 'vitest';
import type { Carrier, ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import { easypostConnector } from '../../../../main/carriers/easypost/carrier.ts';
import { drawSimulatedLabel } from '../../../../main/documents/simulated-carrier-label.ts';
import { checkTracking } from '../../../../shared/tracking/check-tracking.ts';
import { aShipment } from '../support/shipments.ts';
import { answerOf, recordingsAreThere, replay, withoutRecordings } from './recordings.ts';

const jack = {
  name: 'Jack Sparrow',
  street1: '388 Townsend St',
  street2: 'Apt 20',
  postcode: '94107',
  city: 'San Francisco',
  region: 'CA',
  country: 'US',
  phone: '5555555555',
  email: 'test@example.com',
};
const elizabeth = {
  name: 'Elizabeth Swan',
  street1: '179 N Harbor Dr',
  postcode: '90277',
  city: 'Redondo Beach',
  region: 'CA',
  country: 'US',
  phone: '5555555555',
  email: 'test@example.com',
};

/** 15.4 oz in a box of 10 × 8 × 4 in, as the recordings were made with. */
function recordedShipment(changes: Partial<ShipmentRequest> = {}): ShipmentRequest {
  const parcel = { weightMg: 436_580, lengthMm: 254, widthMm: 203, heightMm: 101, index: 1, count: 1 };
  return aShipment({ from: jack, to: elizabeth, parcel, service: 'USPS:GroundAdvantage', ...changes });
}

const shirts = {
  category: 'sale',
  items: [
    {
      description: 'Sweet shirts',
      sku: 'SHIRT',
      quantity: 2,
      netWeightMg: 311_840,
      value: { minor: 2_325, currency: 'USD' },
      hsCode: '654321',
      origin: 'US',
    },
  ],
  incoterm: 'DAP',
  invoiceNumber: '123',
  signedBy: 'Steve Brule',
} as const;

const label = await drawSimulatedLabel({
  carrier: 'USPS',
  service: 'GroundAdvantage',
  from: jack,
  to: elizabeth,
  trackingNumber: '9400100110368068953228',
  symbols: [{ kind: 'gs1-128', text: '(420)90277(94)00100110368068953228' }],
  media: '4x6',
  dpi: 203,
  file: 'png',
});

function onRecordings(...names: string[]): { carrier: Carrier; played: readonly string[] } {
  const { http, played } = replay(names, label);
  const clock = (): Date => new Date('2026-11-23T09:00:00.000Z');
  return { carrier: easypostConnector.open({ apiKey: 'EZTKrecorded' }, { http, clock }), played };
}

describe.skipIf(!recordingsAreThere)(`EasyPost against recordings of its service (${withoutRecordings})`, () => {
  test('buys the service that was asked for, and reads the label that was sold', async () => {
    const { carrier, played } = onRecordings('Shipment-Service/buys-a-shipment');
    const bought = await carrier.buy?.(recordedShipment({ reference: '123', customs: shirts }), null);

    expect(played).toEqual([
      'GET /v2/shipments/123 404',
      'POST /v2/shipments 201',
      'POST /v2/shipments/shp_c19ef39504854bdeb0647fe46d9aa6ae/buy 200',
    ]);
    expect(bought).toEqual({
      details: {
        carrierRef: 'shp_c19ef39504854bdeb0647fe46d9aa6ae',
        trackingNumber: '9400100110368068953228',
        scanTexts: expect.arrayContaining(['42090277\u001d9400100110368068953228', '9400100110368068953228']),
        service: 'USPS:GroundAdvantage',
        serviceTitle: 'USPS Ground Advantage',
        cost: { minor: 593, currency: 'USD' },
        label: { kind: 'file', format: 'png', bytes: label },
        papers: [],
        trackingUrl: 'https://track.easypost.com/djE6dHJrXzE5ZWQzY2NlMTU2YzRmZDZhNmQwMmViMjY4ZWZjZDZk',
        validUntil: null,
      },
      messages: [],
    });
    expect(checkTracking(bought?.details?.trackingNumber ?? '')).toMatchObject({ valid: true, format: 'usps-impb' });
  });

  test('takes the rate that was shown, and none at another price', async () => {
    const { carrier, played } = onRecordings('Shipment-Service/buys-a-shipment');
    const request = recordedShipment({ reference: '123', customs: shirts });
    const shown = await carrier.buy?.(request, 'USPS:GroundAdvantage@593USD');
    expect(shown?.details?.cost).toEqual({ minor: 593, currency: 'USD' });

    const dearer = await carrier.buy?.(request, 'USPS:GroundAdvantage@499USD');
    expect(dearer).toMatchObject({ details: null, messages: [{ code: 'rate-changed', level: 'error' }] });
    expect(played.filter((line) => line.includes('/buy'))).toHaveLength(1);
  });

  test('lists the rates of a parcel, cheapest or not', async () => {
    const { carrier } = onRecordings(
      'Shipment-Service/retrieve-estimated-delivery-dates-for-each-of-the-Rates-of-a-shipment',
    );
    const { details } = (await carrier.rates?.(recordedShipment())) ?? {};
    expect(details).toEqual(
      expect.arrayContaining([
        {
          service: 'USPS:Priority',
          title: 'USPS Priority',
          cost: { minor: 690, currency: 'USD' },
          deliveryBy: null,
          transitDays: 2,
          rateRef: 'USPS:Priority@690USD',
        },
      ]),
    );
    expect(details).toHaveLength(3);
  });

  test('insures the amount that was asked for', async () => {
    const { carrier } = onRecordings('Shipment-Service/buys-a-shipment-with-insuranceAmount');
    const insured = { minor: 10_000, currency: 'USD' };
    const bought = await carrier.buy?.(recordedShipment({ service: '', options: { insured } }), null);
    expect(bought?.details?.trackingNumber).toBe(
      answerOf('Shipment-Service/buys-a-shipment-with-insuranceAmount', 1).tracking_code,
    );
  });

  test('asks for a refund of the shipment', async () => {
    const name = 'Shipment-Service/refunds-a-shipment';
    const { id, tracking_code: trackingNumber } = answerOf(name, 1);
    const { carrier } = onRecordings(name);
    const answer = await carrier.void?.({ carrierRef: String(id), trackingNumber: String(trackingNumber) });
    expect(answer).toEqual({ details: 'requested', messages: [] });
  });

  test('makes a SCAN form of the shipments', async () => {
    const name = 'ScanForm-Service/creates-a-scanform';
    const { id, tracking_code: trackingNumber } = answerOf(name, 0);
    const { carrier } = onRecordings(name);
    const parcels = [{ carrierRef: String(id), trackingNumber: String(trackingNumber) }];
    const answer = await carrier.manifest?.(parcels, '2024-07-30');
    expect(answer).toEqual({
      details: { carrierRef: 'sf_7f6b4ff737954203921a36b601fb651e', pdf: label },
      messages: [],
    });
  });

  test('reads where a parcel is', async () => {
    const { carrier } = onRecordings('Tracker-Service/creates-a-tracker');
    const answer = await carrier.track?.({ carrierRef: '', trackingNumber: 'EZ1000000001' });
    expect(answer?.details).toEqual({
      state: 'pending',
      deliveryBy: '2024-07-30',
      events: [
        {
          at: '2024-06-30T16:06:32.000Z',
          state: 'pending',
          code: 'status_update',
          text: 'Pre-Shipment Info Sent to USPS',
          place: null,
        },
        {
          at: '2024-07-01T04:43:32.000Z',
          state: 'pending',
          code: 'status_update',
          text: 'Shipping Label Created',
          place: 'HOUSTON, TX',
        },
      ],
    });
  });

  test('completes an address, and takes no success for one that has errors', async () => {
    const { carrier } = onRecordings(
      'Address-Service/creates-a-verified-address',
      'Address-Service/creates-and-verifies-address-with-verify_carrier-param',
    );
    expect((await carrier.checkAddress?.(elizabeth))?.details).toMatchObject({
      address: { street1: '179 N HARBOR DR', postcode: '90277-2506', name: 'Elizabeth Swan' },
      changed: true,
    });
    const nowhere = { ...elizabeth, name: '', company: 'EasyPost', street1: '000 unknown street' };
    const answer = await carrier.checkAddress?.({ ...nowhere, city: 'Not A City', region: 'ZZ', postcode: '00001' });
    expect(answer).toEqual({
      details: null,
      messages: [{ level: 'error', code: 'E.ADDRESS.NOT_FOUND', text: 'Address not found' }],
    });
  });

  test('hands on what the service has against a request, field by field', async () => {
    const { carrier } = onRecordings('Error-Service/pulls-out-error-properties-of-an-API-error');
    expect(await carrier.rates?.(recordedShipment())).toEqual({
      details: null,
      messages: [
        {
          level: 'error',
          code: 'PARAMETER.REQUIRED',
          text: 'Missing required parameter. shipment: cannot be blank',
        },
      ],
    });
  });
});
