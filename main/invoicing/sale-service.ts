import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { Address } from '../../shared/model/address.ts';
import { type InvoiceModel, parseInvoice } from '../../shared/model/invoice.ts';
import { invoiceAmounts } from '../../shared/model/invoice-rules.ts';
import { plainDecimal } from '../../shared/model/minor-units.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { orderFactsOf, pricedLines } from '../orders/order-facts-service.ts';
import { holdOf, orderById, privateOf } from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { languageFor } from '../shipping/shipping-rules.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { itemFactsOf } from '../stock/item-facts-service.ts';
import type { InvoiceFacts } from './invoice-facts-rules.ts';
import {
  invoiceFacts,
  invoiceModel,
  localDate,
  missingOfSeller,
  numberIn,
  type SoldLine,
  seriesOf,
} from './invoice-rules.ts';
import { findInvoiceOf, insertInvoice, lockOrder, type StoredInvoice, takeCount } from './invoicing-store.ts';
import { type OrderMoney, orderMoney } from './order-money-rules.ts';
import { vatCase } from './vat-rules.ts';

/** Who buys, as the order's private data say. */
export interface Buyer {
  readonly address: Address;
  readonly vatNumber: string | undefined;
}

/** Step: throws `rule` `invoicing.no-address` once the address was purged. */
export async function buyerOf(uow: UnitOfWork, orderId: string): Promise<Buyer> {
  const stored = await privateOf(uow, orderId);
  const address = Address.safeParse(stored?.address ?? {});
  if (!address.success) throw new AppError('rule', 'invoicing.no-address', { id: orderId });
  return { address: address.data, vatNumber: stored?.vatNumber };
}

/** Step: the paper of a stored invoice or credit note. Error: `validation` `invoice.bad-model`. */
export async function modelOf(uow: UnitOfWork, facts: InvoiceFacts, orderId: string): Promise<InvoiceModel> {
  return parseInvoice(invoiceModel(facts, await sharedSettings(uow), await buyerOf(uow, orderId)));
}

/** An invoice or credit note with its number, ready to be drawn. */
export interface PreparedInvoice {
  readonly invoice: StoredInvoice;
  readonly model: InvoiceModel;
}

/** What is to be numbered. */
export interface Unnumbered {
  readonly facts: InvoiceFacts;
  readonly series: string;
  readonly orderId: string;
  readonly correctsId: string | null;
  readonly rmaId: string | null;
}

const LONGEST_COUNT = 999_999;

/** The facts with the longest number of their series, to see whether they make a paper before one is spent. */
export function unnumberedFacts({ facts, series }: Unnumbered): InvoiceFacts {
  return { ...facts, number: numberIn(series, LONGEST_COUNT) };
}

/** Something that was numbered before, or what is to be numbered now. */
export type Found = { readonly known: StoredInvoice } | { readonly wanted: Unnumbered };

/**
 * Step: the order's invoice, or what it will say.
 *
 * Errors: `rule` `invoicing.no-prices`, `invoicing.sum-differs`, `invoicing.no-seller`, `invoicing.foreign-currency`,
 * `invoicing.cancelled`, `invoicing.no-address`; `validation` `invoice.bad-model`.
 */
export async function findOrPlanInvoice(uow: UnitOfWork, orderId: string): Promise<Found> {
  await lockOrder(uow.tx, orderId);
  const known = await findInvoiceOf(uow.tx, orderId);
  if (known) return { known };
  const order = await orderById(uow, orderId);
  if (order.state === 'cancelled') throw new AppError('rule', 'invoicing.cancelled', { number: order.number });
  const settings = await sharedSettings(uow);
  const facts = await saleFacts(uow, order, settings);
  const series = seriesOf('invoice', settings, facts.issuedOn);
  return { wanted: { facts, series, orderId, correctsId: null, rmaId: null } };
}

/** Step: numbers what is not numbered yet; the number commits with what it stands for. */
export async function takeNumber(uow: UnitOfWork, found: Found): Promise<PreparedInvoice> {
  if ('wanted' in found) return addInvoice(uow, found.wanted);
  const { known } = found;
  return { invoice: known, model: await modelOf(uow, known.facts, known.orderId) };
}

/** Takes the next number of a series and stores what is invoiced or credited under it. */
async function addInvoice(uow: UnitOfWork, wanted: Unnumbered): Promise<PreparedInvoice> {
  const { series, orderId, correctsId, rmaId } = wanted;
  const number = numberIn(series, await takeCount(uow.tx, series));
  const facts = { ...wanted.facts, number };
  const model = await modelOf(uow, facts, orderId);
  const { totalMinor, roundingMinor, vatMinor } = invoiceAmounts(model);
  const invoice = { id: uow.newId(), number, kind: facts.kind, orderId, facts };
  const totals = { totalMinor: totalMinor + roundingMinor, vatMinor };
  await insertInvoice(uow.tx, { ...invoice, correctsId, rmaId, ...totals, createdAt: uow.now });
  uow.record({ kind: `${facts.kind}.numbered`, subject: orderId, data: { invoice: invoice.id, number } });
  return { invoice: { ...invoice, documentId: null }, model };
}

async function saleFacts(uow: UnitOfWork, order: Order, settings: SharedSettings): Promise<InvoiceFacts> {
  const missing = missingOfSeller(settings);
  if (missing.length > 0) throw new AppError('rule', 'invoicing.no-seller', { fields: missing.join(', ') });
  const buyer = await buyerOf(uow, order.id);
  const lines = await soldLines(uow, order.id);
  const money = toldMoney(orderMoney(await orderFactsOf(uow, order.id), lines), order.number);
  const seller = { country: settings.country, postcode: settings.postcode, franchise: settings.vatFranchise };
  const vat = vatCase({ seller, buyer: { ...buyer.address, vatNumber: buyer.vatNumber } });
  if (settings.country === 'FR' && money.currency !== 'EUR' && vat.category === 'taxed')
    throw new AppError('rule', 'invoicing.foreign-currency', { number: order.number, currency: money.currency });
  const paid = (await holdOf(uow, order.id))?.reason !== 'payment';
  return invoiceFacts({ order, lines, money, vat, paid }, settings, {
    language: languageFor(buyer.address.country),
    number: '',
    issuedOn: localDate(uow.now, settings.timeZone),
  });
}

async function soldLines(uow: UnitOfWork, orderId: string): Promise<SoldLine[]> {
  const lines = (await pricedLines(uow, orderId)).filter((line) => line.parentLineId === null);
  const items = await itemFactsOf(
    uow,
    lines.flatMap((line) => line.itemId ?? []),
  );
  return lines.map((line) => ({
    ...line,
    vatRate: line.price.vatRate ?? items.get(line.itemId ?? '')?.vatRate ?? null,
  }));
}

/** Prices that can be invoiced, or why not. */
function toldMoney(money: OrderMoney, number: string): Extract<OrderMoney, { outcome: 'told' }> {
  switch (money.outcome) {
    case 'told':
      return money;
    case 'no-prices':
      throw new AppError('rule', 'invoicing.no-prices', { number });
    case 'sum-differs': {
      const { sumMinor, totalMinor, currency } = money;
      const sum = plainDecimal(sumMinor, currency);
      const total = plainDecimal(totalMinor, currency);
      throw new AppError('rule', 'invoicing.sum-differs', { number, sum, total, currency });
    }
  }
}
