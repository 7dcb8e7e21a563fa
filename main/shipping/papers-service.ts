import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { parseLabelModel } from '../../shared/model/label.ts';
import { labelMachine } from '../../shared/model/machines.ts';
import { parseMedia } from '../../shared/model/media.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import type { Documents, PackingSlipModel, RenderedDocument } from '../documents/document.ts';
import { drawBoxPapers, keepBoxPapers } from '../invoicing/box-papers-service.ts';
import { wanted } from '../orders/orders-rules.ts';
import { orderById } from '../orders/orders-service.ts';
import type { OrderLine } from '../orders/orders-store.ts';
import { followParcels, moveParcel, parcelById } from '../packing/packing-service.ts';
import type { ParcelUnit } from '../packing/parcel-units-store.ts';
import { dropWaiting, type PrintOrder, queuePrints } from '../printing/printing-service.ts';
import { prints } from '../stations/device-rules.ts';
import type { ShippingDeps } from './account-service.ts';
import { type Begun, beginLabels } from './purchase-begin-service.ts';
import type { PurchaseFacts } from './purchase-facts-service.ts';
import { presentRevision } from './purchase-facts-service.ts';
import { requestLabels } from './purchase-intent-service.ts';
import { chooseByRates } from './purchase-rates-service.ts';
import { buyLabel, type Drawn, modelOf } from './purchase-service.ts';
import { failLabel, paperKind, tellLabel } from './purchase-settle-service.ts';
import { channelTitle, languageFor, latestLabels, returnDates, returnLaw, shipperAddress } from './shipping-rules.ts';
import {
  type DocumentKind,
  insertDocument,
  type Label,
  listLabels,
  listPapersOf,
  type Rma,
  saveLabel,
} from './shipping-store.ts';
import { isRemote, voidLabel } from './void-service.ts';

interface Paper {
  readonly kind: DocumentKind;
  /** The self-drawn label on it. */
  readonly label?: Label;
  readonly rendered: RenderedDocument;
}

/**
 * Makes and proves every paper of a closed parcel, then stores them and has them printed.
 *
 * In acts, each committed before the next: services are chosen and what is to be bought is noted; carriers are asked, each
 * answer kept at once; the rest is drawn and proved; parcel and printers get it all. It goes on where it was broken off,
 * and comes to nothing while a label waits, failed or is unknown: the packer sees which.
 */
export async function makeLabels(deps: ShippingDeps, parcelId: string): Promise<void> {
  const begun = await beginLabels(deps, parcelId);
  if (!begun) return;
  const chosen: Label[] = [];
  for (const rated of begun.rated) chosen.push(await chooseByRates(deps, begun, rated));
  const labels = begun.labels.map((label) => chosen.find(({ id }) => id === label.id) ?? label);
  const bought = labels.filter((label) => label.state === 'calling' && isRemote(label));
  for (const label of bought) await buyLabel(deps, begun, label);
  await finish(deps, begun, bought.length === 0 ? labels : await reload(deps, parcelId));
}

async function reload(deps: ShippingDeps, parcelId: string): Promise<Label[]> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    return latestLabels(await listLabels(uow.tx, parcelId));
  });
}

/** Good, or drawn here and now: the papers may come out. */
function isReady(label: Label): boolean {
  if (label.state === 'calling') return !isRemote(label);
  return label.state === 'bought' && label.fault === null;
}

async function finish(deps: ShippingDeps, begun: Begun, labels: readonly Label[]): Promise<void> {
  const { facts } = begun;
  const live = labels.filter(({ state, kind }) => kind === 'outbound' || !['voided', 'void-requested'].includes(state));
  if (live.length === 0 || !live.every(isReady)) return;
  let papers: Paper[];
  try {
    papers = await drawPapers(deps.documents, { ...begun, customsByCarrier: await hasCustoms(deps, live) }, live);
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError('bug', 'label.not-drawn', {}, error);
    await runUnitOfWork(deps, systemActor, (uow) => failLabels(uow, { facts, labels: live }, known));
    if (known.kind === 'bug') throw error; // the packer was told; the message keeps what happened for us
    return;
  }
  const actor = { ...systemActor, stationId: facts.parcel.stationId };
  await runUnitOfWork(deps, actor, async (uow) => {
    if (await isOutdated(uow, live)) return askForOthers(uow, facts.parcel.id, live);
    return keepPapers(uow, { begun, labels: live }, papers);
  });
}

