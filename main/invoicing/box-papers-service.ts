import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Address } from '../../shared/model/address.ts';
import {
  type CommercialInvoiceInput,
  type CustomsInput,
  parseCommercialInvoice,
  parseCustoms,
} from '../../shared/model/customs.ts';
import { territoryCountry } from '../../shared/model/customs-territory.ts';
import type { InvoiceModel } from '../../shared/model/invoice.ts';
import { labelMedia } from '../../shared/model/label.ts';
import { isSameMedia, parseMedia } from '../../shared/model/media.ts';
import type { CustomsContent } from '../carriers/carrier.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Documents, RenderedDocument } from '../documents/document.ts';
import { orderById, privateOf } from '../orders/orders-service.ts';
import { parcelById, parcelsOf } from '../packing/packing-service.ts';
import { languageFor, shipperAddress } from '../shipping/shipping-rules.ts';
import { prints } from '../stations/device-rules.ts';
import { printersOf } from '../stations/device-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { customsPaper } from './customs-rules.ts';
import { customsOf, type ParcelOf } from './customs-service.ts';
import { isInvoicedByItself, localDate } from './invoice-rules.ts';
import { tieInvoice } from './invoicing-service.ts';
import { findInvoiceOf, type StoredInvoice } from './invoicing-store.ts';
import { buyerOf, type Found, findOrPlanInvoice, modelOf, takeNumber, unnumberedFacts } from './sale-service.ts';

/** Kinds under which the papers in a box are stored: a CN22 for the label printer is told from a form on a sheet. */
export type BoxPaperKind = 'customs-label' | 'customs-form' | 'commercial-invoice' | 'invoice';

/** Papers of a parcel beside labels and slip; plain data, drawn outside any transaction. */
export interface BoxPapers extends ParcelOf {
  readonly customs: {
    readonly postal: Omit<CustomsInput, 'trackingNumber'>;
    readonly commercial: Omit<CommercialInvoiceInput, 'trackingNumber' | 'carrier'>;
  } | null;
  readonly invoice: { readonly id: string; readonly kind: StoredInvoice['kind']; readonly model: InvoiceModel } | null;
}

/** What became of the parcel's label, as far as it decides over the papers beside it. */
export interface LabelOnBox {
  /** Of the account; empty for the shipper's own logistic label. */
  readonly connector: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  /** The carrier made the customs papers itself. */
  readonly customsByCarrier: boolean;
}

export interface DrawnBoxPaper {
  readonly kind: BoxPaperKind;
  readonly rendered: RenderedDocument;
}

/**
 * Step, in the first act: which papers lie in this box. The invoice takes its number here, once an order.
 *
 * An order that cannot be invoiced leaves without invoice: whoever asks for it is told why. Errors as `customsOf`.
 */
export async function prepareBoxPapers(uow: UnitOfWork, of: ParcelOf): Promise<BoxPapers> {
  // Customs papers name the invoice.
  const invoice = await invoiceInBox(uow, of);
  const content = await customsOf(uow, of);
  return { ...of, customs: content ? await customsForms(uow, of, content) : null, invoice };
}

async function invoiceInBox(uow: UnitOfWork, of: ParcelOf): Promise<BoxPapers['invoice']> {
  const { orderId } = of;
  const { invoices } = await sharedSettings(uow);
  if (invoices === 'on-request') return null;
  const order = await orderById(uow, orderId);
  const stored = await privateOf(uow, orderId);
  const buyer = { gift: order.gift, company: Boolean(stored?.address.company), vatNumber: stored?.vatNumber };
  if (!isInvoicedByItself(invoices, buyer)) return null;
  const known = await findInvoiceOf(uow.tx, orderId);
  if (known?.documentId) return null;
  const found = await invoiceable(uow, of);
  if (!found) return null;
  const { invoice, model } = await takeNumber(uow, found);
  return { id: invoice.id, kind: invoice.kind, model };
}

/** What can be invoiced as it stands; else the journal says why not, and no number is spent. */
async function invoiceable(uow: UnitOfWork, { orderId, parcelId }: ParcelOf): Promise<Found | undefined> {
  try {
    const found = await findOrPlanInvoice(uow, orderId);
    await modelOf(uow, 'known' in found ? found.known.facts : unnumberedFacts(found.wanted), orderId);
    return found;
  } catch (error) {
    // Goods that are paid for do not wait for a field of the settings.
    if (!(error instanceof AppError) || !['rule', 'validation'].includes(error.kind)) throw error;
    uow.record({ kind: 'invoice.left-out', subject: orderId, data: { parcel: parcelId, code: error.code } });
    return undefined;
  }
}

