import { describe, test } from 'vitest';
import { readingChecks, type ShopCheck } from './shop-reading-checks.ts';
import type { ShopUnderTest } from './shop-world.ts';
import { writingChecks } from './shop-writing-checks.ts';

/** Every sentence that holds for a shop connector with these abilities, each with a platform of its own behind a socket. */
export function shopChecks(subject: ShopUnderTest): readonly ShopCheck[] {
  return [...readingChecks(subject), ...writingChecks(subject)];
}

/** The one suite that every shop connector passes, against its played platform. */
export function shopSuite(subject: ShopUnderTest): void {
  describe(`shop connector ${subject.connector.title}`, () => {
    for (const { title, run } of shopChecks(subject)) test(title, run);
  });
}
