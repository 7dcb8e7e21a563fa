import { z } from 'zod';
import { scanText } from '../../../shared/carriers/carrier-number.ts';
import { buildDpdParcel, geopostBarcode } from '../../../shared/carriers/geopost.ts';
import type { Address } from '../../../shared/model/address.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedLabel,
  type SimulatedReply,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import { readSoap, soapEnvelope, Words, type XmlNode } from '../carrier-soap.ts';
import { DPD_NAMESPACE } from './client.ts';
import { checkShipment, DPD_SANDBOX, type Fault, type SimAddress, SimShipment } from './simulated-checks.ts';

interface SoldParcel {
  readonly reference: string;
  readonly number: string;
  readonly bars: string;
  readonly day: string;
  /** The label as it is; what was answered may have been bent by a fault. */
  label: string;
  answered: XmlNode;
  terminated: boolean;
}

const SOURCE = '902';
const XML = { 'content-type': 'text/xml; charset=utf-8' };

function answer(operation: string, result: XmlNode[string]): SimulatedReply {
  const inside = result === undefined ? {} : { [`${operation}Result`]: result };
  const body = { [`${operation}Response`]: { '@xmlns': DPD_NAMESPACE, ...inside } };
  return { headers: XML, body: soapEnvelope({ body }) };
}

/** Faults come with status 500, as IIS sends them. */
function refuse({ id, text }: Fault): SimulatedReply {
  const detail = { Error: { ErrorId: id, ErrorMessage: text } };
  const body = { 'soap:Fault': { faultcode: 'soap:Server', faultstring: text, detail } };
  return { status: 500, headers: XML, body: soapEnvelope({ body }) };
}

const Called = z.record(z.string(), z.unknown());

function called(body: string): { operation: string; params: unknown } {
  const reply = readSoap(body);
  const [[operation, params] = ['', {}]] = reply.outcome === 'answered' ? Object.entries(Called.parse(reply.body)) : [];
  return { operation, params };
}

/** The header is not part of what the reader hands out. */
function signedIn(body: string): boolean {
  const part = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? '';
  return part('userid') === DPD_SANDBOX.userId && part('password') === DPD_SANDBOX.password;
}

const toAddress = (
  { name, street, zipCode, city, countryPrefix }: SimAddress,
  info: SimShipment['receiverinfo'],
): Address => ({
  name,
  ...(info?.name2 ? { company: info.name2 } : {}),
  street1: street,
  ...(info?.vinfo1 ? { street2: info.vinfo1 } : {}),
  postcode: zipCode,
  city,
  country: countryPrefix,
});

function numbersOf({ receiveraddress, services }: SimShipment, serial: number): { number: string; bars: string } {
  const number = buildDpdParcel({ depot: '1077' }, 4_000_248_380 + serial);
  const postcode = receiveraddress.zipCode.replace(/[^0-9A-Za-z]/g, '') || '0';
  const service = services?.parcelshop ? '337' : '101';
  return { number, bars: scanText(geopostBarcode({ parcel: number, postcode, service, country: SOURCE })) };
}

function labelOf(request: SimShipment, { number, bars }: { number: string; bars: string }): SimulatedLabel {
  const { type } = request.labelType;
  return {
    carrier: 'DPD',
    service: request.services?.parcelshop ? 'DPD Relais' : 'DPD',
    from: toAddress(request.shipperaddress, request.shipperinfo),
    to: toAddress(request.receiveraddress, request.receiverinfo),
    trackingNumber: number,
    symbols: [{ kind: 'code128', text: bars }],
    media: '100x150',
    dpi: type.startsWith('ZPL300') ? 300 : 203,
    file: type.startsWith('ZPL') ? 'zpl' : 'pdf',
  };
}

const barcodeOf = ({ number, bars }: { number: string; bars: string }): XmlNode => ({
  ...{ BarcodeId: number, BarcodeSource: SOURCE, BarCode: bars },
});

