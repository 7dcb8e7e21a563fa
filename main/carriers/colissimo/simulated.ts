import { z } from 'zod';
import { mod37CheckCharacter } from '../../../shared/barcode/check-digits.ts';
import { buildColissimo, buildColissimoAbroad } from '../../../shared/carriers/colissimo.ts';
import type { Address } from '../../../shared/model/address.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedLabel,
  type SimulatedReply,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import { writeMultipart } from './multipart.ts';
import { productOf } from './products.ts';
import { COLISSIMO_SANDBOX, checkRequest, knows, type SimAddress, SimRequest } from './simulated-checks.ts';

interface SoldParcel {
  readonly reference: string;
  readonly number: string;
  readonly partner: string | null;
  readonly soldAt: number;
  readonly reply: SimulatedReply;
}

const OK = { id: '0', type: 'INFOS', messageContent: 'La requête a été traitée avec succès', replacementValues: [] };
const JSON_UTF8 = { 'content-type': 'application/json;charset=UTF-8' };
const HOUR_MS = 3_600_000;

/** Hours after the label, as the codes and words of "Suivi v2". */
const STEPS = [
  [0, 'DR1', 'Votre Colissimo va bientôt nous être confié ! Il est en cours de préparation chez votre expéditeur.'],
  [20, 'PC1', 'Votre colis a été déposé dans un point postal.'],
  [31, 'ET1', 'Votre colis est en transit sur nos plateformes logistiques.'],
  [
    46,
    'MD2',
    'Votre colis est dans le site de livraison qui dessert votre adresse. Nous le préparons pour le mettre en livraison.',
  ],
  [50, 'DI1', 'Votre colis est livré.'],
] as const;

const sls = (method: string): RegExp => new RegExp(`^/sls-ws/SlsServiceWSRest/2\\.0/${method}$`);

const messages = (refusals: readonly { id: string; text: string }[]): object[] =>
  refusals.map(({ id, text }) => ({ id, type: 'ERROR', messageContent: text, replacementValues: [] }));

const toAddress = (wire: SimAddress): Address => ({
  name: [wire.firstName, wire.lastName].filter(Boolean).join(' '),
  ...(wire.companyName ? { company: wire.companyName } : {}),
  street1: wire.line2 ?? '',
  ...(wire.line1 ? { street2: wire.line1 } : {}),
  postcode: wire.zipCode ?? '',
  city: wire.city ?? '',
  country: wire.countryCode ?? '',
});

function multipart(parts: Parameters<typeof writeMultipart>[0], status = 200): SimulatedReply {
  const boundary = 'uuid:15948a98-6bd2-4426-866d-99a67a160cc2';
  const type = `multipart/related; type="application/json"; boundary="${boundary}"; start="<jsonInfos>"`;
  return { status, headers: { 'content-type': type }, body: writeMultipart(parts, boundary) };
}

const jsonPart = (value: unknown) => ({
  id: 'jsonInfos',
  type: 'application/json;charset=UTF-8',
  bytes: Buffer.from(JSON.stringify(value)),
});
const filePart = (id: string, bytes: Uint8Array) => ({ id, type: 'application/octet-stream', bytes });

/** Parcel number and, at home, the GeoPost number of the same parcel: `11`, the number without its key. */
function numbersOf({ letter }: SimRequest, serial: number): { number: string; partner: string | null } {
  const letters = productOf(letter.service.productCode)?.letters ?? '8L';
  const { countryCode = '', zipCode = '' } = letter.addressee.address;
  const home = countryCode === 'FR';
  if (letters === 'CY' || !(home || letters === '7A'))
    return { number: buildColissimoAbroad('CY', serial % 100_000_000), partner: null };
  const number = buildColissimo(letters, 6_270_000_000 + serial);
  if (!home) return { number, partner: null };
  const service = letter.service.productCode === 'DOM' ? '801' : '802';
  const body = `${zipCode.padStart(7, '0')}11${number.slice(0, -1)}${service}250`;
  return { number, partner: body + mod37CheckCharacter(body) };
}

