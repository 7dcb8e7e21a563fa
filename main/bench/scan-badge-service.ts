import type { PinAsked } from '../../shared/model/actor.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { PinInput } from '../stations/pin-rules.ts';
import { applyPin, type CheckedPin } from '../stations/pin-service.ts';
import { readBadge, type SignInOutcome, signInByBadge, signInById } from '../stations/session-service.ts';
import type { Scene } from './bench-rules.ts';
import { bad, good, info, type ScanOutcome } from './scan-outcome.ts';
import { approve, mayApprove, waitsForApproval } from './scan-override-service.ts';

/** A PIN that is asked for, and what the scan added to it; `checked` where the whole PIN came. */
export interface PinScan {
  readonly asked: PinAsked;
  readonly input: PinInput;
  readonly checked: CheckedPin | undefined;
}

/** Step: a scanned badge: approves what a supervisor was asked for, otherwise signs its operator in, at any step. */
export async function scanBadge(uow: UnitOfWork, scene: Scene, code: string): Promise<ScanOutcome> {
  if (uow.actor.seat?.operator && waitsForApproval(scene)) return approveByBadge(uow, scene, code);
  return toldSignIn(uow, await signInByBadge(uow, scene.bench.stationId, code));
}

async function approveByBadge(uow: UnitOfWork, scene: Scene, code: string): Promise<ScanOutcome> {
  const read = await readBadge(uow, scene.bench.stationId, code);
  if (read.outcome !== 'known') return toldSignIn(uow, read);
  const { operator } = read;
  if (!mayApprove(operator.role)) return bad('override.not-allowed', { params: { name: operator.name } });
  if (!operator.hasPin) return approve(uow, scene, operator);
  uow.record({ kind: 'pin.asked', subject: operator.id, data: { station: scene.bench.stationId } });
  return askPin(uow, operator, 'approval');
}

function toldSignIn(uow: UnitOfWork, result: SignInOutcome): ScanOutcome {
  switch (result.outcome) {
    case 'signed-in':
      return good('signed-in.welcome', { params: { name: result.operator.name }, pin: null });
    case 'pin-needed':
      return askPin(uow, result.operator, 'sign-in');
    case 'blocked':
      return bad('pin.blocked', { params: { minutes: result.minutes }, pin: null });
    case 'unknown':
      return bad('badge.unknown');
  }
}

function askPin(uow: UnitOfWork, operator: { id: string; name: string }, purpose: PinAsked['purpose']): ScanOutcome {
  const { id, name } = operator;
  return info('pin.needed', {
    params: { name },
    pin: { operatorId: id, name, purpose, digits: '', at: uow.now },
  });
}

/** Step: a figure of a PIN, or the whole of it. */
export async function scanPin(uow: UnitOfWork, scene: Scene, scan: PinScan): Promise<ScanOutcome> {
  const { asked, input } = scan;
  switch (input.kind) {
    case 'digits':
      uow.unchanged();
      return info('pin.digits', {
        params: { count: input.digits.length },
        pin: { ...asked, digits: input.digits, at: uow.now },
      });
    case 'leave':
      uow.record({ kind: 'pin.left', subject: asked.operatorId });
      return info('pin.left', { pin: null });
    case 'try':
      return tryPin(uow, scene, scan);
  }
}

async function tryPin(uow: UnitOfWork, scene: Scene, { asked, checked }: PinScan): Promise<ScanOutcome> {
  // The PIN was taken away, or its owner retired, since the badge was scanned: the badge says how it stands.
  if (!checked) return bad('badge.unknown', { pin: null });
  const result = await applyPin(uow, asked.operatorId, checked);
  if (result.outcome === 'blocked') return bad('pin.blocked', { params: { minutes: result.minutes }, pin: null });
  if (result.outcome === 'wrong')
    return bad('pin.wrong', { params: { count: result.triesLeft }, pin: { ...asked, digits: '', at: uow.now } });
  if (asked.purpose === 'approval') {
    const approver = { id: asked.operatorId, name: asked.name };
    return waitsForApproval(scene) ? approve(uow, scene, approver) : bad('command.not-here', { pin: null });
  }
  const operator = await signInById(uow, scene.bench.stationId, asked.operatorId);
  return good('signed-in.welcome', { params: { name: operator.name }, pin: null });
}
