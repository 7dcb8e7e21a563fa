import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { holdEnd } from '../orders/hold-rules.ts';
import { holdOrder, leaveOrder } from '../orders/orders-service.ts';
import type { Scene } from './bench-rules.ts';
import { type Pending, pendingOf, pendingText } from './pending-rules.ts';
import { reasonsNow } from './people-view-rules.ts';
import { bad, complete, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import type { SceneOrder } from './scene-store.ts';

type PendingReason = Extract<Pending, { kind: 'reason' }>;
type OrderScene = Scene & { readonly order: SceneOrder };

/** The hold that waits for its reason. */
export function pendingHold(scene: Scene): PendingReason | undefined {
  const pending = pendingOf(scene.bench);
  return pending?.kind === 'reason' && pending.action === 'hold' ? pending : undefined;
}

/** Step: the HOLD card: asks why; until then nothing is held. */
export function askHold(uow: UnitOfWork, scene: OrderScene): ScanOutcome {
  uow.record({ kind: 'hold.asked', subject: scene.order.id });
  const pending: Pending = { kind: 'reason', action: 'hold', days: null, before: scene.bench.pending };
  return info('hold.asked', { params: { number: scene.order.number }, change: { pending: pendingText(pending) } });
}

/** Step: a scan while a hold waits for its reason: days it lasts, the reason itself, or out of it. */
export async function scanHold(
  uow: UnitOfWork,
  scene: OrderScene,
  input: { pending: PendingReason; scan: AcceptedScan },
): Promise<ScanOutcome> {
  const { pending, scan } = input;
  if (scan.kind !== 'command') return bad('reason.needed');
  switch (scan.name) {
    case 'cancel':
    case 'no':
      uow.record({ kind: 'hold.left', subject: scene.order.id });
      return info('hold.left', { change: { pending: pending.before ?? null } });
    case 'days': {
      const days = Number(scan.argument);
      uow.record({ kind: 'hold.days-chosen', subject: scene.order.id, data: { days } });
      return info('hold.days', { params: { days }, change: { pending: pendingText({ ...pending, days }) } });
    }
    case 'reason':
      return hold(uow, scene, { reason: scan.argument ?? '', days: pending.days ?? null });
    default:
      return bad('reason.needed');
  }
}

/** The parcel stays as it is; the bench is free for the next order. */
async function hold(
  uow: UnitOfWork,
  scene: OrderScene,
  chosen: { reason: string; days: number | null },
): Promise<ScanOutcome> {
  if (!reasonsNow(scene).includes(chosen.reason)) return bad('reason.other-needed');
  const reason = chosen.reason.toLowerCase();
  const { order } = scene;
  await leaveOrder(uow, order.id);
  await holdOrder(uow, order.id, {
    reason,
    detail: '',
    until: chosen.days === null ? null : holdEnd(uow.now, chosen.days),
  });
  return complete('order.held', { params: { number: order.number, reason }, change: toIdle });
}
