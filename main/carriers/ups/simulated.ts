import { buildUps1z } from '../../../shared/carriers/ups.ts';
import type { Address } from '../../../shared/model/address.ts';
import { journeyOf } from '../carrier-journey.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedReply,
  type SimulatedRoute,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import { againstShipment, asAddress, InRate, InRecovery, InShip, type InShipment, pounds } from './simulated-checks.ts';

/** Credentials that the simulated UPS knows. */
export const simulatedUpsAccount = {
  clientId: 'simulated-client',
  clientSecret: 'simulated-secret',
  accountNumber: '0FH344',
} as const;

interface Sold {
  readonly reference: string;
  readonly trackingNumber: string;
  readonly at: Date;
  readonly label: string;
  readonly invoiced: boolean;
  voidedAt: Date | null;
}

interface Store {
  readonly deps: SimulatorDeps;
  readonly sold: Sold[];
  readonly tokens: Map<string, number>;
}

const FOUR_HOURS_S = 14_399;

/** UPS's services as its documents describe them. */
export function simulateUps(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = { deps, sold: [], tokens: new Map() };
  const sold = () =>
    store.sold.map(({ reference, trackingNumber, voidedAt }) => ({
      reference,
      trackingNumber,
      voided: voidedAt !== null,
    }));
  return createSimulator({ name: 'ups', routes: routesOf(store), sold }, deps.hangMs);
}

const json = (body: object, status = 200): SimulatedReply => ({ status, body: JSON.stringify(body) });
const refuse = (status: number, code: string, message: string): SimulatedReply =>
  json({ response: { errors: [{ code, message }] } }, status);

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (
    method: string,
    path: RegExp,
    answer: (call: SimulatedCall) => SimulatedReply | Promise<SimulatedReply>,
  ): SimulatedRoute => ({
    method,
    path,
    answer: async (call) =>
      isKnown(store, call.headers) ? answer(call) : refuse(401, '250002', 'Invalid Authentication Information.'),
  });
  return [
    { method: 'POST', path: /^\/security\/v1\/oauth\/token$/, answer: async (call) => giveToken(store, call) },
    route('POST', /^\/api\/rating\/v2409\/Shop$/, shop),
    { ...route('POST', /^\/api\/shipments\/v2409\/ship$/, (call) => ship(store, call)), buys: true },
    route('DELETE', /^\/api\/shipments\/v2409\/void\/cancel\/([^/]+)$/, (call) => remove(store, call)),
    route('GET', /^\/api\/track\/v1\/details\/([^/]+)$/, (call) => track(store, call)),
    route('POST', /^\/api\/labels\/v1\/recovery$/, (call) => recover(store, call)),
  ];
}

function giveToken({ deps, tokens }: Store, { headers, body }: SimulatedCall): SimulatedReply {
  const { clientId, clientSecret, accountNumber } = simulatedUpsAccount;
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
  const known = headers.get('authorization') === basic && headers.get('x-merchant-id') === accountNumber;
  if (!known || new URLSearchParams(body).get('grant_type') !== 'client_credentials')
    return refuse(401, '10401', 'ClientId is Invalid');
  const token = `simulated-token-${tokens.size + 1}`;
  tokens.set(token, deps.clock().getTime() + FOUR_HOURS_S * 1_000);
  // UPS writes the seconds as a text.
  return json({ token_type: 'Bearer', access_token: token, expires_in: String(FOUR_HOURS_S), status: 'approved' });
}

function isKnown({ deps, tokens }: Store, headers: Headers): boolean {
  const until = tokens.get((headers.get('authorization') ?? '').replace(/^Bearer /, '')) ?? 0;
  return until > deps.clock().getTime();
}

const success = (context: string) => ({
  ResponseStatus: { Code: '1', Description: 'Success' },
  TransactionReference: { CustomerContext: context },
});

const PRICES: Readonly<Record<string, { readonly cents: number; readonly days: string }>> = {
  '01': { cents: 6_250, days: '1' },
  '02': { cents: 3_140, days: '2' },
  '03': { cents: 1_190, days: '4' },
  '07': { cents: 11_400, days: '2' },
  '11': { cents: 1_420, days: '3' },
  '65': { cents: 9_820, days: '3' },
};

