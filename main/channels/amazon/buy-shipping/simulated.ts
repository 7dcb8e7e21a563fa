import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { buildUps1z } from '../../../../shared/carriers/ups.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedReply,
  type SimulatedRoute,
  type SimulatorDeps,
} from '../../../carriers/carrier-simulator.ts';

/** Credentials that the simulated Amazon knows. */
export const simulatedAmazonAccount = {
  clientId: 'amzn1.application-oa2-client.simulated',
  clientSecret: 'simulated-secret',
  refreshToken: 'Atzr|simulated',
} as const;

const TOKEN = 'Atza|simulated';
/** Amazon decides on a refund within some days. */
const REFUND_MS = 14 * 24 * 3_600_000;

const services = [
  { id: 'UPS_PTP_GND', name: 'UPS Ground®', amount: 8.4, days: 4 },
  { id: 'UPS_PTP_2ND_DAY_AIR', name: 'UPS 2nd Day Air®', amount: 21.15, days: 2 },
] as const;

const Details = z.object({
  AmazonOrderId: z.string().regex(/^\d{3}-\d{7}-\d{7}$/),
  ItemList: z.array(z.object({ OrderItemId: z.string().min(1), Quantity: z.int().positive() })).min(1),
  ShipFromAddress: z.looseObject({
    Name: z.string().min(1),
    AddressLine1: z.string().min(1),
    City: z.string().min(1),
    PostalCode: z.string().min(1),
    CountryCode: z.string().length(2),
    Phone: z.string().min(1),
    Email: z.string().min(1),
  }),
  PackageDimensions: z.object({ Length: z.number(), Width: z.number(), Height: z.number(), Unit: z.string() }),
  Weight: z.object({ Value: z.number().positive(), Unit: z.enum(['g', 'oz']) }),
  ShippingServiceOptions: z.looseObject({ DeliveryExperience: z.string(), CarrierWillPickUp: z.boolean() }),
  LabelCustomization: z.object({ CustomTextForLabel: z.string().max(14) }).optional(),
});
const Asked = z.object({ ShipmentRequestDetails: Details });
const Created = z.object({
  ShipmentRequestDetails: Details,
  ShippingServiceId: z.string(),
  ShippingServiceOfferId: z.string().optional(),
});

interface Sold {
  readonly id: string;
  readonly reference: string;
  readonly trackingNumber: string;
  readonly body: object;
  refundedAt: number | null;
}

interface Store {
  readonly deps: SimulatorDeps;
  readonly sold: Sold[];
}

/** Amazon's Merchant Fulfillment v0 with its sign-in, as the published model describes them. */
export function simulateAmazonBuyShipping(deps: SimulatorDeps): SimulatedCarrier {
  const store: Store = { deps, sold: [] };
  const sold = () =>
    store.sold.map(({ reference, trackingNumber, refundedAt }) => ({
      reference,
      trackingNumber,
      voided: refundedAt !== null,
    }));
  return createSimulator({ name: 'amazon-buy-shipping', routes: routesOf(store), sold }, deps.hangMs);
}

const json = (body: object, status = 200): SimulatedReply => ({ status, body: JSON.stringify(body) });
const refuse = (status: number, code: string, message: string): SimulatedReply =>
  json({ errors: [{ code, message, details: '' }] }, status);

function routesOf(store: Store): readonly SimulatedRoute[] {
  const route = (
    method: string,
    path: RegExp,
    answer: (call: SimulatedCall) => SimulatedReply | Promise<SimulatedReply>,
  ): SimulatedRoute => ({
    method,
    path,
    answer: async (call) =>
      call.headers.get('x-amz-access-token') === TOKEN
        ? answer(call)
        : refuse(403, 'Unauthorized', 'Access to requested resource is denied.'),
  });
  const onShipment = (answer: (sold: Sold) => SimulatedReply) => (call: SimulatedCall) => {
    const known = store.sold.find(({ id }) => id === call.params[0]);
    return known ? answer(known) : refuse(404, 'ResourceNotFound', 'Shipment not found.');
  };
  return [
    { method: 'POST', path: /^\/auth\/o2\/token$/, answer: async (call) => signIn(call) },
    route('POST', /^\/mfn\/v0\/eligibleShippingServices$/, (call) => offers(store, call)),
    { ...route('POST', /^\/mfn\/v0\/shipments$/, (call) => create(store, call)), buys: true },
    route(
      'GET',
      /^\/mfn\/v0\/shipments\/([^/]+)$/,
      onShipment((sold) => show(store, sold)),
    ),
    route(
      'DELETE',
      /^\/mfn\/v0\/shipments\/([^/]+)$/,
      onShipment((sold) => {
        sold.refundedAt ??= store.deps.clock().getTime();
        return show(store, sold);
      }),
    ),
  ];
}

