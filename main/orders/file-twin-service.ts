import type { UnitOfWork } from '../db/unit-of-work.ts';
import { listByNumbers } from './orders-store.ts';

/** Clocks of an export and of an answer may be cut to the minute. */
const SAME_MS = 120_000;

/**
 * Step: orders that a file brought before their shop was connected, by the shop's id of them: the same number, placed at the
 * same time, and of no connected shop.
 */
export async function findFileTwins(
  uow: UnitOfWork,
  channel: string,
  orders: readonly { readonly externalId: string; readonly externalNumber: string; readonly placedAt: string }[],
): Promise<Map<string, string>> {
  const known = await listByNumbers(
    uow.tx,
    orders.map(({ externalNumber }) => externalNumber),
  );
  const twins = new Map<string, string>();
  if (known.length === 0) return twins;
  for (const { externalId, externalNumber, placedAt } of orders) {
    const twin = known.find(
      (one) =>
        one.number === externalNumber &&
        (one.channel === channel || isOfEngine(externalId, one.externalId)) &&
        Math.abs(Date.parse(one.placedAt) - Date.parse(placedAt)) < SAME_MS,
    );
    if (twin) twins.set(externalId, twin.id);
  }
  return twins;
}

/** `gid://shopify/Order/123` of an answer is `123` of an export. */
const isOfEngine = (externalId: string, ofFile: string): boolean =>
  externalId === ofFile || externalId.endsWith(`/${ofFile}`);