function offers(shipment: InShipment): { code: string; charge: object; days: string }[] {
  const { CountryCode: from } = shipment.ShipFrom.Address;
  const { CountryCode: to } = shipment.ShipTo.Address;
  const codes = from === 'US' && to === 'US' ? ['01', '02', '03'] : ['07', '11', '65'];
  return codes.flatMap((code) => {
    const price = PRICES[code];
    if (!price) return [];
    const cents = price.cents + Math.ceil(pounds(shipment)) * 15;
    const charge = { CurrencyCode: from === 'US' ? 'USD' : 'EUR', MonetaryValue: (cents / 100).toFixed(2) };
    return [{ code, charge, days: price.days }];
  });
}

function shop({ body }: SimulatedCall): SimulatedReply {
  const read = InRate.safeParse(JSON.parse(body));
  if (!read.success) return refuse(400, '111100', `Invalid request: ${read.error.issues[0]?.path.join('.')}`);
  const { Shipment, Request } = read.data.RateRequest;
  const against = againstShipment(Shipment);
  if (against) return refuse(400, against.code, against.message);
  const RatedShipment = offers(Shipment).map(({ code, charge, days }) => ({
    Service: { Code: code, Description: '' },
    TotalCharges: charge,
    GuaranteedDelivery: { BusinessDaysInTransit: days },
  }));
  const Response = { ...success(Request.TransactionReference.CustomerContext), Alert: [] };
  return json({ RateResponse: { Response, RatedShipment } });
}

/** Serials have seven digits; this one no parcel has. */
const NOBODYS = 9_999_999;

async function ship(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const read = InShip.safeParse(JSON.parse(call.body));
  if (!read.success) return refuse(400, '120001', `Invalid request: ${read.error.issues[0]?.path.join('.')}`);
  const { Shipment, Request } = read.data.ShipmentRequest;
  const against = againstShipment(Shipment);
  if (against) return refuse(400, against.code, against.message);
  const crosses = Shipment.ShipFrom.Address.CountryCode === 'US' && Shipment.ShipTo.Address.CountryCode !== 'US';
  const forms = Shipment.ShipmentServiceOptions?.InternationalForms;
  if (crosses && !forms) return refuse(400, '128030', 'International forms are needed for this shipment.');
  const offer = offers(Shipment).find(({ code }) => code === Shipment.Service.Code);
  if (!offer) return refuse(400, '111210', 'The requested service is unavailable between the selected locations.');
  const { number, GraphicImage } = await sell(store, call, Shipment);
  const results = {
    ShipmentCharges: { TotalCharges: offer.charge },
    ShipmentIdentificationNumber: number,
    PackageResults: [{ TrackingNumber: number, ShippingLabel: { ImageFormat: { Code: 'ZPL' }, GraphicImage } }],
    ...(forms ? { Form } : {}),
  };
  const Response = { ...success(Request.TransactionReference.CustomerContext), Alert: [] };
  return json({ ShipmentResponse: { Response, ShipmentResults: results } });
}

/** An invoice of one empty page: what matters is that it comes. */
const INVOICE = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF\n',
).toString('base64');
const Form = { Code: '01', Image: { ImageFormat: { Code: 'PDF' }, GraphicImage: INVOICE } };

async function sell(
  store: Store,
  call: SimulatedCall,
  shipment: InShipment & { readonly Service: { readonly Code: string } },
): Promise<{ number: string; GraphicImage: string }> {
  const { Service, ShipFrom, ShipTo, ReferenceNumber, Package, Shipper } = shipment;
  const numberAt = (serial: number): string =>
    buildUps1z({ shipper: Shipper.ShipperNumber, service: Service.Code }, serial);
  const own = numberAt((store.deps.soldBefore ?? 0) + store.sold.length + 1);
  const number = call.fault === 'same-label' ? (store.sold.at(-1)?.trackingNumber ?? own) : own;
  const shown = call.fault === 'wrong-label' ? numberAt(NOBODYS) : number;
  const from: Address = asAddress(ShipFrom);
  const to: Address = asAddress(ShipTo);
  const bytes = await store.deps.drawLabel({
    carrier: 'UPS',
    service: Service.Code,
    from,
    to,
    trackingNumber: shown,
    symbols: [{ kind: 'code128', text: shown }],
    media: '4x6',
    dpi: 203,
    file: 'zpl',
  });
  const label = Buffer.from(bytes).toString('base64');
  const [mine] = [...(ReferenceNumber ?? []), ...Package.flatMap((parcel) => parcel.ReferenceNumber ?? [])];
  const reference = mine?.Value ?? '';
  const invoiced = shipment.ShipmentServiceOptions?.InternationalForms !== undefined;
  store.sold.push({ reference, trackingNumber: number, at: store.deps.clock(), label, invoiced, voidedAt: null });
  const half = Buffer.from(bytes.subarray(0, bytes.length / 2)).toString('base64');
  return { number, GraphicImage: call.fault === 'half-file' ? half : label };
}

