import type { BenchPrint } from '../../shared/contract/bench.ts';

/** Where one paper of the parcel in hand stands. */
export interface ScenePrint extends BenchPrint {
  readonly documentId: string;
}

/** The jobs that count, from all of them, newest first: what was printed again or drawn anew is over. */
export function newestOfEach(jobs: readonly ScenePrint[]): ScenePrint[] {
  return jobs
    .filter((job, index) => !jobs.slice(0, index).some((later) => later.documentId === job.documentId))
    .filter((job) => job.code !== 'print.superseded');
}

/** The paper that the packer is asked about: the label before the others, the oldest first. */
export function askedPrint(prints: readonly ScenePrint[]): ScenePrint | undefined {
  const open = prints.filter(({ state }) => state === 'unknown' || state === 'failed').toReversed();
  const rank = ({ kind }: ScenePrint): number => (kind === 'label' ? 0 : kind === 'return-label' ? 1 : 2);
  return open.toSorted((one, other) => rank(one) - rank(other))[0];
}

/** Cards that answer: did it come out? What failed for certain can only be printed again. */
export function printCards(prints: readonly ScenePrint[]): string[] {
  const asked = askedPrint(prints);
  if (!asked) return [];
  return asked.state === 'unknown' ? ['YES', 'NO'] : ['NO'];
}
