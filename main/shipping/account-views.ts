import type { AccountView, ConnectorView, RangeView, ShippingRule } from '../../shared/contract/shipping-accounts.ts';
import type { Database } from '../db/database.ts';
import { type Account, listAccounts } from './account-store.ts';
import { type Lease, listLeases, listRanges, type NumberRange } from './range-store.ts';
import { listRules } from './rules-store.ts';

interface Known {
  readonly connectors: readonly ConnectorView[];
  readonly ranges: readonly NumberRange[];
  readonly leases: readonly Lease[];
  readonly stations: ReadonlyMap<string, string>;
}

/** The accounts with their ranges; secrets by name only. */
export async function accountViews(database: Database, connectors: readonly ConnectorView[]): Promise<AccountView[]> {
  const accounts = await listAccounts(database.read);
  const ranges = await listRanges(database.read);
  const leases = await listLeases(
    database.read,
    ranges.map(({ id }) => id),
  );
  const stations: { id: string; name: string }[] = await database.read('station').select('id', 'name');
  const known = { connectors, ranges, leases, stations: new Map(stations.map(({ id, name }) => [id, name])) };
  return accounts.map((account) => toView(account, known));
}

function toView(account: Account, known: Known): AccountView {
  const view = known.connectors.find(({ name }) => name === account.connector);
  const ranges = known.ranges.filter(({ accountId }) => accountId === account.id).map((range) => ofRange(range, known));
  return {
    id: account.id,
    connector: account.connector,
    connectorTitle: view?.title ?? account.connector,
    kind: view?.kind ?? 'http',
    title: account.title,
    config: { ...account.config },
    secrets: Object.keys(account.secrets),
    services: view?.services ?? [],
    abilities: view?.abilities ?? [],
    approved: account.approved,
    active: account.active,
    cutOff: account.cutOff,
    timeZone: account.timeZone,
    problem: problemOf(account, view, ranges),
    checkedAt: account.checkedAt,
    checkMessages: [...account.checkMessages],
    ranges,
    version: account.version,
  };
}

function leftIn(range: NumberRange, leases: readonly Lease[]): number {
  const leased = leases
    .filter(({ rangeId }) => rangeId === range.id)
    .reduce((sum, { next, last }) => sum + Math.max(0, last - next + 1), 0);
  return Math.max(0, range.last - range.next + 1) + leased;
}

function ofRange(range: NumberRange, { leases, stations }: Known): RangeView {
  return {
    id: range.id,
    title: range.title,
    params: { ...range.params },
    first: String(range.first),
    last: String(range.last),
    left: String(leftIn(range, leases)),
    active: range.active,
    leases: leases
      .filter(({ rangeId }) => rangeId === range.id)
      .map(({ stationId, first, last, next }) => ({
        station: stations.get(stationId) ?? stationId,
        first: String(first),
        last: String(last),
        next: String(next),
      })),
  };
}

/** Fewer numbers than this are left: time to ask the carrier for more. */
const FEW = 100;

function problemOf(account: Account, view: ConnectorView | undefined, ranges: readonly RangeView[]): string | null {
  if (!view) return 'carrier.unknown-connector';
  const given = (name: string): boolean => Boolean(account.config[name]) || account.secrets[name] !== undefined;
  if (view.fields.some((field) => field.required && field.default === undefined && !given(field.name)))
    return 'carrier.bad-config';
  if (view.kind === 'own-range') {
    const active = ranges.filter((range) => range.active);
    if (active.length === 0) return 'number-range.none';
    const left = active.reduce((sum, range) => sum + Number(range.left), 0);
    if (left === 0) return 'number-range.exhausted';
    if (left < FEW) return 'number-range.few-left';
  }
  const refused = account.checkMessages.some(({ level }) => level === 'error');
  return refused ? 'carrier.check-failed' : null;
}

/** The rules in their order. */
export function ruleViews(database: Database): Promise<ShippingRule[]> {
  return listRules(database.read);
}
