import type { ImportedOrder } from '../../../shared/model/imported.ts';
import type { Fault } from './group-rows.ts';
import { quoted } from './read-values.ts';

/** What became of the rows of one order. `skipped` is no fault: there is nothing in it to ship. */
export type OrderOutcome =
  | { readonly kind: 'record'; readonly row: number; readonly record: ImportedOrder }
  | { readonly kind: 'rejected'; readonly row: number; readonly reason: string; readonly orderId?: string }
  | { readonly kind: 'skipped'; readonly row: number; readonly reason: string };

const SHOWN_FAULTS = 3;

/** Sets an order aside as a whole, with the first of its faults in words. */
export function rejectOrder(id: string, faults: readonly Fault[]): OrderOutcome {
  const sorted = [...faults].sort((left, right) => left.row - right.row);
  const row = sorted[0]?.row ?? 0;
  const texts = sorted.map((fault) => (fault.row === row ? fault.reason : `row ${fault.row}: ${fault.reason}`));
  const shown = [...new Set(texts)];
  const more = shown.length > SHOWN_FAULTS ? `; and ${shown.length - SHOWN_FAULTS} more` : '';
  const order = id === '' ? '' : `order ${quoted(id)} is set aside: `;
  return { kind: 'rejected', row, orderId: id, reason: `${order}${shown.slice(0, SHOWN_FAULTS).join('; ')}${more}` };
}
