import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchPrint, BenchView, Expected } from '../../../shared/contract/bench.ts';

export const yesCard = encodeStationCode('command', 'YES');
export const noCard = encodeStationCode('command', 'NO');

const firstAsked = ['label', 'return-label'];

/** The label before the others: it is what the parcel waits for. */
function rank({ kind }: BenchPrint): number {
  const place = firstAsked.indexOf(kind);
  return place === -1 ? firstAsked.length : place;
}

/** The paper that the packer is asked about: of those nobody knows of or that failed the label first, then the oldest. */
export function askedPrint(prints: readonly BenchPrint[]): BenchPrint | undefined {
  return prints
    .filter(({ state }) => state === 'unknown' || state === 'failed')
    .toReversed()
    .toSorted((one, other) => rank(one) - rank(other))[0];
}

/** The paper that will come out by itself once somebody has looked after the printer. */
export function waitingPrint(prints: readonly BenchPrint[]): BenchPrint | undefined {
  return prints
    .filter(({ state, code }) => code !== null && (state === 'queued' || state === 'submitted'))
    .toSorted((one, other) => rank(one) - rank(other))[0];
}

/** Cards for the bar: YES and NO stand beside the question about a print and not there. */
export function barCards({ prints, expects }: Pick<BenchView, 'prints' | 'expects'>): readonly Expected[] {
  return askedPrint(prints) ? expects.filter(({ text }) => text !== yesCard && text !== noCard) : expects;
}
