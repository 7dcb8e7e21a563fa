import { AppError } from '../../../shared/errors.ts';
import type { LabelModel } from '../../../shared/model/label.ts';
import type { LabelProfileName } from '../../../shared/model/label-profiles.ts';

/** Characters of a name or street line that the carrier's service takes; absent where only the paper limits them. */
const lineLimits: Readonly<Partial<Record<LabelProfileName, number>>> = {
  dpd: 35,
  'dhl-paket': 50,
  'mondial-relay': 32,
  colissimo: 35,
  chronopost: 38,
};

const ROWS = 2;
const lines = ['name', 'company', 'street1', 'street2'] as const;

/** How many rows of `limit` characters the words need; undefined when one word alone is longer. */
function rowsNeeded(text: string, limit: number): number | undefined {
  let rows = 1;
  let length = 0;
  for (const word of text.split(' ')) {
    if (word.length > limit) return undefined;
    if (length > 0 && length + 1 + word.length > limit) [rows, length] = [rows + 1, word.length];
    else length += (length > 0 ? 1 : 0) + word.length;
  }
  return rows;
}

/**
 * Refuses address lines that the carrier's data cannot hold: a line may break once between words.
 *
 * Throws `rule` `label.line-too-long` with the field and the carrier's limit in characters.
 */
export function checkCarrierLines(label: LabelModel): void {
  const limit = lineLimits[label.profile];
  if (limit === undefined) return;
  for (const party of ['from', 'to'] as const) {
    for (const name of lines) {
      const rows = rowsNeeded(label[party][name] ?? '', limit);
      const field = `${party}.${name}`;
      if (rows === undefined || rows > ROWS) throw new AppError('rule', 'label.line-too-long', { field, limit });
    }
  }
}
