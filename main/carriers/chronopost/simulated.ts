import { z } from 'zod';
import { scanText } from '../../../shared/carriers/carrier-number.ts';
import { buildChronopost, chronopostParcel, geopostBarcode } from '../../../shared/carriers/geopost.ts';
import type { Address } from '../../../shared/model/address.ts';
import { type JourneyStep, journeyOf } from '../carrier-journey.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedLabel,
  type SimulatedReply,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import { readSoap, soapEnvelope, Words, type XmlNode } from '../carrier-soap.ts';
import { SERVICES } from './client.ts';
import { productOf } from './products.ts';
import { checkShipping, checkSignIn, SimShipping } from './simulated-checks.ts';

interface SoldParcel {
  readonly reference: string;
  readonly number: string;
  readonly soldAt: Date;
  result: XmlNode;
  cancelledAt: Date | null;
}

const Called = z.record(z.string(), z.unknown());

function called(body: string): { operation: string; params: unknown } {
  const reply = readSoap(body);
  const [[operation, params] = ['', {}]] = reply.outcome === 'answered' ? Object.entries(Called.parse(reply.body)) : [];
  return { operation, params };
}

function answer(namespace: string, operation: string, result: XmlNode): SimulatedReply {
  const body = { [`ns1:${operation}Response`]: { return: result } };
  const headers = { 'content-type': 'text/xml;charset=UTF-8' };
  return { headers, body: soapEnvelope({ namespaces: { ns1: namespace }, body }) };
}

function addressOf(role: 'shipper' | 'recipient', party: Readonly<Record<string, string>>): Address {
  const part = (name: string): string => party[role + name] ?? '';
  return {
    name: part('ContactName') || part('Name'),
    ...(part('Name') === part('ContactName') ? {} : { company: part('Name') }),
    street1: part('Adress1'),
    ...(part('Adress2') ? { street2: part('Adress2') } : {}),
    postcode: part('ZipCode'),
    city: part('City'),
    country: part('Country'),
  };
}

const COUNTRY_NUMBERS: Readonly<Record<string, string>> = {
  FR: '250',
  MC: '492',
  DE: '276',
  BE: '056',
  ES: '724',
  IT: '380',
};

function numbersOf({ recipientValue }: SimShipping, serial: number): { number: string; bars: string } {
  const number = buildChronopost('XP', 69_698_000 + serial);
  const postcode = (recipientValue.recipientZipCode ?? '').replace(/[^0-9A-Za-z]/g, '') || '0';
  const country = COUNTRY_NUMBERS[recipientValue.recipientCountry ?? ''] ?? '250';
  const route = { parcel: chronopostParcel(number, '248'), postcode, service: '226', country };
  return { number, bars: scanText(geopostBarcode(route)) };
}

function labelOf(request: SimShipping, { number, bars }: { number: string; bars: string }): SimulatedLabel {
  const { mode } = request.skybillParamsValue;
  const { productCode } = request.skybillValue;
  return {
    carrier: 'Chronopost',
    service: productOf(productCode)?.title ?? productCode,
    from: addressOf('shipper', request.shipperValue),
    to: addressOf('recipient', request.recipientValue),
    trackingNumber: number,
    symbols: [{ kind: 'code128', text: bars }],
    media: '100x150',
    dpi: mode === 'ZPL300' ? 300 : 203,
    file: mode.startsWith('Z') ? 'zpl' : 'pdf',
  };
}

async function sell(deps: SimulatorDeps, sold: SoldParcel[], call: SimulatedCall): Promise<XmlNode> {
  const request = SimShipping.parse(called(call.body).params);
  const refusal = checkShipping(request);
  if (refusal) return { ...refusal };
  const before = sold.at(-1);
  const numbers = numbersOf(request, sold.length);
  const { shipperRef: reference } = request.refValue;
  const parcel: SoldParcel = { reference, number: numbers.number, soldAt: deps.clock(), result: {}, cancelledAt: null };
  // Two labels are asked for at once: a place in the list is taken before anything waits.
  sold.push(parcel);
  const drawn = call.fault === 'wrong-label' ? numbersOf(request, sold.length + 5_000) : numbers;
  const whole = await deps.drawLabel(labelOf(request, drawn));
  const file = call.fault === 'half-file' ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
  parcel.result = {
    ...{ errorCode: '0', errorMessage: '', skybill: Buffer.from(file).toString('base64') },
    ...{ skybillNumber: numbers.number, codeDepot: '75327227', codeService: '226', destinationDepot: '0477' },
    ...{ geoPostCodeBarre: numbers.bars, geoPostNumeroColis: numbers.bars.slice(8, 22), serviceName: 'AM2-NO' },
  };
  return call.fault === 'same-label' && before ? before.result : parcel.result;
}

