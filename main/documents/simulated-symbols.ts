import bwipjs from 'bwip-js/node';
import { AppError } from '../../shared/errors.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import type { SimulatedLabel } from '../carriers/carrier-simulator.ts';
import { maxiCode } from './maxicode-drawing.ts';
import type { LinearSpec, MatrixSpec } from './profiles.ts';
import { type EncodedSymbol, itfBars, type LinearPattern, type MatrixPattern } from './symbols.ts';

export type SimulatedSymbol = SimulatedLabel['symbols'][number];
type Kind = SimulatedSymbol['kind'];

const linearKinds = { code128: 'code128', 'gs1-128': 'gs1-128' } as const;
const matrixKinds = {
  datamatrix: 'datamatrix',
  gs1datamatrix: 'gs1datamatrix',
  qr: 'qrcode',
  aztec: 'azteccode',
  pdf417: 'pdf417',
} as const;

const isLinear = (kind: Kind): kind is keyof typeof linearKinds => Object.hasOwn(linearKinds, kind);

const symbologies: Readonly<Record<Kind, string>> = {
  code128: ']C0',
  'gs1-128': ']C1',
  itf: ']I0',
  datamatrix: ']d1',
  gs1datamatrix: ']d2',
  qr: ']Q1',
  aztec: ']z0',
  pdf417: ']L2',
  maxicode: ']U1',
};

/** Modules and white as on the labels of real carriers. */
const matrixSpecs: Readonly<Record<keyof typeof matrixKinds, MatrixSpec>> = {
  datamatrix: { moduleDots: { 203: 4, 300: 6 }, quietModules: 2 },
  gs1datamatrix: { moduleDots: { 203: 4, 300: 6 }, quietModules: 2 },
  qr: { moduleDots: { 203: 4, 300: 6 }, quietModules: 4 },
  aztec: { moduleDots: { 203: 4, 300: 6 }, quietModules: 2 },
  pdf417: { moduleDots: { 203: 2, 300: 3 }, quietModules: 4 },
};
/** One module of 0.88 mm is seven dots at 203 dpi. */
const maxiCodeSpec: MatrixSpec = { moduleDots: { 203: 1, 300: 1 }, quietModules: 12 };

/** The widest of these that fits; every carrier's module is among them. */
export function barSpecs(minHeightMm: number): readonly LinearSpec[] {
  return [6, 5, 4, 3].map((dots) => ({
    moduleDots: { 203: Math.max(2, dots - 2), 300: dots },
    minHeightMm,
    quietModules: 10,
  }));
}

export type DrawableSymbol =
  | { readonly shape: 'linear'; readonly source: SimulatedSymbol; readonly encoded: EncodedSymbol<LinearPattern> }
  | {
      readonly shape: 'matrix';
      readonly source: SimulatedSymbol;
      readonly encoded: EncodedSymbol<MatrixPattern>;
      readonly spec: MatrixSpec;
    };

function encode(bcid: string, text: string, field: string) {
  try {
    // The package's types know no options of one symbology. Samples in carriers' documents break GS1's own rules.
    return bwipjs.raw({ bcid, text, dontlint: true } as Parameters<typeof bwipjs.raw>[0])[0];
  } catch (cause) {
    throw new AppError('rule', 'label.bad-code', { field }, cause);
  }
}

/** Any symbol of a simulated label as modules; throws `rule` `label.bad-code` for a text that it cannot hold. */
export function encodeSimulated(source: SimulatedSymbol, dpi: LabelDpi, field: string): DrawableSymbol {
  const { kind, text } = source;
  const named = { symbology: symbologies[kind], text };
  if (kind === 'maxicode') return { shape: 'matrix', source, encoded: maxiCode(text, dpi, field), spec: maxiCodeSpec };
  if (kind === 'itf') return { shape: 'linear', source, encoded: itfBars(text, field) };
  const bcid = isLinear(kind) ? linearKinds[kind] : matrixKinds[kind];
  const raw = encode(bcid, text, field);
  if (isLinear(kind)) {
    if (!raw || !('sbs' in raw)) throw new AppError('bug', 'label.encoder-answer', { bcid });
    const widths = raw.sbs;
    const modules = widths.reduce((sum, width) => sum + width, 0);
    return { shape: 'linear', source, encoded: { ...named, pattern: { shape: 'linear', widths, modules } } };
  }
  if (!raw || !('pixs' in raw)) throw new AppError('bug', 'label.encoder-answer', { bcid });
  const pattern = { shape: 'matrix', columns: raw.pixx, rows: raw.pixy, modules: raw.pixs } as const;
  return { shape: 'matrix', source, encoded: { ...named, pattern }, spec: matrixSpecs[kind] };
}
