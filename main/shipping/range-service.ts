import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { Address } from '../../shared/model/address.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { type Account, accountById, type ShippingDeps } from './account-service.ts';
import { type OwnNumber, type OwnRange, ownRangeOf, scopeOf } from './own-range-rules.ts';
import {
  holdLeases,
  holdRanges,
  holdScopes,
  insertLease,
  insertRange,
  type Lease,
  listOverlapping,
  listRanges,
  saveLease,
  saveRange,
} from './range-store.ts';

/** A bench without a name of its own, such as the command line, leases under this one. */
const NOBODY = 'command';

/**
 * Step: the next number of an own-range account for the actor's bench, with what its label is drawn from.
 *
 * Numbers are leased in blocks: benches do not wait for each other, and what one has leased no other ever uses. A number
 * that was taken is used up even if its parcel never leaves. Errors: `number-range.none`, `number-range.exhausted`,
 * `number-range.bad-part`, `label.no-route`.
 */
export async function takeNumber(
  uow: UnitOfWork,
  account: Account,
  facts: { readonly to: Address; readonly weightMg: number; readonly service: string },
): Promise<OwnNumber & { readonly profile: OwnRange['profile'] }> {
  const own = ownRangeOf(account.connector);
  if (!own) throw new AppError('rule', 'carrier.unknown-connector', { connector: account.connector });
  const ranges = (await listRanges(uow.tx, account.id)).filter(
    ({ active, params }) => active && (own.serves?.(params, facts.service) ?? true),
  );
  if (ranges.length === 0) throw new AppError('rule', 'number-range.none', { carrier: account.title });
  const stationId = uow.actor.stationId ?? NOBODY;
  const rangeIds = ranges.map(({ id }) => id);
  const [held] = await holdLeases(uow.tx, { rangeIds, stationId });
  // When all blocks are given out, what other benches have left is better used than refused.
  const lease =
    held ??
    (await leaseBlock(uow, rangeIds, stationId)) ??
    (await holdLeases(uow.tx, { rangeIds, stationId: null }))[0];
  if (!lease) throw new AppError('rule', 'number-range.exhausted', { carrier: account.title });
  await saveLease(uow.tx, lease, lease.next + 1);
  const range = ranges.find(({ id }) => id === lease.rangeId);
  const { config } = account;
  const made = own.number(lease.next, { ...facts, config: withDefaults(own, config), params: range?.params ?? {} });
  return { ...made, profile: own.profile };
}

function withDefaults(own: OwnRange, config: Account['config']): Record<string, string> {
  return {
    ...Object.fromEntries(own.fields.flatMap(({ name, default: value }) => (value ? [[name, value]] : []))),
    ...config,
  };
}

/** A block for this bench; undefined where the ranges are all given out. */
async function leaseBlock(uow: UnitOfWork, rangeIds: readonly string[], stationId: string): Promise<Lease | undefined> {
  const range = (await holdRanges(uow.tx, rangeIds)).find(({ active, next, last }) => active && next <= last);
  if (!range) return undefined;
  const first = range.next;
  const last = Math.min(range.last, first + range.block - 1);
  await saveRange(uow.tx, range, { next: last + 1 });
  const lease = { id: uow.newId(), rangeId: range.id, stationId, first, last, next: first };
  await insertLease(uow.tx, { ...lease, leasedAt: uow.now });
  uow.record({ kind: 'number-range.leased', subject: range.id, data: { first, last, station: stationId } });
  return { ...lease, version: 1 };
}

export interface RangeInput {
  readonly accountId: string;
  readonly title: string;
  readonly params: Readonly<Record<string, string>>;
  /** Without check digits, as text. */
  readonly first: string;
  readonly last: string;
  readonly block: number;
}

/**
 * Command: adds numbers that the carrier assigned. Errors: `number-range.overlaps` with the other range's `title`,
 * `number-range.bad-ends`, `number-range.bad-part`, `number-range.not-own`.
 */
export async function addRange(deps: ShippingDeps, actor: Actor, input: RangeInput): Promise<{ id: string }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const account = await accountById(uow, input.accountId);
    const own = ownRangeOf(account.connector);
    if (!own) throw new AppError('rule', 'number-range.not-own', { carrier: account.title });
    const params = Object.fromEntries(
      own.rangeFields.map((field) => [field.name, (input.params[field.name] ?? '').trim() || (field.default ?? '')]),
    );
    const ends = checkEnds(own, input);
    tryNumber(own, { config: withDefaults(own, account.config), params, serial: ends.last });
    const scope = scopeOf(own, params);
    await holdScopes(uow.tx);
    const [other] = await listOverlapping(uow.tx, scope, ends);
    if (other) throw new AppError('rule', 'number-range.overlaps', { title: other.title });
    const id = uow.newId();
    await insertRange(uow.tx, {
      id,
      accountId: account.id,
      title: input.title,
      params,
      scope,
      ...ends,
      next: ends.first,
      block: input.block,
      createdAt: uow.now,
    });
    uow.record({ kind: 'number-range.added', subject: id, data: { account: account.id, ...ends } });
    uow.emit('shipping.accounts-changed', {});
    return { id };
  });
}

function checkEnds(own: OwnRange, input: RangeInput): { first: number; last: number } {
  const [first, last] = [Number(input.first), Number(input.last)];
  const fits = Number.isSafeInteger(last) && first <= last && String(last).length <= own.digits;
  if (!fits) throw new AppError('validation', 'number-range.bad-ends', { digits: own.digits });
  return { first, last };
}

/** Parts that make no number are told when the range is added, not when the first parcel waits for its label. */
function tryNumber(
  own: OwnRange,
  { config, params, serial }: { config: Record<string, string>; params: Record<string, string>; serial: number },
): void {
  const to = { name: 'A', street1: 'A', postcode: '75001', city: 'A', country: 'FR' };
  try {
    own.number(serial, { to, weightMg: 1_000_000, service: '', config, params });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'label.no-route') return;
    // The parts of the number leave fewer places than the carrier's longest serial has.
    if (error.code === 'number-range.exhausted')
      throw new AppError('validation', 'number-range.bad-ends', { digits: error.details.places });
    throw error;
  }
}

/** Command: no bench takes another number of this range. */
export async function retireRange(deps: ShippingDeps, actor: Actor, id: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const range = (await listRanges(uow.tx)).find((known) => known.id === id);
    if (!range) throw new AppError('not-found', 'number-range.unknown', { id });
    await saveRange(uow.tx, range, { active: false });
    uow.record({ kind: 'number-range.retired', subject: id });
    uow.emit('shipping.accounts-changed', {});
    return null;
  });
}
