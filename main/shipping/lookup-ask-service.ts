import type { UnitOfWork } from '../db/unit-of-work.ts';

/** Topic of the message that asks a carrier what became of a label. */
export const LOOK_UP_LABEL = 'shipping.look-up-label';

export function askToLookUp(uow: UnitOfWork, labelId: string): void {
  uow.enqueue({ topic: LOOK_UP_LABEL, key: labelId, payload: { labelId } });
}
