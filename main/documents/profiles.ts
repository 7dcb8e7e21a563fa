import type { LabelDpi } from '../../shared/model/label.ts';

/**
 * How one barcode must be drawn. Modules are whole printer dots: at 203 dpi a Code 128 drawn at 2.64 dots a module
 * falls from grade A to D, at whole dots it stays A (measured on a one-bit raster).
 */
export interface LinearSpec {
  readonly moduleDots: Readonly<Record<LabelDpi, number>>;
  readonly minHeightMm: number;
  readonly quietModules: number;
}

export interface MatrixSpec {
  readonly moduleDots: Readonly<Record<LabelDpi, number>>;
  readonly quietModules: number;
}

/** GS1 General Specifications 5.12.3.2 and 6.6: logistic labels, X 0.495 to 1.016 mm, bars 31.75 mm high. */
export const gs1LogisticBars: LinearSpec = { moduleDots: { 203: 4, 300: 6 }, minHeightMm: 31.75, quietModules: 10 };

/** UPU S10-12, 8: X 0.33 to 0.51 mm, bars 12.5 mm high and no less than 15 % of their length. */
export const s10Bars: LinearSpec = { moduleDots: { 203: 4, 300: 6 }, minHeightMm: 19, quietModules: 10 };

/**
 * USPS Publication 199: X 0.330 to 0.533 mm, bars 19.05 mm high, a quarter of an inch of white. A number of 34 digits
 * leaves that white on a sheet of four inches only at 300 dpi: at 203 it keeps the ten modules of ISO/IEC 15417.
 */
export const impbBars: readonly LinearSpec[] = [19, 10].map((quietModules) => ({
  moduleDots: { 203: 3, 300: 4 },
  minHeightMm: 19.05,
  quietModules,
}));
/** GS1 DataMatrix beside the bars on USPS labels, 9.7 mm on the carrier's own. */
export const impbMatrix: MatrixSpec = { moduleDots: { 203: 4, 300: 6 }, quietModules: 2 };

/** DPD label specification 2.4: X 0.375, at most 0.40 mm, 25 mm high, 5 mm of white; letters in the postcode leave less. */
export const geopostBars: readonly LinearSpec[] = [14, 10].map((quietModules) => ({
  moduleDots: { 203: 3, 300: 4 },
  minHeightMm: 25,
  quietModules,
}));
/** Aztec needs no white; one module keeps neighbours away. */
export const geopostAztec: MatrixSpec = { moduleDots: { 203: 4, 300: 6 }, quietModules: 1 };

/** DHL Paket, as measured on the carrier's labels: routing 0.372 mm, item 0.495 mm, both 26 mm high. */
export const dhlRoutingBars: LinearSpec = { moduleDots: { 203: 3, 300: 4 }, minHeightMm: 25, quietModules: 10 };
export const dhlItemBars: LinearSpec = { moduleDots: { 203: 4, 300: 6 }, minHeightMm: 25, quietModules: 10 };

/** Mondial Relay label specification 2.3: X 0.42 to 0.50 mm. */
export const mondialRelayBars: LinearSpec = { moduleDots: { 203: 4, 300: 5 }, minHeightMm: 20, quietModules: 10 };

/** La Poste: X 0.33 to 0.375 mm. */
export const colissimoBars: LinearSpec = { moduleDots: { 203: 3, 300: 4 }, minHeightMm: 20, quietModules: 10 };
export const colissimoSortingBars: LinearSpec = { moduleDots: { 203: 3, 300: 4 }, minHeightMm: 15, quietModules: 10 };

/** RMA on label and slip: read at arm's length by the returns bench. */
export const rmaBars: LinearSpec = { moduleDots: { 203: 3, 300: 5 }, minHeightMm: 14, quietModules: 10 };
export const rmaMatrix: MatrixSpec = { moduleDots: { 203: 8, 300: 12 }, quietModules: 2 };

/** A QR code opened with a telephone; four white modules are its quiet zone (ISO/IEC 18004). */
export const linkMatrix: MatrixSpec = { moduleDots: { 203: 5, 300: 7 }, quietModules: 4 };

/** Station codes on office paper: the widest of these that fits the cell. */
export const stationBars: readonly LinearSpec[] = [6, 5, 4, 3].map((dots) => ({
  moduleDots: { 203: Math.max(2, dots - 2), 300: dots },
  minHeightMm: 12,
  quietModules: 10,
}));
