import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { DeviceSettings } from '../../shared/contract/devices.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { Address } from '../../shared/model/address.ts';
import { type LabelDpi, labelMedia, parseLabelModel } from '../../shared/model/label.ts';
import { labelMachine } from '../../shared/model/machines.ts';
import { isSameMedia, type MediaSize, parseMedia } from '../../shared/model/media.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import type { Documents, RenderedDocument } from '../documents/document.ts';
import { wanted } from '../orders/orders-rules.ts';
import { leafLines, orderById, privateOf } from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { followParcels, moveParcel, parcelById, parcelsOf, unitsOf } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import type { ParcelUnit } from '../packing/parcel-units-store.ts';
import { dropWaiting, type PrintOrder, queuePrints } from '../printing/printing-service.ts';
import { prints } from '../stations/device-rules.ts';
import { printersOf } from '../stations/device-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { channelTitle, labelModel, languageFor, returnDates, returnLaw, shipperAddress } from './shipping-rules.ts';
import {
  findRma,
  insertDocument,
  type Label,
  listLabels,
  type NewDocument,
  type Rma,
  saveLabel,
} from './shipping-store.ts';

export interface PaperDeps extends Deps {
  readonly documents: Documents;
}

interface Facts {
  readonly parcel: Parcel;
  /** Which of the order's parcels this is; those that were voided do not count. */
  readonly index: number;
  readonly order: Order;
  readonly lines: readonly OrderLine[];
  readonly units: readonly ParcelUnit[];
  readonly address: Readonly<Record<string, unknown>>;
  readonly settings: SharedSettings;
  readonly labels: readonly Label[];
  readonly rma: Rma | undefined;
  /** The bench's own printer for slips and what lies in it; undefined where it has none. */
  readonly slips: { readonly media: MediaSize; readonly dpi?: LabelDpi } | undefined;
}

interface Paper {
  readonly kind: NewDocument['kind'];
  readonly label?: Label;
  readonly rendered: RenderedDocument;
}

/**
 * Makes and proves every paper of a closed parcel, then stores them and has them printed.
 *
 * Three acts: note that we begin (committed), draw and prove (no transaction), note what came of it. A label that does
 * not read back is a failed label: the parcel stays closed and the packer sees why.
 */
export async function makeLabels(deps: PaperDeps, parcelId: string): Promise<void> {
  const facts = await begin(deps, parcelId);
  if (!facts) return;
  const actor: Actor = { operatorId: null, stationId: facts.parcel.stationId, role: 'admin' };
  let papers: Paper[];
  try {
    papers = await drawPapers(deps.documents, facts, deps.clock().toISOString());
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError('bug', 'label.not-drawn', {}, error);
    await runUnitOfWork(deps, actor, (uow) => failLabels(uow, facts, known));
    if (known.kind === 'bug') throw error; // the packer was told; the message keeps what happened for us
    return;
  }
  await runUnitOfWork(deps, actor, (uow) => keepPapers(uow, facts, papers));
}

async function begin(deps: PaperDeps, parcelId: string): Promise<Facts | undefined> {
  return runUnitOfWork(deps, { operatorId: null, stationId: null, role: 'admin' }, async (uow) => {
    const parcel = await parcelById(uow, parcelId);
    const labels = (await listLabels(uow.tx, parcelId)).filter(
      (label) => label.state === 'intent' || label.state === 'calling',
    );
    if (parcel.state !== 'closed' || labels.length === 0) {
      uow.unchanged();
      return undefined;
    }
    const order = await orderById(uow, parcel.orderId);
    const calling: Label[] = [];
    for (const label of labels) {
      // `calling` here means a crash while drawing: own numbers cost nothing, so the same label is drawn again.
      calling.push(
        label.state === 'calling'
          ? label
          : await saveLabel(uow.tx, label, { state: transition(labelMachine, label.state, 'calling') }),
      );
      uow.record({ kind: 'label.asked', subject: parcelId, data: { label: label.id } });
    }
    const stored = await privateOf(uow, order.id);
    const printers = await printersOf(uow, parcel.stationId);
    const standing = (await parcelsOf(uow, order.id)).filter((other) => other.state !== 'voided');
    return {
      parcel,
      index: standing.filter((other) => other.sequence <= parcel.sequence).length,
      order,
      labels: calling,
      lines: await leafLines(uow, order.id),
      units: await unitsOf(uow, parcelId),
      address: stored?.address ?? {},
      settings: drawnFor(
        await sharedSettings(uow),
        printers.find((printer) => prints(printer, 'label')),
      ),
      slips: slipsOn(printers.find((printer) => prints(printer, 'slip'))),
      rma: await findRma(uow.tx, parcelId),
    };
  });
}

