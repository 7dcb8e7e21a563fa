import { AppError } from '../../shared/errors.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import {
  BAR_WIDTHS,
  barGroup,
  cornerMarks,
  groupDots,
  inked,
  type Rule,
  ruleItems,
  WEDGE_FIELDS,
  wedgeField,
} from './calibration-marks.ts';
import { calibrationWords } from './calibration-words.ts';
import type { CalibrationModel, RenderedDocument } from './document.ts';
import { toDots, toMm } from './dot-grid.ts';
import { flowColumn, flowText } from './flow-text.ts';
import { dateInWords } from './label-words.ts';
import { expectedSymbols, type PagePlan, type PlanItem } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { placeBars } from './place-symbol.ts';
import { printableText } from './printable.ts';
import { code128Bars } from './symbols.ts';

/** Inside the corner marks. */
const EDGE_MM = 8;
/** Strips along two edges that the rules take; the rest stands inside them. */
const STRIP_MM = 20;
const LONG_RULE_MM = 100;
const SHORT_RULE_MM = 50;
/** Least width of a column; the codes of three dots need 46 mm. */
const COLUMN_MM = 58;
const WIDEST_COLUMN_MM = 78;
const GAP_MM = 3;
const CAPTION_MM = 3;
const CAPTION = { sizePt: 6.5 } as const;
const BAR_LENGTH_MM = 7;
const WEDGE_MM = { width: 8, height: 7, gap: 1 } as const;
const CODE_MM = 9;

/** A part of the label; what finds no room on a small one is left out, the first parts have the first claim. */
interface Part {
  readonly widthMm: number;
  readonly heightMm: number;
  draw(xMm: number, yMm: number): PlanItem[];
}

function caption(text: string, xMm: number, yMm: number): PlanItem[] {
  return [...flowText({ field: 'caption', text }, { xMm, yMm, widthMm: WIDEST_COLUMN_MM }, CAPTION).items];
}

/** A queue named in a script that the font has not is still a printer to calibrate. */
function printerName(name: string): string {
  try {
    return printableText(name, 'printer');
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'label.unprintable-text') throw error;
    return '';
  }
}

function heading(model: CalibrationModel, widthMm: number): Part {
  const { widthMm: width, heightMm: height } = model.media;
  const facts = `${dateInWords(model.date, model.language)} · ${width} × ${height} mm · ${model.dpi} dpi`;
  const lines = [
    { field: 'caption', text: calibrationWords[model.language].title, style: { sizePt: 13, bold: true } },
    { field: 'printer', text: printerName(model.printer), style: { sizePt: 9, bold: true } },
    { field: 'caption', text: facts, style: { sizePt: 7.5 } },
  ];
  const at = (xMm: number, yMm: number) => flowColumn(lines, { xMm, yMm, widthMm });
  return { widthMm, heightMm: at(0, 0).heightMm, draw: (xMm, yMm) => [...at(xMm, yMm).items] };
}

function advice({ language }: CalibrationModel, ruleMm: number, widthMm: number): Part {
  const lines = calibrationWords[language].advice.map((text, index) => ({
    field: 'caption',
    text: `${index + 1}. ${text.replace('{mm}', String(ruleMm))}`,
    style: { sizePt: 7.5, bold: index === 0 },
  }));
  const at = (xMm: number, yMm: number) => flowColumn(lines, { xMm, yMm, widthMm });
  return { widthMm, heightMm: at(0, 0).heightMm, draw: (xMm, yMm) => [...at(xMm, yMm).items] };
}

/** Bars of 1 to 4 dots; `down` shows the head's single dots, `right` the paper's advance. */
function barsPart({ language, dpi }: CalibrationModel, direction: 'down' | 'right'): Part {
  const words = calibrationWords[language];
  const lengthDots = toDots(BAR_LENGTH_MM, dpi);
  const pitch = (width: number) => (direction === 'down' ? groupDots(width) : lengthDots) + toDots(GAP_MM, dpi);
  const widthDots = BAR_WIDTHS.reduce((sum, width) => sum + pitch(width), 0);
  const tallest = Math.max(lengthDots, groupDots(Math.max(...BAR_WIDTHS)));
  return {
    widthMm: toMm(widthDots, dpi),
    heightMm: CAPTION_MM + toMm(tallest, dpi),
    draw: (xMm, yMm) => {
      const y = toDots(yMm + CAPTION_MM, dpi);
      let x = toDots(xMm, dpi);
      const bars = BAR_WIDTHS.flatMap((width) => {
        const group = barGroup(width, { x, y, lengthDots }, direction);
        x += pitch(width);
        return group.map((dots) => inked(dots, dpi));
      });
      const label = direction === 'down' ? words.pickets : words.ladder;
      return [...caption(`1 2 3 4 ${words.dots}, ${label}`, xMm, yMm), ...bars];
    },
  };
}

function wedgePart({ language, dpi }: CalibrationModel): Part {
  const [widthDots, heightDots] = [toDots(WEDGE_MM.width, dpi), toDots(WEDGE_MM.height, dpi)];
  const pitch = widthDots + toDots(WEDGE_MM.gap, dpi);
  return {
    widthMm: toMm(pitch * WEDGE_FIELDS, dpi),
    heightMm: CAPTION_MM + WEDGE_MM.height,
    draw: (xMm, yMm) => {
      const [x, y] = [toDots(xMm, dpi), toDots(yMm + CAPTION_MM, dpi)];
      const fields = Array.from({ length: WEDGE_FIELDS }, (_, field) =>
        wedgeField(field, { x: x + field * pitch, y, widthDots, heightDots }),
      );
      return [...caption(calibrationWords[language].wedge, xMm, yMm), ...fields.flat().map((dots) => inked(dots, dpi))];
    },
  };
}