/** Address, weight or contents changed after a label was bought. */
async function isOutdated(uow: UnitOfWork, labels: readonly Label[]): Promise<boolean> {
  const [bought] = labels.filter((label) => isRemote(label) && label.state === 'bought');
  if (!bought) return false;
  const present = await presentRevision(uow, bought.parcelId);
  return present !== undefined && labels.some((label) => isRemote(label) && label.revision !== present);
}

async function askForOthers(uow: UnitOfWork, parcelId: string, labels: readonly Label[]): Promise<null> {
  for (const label of labels) await voidLabel(uow, label, 'label.revision-changed');
  const parcel = await parcelById(uow, parcelId);
  if (parcel.state === 'closed') await requestLabels(uow, parcel);
  uow.record({ kind: 'label.outdated', subject: parcelId });
  tellLabel(uow, parcel, 'void-requested');
  return null;
}

type Ready = Begun & { readonly customsByCarrier: boolean };

/** The carrier made the customs papers itself. */
async function hasCustoms(deps: ShippingDeps, labels: readonly Label[]): Promise<boolean> {
  const outbound = labels.find((label) => label.kind === 'outbound' && isRemote(label));
  const papers = outbound ? await listPapersOf(deps.database.read, outbound.id) : [];
  return papers.some(({ kind }) => kind === 'customs-form' || kind === 'commercial-invoice');
}

async function drawPapers(documents: Documents, begun: Ready, labels: readonly Label[]): Promise<Paper[]> {
  const { facts, box } = begun;
  const papers: Paper[] = [];
  for (const label of labels) {
    if (label.state !== 'calling') continue;
    const rendered = await documents.renderLabel(parseLabelModel(modelOf(facts, label, drawnOf(label))));
    const proof = await documents.proveLabel(rendered);
    if (!proof.ok)
      throw new AppError('rule', 'label.proof-failed', { label: label.kind, problem: proof.problems[0]?.code ?? '' });
    papers.push({ kind: paperKind(label), label, rendered });
  }
  if (!box) return papers;
  const outbound = labels.find(({ kind }) => kind === 'outbound');
  papers.push({
    kind: 'packing-slip',
    rendered: await documents.renderPackingSlip(slipModel(facts, outbound?.trackingNumber ?? facts.parcel.sscc)),
  });
  const { connector = '', carrier = '', trackingNumber = '' } = outbound ?? {};
  const customsByCarrier = box.customs !== null && begun.customsByCarrier;
  return [
    ...papers,
    ...(await drawBoxPapers(documents, box, { connector, carrier, trackingNumber, customsByCarrier })),
  ];
}

/** What a label of an own range is drawn from; undefined for the shipper's own logistic one. */
function drawnOf({ accountId, fields }: Label): Drawn | undefined {
  const { profile, values, approved } = fields;
  if (accountId === null || typeof profile !== 'string') return undefined;
  return { profile, approved: approved === true, values: values as Drawn['values'] }; // as `takeService` stored it
}

function slipsOn(printer: PurchaseFacts['printers'][number] | undefined): Pick<PackingSlipModel, 'media' | 'dpi'> {
  const media = parseMedia(printer?.settings.media ?? '');
  if (!media) return {};
  return { media, ...(printer?.settings.dpi ? { dpi: printer.settings.dpi } : {}) };
}

function slipModel(facts: PurchaseFacts, trackingNumber: string): PackingSlipModel {
  const { order, parcel, settings, rma, address, now } = facts;
  const packed = (lineId: string): ParcelUnit[] => facts.units.filter((unit) => unit.orderLineId === lineId);
  const list = (units: readonly ParcelUnit[], key: 'lot' | 'serial'): string[] => [
    ...new Set(units.flatMap((unit) => unit[key] ?? [])),
  ];
  return {
    language: languageFor(address.country),
    company: { ...shipperAddress(settings), ...contactOf(settings) },
    orderNumber: order.number,
    orderCode: encodeStationCode('order', order.code),
    channel: channelTitle(order.channel, languageFor(address.country)),
    orderedOn: order.placedAt.slice(0, 10),
    packedOn: now.slice(0, 10),
    shipTo: address,
    ...slipsOn(facts.printers.find((printer) => prints(printer, 'slip'))),
    parcels: [{ sscc: parcel.sscc, trackingNumber }],
    lines: facts.lines
      // What was cancelled or replaced whole is not told as an order of nothing, nor what left in an earlier parcel.
      .filter((line) => wanted(line) > 0 && (packed(line.id).length > 0 || wanted(line) > line.packed))
      .map((line) => ({
        sku: line.sku,
        title: line.title,
        ordered: wanted(line),
        packed: packed(line.id).reduce((sum, unit) => sum + unit.quantity, 0),
        backOrdered: Math.max(0, wanted(line) - line.packed),
        lots: list(packed(line.id), 'lot'),
        serials: list(packed(line.id), 'serial'),
        ...replaced(facts.lines, line),
      })),
    ...(rma ? { returns: slipReturns(settings, { rma, country: address.country }, now) } : {}),
  };
}

