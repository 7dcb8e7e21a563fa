import { describe, expect, test } from 'vitest';
import type { ShipmentRequest } from '../../../../main/carriers/carrier.ts';
import { type CarrierCall, carrierHttp } from '../../../../main/carriers/carrier-http.ts';
import { readSoap, soapEnvelope, type XmlNode } from '../../../../main/carriers/carrier-soap.ts';
import { mondialRelayConnector } from '../../../../main/carriers/mondial-relay/carrier.ts';
import {
  fileNumber,
  grams,
  relayPhone,
  relayText,
  toExpedition,
  toTracking,
} from '../../../../main/carriers/mondial-relay/mapper.ts';
import { securityOf } from '../../../../main/carriers/mondial-relay/sign.ts';
import { simulateMondialRelay } from '../../../../main/carriers/mondial-relay/simulated.ts';
import { RELAY_SANDBOX } from '../../../../main/carriers/mondial-relay/simulated-checks.ts';
import { AppError } from '../../../../shared/errors.ts';
import { expectLabel } from '../support/check-support.ts';
import { bought, HOUR_MS, inWorld } from '../support/connector-world.ts';
import { aShipment } from '../support/shipments.ts';

const aRelayParcel = (changes: Partial<ShipmentRequest> = {}): ShipmentRequest =>
  aShipment({ service: '24R', pickupPoint: '012345', ...changes });

describe('the security key', () => {
  test.each([
    [{ Enseigne: 'test', Expedition: 'E001', Langue: 'FR' }, 'B351449343E158B37FCD6AE7394581FD'],
    [{ Enseigne: 'test', Expeditions: 'E001;E002', Langue: 'FR' }, 'D47B3C68F274CF69D05C57A2B5B532A0'],
  ])('of %j is that of another client of the service', (params, key) => {
    expect(securityOf(params, 'test')).toBe(key);
  });

  test('counts the values in the order of the call, the private key behind them', () => {
    expect(securityOf({ A: '1', B: '2' }, 'x')).not.toBe(securityOf({ B: '2', A: '1' }, 'x'));
    expect(securityOf({ A: '1', B: '', C: '2' }, 'x')).toBe(securityOf({ A: '1', C: '2' }, 'x'));
  });
});

describe('a parcel as Mondial Relay is told of it', () => {
  test.each([
    ['Élodie Durand', 'ELODIE DURAND'],
    ['12 rue de l’Œuvre n°3', "12 RUE DE L'OEUVRE N 3"],
    ['Łódź – Ñuñoa', 'LODZ - NUNOA'],
    ['株式会社 Tokyo', 'TOKYO'],
  ])('writes %s as %s', (text, written) => {
    expect(relayText(text)).toBe(written);
  });

  test.each([
    [1_234_000, '1234'],
    [1_234_001, '1235'],
    [50_000, '050'],
    [3_000, '015'],
    [0, '000'],
  ])('weighs %i mg as %s g: 15 at least, three digits, nothing stays nothing', (weightMg, written) => {
    expect(grams(weightMg)).toBe(written);
  });

  test.each([
    ['+33 (0)6 12.34.56.78', '+33612345678'],
    ['06-12-34-56-78', '0612345678'],
    [undefined, ''],
  ])('writes the phone %s as %s', (phone, written) => {
    expect(relayPhone(phone)).toBe(written);
  });

  test('names each value in the order of the manual, the Point Relais with its country', () => {
    const params = toExpedition(aRelayParcel());

    expect(Object.keys(params).slice(0, 6)).toEqual([
      'ModeCol',
      'ModeLiv',
      'NDossier',
      'NClient',
      'Expe_Langage',
      'Expe_Ad1',
    ]);
    expect(Object.keys(params).slice(-7)).toEqual([
      ...['LIV_Rel', 'TAvisage', 'TReprise', 'Montage', 'TRDV', 'Assurance', 'Instructions'],
    ]);
    expect(params).toMatchObject({
      ...{ ModeCol: 'CCC', ModeLiv: '24R', LIV_Rel_Pays: 'FR', LIV_Rel: '012345', COL_Rel: '' },
      ...{ Dest_Mail: 'elodie@example.com', Dest_Tel1: '+33612345678', Poids: '1234', Longueur: '30', NbColis: '1' },
    });
  });

  test.each([
    ['FR-12345', 'FR', '012345'],
    ['BE-067890', 'BE', '067890'],
    ['012345', 'FR', '012345'],
  ])('reads the Point Relais %s as %s %s', (pickupPoint, country, number) => {
    expect(toExpedition(aRelayParcel({ pickupPoint }))).toMatchObject({ LIV_Rel_Pays: country, LIV_Rel: number });
  });

  test('a parcel to the door names no Point Relais, whatever the order says', () => {
    expect(toExpedition(aRelayParcel({ service: 'HOM' }))).toMatchObject({ LIV_Rel_Pays: '', LIV_Rel: '' });
  });

  test('a return is brought to any Point Relais and goes to the shop', () => {
    const { pickupPoint: _point, ...back } = aRelayParcel({ kind: 'return', service: 'LCC' });
    expect(toExpedition(back)).toMatchObject({
      ...{ ModeCol: 'REL', ModeLiv: 'LCC', COL_Rel_Pays: 'XX', COL_Rel: 'AUTO', LIV_Rel: '' },
    });
  });

  test('keeps the end of our reference, where it differs from the one before', () => {
    expect(fileNumber('019aab3c-7d00-7000-8000-0123456789ab')).toBe('0000123456789AB'.slice(-15));
    expect(fileNumber('019aab3c-7d00-7000-8000-0123456789ab')).toHaveLength(15);
  });
});

