import { findIdentifier } from './gs1-identifiers.ts';
import type { Gs1Element, ScanWarning } from './scan-result.ts';

/**
 * Which rules on what belongs together the elements break: companions missing, pairs forbidden, repeats unequal.
 *
 * Warnings only: a packer must not be stopped because a supplier's label breaks such a rule.
 */
export function associationWarnings(elements: readonly Gs1Element[]): ScanWarning[] {
  const present = new Set(elements.map((element) => element.ai));
  const known = [...present].flatMap((ai) => findIdentifier(ai) ?? []);
  const isThere = (pattern: string, self: string) => [...present].some((ai) => ai !== self && matches(pattern, ai));
  const lacksCompanion = known.some(({ ai, needs }) =>
    needs.some((group) => !group.some((together) => together.every((pattern) => isThere(pattern, ai)))),
  );
  const hasForbiddenPair = known.some(({ ai, excludes }) => excludes.some((pattern) => isThere(pattern, ai)));
  const differs = elements.some(({ ai, value }) => elements.some((other) => other.ai === ai && other.value !== value));
  return [
    ...(lacksCompanion ? (['gs1.missing-companion-ai'] as const) : []),
    ...(hasForbiddenPair ? (['gs1.excluded-ai-pair'] as const) : []),
    ...(differs ? (['gs1.repeated-ai-differs'] as const) : []),
  ];
}

/** `31nn` stands for every AI of four digits that begins with 31. */
function matches(pattern: string, ai: string): boolean {
  return pattern.length === ai.length && ai.startsWith(pattern.replaceAll('n', ''));
}
