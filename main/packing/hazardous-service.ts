import type { UnitOfWork } from '../db/unit-of-work.ts';
import { wanted } from '../orders/orders-rules.ts';
import { holdOrder, leafLines } from '../orders/orders-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { hazardousAmong } from '../stock/catalogue-service.ts';

/**
 * Step: whether the order holds dangerous goods that the standard service may not carry; it is then held for a
 * supervisor. Asked before its first parcel is opened; the settings are read only where there are such goods.
 */
export async function refuseHazardous(uow: UnitOfWork, orderId: string): Promise<boolean> {
  const lines = (await leafLines(uow, orderId)).filter((line) => wanted(line) > 0);
  const hazardous = await hazardousAmong(
    uow,
    lines.flatMap((line) => line.itemId ?? []),
  );
  if (hazardous.length === 0) return false;
  const { hazardousService } = await sharedSettings(uow);
  if (hazardousService === 'allowed') return false;
  await holdOrder(uow, orderId, { reason: 'hazardous', detail: hazardous.join(', ') });
  return true;
}
