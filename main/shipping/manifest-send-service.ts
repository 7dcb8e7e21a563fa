import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import { manifestMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { CarrierAnswer, TransmittedManifest } from '../carriers/carrier.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import type { ManifestModel } from '../documents/document.ts';
import { moveParcelsOf } from '../packing/manifest-parcels-service.ts';
import { queueLoose } from '../printing/printing-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { openAccount, type ShippingDeps } from './account-service.ts';
import { isInDoubt, MAYBE_TAKEN } from './dock-rules.ts';
import {
  findDockAccount,
  getManifest,
  listManifestParcels,
  type Manifest,
  type ManifestParcel,
  saveManifest,
} from './manifest-store.ts';
import { languageFor, shipperAddress } from './shipping-rules.ts';

interface Sending {
  readonly manifest: Manifest;
  readonly parcels: readonly ManifestParcel[];
  readonly model: ManifestModel;
  /** Of the account; empty for the shipper's own labels. */
  readonly connector: string;
  /** It was sent before and nobody answered: the carrier may have it. */
  readonly inDoubt: boolean;
}

/**
 * Sends a closed manifest to its carrier, or draws it where the carrier wants paper only, and has the paper printed.
 *
 * Three acts: note that it is being sent (committed), ask the carrier and draw, note what came of it. What was sent
 * before without an answer is asked for first, where the carrier can be asked. A refusal leaves it closed with its fault;
 * a carrier that is away is asked again by the outbox.
 */
export async function sendManifest(
  deps: ShippingDeps,
  message: { manifestId: string; stationId: string | null },
): Promise<void> {
  const actor: Actor = { ...systemActor, stationId: message.stationId };
  const sending = await begin(deps, actor, message.manifestId);
  if (!sending) return;
  let answer: CarrierAnswer<TransmittedManifest>;
  try {
    answer = await transmit(deps, sending);
  } catch (error) {
    throw await noteFault(deps, { actor, manifestId: message.manifestId }, error);
  }
  const { details } = answer;
  if (!details) {
    const code = sending.inDoubt ? 'manifest.in-doubt' : 'manifest.refused';
    await runUnitOfWork(deps, actor, (uow) => keepFault(uow, message.manifestId, { code, answer }));
    return;
  }
  const pdf = details.pdf ?? (await deps.documents.renderManifest(sending.model)).bytes;
  await runUnitOfWork(deps, actor, (uow) => keep(uow, message.manifestId, { ...details, pdf }));
}

function begin(deps: ShippingDeps, actor: Actor, manifestId: string): Promise<Sending | null> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const manifest = await getManifest(uow.tx, manifestId);
    const parcels = await listManifestParcels(uow.tx, manifestId);
    if (manifest.state !== 'closed' || parcels.length === 0) {
      uow.unchanged();
      return null;
    }
    const settings = await sharedSettings(uow);
    const saved = await saveManifest(uow.tx, manifest, { fault: 'manifest.sending' });
    uow.record({ kind: 'manifest.asked', subject: manifestId, data: { parcels: parcels.length } });
    const rows = parcels.map(({ trackingNumber, orderNumber, service, weightMg, address }) => ({
      ...{ trackingNumber, orderNumber, service, weightMg },
      postcode: String(address.postcode ?? ''),
      country: String(address.country ?? ''),
    }));
    const account = manifest.accountId === null ? undefined : await findDockAccount(uow.tx, manifest.accountId);
    const model = {
      language: languageFor(settings.country),
      number: manifest.number,
      carrier: manifest.carrier,
      account: account?.number ?? '',
      shipDate: manifest.shipDate,
      shipper: shipperAddress(settings),
      rows,
    };
    return { manifest: saved, parcels, model, connector: account?.connector ?? '', inDoubt: isInDoubt(manifest.fault) };
  });
}

/** An answer without a paper where the carrier wants none but ours. */
async function transmit(deps: ShippingDeps, sending: Sending): Promise<CarrierAnswer<TransmittedManifest>> {
  const { manifest, parcels, connector, inDoubt } = sending;
  const ours = { details: { carrierRef: '', pdf: null }, messages: [] };
  if (manifest.accountId === null) return ours;
  // An account with a number range of ours has no client.
  if (!deps.carriers.find(connector)?.abilities.includes('manifest')) return ours;
  const { carrier } = await openAccount(deps, manifest.accountId);
  if (!carrier.manifest) return ours;
  const sent = parcels.map(({ carrierRef, trackingNumber }) => ({ carrierRef, trackingNumber }));
  if (inDoubt && carrier.findManifest) {
    const found = await carrier.findManifest(sent, manifest.shipDate);
    if (found.details) return found;
  }
  return carrier.manifest(sent, manifest.shipDate);
}

/** Writes down why nothing came back; what the outbox should try again passes on as it would understand it. */
async function noteFault(
  deps: ShippingDeps,
  at: { actor: Actor; manifestId: string },
  error: unknown,
): Promise<unknown> {
  const known = error instanceof AppError ? error : new AppError('bug', 'manifest.not-drawn', {}, error);
  await runUnitOfWork(deps, at.actor, (uow) => keepFault(uow, at.manifestId, { code: known.code }));
  const again = MAYBE_TAKEN.includes(known.code) && known.code !== 'carrier.timeout';
  return again ? new AppError('remote', 'carrier.timeout', known.details, known) : known;
}

async function keepFault(
  uow: UnitOfWork,
  manifestId: string,
  { code, answer }: { code: string; answer?: CarrierAnswer<unknown> },
): Promise<null> {
  const manifest = await getManifest(uow.tx, manifestId);
  if (manifest.state !== 'closed') {
    uow.unchanged();
    return null;
  }
  await saveManifest(uow.tx, manifest, { fault: code });
  const messages = (answer?.messages ?? []).slice(0, 5).map(({ code: said, text }) => `${said}: ${text}`.slice(0, 200));
  uow.record({ kind: 'manifest.not-taken', subject: manifestId, data: { code, ...(answer ? { messages } : {}) } });
  tell(uow);
  return null;
}

async function keep(uow: UnitOfWork, manifestId: string, sent: { carrierRef: string; pdf: Uint8Array }): Promise<null> {
  const manifest = await getManifest(uow.tx, manifestId);
  // A supervisor may have handed it over meanwhile: its paper is kept all the same.
  const open = manifest.state === 'closed';
  const { paperId } = await queueLoose(uow, { kind: 'manifest', bytes: sent.pdf });
  await saveManifest(uow.tx, manifest, {
    carrierRef: sent.carrierRef,
    paperId,
    fault: null,
    ...(open ? { state: transition(manifestMachine, manifest.state, 'transmitted'), transmittedAt: uow.now } : {}),
  });
  const parcels = await moveParcelsOf(uow, manifestId, 'manifested');
  uow.record({ kind: 'manifest.transmitted', subject: manifestId, data: { parcels: parcels.length } });
  tell(uow);
  return null;
}

/** The dock's screens, and every bench that stands there. */
function tell(uow: UnitOfWork): void {
  uow.emit('shipping.dock-changed', {});
  if (uow.actor.stationId) uow.emit('bench.changed', { stationId: uow.actor.stationId });
}
