import type { LabelDpi, LabelModel } from '../../shared/model/label.ts';

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
const gs1LogisticBars: LinearSpec = { moduleDots: { 203: 4, 300: 6 }, minHeightMm: 31.75, quietModules: 10 };

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

export interface LabelProfile {
  readonly name: LabelModel['profile'];
  readonly shippingBars: LinearSpec;
}

export const labelProfilesByName: Readonly<Record<LabelModel['profile'], LabelProfile>> = {
  'gs1-logistic': { name: 'gs1-logistic', shippingBars: gs1LogisticBars },
};
