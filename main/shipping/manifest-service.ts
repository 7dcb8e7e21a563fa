import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { manifestMachine } from '../../shared/model/machines.ts';
import { roleAllows } from '../../shared/model/roles.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { moveParcelsOf, putOnManifest, takeOffManifest } from '../packing/manifest-parcels-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { localDate, nextPickup, type Pickup, type PickupClock } from './dock-clock-rules.ts';
import { OWN_CARRIER } from './dock-figures-rules.ts';
import { type DockLabel, labelMeant, manifestNumber, waitingSince } from './dock-rules.ts';
import {
  countUp,
  countWaiting,
  findDockAccount,
  findManifestByNumber,
  getManifest,
  insertManifest,
  listLabelsByTexts,
  listManifestParcels,
  listOpenManifests,
  listStandingManifests,
  type Manifest,
  saveManifest,
} from './manifest-store.ts';
import { expectTracking } from './tracking-start-service.ts';

export type { Deps } from '../db/unit-of-work.ts';

/** Topic of the message that has a closed manifest sent to its carrier and its paper printed. */
export const SEND_MANIFEST = 'shipping.send-manifest';

/** Step: the label that one of the scanned texts names, dead ones too; undefined where none does. */
export async function labelAtDock(uow: UnitOfWork, texts: readonly string[]): Promise<DockLabel | undefined> {
  return labelMeant(await listLabelsByTexts(uow.tx, texts));
}

export interface ScannedOut {
  readonly manifest: Manifest;
  /** Parcels of this carrier that are still to be scanned. */
  readonly waiting: number;
  /** The cut-off is past: it goes with a later pick-up than today's. */
  readonly later: boolean;
}

/**
 * Step: the parcel of a label goes onto the open manifest of its carrier's next pick-up; undefined when somebody else
 * scanned, voided or handed it over since the label was looked at.
 */
export async function scanOut(uow: UnitOfWork, label: DockLabel, stationId: string): Promise<ScannedOut | undefined> {
  const carrier = await carrierOf(uow, label.accountId);
  const pickup = nextPickup(carrier, uow.now);
  const manifest = await openManifest(uow, label.accountId, { title: carrier.title, clock: carrier, pickup });
  if (!(await putOnManifest(uow, label.parcelId, { manifestId: manifest.id, stationId }))) return undefined;
  tell(uow);
  const waiting = await stillWaiting(uow, label.accountId);
  return { manifest, waiting, later: pickup.date > localDate(carrier.timeZone, uow.now) };
}

/** Step: how many parcels of a carrier are still to be scanned out. */
export function stillWaiting(uow: UnitOfWork, accountId: string | null): Promise<number> {
  return countWaiting(uow.tx, { accountId, since: waitingSince(uow.now), now: uow.now });
}

async function carrierOf(uow: UnitOfWork, accountId: string | null): Promise<PickupClock & { title: string }> {
  const account = accountId === null ? undefined : await findDockAccount(uow.tx, accountId);
  if (account) return account;
  const { timeZone } = await sharedSettings(uow);
  return { title: OWN_CARRIER, cutOff: null, timeZone, days: [1, 2, 3, 4, 5, 6, 7] };
}

/** The manifest of the pick-up, opened when there is none; one of a day that is over goes with this pick-up instead. */
async function openManifest(
  uow: UnitOfWork,
  accountId: string | null,
  at: { title: string; clock: PickupClock; pickup: Pickup },
): Promise<Manifest> {
  const { date, cutOffAt } = at.pickup;
  const open = await listOpenManifests(uow.tx, accountId);
  const same = open.find(({ shipDate }) => shipDate === date);
  if (same) return same;
  const missed = open.find(({ shipDate }) => shipDate < localDate(at.clock.timeZone, uow.now));
  if (missed) return saveManifest(uow.tx, missed, { shipDate: date, cutOffAt });
  const number = manifestNumber(date, await countUp(uow.tx, date));
  const id = uow.newId();
  await insertManifest(uow.tx, {
    id,
    number,
    accountId,
    carrier: at.title,
    shipDate: date,
    cutOffAt,
    createdAt: uow.now,
  });
  const opened = (await listOpenManifests(uow.tx, accountId)).find(({ shipDate }) => shipDate === date);
  // Another bench opened and closed one meanwhile.
  if (!opened) throw new AppError('conflict', 'manifest.changed-elsewhere', { id });
  if (opened.id === id) uow.record({ kind: 'manifest.opened', subject: id, data: { number } });
  return opened;
}

/** Step: takes a parcel off an open manifest again. */
export async function takeOff(uow: UnitOfWork, parcel: { id: string; manifestId: string }): Promise<Manifest> {
  const manifest = await getManifest(uow.tx, parcel.manifestId);
  if (manifest.state !== 'open') throw new AppError('rule', 'manifest.not-open', { number: manifest.number });
  await takeOffManifest(uow, parcel.id, manifest.id);
  tell(uow);
  return manifest;
}

/**
 * Step: closes an open manifest and has it sent; nothing joins it any more. One whose day is over goes with the pick-up
 * that comes next. Errors: `manifest.not-open`, `manifest.empty`.
 */
