import { type ReturnView, returnReasons } from '../../shared/contract/returns.ts';
import type { DockCarrier, ManifestView } from '../../shared/contract/shipping-dock.ts';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { cancelReturn, requestReturn } from '../returns/returns-service.ts';
import { listReturns } from '../returns/returns-views.ts';
import { listManifests, readDock } from '../shipping/dock-views.ts';
import { closeManifestOf, handOverManifest } from '../shipping/manifest-service.ts';
import type { Core } from './core.ts';
import { writeNamedFile } from './named-files.ts';
import { showOrder } from './operations.ts';

/** What waits for which carrier. */
export async function dockNow(core: Core): Promise<readonly DockCarrier[]> {
  return (await readDock(core.database, core.deps.clock().toISOString())).carriers;
}

export function latestManifests(core: Core): Promise<ManifestView[]> {
  return listManifests(core.database, 100);
}

/** Closes the open manifest of an account, by id or title, or of `own` labels, and waits until it is sent. */
export async function closeManifestFor(core: Core, account: string): Promise<ManifestView> {
  const { manifestId } = await closeManifestOf(core.deps, systemActor, await accountNamed(core, account));
  await core.worker.drain();
  return manifestOf(core, (manifest) => manifest.id === manifestId, account);
}

async function accountNamed(core: Core, name: string): Promise<string | null> {
  if (name === 'own') return null;
  const rows: { id: string }[] = await core.database
    .read('carrier_account')
    .where({ id: name })
    .orWhereRaw('lower(title) = ?', [name.toLowerCase()])
    .select('id');
  const [found] = rows;
  if (!found) throw new AppError('not-found', 'carrier.unknown-account', { id: name });
  return found.id;
}

async function manifestOf(core: Core, is: (manifest: ManifestView) => boolean, name: string): Promise<ManifestView> {
  const found = (await latestManifests(core)).find(is);
  if (!found) throw new AppError('not-found', 'manifest.unknown', { id: name });
  return found;
}

/** The driver took the parcels of a manifest, named by its number. */
export async function handOverByNumber(core: Core, number: string): Promise<{ number: string; parcels: number }> {
  const { id } = await manifestOf(core, (manifest) => manifest.number === number, number);
  const { parcels } = await handOverManifest(core.deps, systemActor, id);
  return { number, parcels };
}

/** Returns as the screen lists them. */
export async function returnsNow(core: Core, search: string | undefined): Promise<readonly ReturnView[]> {
  return (await listReturns(core.database, { search, limit: 200 }, core.deps.clock().toISOString())).returns;
}

/** A return for a parcel of an order, its first one unless another is named; its label is written to `out`. */
export async function requestReturnFor(
  core: Core,
  wish: { order: string; parcel: number; reason: string; out?: string | undefined },
): Promise<ReturnView> {
  const order = await showOrder(core, wish.order);
  const parcel = order.parcels.filter(({ state }) => state !== 'voided')[wish.parcel - 1];
  if (!parcel) throw new AppError('not-found', 'parcel.not-found', { id: `${wish.order} ${wish.parcel}` });
  const reason = reasonNamed(wish.reason);
  const { code } = await requestReturn(core.deps, systemActor, { parcelId: parcel.id, reason });
  await core.worker.drain();
  const made = await returnNamed(core, code);
  if (wish.out !== undefined) await writeNamedFile(wish.out, await labelOf(core, made));
  return made;
}

function reasonNamed(text: string): Parameters<typeof requestReturn>[2]['reason'] {
  const reason = returnReasons.find((known) => known === text);
  if (!reason) throw new AppError('validation', 'return.unknown-reason', { reason: text });
  return reason;
}

async function labelOf(core: Core, made: ReturnView): Promise<Uint8Array> {
  const row = await core.database
    .read('document')
    .where({ id: made.documentId ?? '' })
    .first<{ bytes: Uint8Array } | undefined>('bytes');
  if (!row) throw new AppError('rule', 'return.no-label', { code: made.code, state: made.labelState ?? '' });
  return row.bytes;
}

/** Cancels a return by its RMA code. */
export async function cancelReturnByCode(core: Core, code: string): Promise<ReturnView> {
  const { id } = await returnNamed(core, code);
  await cancelReturn(core.deps, systemActor, id);
  await core.worker.drain();
  return returnNamed(core, code);
}

async function returnNamed(core: Core, code: string): Promise<ReturnView> {
  const found = (await returnsNow(core, code)).find((one) => one.code === code.toUpperCase());
  if (!found) throw new AppError('not-found', 'return.unknown', { id: code });
  return found;
}