function signIn({ body }: SimulatedCall): SimulatedReply {
  const form = new URLSearchParams(body);
  const { clientId, clientSecret, refreshToken } = simulatedAmazonAccount;
  const known =
    form.get('client_id') === clientId &&
    form.get('client_secret') === clientSecret &&
    form.get('refresh_token') === refreshToken;
  if (known) return json({ access_token: TOKEN, token_type: 'bearer', expires_in: 3_600 });
  return json({ error: 'invalid_client', error_description: 'Client authentication failed' }, 401);
}

const readBody = (call: SimulatedCall): unknown => JSON.parse(call.body === '' ? '{}' : call.body);

function serviceOf(store: Store, service: (typeof services)[number]): object {
  const now = store.deps.clock().getTime();
  const inDays = (days: number): string => new Date(now + days * 86_400_000).toISOString().replace(/\.\d+/, '');
  const rate = { CurrencyCode: 'USD', Amount: service.amount };
  return {
    ShippingServiceName: service.name,
    CarrierName: 'UPS®',
    ShippingServiceId: service.id,
    ShippingServiceOfferId: `offer-${service.id}`,
    ShipDate: inDays(0),
    LatestEstimatedDeliveryDate: inDays(service.days),
    Rate: rate,
    RateWithAdjustments: rate,
    ShippingServiceOptions: { DeliveryExperience: 'DeliveryConfirmationWithoutSignature', CarrierWillPickUp: false },
    AvailableLabelFormats: ['PDF', 'PNG', 'ZPL203', 'ZPL300'],
    RequiresAdditionalSellerInputs: false,
  };
}

function offers(store: Store, call: SimulatedCall): SimulatedReply {
  const asked = Asked.safeParse(readBody(call));
  if (!asked.success) return invalid(asked.error);
  return json({
    payload: {
      ShippingServiceList: services.map((service) => serviceOf(store, service)),
      RejectedShippingServiceList: [],
    },
  });
}

function invalid(error: z.ZodError): SimulatedReply {
  const [issue] = error.issues;
  return refuse(400, 'InvalidInput', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid input'}`);
}

async function create(store: Store, call: SimulatedCall): Promise<SimulatedReply> {
  const asked = Created.safeParse(readBody(call));
  if (!asked.success) return invalid(asked.error);
  const service = services.find(({ id }) => id === asked.data.ShippingServiceId);
  if (!service) return refuse(400, 'InvalidInput', 'The shipping service is not available for this order.');
  const details = asked.data.ShipmentRequestDetails;
  const before = store.sold.at(-1);
  const own = buildUps1z({ shipper: '7E2100', service: '03' }, (store.deps.soldBefore ?? 0) + store.sold.length + 1);
  const trackingNumber = call.fault === 'same-label' ? (before?.trackingNumber ?? own) : own;
  const shown =
    call.fault === 'wrong-label' ? buildUps1z({ shipper: '7E2100', service: '03' }, 9_000_000) : trackingNumber;
  const id = `sim-${String(store.sold.length + 1).padStart(8, '0')}`;
  const body = {
    ShipmentId: id,
    AmazonOrderId: details.AmazonOrderId,
    ShippingService: serviceOf(store, service),
    Label: { FileContents: await fileOf(store, { details, shown, half: call.fault === 'half-file' }) },
    TrackingId: trackingNumber,
    CreatedDate: store.deps.clock().toISOString(),
  };
  const reference = details.LabelCustomization?.CustomTextForLabel ?? '';
  const sold: Sold = { id, reference, trackingNumber, body, refundedAt: null };
  store.sold.push(sold);
  return show(store, sold);
}

async function fileOf(
  store: Store,
  { details, shown, half }: { details: z.infer<typeof Details>; shown: string; half: boolean },
): Promise<object> {
  const from = details.ShipFromAddress;
  const wanted = String(details.ShippingServiceOptions.LabelFormat ?? 'PDF');
  const bytes = await store.deps.drawLabel({
    carrier: 'UPS',
    service: 'Ground',
    from: {
      name: from.Name,
      street1: from.AddressLine1,
      postcode: from.PostalCode,
      city: from.City,
      country: from.CountryCode,
    },
    // Only Amazon knows the buyer.
    to: { name: 'Amazon Buyer', street1: '10 Sample Street', postcode: '10019', city: 'New York', country: 'US' },
    trackingNumber: shown,
    symbols: [{ kind: 'code128', text: shown }],
    media: '4x6',
    dpi: wanted === 'ZPL300' ? 300 : 203,
    file: wanted.startsWith('ZPL') ? 'zpl' : 'pdf',
  });
  const whole = gzipSync(bytes);
  return {
    Contents: (half ? whole.subarray(0, whole.length / 2) : whole).toString('base64'),
    FileType: wanted.startsWith('ZPL') ? 'application/zpl' : 'application/pdf',
    Checksum: createHash('md5').update(bytes).digest('base64'),
  };
}

function show(store: Store, { body, refundedAt }: Sold): SimulatedReply {
  const now = store.deps.clock().getTime();
  const applied = refundedAt !== null && now - refundedAt >= REFUND_MS;
  const status = refundedAt === null ? 'Purchased' : applied ? 'RefundApplied' : 'RefundPending';
  return json({ payload: { ...body, Status: status } });
}
