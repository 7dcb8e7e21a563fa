import { textUnder } from '../../../shared/json/wire-values.ts';
import type { PushResult } from '../channel-connector.ts';
import { rowsUnder } from './whole-orders.ts';

export type Refused = Extract<PushResult, { outcome: 'refused' }>;

export function refused(code: string, text: string): Refused {
  return { outcome: 'refused', code, text: text.replace(/\s+/g, ' ').trim().slice(0, 300) };
}

/** What a mutation refuses, in Shopify's own words; null when it did what was asked. */
export function refusalOf(
  data: Readonly<Record<string, unknown>>,
  mutation: string,
  list = 'userErrors',
): Refused | null {
  const errors = rowsUnder(data, mutation, list);
  const [first] = errors;
  if (!first) return null;
  const text = errors.map((error) => textUnder(error, 'message') ?? '').join('; ');
  return refused(textUnder(first, 'code') ?? 'user-error', text || 'Shopify gives no reason');
}

export const unknownOrder = refused('unknown-order', 'Shopify does not know this order any more.');
export const cancelledOrder = refused('cancelled', 'The order is cancelled at Shopify.');