export async function closeManifest(uow: UnitOfWork, manifestId: string): Promise<Manifest> {
  const manifest = await getManifest(uow.tx, manifestId);
  if (manifest.state !== 'open') throw new AppError('rule', 'manifest.not-open', { number: manifest.number });
  const parcels = (await listManifestParcels(uow.tx, manifestId)).length;
  if (parcels === 0) throw new AppError('rule', 'manifest.empty', { number: manifest.number });
  const carrier = await carrierOf(uow, manifest.accountId);
  const missed = manifest.shipDate < localDate(carrier.timeZone, uow.now);
  const { date, cutOffAt } = missed ? nextPickup(carrier, uow.now) : { date: manifest.shipDate, ...manifest };
  const closed = await saveManifest(uow.tx, manifest, {
    state: transition(manifestMachine, manifest.state, 'closed'),
    shipDate: date,
    cutOffAt,
    closedAt: uow.now,
    fault: null,
  });
  uow.record({ kind: 'manifest.closed', subject: manifestId, data: { parcels } });
  const { stationId } = uow.actor;
  uow.enqueue({ topic: SEND_MANIFEST, key: manifestId, payload: { manifestId, stationId } });
  tell(uow);
  return closed;
}

/**
 * Step: the driver took the parcels. A supervisor may say so of a closed manifest as well that the carrier did not
 * answer for: the van does not wait for a server. Errors: `manifest.not-sent`, `manifest.handed-over-before`.
 */
export async function handOver(uow: UnitOfWork, manifestId: string): Promise<{ manifest: Manifest; parcels: number }> {
  const found = await getManifest(uow.tx, manifestId);
  if (found.handedOverAt !== null) throw new AppError('rule', 'manifest.handed-over-before', { number: found.number });
  const sent = found.state === 'transmitted' ? found : await sentByHand(uow, found);
  await moveParcelsOf(uow, manifestId, 'manifested');
  const handed = await moveParcelsOf(uow, manifestId, 'handed-over');
  const manifest = await saveManifest(uow.tx, sent, { handedOverAt: uow.now });
  await expectTracking(uow, { parcelIds: handed });
  uow.record({ kind: 'manifest.handed-over', subject: manifestId, data: { parcels: handed.length } });
  tell(uow);
  uow.emit('orders.changed', {});
  return { manifest, parcels: handed.length };
}

async function sentByHand(uow: UnitOfWork, manifest: Manifest): Promise<Manifest> {
  const may = manifest.state === 'closed' && manifest.fault !== null && roleAllows(roleOf(uow), 'supervisor');
  if (!may) throw new AppError('rule', 'manifest.not-sent', { number: manifest.number });
  uow.record({ kind: 'manifest.sent-by-hand', subject: manifest.id, data: { fault: manifest.fault } });
  const state = transition(manifestMachine, manifest.state, 'transmitted');
  return saveManifest(uow.tx, manifest, { state, transmittedAt: uow.now, fault: null });
}

/** At a bench the one who is signed in decides, else the session that asks. */
function roleOf(uow: UnitOfWork): Actor['role'] {
  return uow.actor.seat?.operator?.role ?? uow.actor.role;
}

/** Step: opens a manifest again that the carrier did not take, so that a parcel can be taken off. Error: `manifest.not-refused`. */
export async function reopenManifest(uow: UnitOfWork, manifestId: string): Promise<void> {
  const manifest = await getManifest(uow.tx, manifestId);
  if (manifest.state !== 'closed' || manifest.fault === null)
    throw new AppError('rule', 'manifest.not-refused', { number: manifest.number });
  const other = (await listOpenManifests(uow.tx, manifest.accountId)).some(
    ({ shipDate }) => shipDate === manifest.shipDate,
  );
  if (other) throw new AppError('rule', 'manifest.another-open', { number: manifest.number });
  const state = transition(manifestMachine, manifest.state, 'open');
  await saveManifest(uow.tx, manifest, { state, closedAt: null, fault: null });
  uow.record({ kind: 'manifest.reopened', subject: manifestId, data: { fault: manifest.fault } });
  tell(uow);
}

/** Step: one manifest, locked for a change. */
export function manifestById(uow: UnitOfWork, id: string): Promise<Manifest> {
  return getManifest(uow.tx, id);
}
export function manifestByNumber(uow: UnitOfWork, number: string): Promise<Manifest | undefined> {
  return findManifestByNumber(uow.tx, number);
}

/** Step: every manifest that no driver took, with its parcels. */
export function standingManifests(uow: UnitOfWork): ReturnType<typeof listStandingManifests> {
  return listStandingManifests(uow.tx);
}

function tell(uow: UnitOfWork): void {
  uow.emit('shipping.dock-changed', {});
}

/** Command: closes the open manifest of a carrier, the earliest pick-up first. Errors: `manifest.none-open`, `manifest.empty`. */
export function closeManifestOf(
  deps: Deps,
  actor: Actor,
  accountId: string | null,
): Promise<{ manifestId: string; number: string }> {
  return retryConflicts(() =>
    runUnitOfWork(deps, actor, async (uow) => {
      const open = (await listStandingManifests(uow.tx)).filter(
        (manifest) => manifest.state === 'open' && manifest.accountId === accountId,
      );
      const first = open.find(({ parcels }) => parcels > 0) ?? open[0];
      if (!first) throw new AppError('rule', 'manifest.none-open');
      const { id, number } = await closeManifest(uow, first.id);
      return { manifestId: id, number };
    }),
  );
}

/** Command: the driver took the parcels of a manifest. */
export function handOverManifest(deps: Deps, actor: Actor, manifestId: string): Promise<{ parcels: number }> {
  return retryConflicts(() =>
    runUnitOfWork(deps, actor, async (uow) => ({ parcels: (await handOver(uow, manifestId)).parcels })),
  );
}

/** Command: opens a manifest again that the carrier did not take. */
export async function openManifestAgain(deps: Deps, actor: Actor, manifestId: string): Promise<void> {
  await retryConflicts(() =>
    runUnitOfWork(deps, actor, async (uow) => {
      await reopenManifest(uow, manifestId);
      return null;
    }),
  );
}
