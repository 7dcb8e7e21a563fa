import { z } from 'zod';
import { LabelChoice } from '../../shared/contract/orders.ts';
import { type AccountView, type ConnectorView, ShippingRule } from '../../shared/contract/shipping-accounts.ts';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { checkAccount, connectorViews, fieldsOf, putAccount, withVaultProblem } from '../shipping/account-service.ts';
import { accountViews, ruleViews } from '../shipping/account-views.ts';
import { saveRules, versionOf } from '../shipping/choice-service.ts';
import { addRange } from '../shipping/range-service.ts';
import type { Core } from './core.ts';

/** What the file of `carriers connect` says beside the fields of the connector. */
const AccountFile = z.looseObject({
  title: z.string().trim().min(1).max(60).optional(),
  approved: z.boolean().optional(),
  active: z.boolean().optional(),
  cutOff: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable()
    .optional(),
  timeZone: z.string().min(1).max(60).optional(),
});
const ABOUT = Object.keys(AccountFile.shape);

/** The carrier accounts as the command line tells them; no secret is among it. */
export async function listAccounts(core: Core): Promise<AccountView[]> {
  const accounts = await accountViews(core.database, connectorViews(core.deps.carriers));
  return withVaultProblem(core.deps.vault, accounts);
}

/** Every carrier that can be connected. */
export function listKinds(core: Core): ConnectorView[] {
  return connectorViews(core.deps.carriers);
}

/**
 * Adds an account by what a file says, or changes the one of the same connector and title; what the file leaves out
 * stays as it is. Errors: `carrier.bad-file` with what is wrong, and those of the settings page.
 */
export async function connectAccount(core: Core, connector: string, given: unknown) {
  const read = AccountFile.safeParse(given);
  if (!read.success) throw new AppError('validation', 'carrier.bad-file', { reason: z.prettifyError(read.error) });
  const fields = fieldsOf(core.deps.carriers, connector);
  const unknown = Object.keys(read.data).filter(
    (name) => !ABOUT.includes(name) && !fields.some((field) => field.name === name),
  );
  if (unknown.length > 0)
    throw new AppError('validation', 'carrier.bad-file', { reason: `unknown: ${unknown.join(', ')}` });
  const valuesOf = (secret: boolean): Record<string, string> =>
    Object.fromEntries(
      fields.flatMap(({ name, kind }) =>
        (kind === 'secret') === secret && read.data[name] !== undefined ? [[name, String(read.data[name])]] : [],
      ),
    );
  const title = read.data.title ?? connector;
  const known = (await listAccounts(core)).find(
    (account) => account.connector === connector && account.title === title,
  );
  return putAccount(core.deps, systemActor, {
    id: known?.id ?? null,
    expectedVersion: known?.version ?? 0,
    connector,
    title,
    config: { ...known?.config, ...valuesOf(false) },
    secrets: valuesOf(true),
    approved: read.data.approved ?? known?.approved ?? false,
    active: read.data.active ?? known?.active ?? true,
    cutOff: read.data.cutOff === undefined ? (known?.cutOff ?? null) : read.data.cutOff,
    timeZone: read.data.timeZone ?? known?.timeZone ?? 'Europe/Paris',
  });
}

/** Asks the carrier whether the account's credentials are good. */
export async function checkAccountById(core: Core, id: string) {
  return checkAccount(core.deps, systemActor, (await accountNamed(core, id)).id);
}

export interface RangeOptions {
  readonly title?: string;
  readonly first: string;
  readonly last: string;
  readonly block: number;
  /** `mailerId=901234567`, as often as the carrier's numbers have parts. */
  readonly params: Readonly<Record<string, string>>;
}

/** Adds numbers that the carrier assigned to an account, by its id or title. */
export async function addRangeTo(core: Core, account: string, { title, ...range }: RangeOptions) {
  const { id } = await accountNamed(core, account);
  return addRange(core.deps, systemActor, { ...range, accountId: id, title: title ?? `${range.first}–${range.last}` });
}

async function accountNamed(core: Core, name: string): Promise<AccountView> {
  const account = (await listAccounts(core)).find(({ id, title }) => id === name || title === name);
  if (!account) throw new AppError('not-found', 'carrier.unknown-account', { id: name });
  return account;
}

/** The rules that choose the service, as a file can hold them. */
export async function readRules(core: Core): Promise<{ rules: ShippingRule[] }> {
  return { rules: await ruleViews(core.database) };
}

const RuleFile = z.object({
  rules: z.array(ShippingRule.extend({ id: z.string().optional(), active: z.boolean().default(true) })).max(200),
});

/** Replaces all rules by those of a file; `accountId` may be an account's title, an `id` may be left out. */
export async function writeRules(core: Core, given: unknown): Promise<{ rules: number }> {
  const read = RuleFile.safeParse(given);
  if (!read.success) throw new AppError('validation', 'carrier.bad-file', { reason: z.prettifyError(read.error) });
  const accounts = await listAccounts(core);
  const idOf = <T extends { accountId: string | null }>(target: T): T => ({
    ...target,
    accountId: accounts.find(({ title }) => title === target.accountId)?.id ?? target.accountId,
  });
  const rules = read.data.rules.map(({ choice, id, ...rule }) => ({
    ...rule,
    id: id ?? core.deps.newId(),
    choice: choice.kind === 'service' ? idOf(choice) : { ...choice, among: choice.among.map(idOf) },
  }));
  const expectedVersion = versionOf(await ruleViews(core.database));
  await saveRules(core.deps, systemActor, { rules, expectedVersion });
  return { rules: rules.length };
}

/** Why a label of an order is of its service, newest first. Error: `not-found` `order.unknown`. */
export async function whyServices(core: Core, order: string) {
  const { read } = core.database;
  const found = await read('sales_order')
    .where({ number: order })
    .orWhere({ id: order })
    .first<{ id: string } | undefined>('id');
  if (!found) throw new AppError('not-found', 'order.unknown', { order });
  const rows: WhyRow[] = await read('label')
    .join('parcel', 'parcel.id', 'label.parcel_id')
    .where({ 'parcel.order_id': found.id })
    .orderBy([
      { column: 'label.created_at', order: 'desc' },
      { column: 'label.id', order: 'desc' },
    ])
    .select('label.kind', 'label.state', 'label.carrier', 'label.service', 'label.tracking_number')
    .select('label.cost_minor', 'label.currency', 'label.choice', 'label.fault', 'parcel.sequence');
  return rows.map((row) => ({
    parcel: row.sequence,
    kind: row.kind,
    state: row.state,
    carrier: row.carrier,
    service: row.service,
    trackingNumber: row.tracking_number,
    cost: row.cost_minor === null ? null : { minor: row.cost_minor, currency: row.currency ?? '' },
    problem: row.fault,
    why: LabelChoice.safeParse(JSON.parse(row.choice)).data ?? null,
  }));
}

interface WhyRow {
  readonly sequence: number;
  readonly kind: string;
  readonly state: string;
  readonly carrier: string;
  readonly service: string;
  readonly tracking_number: string;
  readonly cost_minor: number | null;
  readonly currency: string | null;
  readonly choice: string;
  readonly fault: string | null;
}