async function drawPapers(documents: Documents, facts: Facts, now: string): Promise<Paper[]> {
  const address = addressOf(facts);
  const papers: Paper[] = [];
  for (const label of facts.labels) {
    const model = labelModel({
      settings: facts.settings,
      orderNumber: facts.order.number,
      address,
      parcelIndex: facts.index,
      weightMg: facts.parcel.weightMg,
      now,
      carrier: label.carrier,
      service: label.service,
      sscc: label.scanText,
      ...(label.kind === 'return' && facts.rma ? { rma: facts.rma } : {}),
    });
    const rendered = await documents.renderLabel(parseLabelModel(model));
    const proof = await documents.proveLabel(rendered);
    if (!proof.ok)
      throw new AppError('rule', 'label.proof-failed', { label: label.kind, problem: proof.problems[0]?.code ?? '' });
    papers.push({ kind: label.kind === 'return' ? 'return-label' : 'label', label, rendered });
  }
  papers.push({ kind: 'packing-slip', rendered: await documents.renderPackingSlip(slipModel(facts, address, now)) });
  return papers;
}

/** Labels are drawn for what lies in the bench's own printer where that is label media, else as all benches share it. */
function drawnFor(
  settings: SharedSettings,
  printer: { readonly settings: DeviceSettings } | undefined,
): SharedSettings {
  const size = parseMedia(printer?.settings.media ?? '');
  const media = size && labelMedia.find((name) => isSameMedia(size, parseMedia(name) ?? size));
  if (!media) return settings;
  return { ...settings, labelMedia: media, labelDpi: printer?.settings.dpi ?? settings.labelDpi };
}

function slipsOn(printer: { readonly settings: DeviceSettings } | undefined): Facts['slips'] {
  const media = parseMedia(printer?.settings.media ?? '');
  return media && { media, ...(printer?.settings.dpi ? { dpi: printer.settings.dpi } : {}) };
}

/** The buyer's address as it stands now; one that was purged, or never came, makes no label. */
function addressOf(facts: Facts): Address {
  const read = Address.safeParse(facts.address);
  if (!read.success)
    throw new AppError('validation', 'label.bad-model', {
      issues: read.error.issues.map(({ path, message }) => ({ field: `to.${path.join('.')}`, message })),
    });
  return read.data;
}

function slipModel(facts: Facts, address: Address, now: string): Parameters<Documents['renderPackingSlip']>[0] {
  const { order, parcel, settings, rma } = facts;
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
    ...facts.slips,
    parcels: [{ sscc: parcel.sscc, trackingNumber: parcel.sscc }],
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
): NonNullable<ReturnType<typeof slipModel>['returns']> {
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

async function keepPapers(uow: UnitOfWork, facts: Facts, papers: readonly Paper[]): Promise<null> {
  const orders: PrintOrder[] = [];
  for (const paper of papers) {
    const id = uow.newId();
    await insertDocument(uow.tx, {
      id,
      kind: paper.kind,
      bytes: paper.rendered.bytes,
      orderId: facts.order.id,
      parcelId: facts.parcel.id,
      createdAt: uow.now,
    });
    if (paper.label)
      await saveLabel(uow.tx, paper.label, {
        state: transition(labelMachine, paper.label.state, 'bought'),
        documentId: id,
      });
    orders.push({ kind: paper.kind, documentId: id, reprint: 0, reason: null });
  }
  await dropWaiting(
    uow,
    facts.parcel.id,
    papers.map(({ kind }) => kind),
  );
  await moveParcel(uow, facts.parcel.id, 'labelled');
  await queuePrints(uow, orders);
  await followParcels(uow, await orderById(uow, facts.order.id));
  tellBench(uow, facts, 'bought');
  return null;
}

async function failLabels(uow: UnitOfWork, facts: Facts, error: AppError): Promise<null> {
  for (const label of facts.labels) {
    await saveLabel(uow.tx, label, { state: transition(labelMachine, label.state, 'failed'), fault: error.code });
    // Not all details: some hold letters of the address.
    const { field = null, problem = null } = error.details;
    uow.record({
      kind: 'label.failed',
      subject: facts.parcel.id,
      data: { label: label.id, code: error.code, field, problem },
    });
  }
  tellBench(uow, facts, 'failed');
  return null;
}

function tellBench(uow: UnitOfWork, facts: Facts, state: string): void {
  uow.emit('shipping.label-changed', { parcelId: facts.parcel.id, orderId: facts.order.id, state });
  if (facts.parcel.stationId) uow.emit('bench.changed', { stationId: facts.parcel.stationId });
  uow.emit('orders.changed', { orderId: facts.order.id });
}