function resultOf(back: boolean, parcel: SoldParcel, label: string): XmlNode {
  const shipment = { Shipment: barcodeOf(parcel), Type: back ? 'REVERSE' : 'EPRINT' };
  const labels = { Label: { type: back ? 'REVERSE' : 'EPRINT', label } };
  return back ? { Shipment: shipment, Labels: labels } : { shipments: { ShipmentBc: shipment }, labels };
}

async function sell(deps: SimulatorDeps, sold: SoldParcel[], call: SimulatedCall): Promise<SimulatedReply> {
  const { operation, params } = called(call.body);
  const request = z.object({ request: SimShipment }).parse(params).request;
  const refusal = checkShipment(request);
  if (refusal) return refuse(refusal);
  const back = operation.startsWith('CreateReverse');
  const before = sold.at(-1);
  const numbers = numbersOf(request, sold.length);
  const { referencenumber: reference, shippingdate: day } = request;
  const parcel: SoldParcel = { reference, ...numbers, day, label: '', answered: {}, terminated: false };
  // Two labels are asked for at once: a place in the list is taken before anything waits.
  sold.push(parcel);
  const whole = await deps.drawLabel(labelOf(request, numbers));
  parcel.label = Buffer.from(whole).toString('base64');
  const other = (): Promise<Uint8Array> => deps.drawLabel(labelOf(request, numbersOf(request, sold.length + 5_000)));
  const file = call.fault === 'wrong-label' ? await other() : whole;
  const sent = call.fault === 'half-file' ? file.subarray(0, Math.floor(file.length / 2)) : file;
  parcel.answered = resultOf(back, parcel, Buffer.from(sent).toString('base64'));
  return answer(operation, call.fault === 'same-label' && before ? before.answered : parcel.answered);
}

const Asked = z.object({
  request: z.object({ date: Words, shipmentNumber: Words, BarcodeId: Words }),
});

/** Questions about what was sold; what they name is unknown, or known. */
function look(sold: readonly SoldParcel[], { body }: SimulatedCall): SimulatedReply {
  const { operation, params } = called(body);
  if (operation === 'IsCustomerBlocked') return answer(operation, 'false');
  const { date, shipmentNumber, BarcodeId } = Asked.parse(params).request;
  if (operation === 'GetShipping') {
    const list = sold.filter(({ day, terminated }) => day === date && !terminated);
    const Shipping = list.map(({ number, reference }) => ({
      ...{ shipment: number, barcodeSource: SOURCE, barcodeId: number, weight: 1, reference },
    }));
    return answer(operation, { shippings: { Shipping } });
  }
  const parcel = sold.find(({ number }) => number === (shipmentNumber || BarcodeId));
  if (!parcel) return refuse({ id: 'ShipmentNotFound', text: 'Shipment not found' });
  if (operation === 'TerminateShipment') {
    parcel.terminated = true;
    return answer(operation, undefined);
  }
  const labels = { Label: { type: 'EPRINT', label: parcel.label } };
  return answer(operation, { labels, shipment: barcodeOf(parcel) });
}

/** A DPD France that is played on loopback: labels out and back, the list of a day, labels again, terminations. */
export function simulateDpdFrance(deps: SimulatorDeps): SimulatedCarrier {
  const sold: SoldParcel[] = [];
  const sells = (body: string): boolean => called(body).operation.endsWith('WithLabelsBc');
  return createSimulator(
    {
      name: 'dpd-france',
      routes: [
        {
          ...{ method: 'POST', path: /\/eprintwebservice\.asmx$/, buys: sells },
          answer: async (call) => {
            if (!signedIn(call.body)) return refuse({ id: 'PermissionDenied', text: 'Permission denied' });
            return sells(call.body) ? sell(deps, sold, call) : look(sold, call);
          },
        },
      ],
      sold: () =>
        sold.map(({ reference, number, terminated }) => ({ reference, trackingNumber: number, voided: terminated })),
    },
    deps.hangMs,
  );
}
