import type { Tx } from '../db/unit-of-work.ts';

export interface ItemFacts {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly weightMg: number;
  readonly hsCode: string | null;
  readonly origin: string | null;
  readonly customsText: string | null;
  /** Hundredths of a percent; null as the settings say. */
  readonly vatRate: number | null;
}

export async function listItemFacts(tx: Tx, ids: readonly string[]): Promise<ItemFacts[]> {
  return tx('item')
    .whereIn('id', [...new Set(ids)])
    .select<ItemFacts[]>({
      id: 'id',
      sku: 'sku',
      title: 'title',
      weightMg: 'weight_mg',
      hsCode: 'hs_code',
      origin: 'origin',
      customsText: 'customs_text',
      vatRate: 'vat_rate',
    });
}