function labelOf(request: SimRequest, { number, partner }: { number: string; partner: string | null }): SimulatedLabel {
  const { outputPrintingType } = request.outputFormat;
  const { service, sender, addressee } = request.letter;
  const bars = { kind: 'code128', text: partner ? `%${partner.slice(0, -1)}` : number } as const;
  return {
    carrier: 'Colissimo',
    service: productOf(service.productCode)?.title ?? service.productCode,
    from: toAddress(sender.address),
    to: toAddress(addressee.address),
    trackingNumber: number,
    symbols: [bars],
    // Whatever the printer: SLS makes labels of 10 × 15 cm.
    media: '100x150',
    dpi: outputPrintingType.includes('203') ? 203 : 300,
    file: outputPrintingType.startsWith('ZPL') ? 'zpl' : 'pdf',
  };
}

/** A Colissimo that is played on loopback: SLS 2.0, pick-up points, bordereau and "Suivi v2". */
export function simulateColissimo(deps: SimulatorDeps): SimulatedCarrier {
  const sold: SoldParcel[] = [];
  const now = (): number => deps.clock().getTime();
  const refusal = (call: SimulatedCall): SimulatedReply | undefined => {
    const refusals = checkRequest(SimRequest.parse(JSON.parse(call.body)));
    if (refusals.length === 0) return undefined;
    return { status: 400, headers: JSON_UTF8, body: JSON.stringify({ messages: messages(refusals) }) };
  };
  const generate = async (call: SimulatedCall): Promise<SimulatedReply> =>
    refusal(call) ?? (await sell(deps, { sold, soldAt: now() }, call));
  const routes = [
    { method: 'POST', path: sls('generateLabel'), buys: true, answer: generate },
    {
      ...{ method: 'POST', path: sls('checkGenerateLabel') },
      answer: async (call: SimulatedCall) =>
        refusal(call) ?? { headers: JSON_UTF8, body: JSON.stringify({ messages: [OK] }) },
    },
    {
      ...{ method: 'POST', path: sls('generateBordereauByParcelsNumbers') },
      answer: (call: SimulatedCall) => bordereau(deps, sold, call.body),
    },
    {
      ...{ method: 'POST', path: /^\/pointretrait-ws-cxf\/rest\/v2\/pointretrait\/findRDVPointRetraitAcheminement$/ },
      answer: async (call: SimulatedCall) => pickupPoints(call.body),
    },
    {
      ...{ method: 'GET', path: /^\/suivi\/v2\/idships\/([^/]+)$/ },
      answer: async (call: SimulatedCall) => track(sold, call, now()),
    },
  ];
  return createSimulator(
    {
      name: 'colissimo',
      routes,
      sold: () => sold.map(({ reference, number }) => ({ reference, trackingNumber: number, voided: false })),
    },
    deps.hangMs,
  );
}

async function sell(
  { drawLabel }: SimulatorDeps,
  { sold, soldAt }: { sold: SoldParcel[]; soldAt: number },
  { body, fault }: SimulatedCall,
): Promise<SimulatedReply> {
  const request = SimRequest.parse(JSON.parse(body));
  const before = sold.at(-1);
  const serial = sold.length + 1;
  const numbers = numbersOf(request, serial);
  const parcel = { reference: request.letter.sender.senderParcelRef, ...numbers, soldAt };
  // Two labels are asked for at once: a place in the list is taken before anything waits.
  const at = sold.push({ ...parcel, reply: { body: '' } }) - 1;
  const drawn = fault === 'wrong-label' ? numbersOf(request, serial + 5_000) : numbers;
  const whole = await drawLabel(labelOf(request, drawn));
  const label = fault === 'half-file' ? whole.subarray(0, Math.floor(whole.length / 2)) : whole;
  const customs = request.letter.customsDeclarations
    ? [filePart('cn23', await drawLabel({ ...labelOf(request, numbers), service: 'CN23', file: 'pdf' }))]
    : [];
  const labelV2Response = { parcelNumber: numbers.number, parcelNumberPartner: numbers.partner, pdfUrl: null };
  const json = { messages: [OK], labelXmlV2Reponse: null, labelV2Response };
  const reply = multipart([jsonPart(json), filePart('label', label), ...customs]);
  sold[at] = { ...parcel, reply };
  return fault === 'same-label' && before ? before.reply : reply;
}

const BordereauRequest = z.object({
  contractNumber: z.string().optional(),
  password: z.string().optional(),
  generateBordereauParcelNumberList: z.object({ parcelsNumbers: z.array(z.string()) }),
});

