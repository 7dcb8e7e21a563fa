import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import { type Role, roleAllows } from '../../shared/model/roles.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Scene } from './bench-rules.ts';
import { type Pending, pendingOf, pendingText } from './pending-rules.ts';
import { reasonsNow } from './people-view-rules.ts';
import { bad, good, info, type ScanOutcome } from './scan-outcome.ts';
import { overridables } from './scan-overridables-service.ts';

type PendingOverride = Extract<Pending, { kind: 'override' }>;

/** Whose badge lets something pass. */
export function mayApprove(role: Role): boolean {
  return roleAllows(role, 'supervisor');
}

/** Whether the bench waits for a supervisor's badge. */
export function waitsForApproval(scene: Scene): boolean {
  const pending = overrideOf(scene);
  return pending !== undefined && pending.supervisorId === null;
}

/** The override that waits for its badge or its reason. */
export function overrideOf(scene: Scene): PendingOverride | undefined {
  if (!scene.order || scene.bench.mode === 'idle') return undefined;
  const pending = pendingOf(scene.bench);
  return pending?.kind === 'override' ? pending : undefined;
}

/** Step: the OVERRIDE card: asks for a supervisor's badge where the step has something to let pass. */
export function askOverride(uow: UnitOfWork, scene: Scene): ScanOutcome {
  const act = overridables.find((candidate) => candidate.fits(scene));
  if (!act || !scene.order) return bad('override.nothing');
  uow.record({ kind: 'override.asked', subject: scene.parcel?.id ?? scene.order.id, data: { action: act.action } });
  const pending: Pending = {
    kind: 'override',
    action: act.action,
    supervisorId: null,
    supervisor: null,
    before: scene.bench.pending,
  };
  return info('override.asked', { change: { pending: pendingText(pending) } });
}

/** Step: a supervisor looked and lets it pass; the packer stays signed in and says why. */
export function approve(uow: UnitOfWork, scene: Scene, supervisor: { id: string; name: string }): ScanOutcome {
  const pending = overrideOf(scene);
  if (!pending) return bad('override.nothing');
  uow.record({
    kind: 'override.approved',
    subject: scene.parcel?.id ?? scene.order?.id ?? scene.bench.stationId,
    data: { action: pending.action, supervisor: supervisor.id },
  });
  const next: Pending = { ...pending, supervisorId: supervisor.id, supervisor: supervisor.name };
  return good('override.approved', {
    params: { name: supervisor.name },
    change: { pending: pendingText(next) },
    pin: null,
  });
}

/** Step: a scan while an override waits for its badge or its reason. */
export async function scanOverride(
  uow: UnitOfWork,
  scene: Scene,
  input: { pending: PendingOverride; scan: AcceptedScan },
): Promise<ScanOutcome> {
  const { pending, scan } = input;
  const name = scan.kind === 'command' ? scan.name : undefined;
  if (name === 'cancel' || name === 'no') {
    uow.record({ kind: 'override.left', subject: scene.parcel?.id ?? scene.bench.stationId });
    return info('override.left', { change: { pending: pending.before ?? null }, pin: null });
  }
  if (pending.supervisorId === null) return bad('override.badge-needed');
  if (scan.kind !== 'command' || name !== 'reason') return bad('reason.needed');
  const reason = scan.argument ?? '';
  if (!reasonsNow(scene).includes(reason)) return bad('reason.other-needed');
  return run(uow, scene, { pending, supervisorId: pending.supervisorId, reason });
}

async function run(
  uow: UnitOfWork,
  scene: Scene,
  act: { pending: PendingOverride; supervisorId: string; reason: string },
): Promise<ScanOutcome> {
  const { pending, reason, supervisorId } = act;
  const overridable = overridables.find((candidate) => candidate.action === pending.action);
  // The act sees the bench as it was when the card was scanned.
  const before: Scene = { ...scene, bench: { ...scene.bench, pending: pending.before ?? null } };
  if (!overridable?.fits(before) || !scene.order)
    return bad('override.nothing', { change: { pending: pending.before ?? null } });
  uow.record({
    kind: 'override.done',
    subject: scene.parcel?.id ?? scene.order.id,
    data: { action: pending.action, supervisor: supervisorId, reason },
  });
  const outcome = await overridable.run(uow, before, { operatorId: supervisorId, reason });
  return { ...outcome, change: { pending: null, ...outcome.change } };
}
