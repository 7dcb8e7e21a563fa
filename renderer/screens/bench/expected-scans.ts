import type { Expected } from '../../../shared/contract/bench.ts';
import { isEverywhereCommand } from './command-words.ts';

/** What may be scanned at this step, each text once, without the cards that work everywhere. */
export function expectedScans(expects: readonly Expected[]): readonly Expected[] {
  const seen = new Set<string>();
  return expects.filter(({ text }) => {
    if (seen.has(text) || isEverywhereCommand(text)) return false;
    seen.add(text);
    return true;
  });
}
