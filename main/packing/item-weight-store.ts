import type { Tx } from '../db/unit-of-work.ts';
import type { Lesson } from './weight-learning-rules.ts';

/** Keeps what a parcel taught of an item. Of two benches that learn at once, the later lesson stands. */
export async function saveLesson(tx: Tx, { itemId, learned }: Lesson): Promise<void> {
  const row = {
    samples: learned.samples,
    mean_mg: learned.meanMg,
    mean_variance: learned.meanVariance,
    unit_variance: learned.unitVariance,
    catalogue_mg: learned.catalogueMg,
  };
  await tx('item_weight')
    .insert({ item_id: itemId, ...row, version: 1 })
    .onConflict('item_id')
    .merge({ ...row, version: tx.raw('item_weight.version + 1') });
}
