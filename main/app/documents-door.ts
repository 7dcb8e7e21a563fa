import { AppError } from '../../shared/errors.ts';
import type { Seat } from '../../shared/model/actor.ts';
import { roleAllows } from '../../shared/model/roles.ts';
import { sheetFamilies } from '../../shared/scanner/sheet-families.ts';
import { badgeSheet, codesSheet } from './codes.ts';
import type { Core } from './core.ts';
import { pickList } from './pick-lists.ts';

/**
 * Bytes of a stored document, or of a paper that is drawn when asked for: sheets of scannable codes (`codes`,
 * `badge-<operator id>`), pick lists (`pick-list-order-<order id>`, `pick-list-run-<code>`), sheets by which a family of
 * scanners is set up (`scanner-sheet-<family>`).
 */
export async function documentBytes(core: Core, name: string, seat: Seat): Promise<Uint8Array> {
  if (name === 'codes') {
    const role = seat.operator?.role ?? 'anyone';
    if (!roleAllows(role, 'packer')) throw new AppError('permission', 'badge.needed');
    return codesSheet(core, { badges: roleAllows(role, 'supervisor'), language: seat.operator?.language ?? 'en' });
  }
  const [, operatorId] = /^badge-(.+)$/.exec(name) ?? [];
  if (operatorId !== undefined) {
    if (!roleAllows(seat.operator?.role ?? 'anyone', 'admin')) throw new AppError('permission', 'badge.needed');
    return badgeSheet(core, operatorId, seat.operator?.language ?? 'en');
  }
  const drawn = await drawOne(core, name, seat);
  if (drawn) return drawn;
  const { read } = core.database;
  const row =
    (await read('document').where({ id: name }).first<BytesRow | undefined>('bytes', 'purged_at')) ??
    (await read('loose_paper').where({ id: name }).first<BytesRow | undefined>('bytes'));
  if (!row) throw new AppError('not-found', 'document.unknown', { id: name });
  if (row.purged_at) throw new AppError('rule', 'document.erased', {});
  return row.bytes;
}

interface BytesRow {
  readonly bytes: Uint8Array;
  /** It named a buyer whose data was erased. */
  readonly purged_at?: string | null;
}

/** A paper that is kept nowhere, for whoever prints it: a pick list, a sheet for a scanner. Errors: `document.unknown`, `badge.needed`. */
export async function drawnPaper(core: Core, name: string, seat: Seat | undefined): Promise<Uint8Array> {
  const drawn = seat && (await drawOne(core, name, seat));
  if (!drawn) throw new AppError('not-found', 'document.unknown', { id: name });
  return drawn;
}

async function drawOne(core: Core, name: string, seat: Seat): Promise<Uint8Array | undefined> {
  const family = sheetFamilies.find((known) => name === `scanner-sheet-${known}`);
  // Nothing on it is a secret, and a scanner is set up before anybody can sign in with it.
  if (family) {
    const { bytes } = await core.deps.documents.renderScannerSheet({
      family,
      language: seat.operator?.language ?? 'en',
    });
    return bytes;
  }
  const [, what, key] = /^pick-list-(order|run)-(.+)$/.exec(name) ?? [];
  if (key === undefined) return undefined;
  if (!roleAllows(seat.operator?.role ?? 'anyone', 'packer')) throw new AppError('permission', 'badge.needed');
  return pickList(core, what === 'run' ? { run: key } : { order: key }, seat.operator?.language ?? 'en');
}