function accountAnswering(result: XmlNode, operation = 'WSI2_CreationExpedition') {
  const asked: CarrierCall[] = [];
  const body = { [`${operation}Response`]: { [`${operation}Result`]: result } };
  const carrier = mondialRelayConnector.open(RELAY_SANDBOX, {
    clock: () => new Date('2026-11-23T09:00:00Z'),
    http: async (call) => {
      asked.push(call);
      return { status: 200, headers: new Headers(), bytes: Buffer.from(soapEnvelope({ body })) };
    },
  });
  return { carrier, asked };
}

const made = {
  ...{ STAT: '0', ExpeditionNum: '31236105', TRI_AgenceCode: '0744', TRI_Groupe: '5', TRI_Navette: '02' },
  ...{ TRI_Agence: 'NANTES', TRI_TourneeCode: '44123', TRI_LivraisonMode: '24R' },
  CodesBarres: { string: ['11312361050101707441441235'] },
};

describe('what Mondial Relay answers', () => {
  test('becomes the values that the label is drawn from', async () => {
    const { carrier, asked } = accountAnswering(made);
    const purchase = await bought(carrier, aRelayParcel());

    expect(asked[0]).toMatchObject({
      method: 'POST',
      url: 'https://api.mondialrelay.com/Web_Services.asmx',
      headers: { soapaction: '"http://www.mondialrelay.fr/webservice/WSI2_CreationExpedition"' },
    });
    expect(readSoap(asked[0]?.body ?? '')).toMatchObject({
      body: { WSI2_CreationExpedition: { Enseigne: 'BDTEST13', Security: expect.stringMatching(/^[0-9A-F]{32}$/) } },
    });
    expect(purchase).toMatchObject({ trackingNumber: '31236105', scanTexts: ['11312361050101707441441235'] });
    expect(purchase.label).toEqual({
      kind: 'values',
      profile: 'mondial-relay',
      fields: {
        ...{ number: '11312361050101707441441235', mode: '24R', agency: '0744', run: '44123', group: '5' },
        ...{ shuttle: '02', pickupPoint: { number: '012345', name: 'Point Relais FR' } },
      },
    });
  });

  test.each([
    ['of another shipment', { string: ['11999999990101707441441235'] }],
    ['that is cut off', { string: ['1131236'] }],
    ['that is missing', ''],
  ])('with a barcode %s is no label: the parcel would go astray', async (_words, CodesBarres) => {
    const { carrier } = accountAnswering({ ...made, CodesBarres });
    await expect(bought(carrier, aRelayParcel())).rejects.toMatchObject({ code: 'carrier.unreadable' });
  });

  test('refuses by STAT, in the words of its manual', async () => {
    const { carrier } = accountAnswering({ STAT: '14', ExpeditionNum: '' });
    expect(await carrier.buy?.(aRelayParcel(), null)).toEqual({
      details: null,
      messages: [
        { level: 'error', code: '14', text: 'Numéro de Point Relais de livraison invalide', field: 'pickupPoint' },
      ],
    });
  });

  test.each([
    ['97', 'carrier.sign-in-refused'],
    ['2', 'carrier.sign-in-refused'],
    ['99', 'carrier.unavailable'],
  ])('STAT %s is no refusal of the parcel but %s', async (STAT, code) => {
    const { carrier } = accountAnswering({ STAT });
    await expect(bought(carrier, aRelayParcel())).rejects.toMatchObject({ code });
  });

  test('tracking gives the hour of Paris and rows without words', () => {
    const step = (Libelle: string, day: string, Heure: string) => ({ Libelle, Date: day, Heure, Emplacement: '' });
    const rows = [
      step('RÉCEPTION DES DONNÉES', '20/07/26', '10:10'),
      step('PRISE EN CHARGE EN AGENCE', '21/07/2026', '11:11'),
      step('DISPONIBLE AU POINT RELAIS', '22/11/26', '09:00'),
      step('', '', ''),
    ];
    const tracking = toTracking({ STAT: '81', Libelle01: '', Tracing: rows });

    expect(tracking.events.map(({ at, state }) => [at, state])).toEqual([
      ['2026-07-20T08:10:00.000Z', 'pending'],
      ['2026-07-21T09:11:00.000Z', 'picked-up'],
      ['2026-11-22T08:00:00.000Z', 'ready-for-pickup'],
    ]);
    expect(tracking.state).toBe('ready-for-pickup');
    expect(toTracking({ STAT: '83', Libelle01: '', Tracing: rows }).state).toBe('exception');
  });
});

