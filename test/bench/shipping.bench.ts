import { carrierHttp } from '../../main/carriers/carrier-http.ts';
import { simulateEasypost } from '../../main/carriers/easypost/simulated.ts';
import type { Documents } from '../../main/documents/document.ts';
import { createDocuments } from '../../main/documents/documents.ts';
import { drawSimulatedLabel } from '../../main/documents/simulated-carrier-label.ts';
import { serveCarrier } from '../connectors/carriers/support/served-carrier.ts';
import { anOrder } from '../support/builders.ts';
import { recordingPrinter } from '../support/devices/recording-printer.ts';
import { setUpPrinter } from '../support/printing.ts';
import { comeIn, useSettings as shareSettings, stockUp } from '../support/warehouse.ts';
import { openWorld, type World } from '../support/world.ts';

/** One parcel after the other, as one packer makes them; the first ones only warm up. */
const ORDERS = 40;
const WARM_UP = 8;
const OWN_P95_BAR_MS = 300;
const NEVER_MS = 30_000;

const sources = ['logistic', 'own range', 'simulated EasyPost'] as const;
type Source = (typeof sources)[number];

function timesOf(all: readonly number[]) {
  const sorted = [...all].sort((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? Number.NaN);
  return { p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** The papers of the station, with a stop-watch on the proof. */
function withStopWatch(proofs: number[]): Documents {
  const documents = createDocuments();
  const timed = async <T>(work: Promise<T>): Promise<T> => {
    const started = performance.now();
    const result = await work;
    proofs.push(performance.now() - started);
    return result;
  };
  return {
    ...documents,
    proveLabel: (document) => timed(documents.proveLabel(document)),
    proveCarrierFile: (file) => timed(documents.proveCarrierFile(file)),
  };
}

async function ownRange(world: World): Promise<void> {
  await world.signIn('admin');
  const { id } = await world.call('shipping.save-account', {
    ...{ id: null, expectedVersion: 0, connector: 'own-s10', title: 'Own range', config: {}, secrets: {} },
    ...{ approved: false, active: true, cutOff: null, timeZone: 'Europe/Paris' },
  });
  const params = { serviceLetters: 'CP', issuer: 'FR' };
  const range = { accountId: id, title: 'bench', params, first: '10000000', last: '10009999', block: 50 };
  await world.call('shipping.add-range', range);
  await shipBy(world, { accountId: id, service: 'parcel' });
}

async function buyFromEasypost(world: World, baseUrl: string): Promise<void> {
  const id = world.core.deps.newId();
  await world.core.database.write('carrier_account').insert({
    ...{ id, connector: 'easypost', title: 'EasyPost', config: JSON.stringify({ apiKey: 'EZTK_simulated', baseUrl }) },
    ...{ secrets: '{}', approved: 1, active: 1, time_zone: 'Europe/Paris', version: 1 },
    created_at: new Date().toISOString(),
  });
  await shipBy(world, { accountId: id, service: 'Colissimo:HomeDelivery' });
}

/** One rule for everything that leaves. */
async function shipBy(world: World, service: { accountId: string; service: string }): Promise<void> {
  await world.core.database.write('shipping_rule').delete();
  await world.core.database.write('shipping_rule').insert({
    ...{ id: world.core.deps.newId(), position: 1, direction: 'outbound', title: 'Everything', active: 1 },
    ...{ conditions: '{}', choice: JSON.stringify({ kind: 'service', ...service }) },
  });
}

/** Last item scanned → bytes of the label whole at the printer. */
async function measureParcels(world: World, papers: readonly Buffer[]): Promise<number[]> {
  const times: number[] = [];
  for (let order = 0; order < ORDERS; order += 1) {
    await comeIn(world, anOrder({ externalId: `S${order}`, lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    const gtins = await world.pickNextOrder();
    for (const gtin of gtins.slice(0, -1)) await world.scan(gtin);
    await world.settled();
    const before = papers.length;
    const started = performance.now();
    await world.scan(gtins.at(-1) ?? '');
    while (papers.length === before) {
      if (performance.now() - started > NEVER_MS) throw new Error('the label never came to the printer');
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    times.push(performance.now() - started);
    await world.finishParcel();
    await world.settled();
  }
  return times.slice(WARM_UP);
}

async function measure(source: Source) {
  const proofs: number[] = [];
  const printer = await recordingPrinter();
  const served = await serveCarrier(simulateEasypost({ drawLabel: drawSimulatedLabel, clock: () => new Date() }));
  const world = await openWorld({ documents: withStopWatch(proofs), carrierHttp });
  try {
    await shareSettings(world, { street: '1 quai des Essais', city: 'Lyon', phone: '+33400000000' });
    await stockUp(world, 1, 10 * ORDERS);
    if (source === 'own range') await ownRange(world);
    if (source === 'simulated EasyPost') await buyFromEasypost(world, served.baseUrl);
    await world.signIn();
    await setUpPrinter(world, printer.port);
    const arrived = await measureParcels(world, printer.papers);
    const perParcel = proofs.length / ORDERS;
    const proved = proofs.slice(Math.round(WARM_UP * perParcel));
    return { parcels: arrived.length, ...timesOf(arrived), proofsPerParcel: perParcel, proofAlone: timesOf(proved) };
  } finally {
    await world.close();
    await served.close();
    await printer.close();
  }
}

/** A parcel is closed by its last scan; its label comes out of a printer on the network. */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const measured: [Source, Awaited<ReturnType<typeof measure>>][] = [];
  for (const source of sources) measured.push([source, await measure(source)]);
  const ok = measured.every(([source, { p95Ms }]) => source !== 'own range' || p95Ms <= OWN_P95_BAR_MS);
  const bar = `last item scanned → bytes of the label at the printer: own range p95 <= ${OWN_P95_BAR_MS} ms`;
  return { ok, bar, sources: Object.fromEntries(measured) };
}
