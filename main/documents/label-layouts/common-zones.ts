import type { Box } from '../document.ts';
import { prepaidBanner } from '../label-words.ts';
import { band, type LabelSheet, specimen } from '../label-zones.ts';
import { outboundHeader } from '../outbound-label.ts';
import type { PlanItem } from '../page-plan.ts';

/** What layouts without a measured model of their own begin with: sender, carrier, facts, the service in a band. */
export function headZones(sheet: LabelSheet, specimenYMm = 48): PlanItem[] {
  const { shown } = sheet;
  const words =
    shown.kind === 'return' ? { field: 'caption', text: prepaidBanner } : { field: 'service', text: shown.service };
  return [...specimen(sheet, specimenYMm), ...outboundHeader(sheet), ...band(sheet, words, { yMm: 20.8, heightMm: 9 })];
}

/** `count` columns of one row; `gapMm` lies between them. */
export function columns(at: Box, count: number, gapMm = 2): Box[] {
  const widthMm = (at.widthMm - gapMm * (count - 1)) / count;
  return Array.from({ length: count }, (_, index) => ({ ...at, xMm: at.xMm + index * (widthMm + gapMm), widthMm }));
}