/** Code 128 at a given number of dots a module. */
function codePart({ dpi }: CalibrationModel, dots: number): Part {
  const symbol = code128Bars(`DOTS-${dots}`, 'caption');
  const spec = { moduleDots: { 203: dots, 300: dots }, minHeightMm: CODE_MM, quietModules: 10 };
  const widthMm = toMm((symbol.pattern.modules + 2 * spec.quietModules) * dots + 2, dpi);
  return {
    widthMm,
    heightMm: CAPTION_MM + CODE_MM,
    draw: (xMm, yMm) => {
      const room = { leftMm: xMm, rightMm: xMm + widthMm, bottomMm: yMm + CAPTION_MM + CODE_MM, dpi } as const;
      return [...caption(symbol.text, xMm, yMm), placeBars(symbol, spec, { ...room, field: 'caption', align: 'left' })];
    },
  };
}

/** Parts that stand beside one another. */
function sideBySide(first: Part, second: Part): Part {
  return {
    widthMm: first.widthMm + GAP_MM + second.widthMm,
    heightMm: Math.max(first.heightMm, second.heightMm),
    draw: (xMm, yMm) => [...first.draw(xMm, yMm), ...second.draw(xMm + first.widthMm + GAP_MM, yMm)],
  };
}

function rulesOf({ widthMm, heightMm }: MediaSize): Rule[] {
  const upright = heightMm >= widthMm;
  const length = (sideMm: number, wishedMm: number) =>
    Math.min(wishedMm, Math.floor((sideMm - STRIP_MM - EDGE_MM) / 10) * 10);
  const down: Rule = {
    xMm: EDGE_MM,
    yMm: STRIP_MM,
    lengthMm: length(heightMm, upright ? LONG_RULE_MM : SHORT_RULE_MM),
    direction: 'down',
  };
  const right: Rule = {
    xMm: STRIP_MM,
    yMm: EDGE_MM,
    lengthMm: length(widthMm, upright ? SHORT_RULE_MM : LONG_RULE_MM),
    direction: 'right',
  };
  return (upright ? [down, right] : [right, down]).filter((rule) => rule.lengthMm > 0);
}

function partsOf(model: CalibrationModel, ruleMm: number, columnMm: number): Part[] {
  const [pickets, ladder] = [barsPart(model, 'down'), barsPart(model, 'right')];
  const both = sideBySide(pickets, ladder);
  const [one, two, three] = [codePart(model, 1), codePart(model, 2), codePart(model, 3)];
  const small = sideBySide(one, two);
  return [
    heading(model, columnMm),
    ...(both.widthMm <= columnMm ? [both] : [pickets, ladder]),
    ...(small.widthMm <= columnMm ? [small] : [two, one]),
    three,
    wedgePart(model),
    advice(model, ruleMm, columnMm),
  ];
}

/** Each part into the first column that has room for it. */
function dealToColumns(
  parts: readonly Part[],
  columns: { xMm: number; yMm: number; widthMm: number }[],
  endMm: number,
) {
  return parts.flatMap((part) => {
    const column = columns.find(({ yMm, widthMm }) => part.widthMm <= widthMm + 0.01 && yMm + part.heightMm <= endMm);
    if (!column) return [];
    const items = part.draw(column.xMm, column.yMm);
    column.yMm += part.heightMm + GAP_MM;
    return items;
  });
}

function columnsIn({ widthMm }: MediaSize): { xMm: number; yMm: number; widthMm: number }[] {
  const roomMm = widthMm - STRIP_MM - EDGE_MM;
  const count = Math.max(1, Math.min(2, Math.floor((roomMm + GAP_MM) / (COLUMN_MM + GAP_MM))));
  const width = Math.min(WIDEST_COLUMN_MM, (roomMm - (count - 1) * GAP_MM) / count);
  return Array.from({ length: count }, (_, index) => ({
    xMm: STRIP_MM + index * (width + GAP_MM),
    yMm: STRIP_MM,
    widthMm: width,
  }));
}

/** Lays the label out without drawing it; pure. */
export function planCalibrationLabel(model: CalibrationModel): PagePlan {
  const { media, dpi } = model;
  const rules = rulesOf(media);
  const columns = columnsIn(media);
  const columnMm = columns[0]?.widthMm ?? 0;
  const parts = columnMm > 0 ? partsOf(model, rules[0]?.lengthMm ?? 0, columnMm) : [];
  const items = [
    ...cornerMarks(media, dpi),
    ...rules.flatMap((rule) => ruleItems(rule, dpi)),
    ...dealToColumns(parts, columns, media.heightMm - EDGE_MM),
  ];
  return { ...media, dpi, items };
}

/**
 * Draws the label that proves a printer: rules to measure, corner marks, bars and gaps of 1 to 4 dots in both
 * directions, a darkness wedge, Code 128 at 1 to 3 dots a module. Every mark stands on whole dots.
 *
 * On media shorter than 128 mm the rule is as many whole centimetres as fit; parts without room are left out.
 */
export async function renderCalibrationLabel(model: CalibrationModel): Promise<RenderedDocument> {
  const page = planCalibrationLabel(model);
  const { title } = calibrationWords[model.language];
  const bytes = await drawPdf([page], { title, date: model.date, language: model.language });
  const { media, dpi } = model;
  return { bytes, media, dpi, pages: 1, symbols: expectedSymbols([page]), transliterated: [] };
}
