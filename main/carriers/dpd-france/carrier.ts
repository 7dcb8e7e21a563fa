import { z } from 'zod';
import type { AccountField } from '../../../shared/model/carrier.ts';
import type { Carrier, CarrierAnswer, CarrierConnector, FoundPurchase, Purchase, ShipmentRequest } from '../carrier.ts';
import { baseUrlField, readConfig } from '../carrier-config.ts';
import { type OpenPurchases, openPurchases } from '../carrier-doubt.ts';
import { errorMessage, refused } from '../carrier-json.ts';
import { frenchDay } from '../carrier-text.ts';
import { createDpdClient, DPD_URL, type DpdAccount, type DpdClient } from './client.ts';
import {
  parcelReference,
  toCustomer,
  toLabelRequest,
  toPurchase,
  toReturn,
  toShipment,
  toTermination,
} from './mapper.ts';
import { DPD_PRODUCTS, MOST_MG } from './products.ts';
import { LabelResult, ReturnResult, ShipmentResult, ShippingResult } from './wire.ts';

const FIELDS: readonly AccountField[] = [
  { name: 'userId', kind: 'text', required: true },
  { name: 'password', kind: 'secret', required: true },
  { name: 'centerNumber', kind: 'text', required: true },
  { name: 'customerNumber', kind: 'text', required: true },
  { name: 'countryCode', kind: 'text', required: true, default: '250' },
  baseUrlField(DPD_URL),
];

interface Opened {
  readonly account: DpdAccount;
  readonly client: DpdClient;
  readonly purchases: OpenPurchases;
}

/** The result of an operation stands in an element of its name. */
const resultOf = <T>(operation: string, schema: z.ZodType<T>) => z.object({ [`${operation}Result`]: schema });

async function ask<T>(
  { client }: Opened,
  operation: string,
  { params, schema }: { params: Parameters<DpdClient>[1]; schema: z.ZodType<T> },
) {
  const reply = await client(operation, params, resultOf(operation, schema));
  return reply.kind === 'refused'
    ? reply
    : { kind: 'result' as const, result: reply.result[`${operation}Result`] as T }; // the schema above
}

async function buyOutbound(opened: Opened, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const params = toShipment(request, opened.account);
  const reply = await ask(opened, 'CreateShipmentWithLabelsBc', { params, schema: ShipmentResult });
  if (reply.kind === 'refused') return refused([reply.message]);
  const { shipments, labels } = reply.result;
  const shipment = shipments.ShipmentBc[0]?.Shipment;
  return { details: toPurchase({ shipment, labels }, request), messages: [] };
}

async function buyReturn(opened: Opened, request: ShipmentRequest): Promise<CarrierAnswer<Purchase>> {
  const params = toReturn(request, opened.account);
  const reply = await ask(opened, 'CreateReverseInverseShipmentWithLabelsBc', { params, schema: ReturnResult });
  if (reply.kind === 'refused') return refused([reply.message]);
  const { Shipment, Labels } = reply.result;
  return { details: toPurchase({ shipment: Shipment.Shipment, labels: Labels }, request), messages: [] };
}

/** Looks through what was created for this day; a return may stand in another list, so that its absence proves nothing. */
async function find(opened: Opened, request: ShipmentRequest): Promise<FoundPurchase> {
  const { account } = opened;
  const asked = { request: { date: frenchDay(request.shipDate), customer: toCustomer(account) } };
  const day = await ask(opened, 'GetShipping', { params: asked, schema: ShippingResult });
  if (day.kind === 'refused') return { outcome: 'unsure', messages: [day.message] };
  const reference = parcelReference(request.reference);
  const mine = day.result.shippings.find((shipping) => shipping.reference === reference);
  if (!mine && request.kind === 'return')
    return { outcome: 'unsure', messages: [errorMessage('return', 'DPD : retour absent de la liste du jour')] };
  if (!mine && opened.purchases.isOpen(request.reference))
    return {
      outcome: 'unsure',
      messages: [errorMessage('in-flight', 'DPD : la demande est peut-être encore en cours')],
    };
  if (!mine) return { outcome: 'none' };
  const params = toLabelRequest(mine.barcodeId, request, account);
  const label = await ask(opened, 'GetLabelBc', { params, schema: LabelResult });
  if (label.kind === 'refused') return { outcome: 'unsure', messages: [label.message] };
  return { outcome: 'found', purchase: toPurchase(label.result, request) };
}

async function terminate(
  { client, account }: Opened,
  carrierRef: string,
): Promise<CarrierAnswer<'voided' | 'refused'>> {
  const reply = await client('TerminateShipment', toTermination(carrierRef, account), z.unknown());
  if (reply.kind === 'result') return { details: 'voided', messages: [] };
  return { details: 'refused', messages: [reply.message] };
}

function openAccount(opened: Opened): Carrier {
  const { account } = opened;
  return {
    async check() {
      const params = { customer: toCustomer(account) };
      const reply = await ask(opened, 'IsCustomerBlocked', { params, schema: z.enum(['true', 'false']) });
      if (reply.kind === 'refused') return refused([reply.message]);
      if (reply.result === 'true') return refused([errorMessage('CustomerBlocked', 'DPD : compte client bloqué')]);
      return { details: { account: `${account.centerNumber}-${account.customerNumber}` }, messages: [] };
    },
    buy(request) {
      const asked = request.kind === 'return' ? buyReturn : buyOutbound;
      return opened.purchases.during(request.reference, () => asked(opened, request));
    },
    find: (request) => find(opened, request),
    void: ({ carrierRef }) => terminate(opened, carrierRef),
    // A parcel that is terminated may be terminated again; there is nothing else to ask.
    voidState: ({ carrierRef }) => terminate(opened, carrierRef),
  };
}

/**
 * DPD France by its ePrint service, whose schema is public while its manual comes with the contract.
 *
 * A purchase is found again by our reference in the list of its day, and its label is fetched once more.
 */
export const dpdFranceConnector: CarrierConnector = {
  name: 'dpd-france',
  title: 'DPD France',
  abilities: ['buy', 'find', 'void', 'return-label', 'multi-parcel'],
  billing: 'on-purchase',
  fields: FIELDS,
  services: DPD_PRODUCTS,
  addressLimits: { line: 35, name: 35 },
  maxWeightMg: MOST_MG,
  missing: 'carrier.missing.dpd-france',
  requestsPerMinute: 60,
  open(config, { http, clock }) {
    const field = readConfig(FIELDS, config);
    const account = {
      baseUrl: field('baseUrl'),
      userId: field('userId'),
      password: field('password'),
      countryCode: field('countryCode'),
      centerNumber: field('centerNumber'),
      customerNumber: field('customerNumber'),
    };
    return openAccount({ account, client: createDpdClient(account, http), purchases: openPurchases(clock) });
  },
};
