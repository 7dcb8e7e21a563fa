import { describe, expect, test } from 'vitest';
import type { ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import { type CarrierCall, carrierHttp } from '../../../../main/carriers/carrier-http.ts';
import { soapEnvelope, type XmlNode } from '../../../../main/carriers/carrier-soap.ts';
import { dpdFranceConnector } from '../../../../main/carriers/dpd-france/carrier.ts';
import { toReturn, toShipment } from '../../../../main/carriers/dpd-france/mapper.ts';
import { simulateDpdFrance } from '../../../../main/carriers/dpd-france/simulated.ts';
import { DPD_SANDBOX } from '../../../../main/carriers/dpd-france/simulated-checks.ts';
import { bought, HANG_MS, inWorld, SHORT_MS } from '../support/connector-world.ts';
import { aShipment } from '../support/shipments.ts';

const account = { ...DPD_SANDBOX, baseUrl: 'https://example.com' };
const aParcel = (changes: Partial<ShipmentRequest> = {}): ShipmentRequest =>
  aShipment({ service: 'CLASSIC', ...changes });

describe('a parcel as DPD is asked for its label', () => {
  test('keeps the order of the schema: what comes out of turn is not read', () => {
    const { request } = toShipment(aParcel(), account);
    expect(Object.keys(request as XmlNode)).toEqual([
      ...['receiveraddress', 'receiverinfo', 'shipperaddress', 'shipperinfo', 'customer_countrycode'],
      ...['customer_centernumber', 'customer_number', 'shippingdate', 'services', 'weight', 'referencenumber'],
      ...['reference2', 'labelType', 'refnrasbarcode'],
    ]);
    expect(request).toMatchObject({
      ...{ shippingdate: '23/11/2026', weight: '1.24', customer_countrycode: '250' },
      receiveraddress: { countryPrefix: 'FR', zipCode: '44000', city: 'Nantes', street: '8 quai de la Fosse' },
      receiverinfo: { vinfo1: 'Bâtiment B' },
      shipperinfo: { name2: 'Mercier SARL' },
    });
  });

  test('sends our reference without hyphens: 36 letters are one too many', () => {
    const reference = '019aab3c-7d00-7000-8000-0123456789ab';
    expect(toShipment(aParcel({ reference }), account)).toMatchObject({
      request: { referencenumber: '019aab3c7d00700080000123456789ab' },
    });
  });

  test('makes the product out of contact and shop', () => {
    expect(toShipment(aParcel({ service: 'PREDICT' }), account)).toMatchObject({
      request: { services: { contact: { type: 'Predict', sms: '+33612345678' } } },
    });
    expect(toShipment(aParcel({ service: 'RELAIS', pickupPoint: 'P32500' }), account)).toMatchObject({
      request: { services: { contact: { type: 'No' }, parcelshop: { shopaddress: { shopid: 'P32500' } } } },
    });
    expect(toShipment(aParcel({ pickupPoint: 'P32500' }), account)).not.toMatchObject({
      request: { services: { parcelshop: {} } },
    });
  });

  test('a return goes from the buyer to the shop and says how long it is taken', () => {
    const { from, to } = aParcel();
    const back = aParcel({ kind: 'return', service: 'RETOUR', from: to, to: from });
    expect(toReturn(back, account)).toMatchObject({
      request: { expire_offset: 30, shipperaddress: { name: 'Élodie Durand' }, receiveraddress: { city: 'Lyon' } },
    });
  });

  test.each([
    [203, 'ZPL_A6'],
    [300, 'ZPL300_A6'],
  ] as const)('asks for ZPL at %i dpi as %s: its PDFs fit on no sheet of a label printer', (dpi, type) => {
    const request = aParcel({ label: { media: '4x6', dpi, file: 'pdf' } });
    expect(toShipment(request, account)).toMatchObject({ request: { labelType: { type } } });
  });
});

function accountAnswering(status: number, body: XmlNode) {
  const asked: CarrierCall[] = [];
  const carrier = dpdFranceConnector.open(DPD_SANDBOX, {
    clock: () => new Date('2026-11-23T09:00:00Z'),
    http: async (call) => {
      asked.push(call);
      return { status, headers: new Headers(), bytes: Buffer.from(soapEnvelope({ body })) };
    },
  });
  return { carrier, asked };
}

const fault = (id: string, text: string): XmlNode => ({
  'soap:Fault': {
    ...{ faultcode: 'soap:Server', faultstring: text },
    detail: { Error: { ErrorId: id, ErrorMessage: text } },
  },
});

describe('what DPD answers', () => {
  test('is a number, its barcode and the label of the parcel, not the papers beside it', async () => {
    const shipment = { BarcodeId: '10774000248387', BarcodeSource: '902', BarCode: '%007501110774000248387337902' };
    const label = (type: string, text: string) => ({ type, label: Buffer.from(text).toString('base64') });
    const { carrier, asked } = accountAnswering(200, {
      CreateShipmentWithLabelsBcResponse: {
        CreateShipmentWithLabelsBcResult: {
          shipments: { ShipmentBc: { Shipment: shipment, Type: 'EPRINT' } },
          labels: { Label: [label('PROOF', '%PDF-proof%%EOF'), label('BIC3', '%PDF-label%%EOF')] },
        },
      },
    });
    const purchase = await bought(carrier, aParcel());

    expect(asked[0]).toMatchObject({
      url: 'https://e-station.cargonet.software/dpd-eprintwebservice/eprintwebservice.asmx',
      headers: { soapaction: '"http://www.cargonet.software/CreateShipmentWithLabelsBc"' },
    });
    expect(asked[0]?.body).toContain('<userid>SIMULATED</userid><password>simulated</password>');
    expect(purchase).toMatchObject({
      carrierRef: '902-10774000248387',
      trackingNumber: '10774000248387',
      scanTexts: ['%007501110774000248387337902'],
      validUntil: null,
    });
    const bytes = purchase.label.kind === 'file' ? purchase.label.bytes : new Uint8Array();
    expect(Buffer.from(bytes).toString()).toBe('%PDF-label%%EOF');
  });

  test('refuses by a fault with status 500: an answer, not a breakdown', async () => {
    const text = 'Invalid weight - Maximum supported weight is 31,5';
    const { carrier } = accountAnswering(500, fault('InvalidWeight', text));
    expect(await carrier.buy?.(aParcel(), null)).toEqual({
      details: null,
      messages: [{ level: 'error', code: 'InvalidWeight', text, field: 'parcel.weightMg' }],
    });
  });

  test('says by a fault that nobody knows the user', async () => {
    const { carrier } = accountAnswering(500, fault('PermissionDenied', 'Permission denied'));
    await expect(carrier.check()).rejects.toMatchObject({ code: 'carrier.sign-in-refused' });
  });

  test('a fault without a name is a breakdown: the parcel may have been made', async () => {
    const { carrier } = accountAnswering(500, { 'soap:Fault': { faultcode: 'soap:Server', faultstring: 'timeout' } });
    await expect(bought(carrier, aParcel())).rejects.toMatchObject({ code: 'carrier.unavailable' });
  });

  test('a blocked customer is told before anybody buys', async () => {
    const { carrier } = accountAnswering(200, { IsCustomerBlockedResponse: { IsCustomerBlockedResult: 'true' } });
    expect(await carrier.check()).toMatchObject({ details: null, messages: [{ code: 'CustomerBlocked' }] });
  });
});

describe('the played DPD', () => {
  const subject = {
    connector: dpdFranceConnector,
    simulate: simulateDpdFrance,
    config: DPD_SANDBOX,
    wrongConfig: DPD_SANDBOX,
    request: aParcel,
    refused: {},
    received: () => ({ reference: '', weightMg: 0, customs: null }),
  };
  const { to, parcel } = aParcel();
  const { phone: _phone, ...silent } = to;

  test.each<[string, Partial<ShipmentRequest>, string]>([
    ['a weight of nothing', { parcel: { ...parcel, weightMg: 0 } }, 'InvalidWeight'],
    ['a postcode that does not exist', { to: { ...to, postcode: '99999' } }, 'InvalidReceiverZipCode'],
    ['an unknown country', { to: { ...to, country: 'XX' } }, 'InvalidReceiverCountryPrefix'],
    ['a name of 36 letters', { to: { ...to, name: 'x'.repeat(36) } }, 'InvalidReceiverName'],
    ['Predict without a phone', { service: 'PREDICT', to: silent }, 'InvalidContactSms'],
    ['an unknown shop', { service: 'RELAIS', pickupPoint: 'the corner' }, 'InvalidParcelShop'],
  ])('refuses %s', async (_words, changes, code) => {
    await inWorld(subject, async ({ carrier, simulated }) => {
      const answer = await carrier.buy?.(aParcel(changes), null);
      expect(answer?.messages.map((message) => message.code)).toEqual([code]);
      expect(simulated.sold()).toEqual([]);
    });
  });

  test('"not in the list" is no proof while the request may still be worked on', async () => {
    await inWorld(subject, async ({ open, simulated, advance }) => {
      simulated.plan(['hang-before']);
      const hasty = open({ timeoutMs: SHORT_MS });
      const request = aParcel();
      await expect(bought(hasty, request)).rejects.toMatchObject({ code: 'carrier.timeout' });

      expect(await hasty.find?.(request)).toMatchObject({ outcome: 'unsure' });
      advance(20 * HANG_MS);
      expect(await hasty.find?.(request)).toEqual({ outcome: 'none' });
    });
  });

  test('a return that is not in the list of the day is left to a person', async () => {
    await inWorld(subject, async ({ carrier }) => {
      const request = aParcel({ kind: 'return', service: 'RETOUR' });
      expect(await carrier.find?.(request)).toMatchObject({ outcome: 'unsure' });
    });
  });

  test('a label that was voided is found no more', async () => {
    await inWorld(subject, async ({ carrier }) => {
      const request = aParcel();
      await carrier.void?.(await bought(carrier, request));
      expect(await carrier.find?.(request)).toEqual({ outcome: 'none' });
    });
  });

  test('what is no envelope behind a 500 is a service that is down', async () => {
    await inWorld(subject, async ({ open, served }) => {
      served.answerWith(500, '<html>Runtime Error</html>', 'text/html');
      const down = dpdFranceConnector.open(
        { ...DPD_SANDBOX, baseUrl: served.baseUrl },
        { http: carrierHttp, clock: () => new Date() },
      );
      await expect(down.check()).rejects.toMatchObject({ code: 'carrier.unavailable' });
      await expect(open().check()).rejects.toMatchObject({ code: 'carrier.unavailable' });
    });
  });
});
