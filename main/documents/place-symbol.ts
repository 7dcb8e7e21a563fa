import { AppError } from '../../shared/errors.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import { dotsPerMm, toDots, toDotsUp } from './dot-grid.ts';
import type { SymbolItem } from './page-plan.ts';
import type { LinearSpec, MatrixSpec } from './profiles.ts';
import type { EncodedSymbol, LinearPattern, MatrixPattern } from './symbols.ts';

/** The room a symbol may take with its quiet zones; its modules stand on the bottom edge. */
export interface Room {
  readonly leftMm: number;
  readonly rightMm: number;
  readonly bottomMm: number;
  readonly dpi: LabelDpi;
  readonly field: string;
  readonly align?: 'left' | 'centre' | 'right';
}

function leftmostDot(widthDots: number, quietDots: number, room: Room): number {
  const first = toDotsUp(room.leftMm, room.dpi) + quietDots;
  const last = Math.floor(room.rightMm * dotsPerMm(room.dpi) + 1e-6) - quietDots - widthDots;
  if (last < first) throw new AppError('rule', 'label.symbol-too-wide', { field: room.field });
  if (room.align === 'left') return first;
  return room.align === 'right' ? last : Math.round((first + last) / 2);
}

/** Bars on whole dots. Throws `rule` `label.symbol-too-wide` where they do not fit with their quiet zones. */
export function placeBars(
  symbol: EncodedSymbol<LinearPattern>,
  spec: LinearSpec,
  room: Room,
): SymbolItem & { kind: 'bars' } {
  const module = spec.moduleDots[room.dpi];
  const heightDots = toDotsUp(spec.minHeightMm, room.dpi);
  const xDots = leftmostDot(symbol.pattern.modules * module, spec.quietModules * module, room);
  return { kind: 'bars', symbol, spec, xDots, yDots: toDots(room.bottomMm, room.dpi) - heightDots, heightDots };
}

/** A matrix symbol on whole dots; throws as `placeBars` does. */
export function placeMatrix(
  symbol: EncodedSymbol<MatrixPattern>,
  spec: MatrixSpec,
  room: Room,
): SymbolItem & { kind: 'matrix' } {
  const module = spec.moduleDots[room.dpi];
  const { columns, rows } = symbol.pattern;
  const xDots = leftmostDot(columns * module, spec.quietModules * module, room);
  return { kind: 'matrix', symbol, spec, xDots, yDots: toDots(room.bottomMm, room.dpi) - rows * module };
}

/** The bars as wide as the room allows: the first of `specs`, widest first, that fits with its quiet zones. */
export function placeWidestBars(
  symbol: EncodedSymbol<LinearPattern>,
  specs: readonly LinearSpec[],
  room: Room,
): SymbolItem & { kind: 'bars' } {
  const widthDots = Math.floor((room.rightMm - room.leftMm) * dotsPerMm(room.dpi)) - 1;
  const needs = (spec: LinearSpec) => (symbol.pattern.modules + 2 * spec.quietModules) * spec.moduleDots[room.dpi];
  const spec = specs.find((candidate) => needs(candidate) <= widthDots);
  if (!spec) throw new AppError('rule', 'label.symbol-too-wide', { field: room.field });
  return placeBars(symbol, spec, room);
}
