import { AppError } from '../../shared/errors.ts';
import type { CarrierMessage } from '../../shared/model/carrier.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** One account with a carrier. `secrets` hold sealed texts by field name. */
export interface Account {
  readonly id: string;
  readonly connector: string;
  readonly title: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** The carrier took our labels after looking at them; false prints SPECIMEN. */
  readonly approved: boolean;
  readonly active: boolean;
  /** `HH:MM` in `timeZone`. */
  readonly cutOff: string | null;
  readonly timeZone: string;
  readonly checkedAt: string | null;
  readonly checkMessages: readonly CarrierMessage[];
  readonly version: number;
}

interface AccountRow {
  readonly id: string;
  readonly connector: string;
  readonly title: string;
  readonly config: string;
  readonly secrets: string;
  readonly approved: number;
  readonly active: number;
  readonly cut_off: string | null;
  readonly time_zone: string;
  readonly checked_at: string | null;
  readonly check_messages: string;
  readonly version: number;
}

const fromRow = (row: AccountRow): Account => ({
  id: row.id,
  connector: row.connector,
  title: row.title,
  config: JSON.parse(row.config),
  secrets: JSON.parse(row.secrets),
  approved: row.approved === 1,
  active: row.active === 1,
  cutOff: row.cut_off,
  timeZone: row.time_zone,
  checkedAt: row.checked_at,
  checkMessages: JSON.parse(row.check_messages),
  version: row.version,
});

const columnsOf = (account: Omit<Account, 'id' | 'version' | 'checkedAt' | 'checkMessages'>) => ({
  connector: account.connector,
  title: account.title,
  config: JSON.stringify(account.config),
  secrets: JSON.stringify(account.secrets),
  approved: account.approved ? 1 : 0,
  active: account.active ? 1 : 0,
  cut_off: account.cutOff,
  time_zone: account.timeZone,
});

/** In a transaction or with the read handle, oldest first. */
export async function listAccounts(handle: Handle): Promise<Account[]> {
  const rows: AccountRow[] = await handle('carrier_account').orderBy(['created_at', 'id']).select('*');
  return rows.map(fromRow);
}

/** Throws `not-found` `carrier.unknown-account`. */
export async function getAccount(handle: Handle, id: string): Promise<Account> {
  const row = await handle('carrier_account').where({ id }).first<AccountRow | undefined>();
  if (!row) throw new AppError('not-found', 'carrier.unknown-account', { id });
  return fromRow(row);
}

export async function insertAccount(
  tx: Tx,
  account: Omit<Account, 'version' | 'checkedAt' | 'checkMessages'> & { readonly createdAt: string },
): Promise<void> {
  await tx('carrier_account').insert({
    id: account.id,
    ...columnsOf(account),
    created_at: account.createdAt,
    version: 1,
  });
}

/** Saves over the version that was read; throws `conflict` `carrier.account-changed`. */
export async function saveAccount(tx: Tx, account: Omit<Account, 'checkedAt' | 'checkMessages'>): Promise<number> {
  const version = account.version + 1;
  const changed = await tx('carrier_account')
    .where({ id: account.id, version: account.version })
    .update({ ...columnsOf(account), version });
  if (changed !== 1) throw new AppError('conflict', 'carrier.account-changed', { id: account.id });
  return version;
}

/** What the last check said; the account itself is the same as before. */
export async function saveCheck(
  tx: Tx,
  id: string,
  check: { readonly at: string; readonly messages: readonly CarrierMessage[] },
): Promise<void> {
  await tx('carrier_account')
    .where({ id })
    .update({ checked_at: check.at, check_messages: JSON.stringify(check.messages) });
}
