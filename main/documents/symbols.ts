import bwipjs from 'bwip-js/node';
import { AppError } from '../../shared/errors.ts';

/** Bars and spaces in modules, a bar first. */
export interface LinearPattern {
  readonly shape: 'linear';
  readonly widths: readonly number[];
  readonly modules: number;
}

/** Rows of modules, 1 is dark. */
export interface MatrixPattern {
  readonly shape: 'matrix';
  readonly columns: number;
  readonly rows: number;
  readonly modules: readonly number[];
}

export interface EncodedSymbol<P = LinearPattern | MatrixPattern> {
  /** Identifier that a scanner sends before the text. */
  readonly symbology: string;
  readonly text: string;
  readonly pattern: P;
}

/** One element of a GS1 element string. */
export interface GsElement {
  readonly ai: string;
  readonly value: string;
  /** Ends with FNC1 when another element follows. */
  readonly variableLength: boolean;
}

function encode(bcid: string, text: string, field: string) {
  try {
    return bwipjs.raw({ bcid, text })[0];
  } catch (cause) {
    throw new AppError('rule', 'label.bad-code', { field }, cause);
  }
}

function linear(bcid: string, text: string, field: string): LinearPattern {
  const raw = encode(bcid, text, field);
  if (!raw || !('sbs' in raw)) throw new AppError('bug', 'label.encoder-answer', { bcid });
  return { shape: 'linear', widths: raw.sbs, modules: raw.sbs.reduce((sum, width) => sum + width, 0) };
}

function matrix(bcid: string, text: string, field: string): MatrixPattern {
  const raw = encode(bcid, text, field);
  if (!raw || !('pixs' in raw)) throw new AppError('bug', 'label.encoder-answer', { bcid });
  return { shape: 'matrix', columns: raw.pixx, rows: raw.pixy, modules: raw.pixs };
}

function ascii(text: string, field: string): string {
  if (!/^[\x20-\x7e]{1,60}$/.test(text)) throw new AppError('rule', 'label.bad-code', { field });
  return text;
}

function gs1Texts(elements: readonly GsElement[]): { readonly bracketed: string; readonly text: string } {
  const last = elements.length - 1;
  return {
    bracketed: elements.map(({ ai, value }) => `(${ai})${value}`).join(''),
    text: elements
      .map(({ ai, value, variableLength }, index) => ai + value + (variableLength && index < last ? '\x1d' : ''))
      .join(''),
  };
}

/** GS1-128 with FNC1 in first place; check digits and character sets are the encoder's to refuse. */
export function gs1Bars(elements: readonly GsElement[], field: string): EncodedSymbol<LinearPattern> {
  const { bracketed, text } = gs1Texts(elements);
  return { symbology: ']C1', text, pattern: linear('gs1-128', bracketed, field) };
}

/** Plain Code 128 of printable ASCII. */
export function code128Bars(text: string, field: string): EncodedSymbol<LinearPattern> {
  return { symbology: ']C0', text, pattern: linear('code128', ascii(text, field), field) };
}

/** Wide elements of ITF are three modules on carriers' labels; the encoder makes them two. */
const ITF_WIDE = 3;

/** Interleaved 2 of 5 of an even number of digits, as Leitcode and Identcode are printed. */
export function itfBars(digits: string, field: string): EncodedSymbol<LinearPattern> {
  if (!/^(?:[0-9]{2}){1,20}$/.test(digits)) throw new AppError('rule', 'label.bad-code', { field });
  const drawn = linear('interleaved2of5', digits, field).widths;
  // The encoder counts a space behind the last bar, which is no part of the symbol.
  const bars = drawn.length % 2 === 0 ? drawn.slice(0, -1) : drawn;
  const widths = bars.map((width) => (width === 2 ? ITF_WIDE : width));
  const modules = widths.reduce((sum, width) => sum + width, 0);
  return { symbology: ']I0', text: digits, pattern: { shape: 'linear', widths, modules } };
}

export function dataMatrix(text: string, field: string): EncodedSymbol<MatrixPattern> {
  return { symbology: ']d1', text, pattern: matrix('datamatrix', ascii(text, field), field) };
}

/** GS1 DataMatrix of an element string. */
export function gs1DataMatrix(elements: readonly GsElement[], field: string): EncodedSymbol<MatrixPattern> {
  const { bracketed, text } = gs1Texts(elements);
  return { symbology: ']d2', text, pattern: matrix('gs1datamatrix', bracketed, field) };
}

/** Aztec code of ASCII, control characters of ISO/IEC 15434 messages included. */
export function aztecCode(text: string, field: string): EncodedSymbol<MatrixPattern> {
  const isAscii = [...text].every((character) => character.charCodeAt(0) < 0x7f);
  if (!isAscii || text.length > 400) throw new AppError('rule', 'label.bad-code', { field });
  return { symbology: ']z0', text, pattern: matrix('azteccode', text, field) };
}

/** QR code of a web address. */
export function qrCode(url: string, field: string): EncodedSymbol<MatrixPattern> {
  if (!URL.canParse(url) || url.length > 300) throw new AppError('rule', 'label.bad-code', { field });
  // A browser's own form of the address is ASCII whatever was typed.
  const text = new URL(url).href;
  return { symbology: ']Q1', text, pattern: matrix('qrcode', text, field) };
}

export interface TestSymbols {
  readonly bars: EncodedSymbol<LinearPattern>;
  readonly matrix: EncodedSymbol<MatrixPattern>;
  readonly qr: EncodedSymbol<MatrixPattern>;
}

/** The test code of the scanner set-up, which ends in a GS, as Code 128, DataMatrix and QR code. */
export function testSymbols(text: string): TestSymbols {
  const field = 'test-code';
  return {
    bars: { symbology: ']C0', text, pattern: linear('code128', text, field) },
    matrix: { symbology: ']d1', text, pattern: matrix('datamatrix', text, field) },
    qr: { symbology: ']Q1', text, pattern: matrix('qrcode', text, field) },
  };
}
