import type { UnitOfWork } from '../db/unit-of-work.ts';
import { saveLesson } from './item-weight-store.ts';
import { type Lesson, learnFrom, relearnFrom } from './weight-learning-rules.ts';
import type { Packaging, Part } from './weight-rules.ts';

/** A parcel that was weighed: what lies in it, what is around it, what the scale showed. */
export interface WeighedParcel {
  readonly id: string;
  readonly parts: readonly Part[];
  readonly packaging: Packaging;
  readonly weightMg: number;
}

/** Step: a parcel that closed by its weight teaches how heavy its items are. */
export async function learnWeights(uow: UnitOfWork, parcel: WeighedParcel): Promise<void> {
  await saveLessons(uow, learnFrom(parcel.parts, parcel.packaging, parcel.weightMg));
}

/**
 * Step: a supervisor let a weight pass because the stored one is wrong: from now on the scale's counts.
 *
 * Says whether it could tell whose weight that is: only a parcel of one item in a known carton does.
 */
export async function relearnWeight(uow: UnitOfWork, parcel: WeighedParcel): Promise<boolean> {
  const lesson = relearnFrom(parcel.parts, parcel.packaging, parcel.weightMg);
  if (!lesson) return false;
  await saveLessons(uow, [lesson]);
  uow.record({
    kind: 'weight.relearned',
    subject: lesson.itemId,
    data: { parcel: parcel.id, meanMg: Math.round(lesson.learned.meanMg) },
  });
  return true;
}

/** Always in the same order: two benches that learn of the same items never wait for each other in a ring. */
async function saveLessons(uow: UnitOfWork, lessons: readonly Lesson[]): Promise<void> {
  const sorted = [...lessons].sort((a, b) => (a.itemId < b.itemId ? -1 : 1));
  for (const lesson of sorted) await saveLesson(uow.tx, lesson);
}
