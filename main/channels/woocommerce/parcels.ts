import { isObject, textUnder } from '../../../shared/json/wire-values.ts';

/** Rows of the Shipment Tracking extension; shown to the buyer where it is installed. */
export const TRACKING_KEY = '_wc_shipment_tracking_items';
/** Which units lay in which parcel: Woo itself has no such thing, so it is kept beside the order. */
export const PARCELS_KEY = '_packwright_parcels';

/** A parcel as it stands with its order. */
export interface WooParcel {
  /** Our id of the shipment. */
  readonly reference: string;
  readonly tracking: string;
  readonly carrier: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

const rows = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Reads `PARCELS_KEY`. */
export function readParcels(value: unknown): WooParcel[] {
  return rows(value).map((row) => ({
    reference: textUnder(row, 'reference') ?? '',
    tracking: textUnder(row, 'tracking') ?? '',
    carrier: textUnder(row, 'carrier') ?? '',
    lines: rows(row.lines).map((line) => ({
      lineId: textUnder(line, 'id') ?? '',
      quantity: Number(textUnder(line, 'quantity') ?? 0),
    })),
  }));
}

/** What is stored under `PARCELS_KEY`. */
export function writeParcels(parcels: readonly WooParcel[]): object[] {
  return parcels.map(({ lines, ...parcel }) => ({
    ...parcel,
    lines: lines.map(({ lineId, quantity }) => ({ id: lineId, quantity })),
  }));
}

/** Reads `TRACKING_KEY` as it is, so that what others wrote stays. */
export function readTracking(value: unknown): Readonly<Record<string, unknown>>[] {
  return rows(value);
}