async function bordereau(deps: SimulatorDeps, sold: readonly SoldParcel[], body: string): Promise<SimulatedReply> {
  const request = BordereauRequest.parse(JSON.parse(body));
  const { parcelsNumbers } = request.generateBordereauParcelNumberList;
  const unknown = parcelsNumbers.filter((number) => !sold.some((parcel) => parcel.number === number));
  const refusals = !knows(request)
    ? [{ id: '30000', text: 'Identifiant ou mot de passe incorrect' }]
    : unknown.map((number) => ({ id: '50031', text: `Numéro de colis invalide ${number}` }));
  if (refusals.length > 0) return multipart([jsonPart({ messages: messages(refusals), bordereauHeader: null })], 400);
  const bordereauNumber = 100 + sold.length;
  const bordereauHeader = {
    bordereauNumber,
    numberOfParcels: parcelsNumbers.length,
    publishingDate: deps.clock().getTime(),
  };
  const nobody = { name: 'Bordereau', street1: '-', postcode: '00000', city: '-', country: 'FR' };
  const pdf = await deps.drawLabel({
    ...{ carrier: 'Colissimo', service: `Bordereau ${bordereauNumber}`, from: nobody, to: nobody, media: '100x150' },
    ...{ trackingNumber: String(bordereauNumber), dpi: 300, file: 'pdf' },
    symbols: [{ kind: 'code128', text: String(bordereauNumber) }],
  });
  return multipart([jsonPart({ messages: [OK], bordereauHeader }), filePart('bordereauDataHandler', pdf)]);
}

const PickupRequest = z.object({
  ...{ accountNumber: z.string(), password: z.string(), zipCode: z.string(), city: z.string() },
  countryCode: z.string(),
});

function pickupPoints(body: string): SimulatedReply {
  const { accountNumber, password, zipCode, city, countryCode } = PickupRequest.parse(JSON.parse(body));
  const known = knows({ contractNumber: accountNumber, password });
  const fails = !known
    ? { errorCode: 201, errorMessage: 'Identifiant / mot de passe invalide' }
    : countryCode === 'FR' && !/^(?:0[1-9]|[1-8][0-9]|9[0-58])[0-9]{3}$/.test(zipCode)
      ? { errorCode: 125, errorMessage: 'Code postal incorrect (non compris entre 01XXX et 95XXX ou 980XX)' }
      : undefined;
  if (fails) return { body: JSON.stringify(fails) };
  const point = (identifiant: string, nom: string, distanceEnMetre: number): object => ({
    ...{ identifiant, nom, adresse1: `${distanceEnMetre} RUE DU COMMERCE`, adresse2: '', adresse3: '' },
    ...{ codePostal: zipCode, localite: city.toUpperCase(), codePays: countryCode, typeDePoint: 'BPR' },
    ...{ distanceEnMetre, poidsMaxi: 30_000, reseau: 'R01' },
  });
  const listePointRetraitAcheminement = [
    point('060567', `BUREAU DE POSTE ${city.toUpperCase()} BELLECOMBE RP`, 172),
    point('699370', `BUREAU DE POSTE ${city.toUpperCase()} LES CHARPENNES`, 241),
  ];
  return { body: JSON.stringify({ errorCode: 0, errorMessage: 'Code retour OK', listePointRetraitAcheminement }) };
}

function track(sold: readonly SoldParcel[], { headers, params }: SimulatedCall, now: number): SimulatedReply {
  if (headers.get('x-okapi-key') !== COLISSIMO_SANDBOX.okapiKey)
    return { status: 401, body: JSON.stringify({ code: 'UNAUTHORIZED', message: 'Clé Okapi invalide' }) };
  const [idShip = ''] = params;
  const parcel = sold.find(({ number }) => number === idShip);
  if (!parcel) {
    const returnMessage = 'Nous ne trouvons pas d’information sur ce numéro.';
    return {
      status: 404,
      body: JSON.stringify({ returnCode: 404, returnMessage, lang: 'fr_FR', scope: 'open', idShip }),
    };
  }
  const event = STEPS.filter(([hours]) => parcel.soldAt + hours * HOUR_MS <= now)
    .map(([hours, code, label]) => ({ code, label, date: new Date(parcel.soldAt + hours * HOUR_MS).toISOString() }))
    .reverse();
  const shipment = { idShip, product: 'colissimo', isFinal: event[0]?.code === 'DI1', event };
  return { body: JSON.stringify({ lang: 'fr_FR', scope: 'open', returnCode: 200, shipment }) };
}
