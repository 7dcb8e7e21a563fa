import type { ShipmentLine } from './shipment-store.ts';

/** A line of an order with what a parcel, or several, took of it. */
export interface ShippableLine {
  readonly id: string;
  readonly parentLineId: string | null;
  /** Line that this one is sent instead of. */
  readonly substituteFor: string | null;
  readonly externalLineId: string | null;
  readonly sku: string;
  readonly ordered: number;
  readonly cancelled: number;
  /** Units in all parcels that have left, this one included. */
  readonly left: number;
}

/**
 * What a shop is told with one parcel: whole units of its own lines that have left and that it has not heard of. A kit
 * counts once all of it has left; a replacement counts as what it replaces. Where the platform counts one line a unit, the
 * ids of units that were told before are not told again.
 */
export function linesToTell(lines: readonly ShippableLine[], told: readonly ShipmentLine[]): ShipmentLine[] {
  return lines
    .filter(({ parentLineId, substituteFor }) => parentLineId === null && substituteFor === null)
    .flatMap((line) => {
      const before = told.filter(({ orderLineId }) => orderLineId === line.id);
      const quantity = unitsLeft(line, lines) - before.reduce((sum, { quantity: units }) => sum + units, 0);
      if (quantity <= 0 || line.externalLineId === null) return [];
      const externalLineIds = idsOf(line, { quantity, used: before.flatMap((one) => one.externalLineIds) });
      return [{ orderLineId: line.id, externalLineIds, sku: line.sku, quantity }];
    });
}

function unitsLeft(line: ShippableLine, lines: readonly ShippableLine[]): number {
  const own = [line, ...lines.filter(({ substituteFor }) => substituteFor === line.id)];
  return own.reduce((sum, one) => sum + wholeUnits(one, lines), 0);
}

/** Kits of which every component has left; of any other line its units. */
function wholeUnits(line: ShippableLine, lines: readonly ShippableLine[]): number {
  const parts = lines.filter(({ parentLineId }) => parentLineId === line.id);
  if (parts.length === 0) return line.left;
  return Math.min(...parts.map((part) => Math.floor((part.left * line.ordered) / Math.max(1, part.ordered))));
}

function idsOf(
  { externalLineId, ordered }: ShippableLine,
  wanted: { readonly quantity: number; readonly used: readonly string[] },
): readonly string[] {
  const ids = (externalLineId ?? '').split(',');
  if (ids.length === 1 || ids.length < ordered) return ids;
  return ids.filter((id) => !wanted.used.includes(id)).slice(0, wanted.quantity);
}

/** Nothing that the buyer still wants is left to be told. */
export function isLast(lines: readonly ShippableLine[], told: readonly ShipmentLine[]): boolean {
  const tops = lines.filter(({ parentLineId, substituteFor }) => parentLineId === null && substituteFor === null);
  return tops.every((line) => {
    const wanted = [line, ...lines.filter(({ substituteFor }) => substituteFor === line.id)].reduce(
      (sum, { ordered, cancelled }) => sum + ordered - cancelled,
      0,
    );
    const units = told
      .filter(({ orderLineId }) => orderLineId === line.id)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return units >= wanted;
  });
}