async function customsForms(uow: UnitOfWork, of: ParcelOf, content: CustomsContent): Promise<BoxPapers['customs']> {
  const settings = await sharedSettings(uow);
  const { address } = await buyerOf(uow, of.orderId);
  const parcel = await parcelById(uow, of.parcelId);
  const order = await orderById(uow, of.orderId);
  const netMg = content.items.reduce((sum, item) => sum + item.netWeightMg, 0);
  const shared = {
    // Customs at the other end reads it: in English, or in French where French is spoken.
    language: languageFor(address.country),
    from: exporter(settings),
    to: { ...address, country: territoryCountry(address) },
    currency: content.items[0]?.value.currency ?? '',
    lines: content.items.map(({ value, ...item }) => ({ ...item, valueMinor: value.minor })),
    grossWeightMg: Math.max(parcel.weightMg ?? 0, netMg),
    date: localDate(uow.now, settings.timeZone),
    signedBy: content.signedBy,
    ...(content.eori ? { eori: content.eori } : {}),
    ...(content.ioss ? { ioss: content.ioss } : {}),
    ...(content.vatId ? { vatId: content.vatId } : {}),
  } as const;
  const number = content.invoiceNumber ?? order.number;
  const standing = (await parcelsOf(uow, of.orderId)).filter((other) => other.state !== 'voided');
  return {
    postal: {
      ...shared,
      category: 'sale',
      layout: await labelLayout(uow, parcel.stationId, settings),
      sheet: 'a4',
      copies: 2,
      ...(content.invoiceNumber ? { invoiceNumber: content.invoiceNumber } : {}),
    },
    commercial: {
      ...shared,
      number: standing.length > 1 ? `${number}/${parcel.sequence}` : number,
      orderNumber: order.number,
      incoterm: settings.incoterm,
      incotermPlace: placeOf(settings, address),
      reason: 'sale',
      copies: 3,
    },
  };
}

function exporter(settings: SharedSettings): Address & { name: string } {
  const { phone, email } = settings;
  return { ...shipperAddress(settings), ...(phone ? { phone } : {}), ...(email ? { email } : {}) };
}

/** Terms that begin with E or F are fulfilled where the goods leave, all others where they arrive. */
function placeOf({ incoterm, city }: SharedSettings, to: Address): string {
  return /^[EF]/.test(incoterm) ? city || '-' : `${to.city} (${to.country})`;
}

/** What lies in the bench's own label printer, else what all benches share. */
async function labelLayout(
  uow: UnitOfWork,
  stationId: string | null,
  settings: SharedSettings,
): Promise<SharedSettings['labelMedia']> {
  const printer = (await printersOf(uow, stationId)).find((one) => prints(one, 'label'));
  const size = parseMedia(printer?.settings.media ?? '');
  const own = size && labelMedia.find((name) => isSameMedia(size, parseMedia(name) ?? size));
  return own ?? settings.labelMedia;
}

/**
 * Draws what was prepared; no transaction. Errors: `validation` `customs.bad-model`, `rule`
 * `document.unprintable-letters` of a customs paper. An invoice whose letters the font has not is left out: its number
 * waits until the name can be printed.
 */
export async function drawBoxPapers(
  documents: Documents,
  prepared: BoxPapers,
  label: LabelOnBox,
): Promise<DrawnBoxPaper[]> {
  const papers: DrawnBoxPaper[] = [];
  if (prepared.customs && !label.customsByCarrier) papers.push(await drawCustoms(documents, prepared.customs, label));
  if (prepared.invoice) {
    const rendered = await documents.renderInvoice(prepared.invoice.model).catch((error: unknown) => {
      if (error instanceof AppError && error.kind === 'rule') return undefined;
      throw error;
    });
    if (rendered) papers.push({ kind: 'invoice', rendered });
  }
  return papers;
}

async function drawCustoms(
  documents: Documents,
  customs: NonNullable<BoxPapers['customs']>,
  label: LabelOnBox,
): Promise<DrawnBoxPaper> {
  const number = label.trackingNumber ? { trackingNumber: label.trackingNumber } : {};
  if (customsPaper(label) === 'commercial') {
    const model = { ...customs.commercial, ...number, ...(label.carrier ? { carrier: label.carrier } : {}) };
    return {
      kind: 'commercial-invoice',
      rendered: await documents.renderCommercialInvoice(parseCommercialInvoice(model)),
    };
  }
  const rendered = await documents.renderCustomsForm(parseCustoms({ ...customs.postal, ...number }));
  return { kind: rendered.form === 'CN22' ? 'customs-label' : 'customs-form', rendered };
}

/** Step, in the last act: the stored papers are noted where they belong; the caller stored and prints them. */
export async function keepBoxPapers(
  uow: UnitOfWork,
  prepared: BoxPapers,
  stored: readonly { readonly kind: string; readonly documentId: string }[],
): Promise<void> {
  const { invoice, orderId, parcelId } = prepared;
  if (!invoice) return;
  const document = stored.find(({ kind }) => kind === 'invoice');
  if (document) await tieInvoice(uow, { ...invoice, orderId }, document.documentId);
  else uow.record({ kind: 'invoice.not-drawn', subject: orderId, data: { parcel: parcelId, invoice: invoice.id } });
}
