import type { ImportedOrder } from '../../shared/model/imported.ts';
import { contentHash, type KnownItem, orderCode } from './import-rules.ts';
import type { LinePrice } from './order-facts-store.ts';
import { shipByFor } from './orders-rules.ts';
import type { NewOrder, OrderLine, OrderPrivate } from './orders-store.ts';

export interface NewOrderContext {
  readonly catalogue: ReadonlyMap<string, KnownItem>;
  readonly handlingHours: number;
}

/** A new order as it is stored; `ready` when the catalogue knows every SKU. */
export function newOrder(newId: () => string, record: ImportedOrder, context: NewOrderContext): NewOrder {
  const id = newId();
  const lines = newLines(newId, { orderId: id, lines: record.lines, firstLineNo: 1 }, context.catalogue);
  return {
    order: {
      id,
      channel: record.channel,
      shop: record.shop,
      externalId: record.externalId,
      number: record.number,
      code: orderCode(id),
      state: record.cancelled ? 'cancelled' : isKnown(lines) ? 'ready' : 'new',
      priority: record.priority,
      placedAt: record.placedAt,
      shipBy: record.shipBy ?? shipByFor(record.placedAt, context.handlingHours),
      country: record.address.country,
      gift: record.gift,
      shippingMethod: record.shippingMethod,
      contentHash: contentHash(record),
      toteId: null,
      claimedBy: null,
      claimUntil: null,
      split: false,
      substitutionOk: record.substitutions ?? false,
      version: 1,
      currency: record.currency,
      totalMinor: record.totalMinor,
      shippingMinor: record.shippingMinor ?? null,
      discountMinor: record.discountMinor ?? null,
      promisedBy: record.promisedBy ?? null,
      pickupPoint: record.pickupPoint ?? null,
      labelMode: record.labelMode ?? 'seller',
    },
    private: privateFrom(record),
    lines,
  };
}

const noPrice: LinePrice = { unitPriceMinor: null, vatRate: null, discountMinor: null };

/** What an order says that is somebody's own; a VAT number that is not told again stays (`before`). */
export function privateFrom(record: ImportedOrder, before?: OrderPrivate): OrderPrivate {
  const vatNumber = record.vatNumber ?? before?.vatNumber;
  return { address: record.address, note: record.note, ...(vatNumber === undefined ? {} : { vatNumber }) };
}

/** Whether the catalogue knows everything that is still wanted. */
export function isKnown(lines: readonly Pick<OrderLine, 'itemId' | 'ordered' | 'cancelled'>[]): boolean {
  return lines.every((line) => line.itemId !== null || line.ordered <= line.cancelled);
}

/** Lines as ordered, each kit followed by its components. */
export function newLines(
  newId: () => string,
  source: { orderId: string; lines: ImportedOrder['lines']; firstLineNo: number },
  catalogue: ReadonlyMap<string, KnownItem>,
): (OrderLine & LinePrice)[] {
  const zero = { substituteFor: null, cancelled: 0, sentElsewhere: 0, allocated: 0, picked: 0, packed: 0, shipped: 0 };
  let lineNo = source.firstLineNo;
  return source.lines.flatMap((line) => {
    const item = catalogue.get(line.sku);
    const id = newId();
    const base = { orderId: source.orderId, externalLineId: line.externalLineId, ...zero };
    const ordered = {
      ...base,
      id,
      lineNo: lineNo++,
      parentLineId: null,
      sku: line.sku,
      itemId: item?.itemId ?? null,
      title: line.title,
      ordered: line.quantity,
      unitPriceMinor: line.unitPriceMinor,
      vatRate: line.vatRate ?? null,
      discountMinor: line.discountMinor ?? null,
    };
    const parts = (item?.components ?? []).map((part) => ({
      ...base,
      id: newId(),
      lineNo: lineNo++,
      parentLineId: id,
      externalLineId: null,
      sku: part.sku,
      itemId: part.itemId,
      title: part.title,
      ordered: line.quantity * part.quantity,
      ...noPrice,
    }));
    return [ordered, ...parts];
  });
}