/** Codes and words of `trackSkybillV2`. */
const EVENTS: Readonly<Record<JourneyStep['step'], readonly [code: string, label: string, office: string]>> = {
  label: ['DC', "Envoi en cours de préparation chez l'expéditeur", 'Web Services'],
  'picked-up': ['DB', "Envoi pris en charge auprès de l'expéditeur", 'LYON CHRONOPOST'],
  'in-transit': ['TS', 'Envoi en transit', 'HUB CHILLY MAZARIN CHRONOPOST'],
  'out-for-delivery': ['TA', 'Envoi en cours de livraison', 'NANTES CHRONOPOST'],
  delivered: ['D', 'Livraison effectuée', 'NANTES CHRONOPOST'],
};

function eventsOf({ soldAt, cancelledAt }: SoldParcel, now: Date): XmlNode[] {
  const until = cancelledAt ?? now;
  const steps = journeyOf(soldAt, until).map(({ at, step }) => {
    const [code, eventLabel, officeLabel] = EVENTS[step];
    return { code, eventDate: at.toISOString(), eventLabel, officeLabel };
  });
  const cancelled = { code: 'AN', eventLabel: 'Envoi annulé', officeLabel: 'Web Services' };
  return cancelledAt ? [...steps, { ...cancelled, eventDate: cancelledAt.toISOString() }] : steps;
}

const UNKNOWN = {
  errorCode: '2',
  errorMessage: "the parcel doesn't match account or parcel information not found",
};
const Tracked = z.object({ skybillNumber: Words });
const Signed = z.object({ accountNumber: Words, password: Words });
const Near = z.object({ zipCode: Words, city: Words, countryCode: Words });

function tracking(sold: readonly SoldParcel[], call: SimulatedCall, now: Date): XmlNode {
  const { operation, params } = called(call.body);
  const parcel = sold.find(({ number }) => number === Tracked.parse(params).skybillNumber);
  if (operation === 'cancelSkybill') {
    const refusal = checkSignIn(Signed.parse(params));
    if (refusal) return { ...refusal };
    if (!parcel) return UNKNOWN;
    if (parcel.cancelledAt !== null || journeyOf(parcel.soldAt, now).length > 1)
      return { errorCode: '4', errorMessage: 'the parcel can no longer be cancelled' };
    parcel.cancelledAt = now;
    return { errorCode: '0', errorMessage: '', statusCode: '1' };
  }
  if (!parcel) return UNKNOWN;
  const events = eventsOf(parcel, now);
  return { errorCode: '0', errorMessage: '', listEventInfoComp: { events, skybillNumber: parcel.number } };
}

function points(params: unknown): XmlNode {
  const refusal = checkSignIn(Signed.parse(params));
  if (refusal) return { ...refusal };
  const { zipCode, city, countryCode } = Near.parse(params);
  if (!/^(?!00|96|99)[0-9]{5}$/.test(zipCode)) return { errorCode: '4', errorMessage: 'Code postal inconnu' };
  const point = (identifiant: string, nom: string, metres: number): XmlNode => ({
    ...{ identifiant, nom, adresse1: `${metres} RUE DU COMMERCE`, adresse2: '', adresse3: '', codePostal: zipCode },
    ...{ localite: city.toUpperCase(), codePays: countryCode, distanceEnMetre: String(metres) },
  });
  const listePointRelais = [point('1699P', 'BUREAU TABAC DU PORT', 180), point('2087X', 'EPICERIE DES HALLES', 420)];
  return { errorCode: '0', errorMessage: '', qualiteReponse: '2', listePointRelais };
}

/** A Chronopost that is played on loopback: labels, cancellations, tracking and relays. */
export function simulateChronopost(deps: SimulatorDeps): SimulatedCarrier {
  const sold: SoldParcel[] = [];
  const serve = (service: keyof typeof SERVICES, result: (call: SimulatedCall) => XmlNode | Promise<XmlNode>) => ({
    method: 'POST',
    path: new RegExp(`^${SERVICES[service].path}$`),
    answer: async (call: SimulatedCall) =>
      answer(SERVICES[service].namespace, called(call.body).operation, await result(call)),
  });
  const shipping = serve('shipping', (call) => sell(deps, sold, call));
  return createSimulator(
    {
      name: 'chronopost',
      routes: [
        { ...shipping, buys: true },
        serve('tracking', (call) => tracking(sold, call, deps.clock())),
        serve('points', ({ body }) => points(called(body).params)),
      ],
      sold: () =>
        sold.map(({ reference, number, cancelledAt }) => ({
          reference,
          trackingNumber: number,
          voided: cancelledAt !== null,
        })),
    },
    deps.hangMs,
  );
}
