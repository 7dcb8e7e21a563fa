import { describe, expect, test } from 'vitest';
import type { ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import type { CarrierCall } from '../../../../main/carriers/carrier-http.ts';
import { soapEnvelope, type XmlNode } from '../../../../main/carriers/carrier-soap.ts';
import { chronopostConnector } from '../../../../main/carriers/chronopost/carrier.ts';
import { toShipping, toTracking } from '../../../../main/carriers/chronopost/mapper.ts';
import { simulateChronopost } from '../../../../main/carriers/chronopost/simulated.ts';
import { CHRONOPOST_SANDBOX } from '../../../../main/carriers/chronopost/simulated-checks.ts';
import { bought, HOUR_MS, inWorld } from '../support/connector-world.ts';
import { aShipment } from '../support/shipments.ts';

const account = { ...CHRONOPOST_SANDBOX, subAccount: '', baseUrl: 'https://ws.chronopost.fr' };

describe('a parcel as Chronopost is asked for its label', () => {
  test('says who pays: the shop, out and back', () => {
    const out = aShipment({ service: '01' });
    const back = aShipment({ service: '01', kind: 'return', from: out.to, to: out.from });

    expect(toShipping(out, account)).toMatchObject({
      customerValue: { customerName: 'Mercier SARL' },
      shipperValue: { shipperName: 'Mercier SARL', shipperName2: 'Entrepôt Mercier' },
      recipientValue: { recipientName: 'Élodie Durand', recipientName2: '', recipientAdress2: 'Bâtiment B' },
    });
    expect(toShipping(back, account)).toMatchObject({
      customerValue: { customerName: 'Mercier SARL' },
      shipperValue: { shipperName: 'Élodie Durand' },
      recipientValue: { recipientName: 'Mercier SARL' },
    });
  });

  test.each([
    [1_234_001, '1.235'],
    [600_000, '0.600'],
    [0, '0.000'],
  ])('weighs %i mg as %s kg', (weightMg, weight) => {
    const request = aShipment({ service: '01' });
    expect(toShipping({ ...request, parcel: { ...request.parcel, weightMg } }, account)).toMatchObject({
      skybillValue: { weight, weightUnit: 'KGM', productCode: '01' },
    });
  });

  test('names the relay where the order number stands else', () => {
    const relay = aShipment({ service: '86', pickupPoint: '1699P', orderNumber: 'PW-1' });
    const home = aShipment({ service: '01', orderNumber: 'PW-1' });
    expect(toShipping(relay, account)).toMatchObject({ refValue: { recipientRef: '1699P' } });
    expect(toShipping(home, account)).toMatchObject({ refValue: { recipientRef: 'PW-1' } });
  });

  test.each([
    ['pdf', '100x150', 203, 'THE'],
    ['pdf', '4x6', 203, 'Z2D'],
    ['pdf', '4x6', 300, 'ZPL300'],
    ['zpl', '100x150', 203, 'Z2D'],
  ] as const)('asks for %s on %s at %i dpi as %s', (file, media, dpi, mode) => {
    const request = aShipment({ service: '01', label: { media, dpi, file } });
    expect(toShipping(request, account)).toMatchObject({ skybillParamsValue: { mode } });
  });
});

function accountAnswering(operation: string, result: XmlNode) {
  const asked: CarrierCall[] = [];
  const carrier = chronopostConnector.open(CHRONOPOST_SANDBOX, {
    clock: () => new Date('2026-11-23T09:00:00Z'),
    http: async (call) => {
      asked.push(call);
      const body = { [`ns1:${operation}Response`]: { return: result } };
      const text = soapEnvelope({ namespaces: { ns1: 'http://cxf.shipping.soap.chronopost.fr/' }, body });
      return { status: 200, headers: new Headers(), bytes: Buffer.from(text) };
    },
  });
  return { carrier, asked };
}

const pdf = Buffer.from('%PDF-1.4\n%%EOF\n').toString('base64');
const made = {
  ...{ errorCode: '0', errorMessage: '', codeDepot: '75327227', codeService: '226', destinationDepot: '0477' },
  ...{ geoPostCodeBarre: '%0006500XP696982485248226250', geoPostNumeroColis: 'XP696982485248D' },
  ...{ groupingPriorityLabel: 'SIA1', serviceName: 'AM2-NO', skybillNumber: 'XP696982485FR' },
};

describe('what Chronopost answers', () => {
  test.each(['skybill', 'pdfEtiquette'])('is a number, GeoPost’s barcode and the label in %s', async (name) => {
    const { carrier, asked } = accountAnswering('shippingV6', { ...made, [name]: pdf });
    const purchase = await bought(carrier, aShipment({ service: '01' }));

    expect(asked[0]).toMatchObject({ url: 'https://ws.chronopost.fr/shipping-cxf/ShippingServiceWS', method: 'POST' });
    // The service reads its operation in its own namespace and everything below in none.
    expect(asked[0]?.body).toContain('xmlns:cxf="http://cxf.shipping.soap.chronopost.fr/"');
    expect(asked[0]?.body).toContain('<cxf:shippingV6><headerValue><accountNumber>19869502</accountNumber>');
    expect(purchase).toMatchObject({
      carrierRef: 'XP696982485FR',
      trackingNumber: 'XP696982485FR',
      scanTexts: ['%0006500XP696982485248226250', 'XP696982485FR'],
      service: '01',
      serviceTitle: 'Chrono 13',
      label: { kind: 'file', format: 'pdf' },
    });
  });

  test('half a label is unreadable: it may be paid', async () => {
    const half = Buffer.from('%PDF-1.4\n1 0 obj').toString('base64');
    const { carrier } = accountAnswering('shippingV6', { ...made, skybill: half });
    await expect(bought(carrier, aShipment({ service: '01' }))).rejects.toMatchObject({ code: 'carrier.unreadable' });
  });

  test('refuses in its own words', async () => {
    const { carrier } = accountAnswering('shippingV6', { errorCode: '2', errorMessage: 'weight : poids invalide' });
    expect(await carrier.buy?.(aShipment({ service: '01' }), null)).toEqual({
      details: null,
      messages: [{ level: 'error', code: '2', text: 'weight : poids invalide' }],
    });
  });

  test.each([
    ['33', 'carrier.sign-in-refused'],
    ['1', 'carrier.unavailable'],
  ])('errorCode %s is no refusal of the parcel but %s', async (errorCode, code) => {
    const { carrier } = accountAnswering('shippingV6', {
      errorCode,
      errorMessage: 'Invalid accesColis account number',
    });
    await expect(bought(carrier, aShipment({ service: '01' }))).rejects.toMatchObject({ code });
  });

  test('tracking is read by code, and by its words where the code is not known', () => {
    const event = (code: string, eventLabel: string, hour: string) => ({
      ...{ code, eventLabel, eventDate: `2026-06-22T${hour}:00:00+02:00`, officeLabel: '' },
    });
    const { state, events } = toTracking({
      errorCode: '0',
      errorMessage: '',
      listEventInfoComp: [
        event('TA', 'Envoi en cours de livraison', '07'),
        event('ZZ', 'Colis mis à disposition en relais Pickup', '09'),
        event('YY', 'Colis refusé par le destinataire', '12'),
        event('XX', 'Un mot nouveau', '13'),
      ],
    });
    expect(events.map((one) => one.state)).toEqual(['out-for-delivery', 'ready-for-pickup', 'exception', 'in-transit']);
    expect(events[0]?.at).toBe('2026-06-22T05:00:00.000Z');
    expect(state).toBe('in-transit');
  });
});

describe('the played Chronopost', () => {
  const subject = {
    connector: chronopostConnector,
    simulate: simulateChronopost,
    config: CHRONOPOST_SANDBOX,
    wrongConfig: CHRONOPOST_SANDBOX,
    request: aShipment,
    refused: {},
    received: () => ({ reference: '', weightMg: 0, customs: null }),
  };
  const { to, parcel } = aShipment();
  const { phone: _phone, email: _email, ...silent } = to;

  test.each<[string, Partial<ShipmentRequest>, RegExp]>([
    ['a weight of nothing', { parcel: { ...parcel, weightMg: 0 } }, /weight/],
    ['21 kg to a relay', { service: '86', parcel: { ...parcel, weightMg: 21_000_000 } }, /weight/],
    ['a postcode that does not exist', { to: { ...to, postcode: '00001' } }, /recipientZipCode/],
    ['a country that the product does not reach', { to: { ...to, country: 'US' } }, /recipientCountry/],
    ['no relay', { service: '86' }, /recipientRef/],
    ['nobody to tell about the relay', { service: '86', pickupPoint: '1699P', to: silent }, /recipientMobilePhone/],
    ['a line of 39 letters', { to: { ...to, street1: 'x'.repeat(39) } }, /38/],
    ['an unknown product', { service: '99' }, /productCode/],
  ])('refuses %s', async (_words, changes, words) => {
    await inWorld(subject, async ({ carrier, simulated }) => {
      const answer = await carrier.buy?.(aShipment({ service: '01', ...changes }), null);
      expect(answer?.details).toBeNull();
      expect(answer?.messages[0]?.text).toMatch(words);
      expect(simulated.sold()).toEqual([]);
    });
  });

  test('cancels no label of a parcel that it has taken over', async () => {
    await inWorld(subject, async ({ carrier, simulated, advance }) => {
      const purchase = await bought(carrier, aShipment({ service: '01' }));
      advance(7 * HOUR_MS);

      expect(await carrier.void?.(purchase)).toMatchObject({ details: 'refused', messages: [{ level: 'error' }] });
      expect((await carrier.voidState?.(purchase))?.details).toBe('refused');
      expect(simulated.sold()).toMatchObject([{ voided: false }]);
    });
  });
});
