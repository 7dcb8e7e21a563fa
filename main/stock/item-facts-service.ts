import type { UnitOfWork } from '../db/unit-of-work.ts';
import { type ItemFacts, listItemFacts } from './item-facts-store.ts';

export type { ItemFacts } from './item-facts-store.ts';

/** Step: what customs and the tax office want to know of items, by id. */
export async function itemFactsOf(uow: UnitOfWork, ids: readonly string[]): Promise<ReadonlyMap<string, ItemFacts>> {
  const facts = ids.length === 0 ? [] : await listItemFacts(uow.tx, ids);
  return new Map(facts.map((item) => [item.id, item]));
}
