import { z } from 'zod';
import { buildMondialRelayShipment, mondialRelayCode } from '../../../shared/carriers/mondial-relay.ts';
import { aheadMs } from '../../../shared/model/local-time.ts';
import { type JourneyStep, journeyOf } from '../carrier-journey.ts';
import {
  createSimulator,
  type SimulatedCall,
  type SimulatedCarrier,
  type SimulatedReply,
  type SimulatorDeps,
} from '../carrier-simulator.ts';
import { readSoap, soapEnvelope, type XmlNode } from '../carrier-soap.ts';
import { RELAY_NAMESPACE } from './client.ts';
import { modeOf } from './modes.ts';
import { checkExpedition, checkSecurity } from './simulated-checks.ts';
import { drawSticker, type Stickered, stickersOf } from './simulated-stickers.ts';
import type { Params } from './wire.ts';

interface SoldShipment extends Stickered {
  readonly reference: string;
  readonly mode: string;
  readonly soldAt: Date;
  readonly result: XmlNode;
}

const FIRST_NUMBER = 31_236_105;
const Called = z.record(z.string(), z.record(z.string(), z.string()));

/** The operation and its parameters, in the order they came in. */
function called(body: string): { operation: string; params: Params } {
  const reply = readSoap(body);
  const [[operation, params] = ['', {}]] = reply.outcome === 'answered' ? Object.entries(Called.parse(reply.body)) : [];
  return { operation, params };
}

function answer(operation: string, result: XmlNode): SimulatedReply {
  const body = { [`${operation}Response`]: { '@xmlns': RELAY_NAMESPACE, [`${operation}Result`]: result } };
  return { headers: { 'content-type': 'text/xml; charset=utf-8' }, body: soapEnvelope({ body }) };
}

function expeditionOf(
  { ModeLiv = '', Dest_CP = '' }: Params,
  serial: number,
): { readonly number: string; readonly code: string; readonly result: XmlNode } {
  const number = buildMondialRelayShipment(FIRST_NUMBER + serial);
  const department = Dest_CP.replace(/[^0-9]/g, '')
    .slice(0, 2)
    .padStart(2, '0');
  const agency = `07${department}`;
  const run = `${department}123`;
  const route = { brand: '11', parcelIndex: 1, parcelCount: 1, agency, service: '1', run };
  const code = mondialRelayCode(route, number);
  const sorting = { TRI_AgenceCode: agency, TRI_Groupe: '5', TRI_Navette: '02', TRI_Agence: `AGENCE ${department}` };
  const way = { TRI_TourneeCode: run, TRI_LivraisonMode: ModeLiv, CodesBarres: { string: [code] } };
  return { number, code, result: { STAT: '0', ExpeditionNum: number, ...sorting, ...way } };
}

/** The values of a label as the fault bends them. */
function bent(
  result: XmlNode,
  { params, serial, fault }: { params: Params; serial: number; fault: SimulatedCall['fault'] },
) {
  if (fault === 'wrong-label') return expeditionOf(params, serial + 5_000).result;
  if (fault === 'half-file') return { ...result, CodesBarres: { string: ['1131236'] } };
  return result;
}

const WORDS: Readonly<Record<JourneyStep['step'], string>> = {
  label: 'RÉCEPTION DES DONNÉES',
  'picked-up': 'PRISE EN CHARGE EN AGENCE',
  'in-transit': 'COLIS EN TRANSIT',
  'out-for-delivery': 'DISPONIBLE AU POINT RELAIS',
  delivered: 'COLIS LIVRÉ',
};
const ROWS = 20;

function rowOf({ at, step }: JourneyStep, mode: string): XmlNode {
  const local = new Date(at.getTime() + aheadMs('Europe/Paris', at.getTime())).toISOString();
  const home = step === 'out-for-delivery' && !modeOf(mode)?.pickupPoint;
  return {
    Libelle: home ? 'COLIS EN LIVRAISON' : WORDS[step],
    Date: `${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(2, 4)}`,
    Heure: local.slice(11, 16),
    Emplacement: step === 'label' ? '' : 'FRANCE',
  };
}

