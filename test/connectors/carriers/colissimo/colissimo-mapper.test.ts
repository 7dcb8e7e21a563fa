import { describe, expect, test } from 'vitest';
import type { ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import type { CarrierHttp } from '../../../../main/carriers/carrier-http.ts';
import { colissimoConnector } from '../../../../main/carriers/colissimo/carrier.ts';
import { toLabelRequest, toMessages, toTracking } from '../../../../main/carriers/colissimo/mapper.ts';
import { readMultipart } from '../../../../main/carriers/colissimo/multipart.ts';
import { simulateColissimo } from '../../../../main/carriers/colissimo/simulated.ts';
import { COLISSIMO_SANDBOX } from '../../../../main/carriers/colissimo/simulated-checks.ts';
import { mod37CheckCharacter } from '../../../../shared/barcode/check-digits.ts';
import { bought, inWorld } from '../support/connector-world.ts';
import { aShipment, someCustoms } from '../support/shipments.ts';

const weighing = (weightMg: number): ShipmentRequest => {
  const request = aShipment({ service: 'DOM' });
  return { ...request, parcel: { ...request.parcel, weightMg } };
};

describe('a parcel as Colissimo is asked for its label', () => {
  test.each([
    [1_234_001, 1.24],
    [600_000, 0.6],
    [1, 0.01],
    [30_000_000, 30],
    [0, 0],
  ])('weighs %i mg as %d kg: rounded up to 10 g, nothing stays nothing', (weightMg, kg) => {
    expect(toLabelRequest(weighing(weightMg)).letter.parcel.weight).toBe(kg);
  });

  test('has street and building on the lines that La Poste reads them from', () => {
    const { letter } = toLabelRequest(aShipment({ service: 'DOM' }));

    expect(letter.addressee.address).toEqual({
      lastName: 'Durand',
      firstName: 'Élodie',
      line1: 'Bâtiment B',
      line2: '8 quai de la Fosse',
      countryCode: 'FR',
      city: 'Nantes',
      zipCode: '44000',
      mobileNumber: '+33612345678',
      email: 'elodie@example.com',
      language: 'FR',
    });
    expect(letter.sender.address).toMatchObject({ companyName: 'Mercier SARL', phoneNumber: '+33472000000' });
  });

  test('names the pick-up point, and the shop that the message to the buyer is signed with', () => {
    const { letter } = toLabelRequest(aShipment({ service: 'A2P', pickupPoint: '060567' }));

    expect(letter.parcel.pickupLocationId).toBe('060567');
    expect(letter.service).toMatchObject({ productCode: 'A2P', commercialName: 'Mercier SARL' });
  });

  test.each([
    ['pdf', '100x150', 300, 'PDF_10x15_300dpi'],
    ['pdf', '100x150', 203, 'ZPL_10x15_203dpi'],
    ['pdf', '4x6', 300, 'ZPL_10x15_300dpi'],
    ['zpl', '4x6', 203, 'ZPL_10x15_203dpi'],
    ['zpl', '100x150', 300, 'ZPL_10x15_300dpi'],
  ] as const)('asks for %s on %s at %i dpi as %s', (file, media, dpi, outputPrintingType) => {
    const request = aShipment({ label: { media, dpi, file } });
    expect(toLabelRequest(request).outputFormat).toEqual({ x: 0, y: 0, outputPrintingType });
  });

  test('declares three pieces for 10.00 € as two for 3.33 and one for 3.34: the sum is kept', () => {
    const item = { ...someCustoms.items[0], quantity: 3, value: { minor: 1_000, currency: 'EUR' } };
    const customs = { ...someCustoms, items: [{ ...item, description: 'Mug', sku: 'MUG', netWeightMg: 90_000 }] };
    const { letter, fields } = toLabelRequest(aShipment({ service: 'COLI', customs }));

    const articles = letter.customsDeclarations?.contents.article ?? [];
    expect(articles.map(({ quantity, value, weight }) => [quantity, value, weight])).toEqual([
      [2, 3.33, 0.03],
      [1, 3.34, 0.03],
    ]);
    expect(letter.customsDeclarations?.contents.category).toEqual({ value: 3 });
    expect(fields).toEqual({ field: [{ key: 'EORI', value: 'FR12345678901234' }] });
  });

  test('a return from abroad names the parcel that the goods went out with', () => {
    const customs = { ...someCustoms, category: 'returned' } as const;
    const outboundTracking = 'CY012345675FR';
    const { letter } = toLabelRequest(aShipment({ kind: 'return', service: 'CORI', customs, outboundTracking }));

    const contents = letter.customsDeclarations?.contents;
    expect(contents?.category).toEqual({ value: 6 });
    expect(contents?.original).toEqual([{ originalIdent: 'A', originalParcelNumber: outboundTracking }]);
    expect(contents?.article.every(({ originalIdent }) => originalIdent === 'A')).toBe(true);
  });
});

/** An answer as La Poste's service writes it: JSON first, then the file, lines ended by CR LF. */
function labelAnswer(partner: string | null, end = '--'): { type: string; bytes: Buffer } {
  const json = {
    messages: [
      { id: '0', type: 'INFOS', messageContent: 'La requête a été traitée avec succès', replacementValues: [] },
    ],
    labelXmlV2Reponse: null,
    labelV2Response: { parcelNumber: '9V34929818521', parcelNumberPartner: partner, pdfUrl: null, fields: {} },
  };
  const mark = 'uuid:1319cc1c-95c7-4233-ad64-0d0bba481500';
  const binary = 'Content-Transfer-Encoding: binary\r\n';
  const head = `\r\n--${mark}\r\nContent-Type: application/json;charset=UTF-8\r\n${binary}Content-ID: <jsonInfos>\r\n\r\n`;
  const file = `\r\n--${mark}\r\nContent-Type: application/octet-stream\r\n${binary}Content-ID: <label>\r\n\r\n`;
  // A file may hold line breaks and hyphens of its own, and bytes that are no text.
  const pdf = Buffer.concat([
    Buffer.from('%PDF-1.3\r\n\r\n--uuid:\r\n'),
    Buffer.from([0, 255, 254]),
    Buffer.from('\n%%EOF\n'),
  ]);
  const bytes = [Buffer.from(head + JSON.stringify(json) + file), pdf, Buffer.from(`\r\n--${mark}${end}`)];
  return {
    type: `multipart/related; type="application/json"; boundary="${mark}"; start="<jsonInfos>"`,
    bytes: Buffer.concat(bytes),
  };
}

function accountAnswering(status: number, type: string, bytes: Uint8Array) {
  const http: CarrierHttp = async () => ({ status, headers: new Headers({ 'content-type': type }), bytes });
  return colissimoConnector.open(COLISSIMO_SANDBOX, { http, clock: () => new Date('2026-11-23T09:00:00Z') });
}

describe('what Colissimo answers', () => {
  test('is a number, what scanners read of the GeoPost barcode, and the file byte by byte', async () => {
    const { type, bytes } = labelAnswer('0075004119V3492981852802250G');
    const purchase = await bought(accountAnswering(200, type, bytes), aShipment({ service: 'DOS' }));

    expect(purchase).toMatchObject({
      carrierRef: '9V34929818521',
      trackingNumber: '9V34929818521',
      scanTexts: ['%0075004119V3492981852802250', '9V34929818521'],
      serviceTitle: 'Colissimo Domicile avec signature',
      cost: null,
      trackingUrl: 'https://www.laposte.fr/outils/suivre-vos-envois?code=9V34929818521',
    });
    const label = purchase.label.kind === 'file' ? Buffer.from(purchase.label.bytes) : Buffer.alloc(0);
    expect(label.toString('latin1')).toBe('%PDF-1.3\r\n\r\n--uuid:\r\n\u0000\u00ff\u00fe\n%%EOF\n');
  });

  test('has the parcel number alone in its barcode where GeoPost does not deliver', async () => {
    const { type, bytes } = labelAnswer(null);
    const purchase = await bought(accountAnswering(200, type, bytes), aShipment({ service: 'COLI' }));
    expect(purchase.scanTexts).toEqual(['9V34929818521']);
  });

  test('is unreadable when its closing line is missing', () => {
    const { type, bytes } = labelAnswer(null, '');
    expect(() => readMultipart(bytes, type)).toThrow(/carrier.unreadable/);
  });

  test('refuses in its own numbers, which say what of the parcel they are about', async () => {
    const body =
      '{"messages":[{"id":"30301","type":"ERROR","messageContent":"Le poids du colis est incorrect","replacementValues":[]}]}';
    const account = accountAnswering(400, 'application/json;charset=UTF-8', Buffer.from(body));

    expect(await account.buy?.(aShipment({ service: 'DOM' }), null)).toEqual({
      details: null,
      messages: [{ level: 'error', code: '30301', text: 'Le poids du colis est incorrect', field: 'parcel.weightMg' }],
    });
  });

  test.each([
    ['30211', 'to.postcode'],
    ['30220', 'to.phone'],
    ['30401', 'pickupPoint'],
    ['30519', 'customs'],
    ['30108', 'from.postcode'],
  ])('message %s is about %s', (id, field) => {
    expect(toMessages([{ id, type: 'ERROR', messageContent: 'non' }])).toMatchObject([{ code: id, field }]);
  });

  test('an unknown contract is a refused sign-in, not a refused parcel', async () => {
    const body =
      '{"messages":[{"id":"30000","type":"ERROR","messageContent":"Identifiant ou mot de passe incorrect"}]}';
    const account = accountAnswering(400, 'application/json', Buffer.from(body));
    await expect(account.check()).rejects.toMatchObject({ code: 'carrier.sign-in-refused' });
  });

  test('tracking comes newest first and with the hour of Paris; it goes on oldest first in UTC', () => {
    const event = [
      { code: 'DI1', label: 'Votre colis est livré.', date: '2023-03-09T09:38:00+01:00' },
      { code: 'AG1', label: 'En attente au guichet.', date: '2023-03-09T09:01:00+01:00' },
      { code: 'XX9', label: 'Un mot nouveau.', date: '2023-03-08T16:25:00+01:00' },
      { code: 'DR1', label: 'En cours de préparation.', date: '2023-03-07T14:41:00+01:00' },
    ];
    const tracking = toTracking({ returnCode: 200, shipment: { event, estimDate: '2023-03-09T09:38:00+01:00' } });

    expect(tracking.state).toBe('delivered');
    expect(tracking.deliveryBy).toBe('2023-03-09');
    expect(tracking.events.map(({ at, state }) => [at, state])).toEqual([
      ['2023-03-07T13:41:00.000Z', 'pending'],
      ['2023-03-08T15:25:00.000Z', 'unknown'],
      ['2023-03-09T08:01:00.000Z', 'ready-for-pickup'],
      ['2023-03-09T08:38:00.000Z', 'delivered'],
    ]);
  });
});

describe('the played Colissimo', () => {
  const subject = {
    connector: colissimoConnector,
    simulate: simulateColissimo,
    config: COLISSIMO_SANDBOX,
    wrongConfig: COLISSIMO_SANDBOX,
    request: aShipment,
    refused: {},
    received: () => ({ reference: '', weightMg: 0, customs: null }),
  };
  const { to } = aShipment();
  const { phone: _phone, ...silent } = to;
  const light = { weightMg: 0, lengthMm: 1, widthMm: 1, heightMm: 1, index: 1, count: 1 };

  test.each<[string, Partial<ShipmentRequest>, string]>([
    ['a weight of nothing', { parcel: light }, '30301'],
    ['a postcode that does not exist', { to: { ...to, postcode: '99999' } }, '30211'],
    ['no postcode', { to: { ...to, postcode: '' } }, '30210'],
    ['an unknown country', { to: { ...to, country: 'ZZ' } }, '30207'],
    ['a line of 36 letters', { to: { ...to, street1: 'x'.repeat(36) } }, '30600'],
    ['no pick-up point', { service: 'A2P' }, '30400'],
    ['an unknown pick-up point', { service: 'A2P', pickupPoint: 'nowhere' }, '30401'],
    ['no phone for the message from the pick-up point', { service: 'A2P', pickupPoint: '060567', to: silent }, '30220'],
    ['a product of another contract', { service: 'FRET' }, '30700'],
    ['a country that the product does not reach', { to: { ...to, country: 'DE', postcode: '10115' } }, '30213'],
    [
      'goods that cross the border without a declaration',
      { service: 'COLI', to: { ...to, country: 'US', postcode: '10001' } },
      '30500',
    ],
  ])('refuses %s', async (_words, changes, code) => {
    await inWorld(subject, async ({ carrier, simulated }) => {
      const answer = await carrier.buy?.(aShipment({ service: 'DOM', ...changes }), null);
      expect(answer?.details).toBeNull();
      expect(answer?.messages.map((message) => message.code)).toContain(code);
      expect(simulated.sold()).toEqual([]);
    });
  });

  test('makes the GeoPost number of a parcel as real labels have it', async () => {
    // Two labels that La Poste made: `11`, the parcel number without its key, product, country, check character.
    expect(mod37CheckCharacter('0075004119V3492981852802250')).toBe('G');
    expect(mod37CheckCharacter('0075004119V3457262927802250')).toBe('I');
    await inWorld(subject, async ({ carrier }) => {
      const { scanTexts, trackingNumber } = await bought(carrier, aShipment({ service: 'DOS' }));
      expect(scanTexts[0]).toBe(`%004400011${trackingNumber.slice(0, 12)}802250`);
    });
  });

  test('gives a customs form with a parcel that leaves the customs union', async () => {
    await inWorld(subject, async ({ carrier }) => {
      const abroad = { ...to, country: 'US', region: 'NY', postcode: '10001', city: 'New York' };
      const { papers } = await bought(carrier, aShipment({ service: 'COLI', to: abroad, customs: someCustoms }));
      expect(papers.map(({ kind }) => kind)).toEqual(['customs-form']);
    });
  });
});