function recover({ sold }: Store, { body }: SimulatedCall): SimulatedReply {
  const read = InRecovery.safeParse(JSON.parse(body));
  if (!read.success) return refuse(400, '300001', 'Invalid request');
  const { ReferenceNumber } = read.data.LabelRecoveryRequest.ReferenceValues;
  const found = sold.filter((one) => one.reference === ReferenceNumber.Value && one.voidedAt === null);
  if (found.length === 0) return refuse(400, '9801031', 'No shipment was found for this reference number.');
  const results = found.map(({ trackingNumber, label }) => ({
    TrackingNumber: trackingNumber,
    LabelImage: { LabelImageFormat: { Code: 'ZPL' }, GraphicImage: label },
  }));
  // A list of one is written as the thing itself.
  const LabelResults = results.length === 1 ? results[0] : results;
  const ShipmentIdentificationNumber = found[0]?.trackingNumber;
  const form = found.some(({ invoiced }) => invoiced) ? { Form } : {};
  const Recovered = { Response: success(''), ShipmentIdentificationNumber, LabelResults, ...form };
  return json({ LabelRecoveryResponse: Recovered });
}

function remove({ sold, deps }: Store, { params: [number] }: SimulatedCall): SimulatedReply {
  const found = sold.find(({ trackingNumber }) => trackingNumber === number);
  if (!found) return refuse(400, '190102', 'No shipment found within the allowed void period');
  if (found.voidedAt) return refuse(400, '190117', 'The shipment has already been voided');
  found.voidedAt = deps.clock();
  const Status = { Code: '1', Description: 'Voided' };
  return json({ VoidShipmentResponse: { Response: success(''), SummaryResult: { Status } } });
}

const TYPES = {
  label: ['M', 'MP', 'Shipper created a label, UPS has not received the package yet.'],
  'picked-up': ['P', 'OR', 'Origin Scan'],
  'in-transit': ['I', 'DP', 'Departed from Facility'],
  'out-for-delivery': ['O', 'OT', 'Out For Delivery Today'],
  delivered: ['D', 'F4', 'DELIVERED'],
} as const;

function track({ sold, deps }: Store, { params: [number] }: SimulatedCall): SimulatedReply {
  const found = sold.find(({ trackingNumber }) => trackingNumber === number);
  if (!found) return refuse(404, 'TW0001', 'Tracking Information Not Found');
  const now = found.voidedAt ?? deps.clock();
  const steps = journeyOf(found.at, now).map(({ at, step }) => {
    const [type, code, description] = TYPES[step];
    return activity(at, { type, code, description });
  });
  const gone = found.voidedAt
    ? [activity(found.voidedAt, { type: 'MV', code: 'VP', description: 'Shipment voided' })]
    : [];
  const parcel = { trackingNumber: number, activity: [...steps, ...gone].reverse() };
  return json({ trackResponse: { shipment: [{ inquiryNumber: number, package: [parcel] }] } });
}

function activity(at: Date, status: { type: string; code: string; description: string }): object {
  const [date = '', time = ''] = at.toISOString().split('T');
  const gmt = { gmtDate: date.replaceAll('-', ''), gmtTime: time.slice(0, 8), gmtOffset: '+00:00' };
  const local = { date: gmt.gmtDate, time: time.slice(0, 8).replaceAll(':', '') };
  return { location: { address: { city: 'LOUISVILLE', countryCode: 'US' } }, status, ...local, ...gmt };
}
