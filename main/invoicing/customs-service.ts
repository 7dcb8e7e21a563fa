import type { SharedSettings } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import { Address } from '../../shared/model/address.ts';
import { crossesCustoms, isInUnion } from '../../shared/model/customs-territory.ts';
import type { CustomsContent } from '../carriers/carrier.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { orderFactsOf, pricedLines } from '../orders/order-facts-service.ts';
import { wanted } from '../orders/orders-rules.ts';
import { privateOf } from '../orders/orders-service.ts';
import { parcelById, unitsOf } from '../packing/packing-service.ts';
import type { ParcelUnit } from '../packing/parcel-units-store.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { type ItemFacts, itemFactsOf } from '../stock/item-facts-service.ts';
import { type DeclaredUnits, declare, missingInWords } from './customs-rules.ts';
import { findInvoiceOf } from './invoicing-store.ts';
import { lineMinor, orderMoney } from './order-money-rules.ts';
import { shares } from './shares-rules.ts';

type PricedLine = Awaited<ReturnType<typeof pricedLines>>[number];

/** A parcel as it is asked after here. */
export interface ParcelOf {
  readonly orderId: string;
  readonly parcelId: string;
}

/**
 * Step: what customs must know of a parcel; undefined where it stays inside one customs and VAT territory.
 *
 * Error: `rule` `customs.missing-facts` with `items` (SKUs and the catalogue's columns that lack), before any label is
 * asked for.
 */
export async function customsOf(uow: UnitOfWork, of: ParcelOf): Promise<CustomsContent | undefined> {
  const settings = await sharedSettings(uow);
  const address = Address.safeParse((await privateOf(uow, of.orderId))?.address ?? {});
  // An address that was purged or never came makes no label at all.
  if (!address.success || !crossesCustoms(settings, address.data)) return undefined;
  const { currency, units, grossMg } = await contentOf(uow, of);
  const declaration = declare(units, grossMg);
  if (declaration.outcome === 'incomplete') throw missingFacts(missingInWords(declaration.missing));
  const invoice = await findInvoiceOf(uow.tx, of.orderId);
  return {
    category: 'sale',
    items: declaration.items.map(({ valueMinor, ...item }) => ({ ...item, value: { minor: valueMinor, currency } })),
    incoterm: settings.incoterm,
    ...(invoice ? { invoiceNumber: invoice.number } : {}),
    ...registrations(settings, address.data),
    signedBy: settings.customsSigner || settings.companyName,
  };
}

function missingFacts(items: string): AppError {
  return new AppError('rule', 'customs.missing-facts', { items, field: items });
}

function registrations(settings: SharedSettings, to: Address): Pick<CustomsContent, 'eori' | 'ioss' | 'vatId'> {
  const { eori, ioss, vatNumber } = settings;
  return {
    ...(eori ? { eori } : {}),
    // The import scheme is for goods that come into the union.
    ...(ioss && isInUnion(to) ? { ioss } : {}),
    ...(vatNumber ? { vatId: vatNumber } : {}),
  };
}

interface Content {
  readonly currency: string;
  readonly units: readonly DeclaredUnits[];
  readonly grossMg: number | null;
}

async function contentOf(uow: UnitOfWork, { orderId, parcelId }: ParcelOf): Promise<Content> {
  const units = await unitsOf(uow, parcelId);
  const lines = await pricedLines(uow, orderId);
  const items = await itemFactsOf(uow, [
    ...units.map((unit) => unit.itemId),
    ...lines.flatMap((line) => line.itemId ?? []),
  ]);
  const facts = await orderFactsOf(uow, orderId);
  const sold = lines.filter((line) => line.parentLineId === null);
  const money = orderMoney(facts, sold);
  const discountMinor = money.outcome === 'told' ? money.discountMinor : (facts.discountMinor ?? 0);
  const priced = { lines, sold, items, discountMinor };
  return {
    currency: facts.currency ?? '',
    units: units.flatMap((unit) => declaredUnits(unit, priced)),
    grossMg: (await parcelById(uow, parcelId)).weightMg,
  };
}

interface Priced {
  readonly lines: readonly PricedLine[];
  readonly sold: readonly PricedLine[];
  readonly items: ReadonlyMap<string, ItemFacts>;
  /** Off the whole order. */
  readonly discountMinor: number;
}

function declaredUnits(unit: ParcelUnit, priced: Priced): DeclaredUnits[] {
  const item = priced.items.get(unit.itemId);
  const line = priced.lines.find((one) => one.id === unit.orderLineId);
  if (!item || !line) return [];
  const { sku, title, hsCode, origin, customsText } = item;
  const told = { sku, title, hsCode, origin, customsText, unitWeightMg: item.weightMg, quantity: unit.quantity };
  const valueMinor = paidFor(line, unit.quantity, priced);
  return [{ ...told, valueMinor }];
}

/** What the buyer paid for units of a leaf line; a component has its share of the kit's price, by weight. */
function paidFor(line: PricedLine, quantity: number, priced: Priced): number | null {
  const root = priced.sold.find((one) => one.id === line.parentLineId) ?? line;
  if (root.price.unitPriceMinor === null) return null;
  const whole = lineMinor(root, wanted(root)) - shareInDiscount(root, priced);
  const parts = priced.lines.filter((one) => one.parentLineId === root.id);
  const own = parts.length === 0 ? whole : partOf(whole, line, { parts, items: priced.items });
  return Math.round((own * quantity) / Math.max(1, wanted(line)));
}

function partOf(
  whole: number,
  line: PricedLine,
  kit: { parts: readonly PricedLine[]; items: ReadonlyMap<string, ItemFacts> },
): number {
  const weights = kit.parts.map((part) => wanted(part) * (kit.items.get(part.itemId ?? '')?.weightMg ?? 0));
  return shares(whole, weights)[kit.parts.indexOf(line)] ?? 0;
}

function shareInDiscount(root: PricedLine, { sold, discountMinor }: Priced): number {
  const weights = sold.map((line) => lineMinor(line, wanted(line)));
  return shares(discountMinor, weights)[sold.indexOf(root)] ?? 0;
}