function tracing(sold: readonly SoldShipment[], { Expedition }: Params, now: Date): XmlNode {
  const shipment = sold.find(({ number }) => number === Expedition);
  if (!shipment) return { STAT: /^[0-9]{8}$/.test(Expedition ?? '') ? '94' : '24', Libelle01: '' };
  const steps = journeyOf(shipment.soldAt, now);
  const last = steps.at(-1)?.step ?? 'label';
  const empty = { Libelle: '', Date: '', Heure: '', Emplacement: '' };
  const rows = [...steps.map((step) => rowOf(step, shipment.mode)), ...Array<XmlNode>(ROWS).fill(empty)];
  return {
    STAT: last === 'label' ? '80' : last === 'delivered' ? '82' : '81',
    Libelle01: WORDS[last],
    Tracing: { ret_WSI2_sub_TracingColisDetaille: rows.slice(0, ROWS) },
  };
}

function points({ Pays = '', CP = '', Ville = '' }: Params): XmlNode {
  if (Pays === 'FR' && !/^(?!00|96|99)[0-9]{5}$/.test(CP)) return { STAT: '36' };
  const point = (Num: string, LgAdr1: string, Distance: number): XmlNode => ({
    ...{
      STAT: '',
      Num,
      LgAdr1: LgAdr1.padEnd(32),
      LgAdr2: '',
      LgAdr3: `${Distance} RUE DU COMMERCE`.padEnd(32),
      LgAdr4: '',
    },
    ...{ CP, Ville: (Ville || 'PARIS').padEnd(26), Pays, Distance },
  });
  return {
    STAT: '0',
    PointsRelais: {
      PointRelais_Details: [point('012345', 'TABAC DU QUAI', 210), point('067890', 'PRESSING DE LA FOSSE', 640)],
    },
  };
}

/** A Mondial Relay that is played on loopback: shipments, tracing, Points Relais, keys counted as in its manual. */
export function simulateMondialRelay(deps: SimulatorDeps): SimulatedCarrier {
  const sold: SoldShipment[] = [];
  const create = (params: Params, fault: SimulatedCall['fault']): XmlNode => {
    const refusal = checkExpedition(params);
    if (refusal !== undefined) return { STAT: refusal };
    const before = sold.at(-1);
    const serial = sold.length;
    const { number, code, result: whole } = expeditionOf(params, serial);
    const result = bent(whole, { params, serial, fault });
    const { NDossier: reference = '', ModeLiv: mode = '' } = params;
    sold.push({ reference, number, code, params, mode, soldAt: deps.clock(), result });
    return fault === 'same-label' && before ? before.result : result;
  };
  const respond = async (call: SimulatedCall): Promise<SimulatedReply> => {
    const { operation, params } = called(call.body);
    const stat = checkSecurity(params);
    if (stat !== undefined) return answer(operation, { STAT: stat });
    if (operation === 'WSI2_CreationExpedition') return answer(operation, create(params, call.fault));
    if (operation === 'WSI2_TracingColisDetaille') return answer(operation, tracing(sold, params, deps.clock()));
    if (operation === 'WSI3_GetEtiquettes') return answer(operation, stickersOf(sold, params));
    return answer(operation, operation === 'WSI3_PointRelais_Recherche' ? points(params) : { STAT: '98' });
  };
  const route = { method: 'POST', path: /^\/Web_Services\.asmx$/, answer: respond };
  return createSimulator(
    {
      name: 'mondial-relay',
      routes: [
        { ...route, buys: (body: string) => called(body).operation === 'WSI2_CreationExpedition' },
        {
          ...{ method: 'GET', path: /^\/ww2\/PDF\/StickerMaker2\.aspx$/ },
          answer: (call) => drawSticker(deps, sold, call),
        },
      ],
      sold: () => sold.map(({ reference, number }) => ({ reference, trackingNumber: number, voided: false })),
    },
    deps.hangMs,
  );
}
