import type { AccountView, ConnectorView } from '../../shared/contract/shipping-accounts.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { AccountField, CarrierMessage } from '../../shared/model/carrier.ts';
import type { Carrier, CarrierConnector } from '../carriers/carrier.ts';
import type { CarrierDesk } from '../carriers/carrier-desk.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import type { Vault } from '../db/vault.ts';
import type { Documents } from '../documents/document.ts';
import { type Account, getAccount, insertAccount, listAccounts, saveAccount, saveCheck } from './account-store.ts';
import { type OwnRange, ownRangeOf, ownRanges } from './own-range-rules.ts';

/** What everything around labels needs beside the database. */
export interface ShippingDeps extends Deps {
  readonly documents: Documents;
  readonly carriers: CarrierDesk;
  readonly vault: Vault;
}

export type { Account } from './account-store.ts';

/** Step: an account. Error: `not-found` `carrier.unknown-account`. */
export function accountById(uow: UnitOfWork, id: string): Promise<Account> {
  return getAccount(uow.tx, id);
}

/** Accounts whose secrets this PC cannot unseal say so before anything else. */
export async function withVaultProblem(vault: Vault, accounts: readonly AccountView[]): Promise<AccountView[]> {
  const problem = accounts.some(({ secrets }) => secrets.length > 0) ? await vault.problem() : null;
  if (problem === null) return [...accounts];
  return accounts.map((account) => (account.secrets.length > 0 ? { ...account, problem } : account));
}

/** Step: every account, oldest first. */
export function accountsOf(uow: UnitOfWork): Promise<Account[]> {
  return listAccounts(uow.tx);
}

export interface OpenedAccount {
  readonly account: Account;
  readonly connector: CarrierConnector;
  readonly carrier: Carrier;
}

/**
 * The client of an account that is asked over HTTP; never inside a unit of work. Errors: `carrier.unknown-account`,
 * `carrier.unknown-connector`, `carrier.bad-config`, `vault.key-missing`.
 */
export async function openAccount(deps: ShippingDeps, accountId: string): Promise<OpenedAccount> {
  const account = await getAccount(deps.database.read, accountId);
  const connector = deps.carriers.find(account.connector);
  if (!connector) throw new AppError('rule', 'carrier.unknown-connector', { connector: account.connector });
  const secrets: Record<string, string> = {};
  for (const [name, sealed] of Object.entries(account.secrets)) secrets[name] = await deps.vault.unseal(sealed);
  const { id, version } = account;
  const carrier = deps.carriers.open({
    id,
    version,
    connector: connector.name,
    config: { ...account.config, ...secrets },
  });
  return { account, connector, carrier };
}

export interface AccountInput {
  readonly id: string | null;
  readonly expectedVersion: number;
  readonly connector: string;
  readonly title: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly approved: boolean;
  readonly active: boolean;
  readonly cutOff: string | null;
  readonly timeZone: string;
}

/** The form of a connector, whether it is asked over HTTP or draws from a range of ours. */
export function fieldsOf(desk: CarrierDesk, connector: string): readonly AccountField[] {
  const fields = desk.find(connector)?.fields ?? ownRangeOf(connector)?.fields;
  if (!fields) throw new AppError('rule', 'carrier.unknown-connector', { connector });
  return fields;
}

const kindOf = (connector: CarrierConnector): ConnectorView['kind'] => (connector.platform ? 'platform' : 'http');

function ofHttp(connector: CarrierConnector): ConnectorView {
  const { name, title, abilities, billing, fields, services } = connector;
  return {
    ...{ name, title, billing, kind: kindOf(connector), rangeFields: [] },
    missing: connector.missing ?? null,
    abilities: [...abilities],
    fields: [...fields],
    services: [...services],
  };
}

function ofOwn({ name, title, fields, rangeFields, services, missing }: OwnRange): ConnectorView {
  const returns = services.some(({ direction }) => direction !== 'outbound');
  return {
    ...{ name, title, kind: 'own-range', billing: 'on-use' },
    missing: missing ?? null,
    abilities: ['buy', 'void', ...(returns ? (['return-label'] as const) : []), 'multi-parcel'],
    fields: [...fields],
    rangeFields: [...rangeFields],
    services: [...services],
  };
}

/** Every kind of account, those of ours first: they work without network. */
export function connectorViews(desk: CarrierDesk): ConnectorView[] {
  return [...ownRanges.map(ofOwn), ...desk.connectors.map(ofHttp)];
}

/**
 * Command: adds an account or changes it; a secret that is left out stays. Errors: `carrier.bad-config` with the
 * `fields` that are missing, `carrier.account-changed`, `carrier.bad-time-zone`.
 */
export async function putAccount(
  deps: ShippingDeps,
  actor: Actor,
  input: AccountInput,
): Promise<{ id: string; version: number }> {
  const fields = fieldsOf(deps.carriers, input.connector);
  const before = input.id === null ? undefined : await getAccount(deps.database.read, input.id);
  const secrets = { ...before?.secrets };
  for (const [name, text] of Object.entries(input.secrets))
    if (text !== '' && fields.some((field) => field.name === name && field.kind === 'secret'))
      secrets[name] = await deps.vault.seal(text);
  const config = onlyKnown(fields, input.config);
  const given = (name: string): boolean => (config[name] ?? '') !== '' || secrets[name] !== undefined;
  const missing = fields.filter((field) => field.required && field.default === undefined && !given(field.name));
  if (missing.length > 0)
    throw new AppError('validation', 'carrier.bad-config', { fields: missing.map(({ name }) => name).join(', ') });
  if (!isTimeZone(input.timeZone)) throw new AppError('validation', 'carrier.bad-time-zone', { zone: input.timeZone });
  const { connector, title, approved, active, cutOff, timeZone } = input;
  const account = { connector, title, config, secrets, approved, active, cutOff, timeZone };
  return runUnitOfWork(deps, actor, async (uow) => {
    const id = input.id ?? uow.newId();
    let version = 1;
    if (before) version = await saveAccount(uow.tx, { id, ...account, version: input.expectedVersion });
    else await insertAccount(uow.tx, { id, ...account, createdAt: uow.now });
    uow.record({
      kind: before ? 'carrier.account-changed' : 'carrier.account-added',
      subject: id,
      data: { connector },
    });
    uow.emit('shipping.accounts-changed', {});
    return { id, version };
  });
}

function onlyKnown(fields: readonly AccountField[], config: Readonly<Record<string, string>>): Record<string, string> {
  const plain = fields.filter(({ kind }) => kind !== 'secret');
  return Object.fromEntries(
    plain.flatMap(({ name }) => {
      const value = config[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Command: asks the carrier whether the credentials are good; what it says is kept with the account. */
export async function checkAccount(
  deps: ShippingDeps,
  actor: Actor,
  id: string,
): Promise<{ ok: boolean; messages: readonly CarrierMessage[] }> {
  const said = await ask(deps, id);
  await runUnitOfWork(deps, actor, async (uow) => {
    await saveCheck(uow.tx, id, { at: uow.now, messages: said.messages });
    uow.record({ kind: 'carrier.account-checked', subject: id, data: { ok: said.ok } });
    uow.emit('shipping.accounts-changed', {});
    return null;
  });
  return said;
}

async function ask(deps: ShippingDeps, id: string): Promise<{ ok: boolean; messages: readonly CarrierMessage[] }> {
  try {
    const { carrier } = await openAccount(deps, id);
    const { details, messages } = await carrier.check();
    return { ok: details !== null, messages };
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
    return { ok: false, messages: [{ level: 'error', code: error.code, text: '' }] };
  }
}