describe('the played Mondial Relay', () => {
  const subject = {
    connector: mondialRelayConnector,
    simulate: simulateMondialRelay,
    config: RELAY_SANDBOX,
    wrongConfig: RELAY_SANDBOX,
    request: aRelayParcel,
    refused: {},
    received: () => ({ reference: '', weightMg: 0, customs: null }),
  };
  const { from, to, parcel } = aRelayParcel();
  const without = (address: typeof to) => {
    const { phone: _phone, ...rest } = address;
    return rest;
  };

  test.each<[string, Partial<ShipmentRequest>, string]>([
    ['a weight of nothing', { parcel: { ...parcel, weightMg: 0 } }, '20'],
    ['more than the mode carries', { parcel: { ...parcel, weightMg: 30_001_000 } }, '20'],
    ['a Point Relais that closed', { pickupPoint: '912345' }, '14'],
    ['a word for a Point Relais', { pickupPoint: 'the one at the corner' }, '15'],
    ['a Point Relais in another country', { pickupPoint: 'BE-012345' }, '92'],
    ['a postcode of four digits', { to: { ...to, postcode: '4400' } }, '36'],
    ['a postcode that no town has', { to: { ...to, postcode: '99000' } }, '93'],
    ['an unknown country', { to: { ...to, country: 'US' } }, '79'],
    ['a shop without a phone', { from: without(from) }, '38'],
    ['a parcel to the door without a phone', { service: 'HOM', to: without(to) }, '38'],
    ['a name of 33 letters', { to: { ...to, name: 'x'.repeat(33) } }, '30'],
    ['an unknown mode', { service: '48R' }, '29'],
  ])('refuses %s', async (_words, changes, code) => {
    await inWorld(subject, async ({ carrier, simulated }) => {
      const answer = await carrier.buy?.(aRelayParcel(changes), null);
      expect(answer?.messages.map((message) => message.code)).toEqual([code]);
      expect(simulated.sold()).toEqual([]);
    });
  });

  test('lets a relay parcel wait at the Point Relais, and knows no number that it did not give', async () => {
    await inWorld(subject, async ({ carrier, advance }) => {
      const purchase = await bought(carrier, aRelayParcel());
      advance(47 * HOUR_MS);
      expect((await carrier.track?.(purchase))?.details?.state).toBe('ready-for-pickup');

      const unknown = await carrier.track?.({ carrierRef: '99999999', trackingNumber: '99999999' });
      expect(unknown).toMatchObject({ details: null, messages: [{ code: '94' }] });
    });
  });

  test('draws the label itself for a shop whose labels it has not approved', async () => {
    await inWorld(subject, async ({ open, served }) => {
      const purchase = await bought(open({ config: { ...RELAY_SANDBOX, labelBy: 'carrier' } }), aRelayParcel());

      expect(purchase.label).toMatchObject({ kind: 'file', format: 'pdf' });
      await expectLabel(purchase, aRelayParcel());
      expect(served.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
        ...['POST /Web_Services.asmx', 'POST /Web_Services.asmx', 'GET /ww2/PDF/StickerMaker2.aspx'],
      ]);
    });
  });

  test('a label that it does not deliver is drawn from the values: the shipment is made and could not be found again', async () => {
    await inWorld(subject, async ({ served, simulated }) => {
      const carrier = mondialRelayConnector.open(
        { ...RELAY_SANDBOX, labelBy: 'carrier', baseUrl: served.baseUrl },
        {
          clock: () => new Date('2026-11-23T09:00:00Z'),
          http: async (call) => {
            if (call.method === 'GET') throw new AppError('remote', 'carrier.unavailable');
            return carrierHttp(call);
          },
        },
      );
      const answer = await carrier.buy?.(aRelayParcel(), null);

      expect(answer?.details?.label).toMatchObject({ kind: 'values', profile: 'mondial-relay' });
      expect(answer?.messages).toMatchObject([{ level: 'warning', code: 'carrier.unavailable' }]);
      expect(simulated.sold()).toHaveLength(1);
    });
  });
});