/** How the buyer reaches the shop, where the settings say it. */
function contactOf({ email, phone }: SharedSettings): { email?: string; phone?: string } {
  return { ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
}

/** SKU of the line that this one replaces. */
function replaced(lines: readonly OrderLine[], line: OrderLine): { replaces?: string } {
  const original = lines.find((other) => other.id === line.substituteFor);
  return original ? { replaces: original.sku } : {};
}

function slipReturns(
  settings: SharedSettings,
  to: { rma: Rma; country: string },
  now: string,
): NonNullable<PackingSlipModel['returns']> {
  return {
    rma: to.rma.code,
    ...returnDates(now, settings.returnWindowDays),
    address: shipperAddress(settings),
    whoPays: settings.returnWhoPays,
    labelInBox: settings.returnLabelInBox,
    law: returnLaw(to.country),
    ...(settings.withdrawalUrl ? { withdrawalUrl: settings.withdrawalUrl } : {}),
  };
}

async function keepPapers(
  uow: UnitOfWork,
  { begun, labels }: { readonly begun: Begun; readonly labels: readonly Label[] },
  papers: readonly Paper[],
): Promise<null> {
  const { facts, box } = begun;
  const of = { orderId: facts.order.id, parcelId: facts.parcel.id, createdAt: uow.now };
  const orders: PrintOrder[] = [];
  const print = (kind: string, documentId: string): void =>
    void orders.push({ kind, documentId, reprint: 0, reason: null });
  for (const label of labels)
    for (const paper of label.state === 'bought' ? await listPapersOf(uow.tx, label.id) : [])
      if (paper.kind !== 'label-original') print(paper.kind, paper.id);
  const stored: { kind: string; documentId: string }[] = [];
  for (const { kind, label, rendered } of papers) {
    const id = uow.newId();
    await insertDocument(uow.tx, { id, kind, bytes: rendered.bytes, ...of, labelId: label?.id ?? null });
    if (label)
      await saveLabel(uow.tx, label, { state: transition(labelMachine, label.state, 'bought'), documentId: id });
    stored.push({ kind, documentId: id });
    print(kind, id);
  }
  if (box) {
    await keepBoxPapers(uow, box, stored);
    await dropWaiting(
      uow,
      facts.parcel.id,
      orders.map(({ kind }) => kind),
    );
    await moveParcel(uow, facts.parcel.id, 'labelled');
    await queuePrints(uow, orders);
    await followParcels(uow, await orderById(uow, facts.order.id));
  } else uow.record({ kind: 'label.made', subject: facts.parcel.id, data: { labels: labels.map(({ id }) => id) } });
  tellLabel(uow, facts.parcel, 'bought');
  return null;
}

/** Labels that were drawn here fail; a bought one stays bought and says what keeps it from being printed. */
async function failLabels(
  uow: UnitOfWork,
  { facts, labels }: { readonly facts: PurchaseFacts; readonly labels: readonly Label[] },
  error: AppError,
): Promise<null> {
  const drawn = labels.filter(({ state }) => state === 'calling');
  for (const label of drawn) await failLabel(uow, label, { code: error.code, params: error.details });
  if (drawn.length === 0)
    for (const label of labels) {
      await saveLabel(uow.tx, label, { fault: error.code });
      uow.record({
        kind: 'label.papers-failed',
        subject: facts.parcel.id,
        data: { label: label.id, code: error.code },
      });
    }
  tellLabel(uow, facts.parcel, 'failed');
  return null;
}
