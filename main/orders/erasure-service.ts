import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import {
  type AgedOrder,
  erasePersonal,
  findPersonal,
  listAged,
  listPersonal,
  type PersonalOrder,
} from './erasure-store.ts';

/** Before it has left, its parcel needs the address. */
const LEFT: readonly OrderState[] = ['shipped', 'closed', 'cancelled'];
const PAGE = 500;

export interface Buyer {
  readonly email?: string;
  readonly phone?: string;
  readonly orderId?: string;
}

export interface Erased {
  /** How many orders were erased. */
  readonly orders: number;
  /** Orders of the same buyer that have not left yet; `why` is their state. */
  readonly kept: readonly { readonly number: string; readonly why: string }[];
}

/**
 * Command: erases what is personal in every order of a buyer that has left or was cancelled: address, note, labels, slips and
 * customs papers. Invoices stay, because tax law wants them; the journal holds ids only and stays. Backups hold it until
 * they are old. Error: `validation` `erase.nobody-named`.
 */
export async function eraseBuyer(deps: Deps, actor: Actor, buyer: Buyer): Promise<Erased> {
  const found = await ordersOf(deps, buyer);
  const gone = found.filter(({ state }) => LEFT.includes(state));
  const { commandId: _, ...by } = actor;
  for (const order of gone)
    await runUnitOfWork(deps, by, async (uow) => {
      await erasePersonal(uow.tx, order, uow.now);
      uow.record({ kind: 'order.erased', subject: order.id });
      uow.emit('orders.changed', { orderId: order.id });
      return null;
    });
  const kept = found.filter(({ state }) => !LEFT.includes(state)).map(({ number, state }) => ({ number, why: state }));
  return { orders: gone.length, kept };
}

/** Every order of a buyer that still holds something personal. */
export async function ordersOf(deps: Deps, { email, phone, orderId }: Buyer): Promise<PersonalOrder[]> {
  const { read } = deps.database;
  if (orderId) {
    const order = await findPersonal(read, orderId);
    return order ? [order] : [];
  }
  const wanted = { email: (email ?? '').trim().toLowerCase(), phone: digitsOf(phone) };
  if (wanted.email === '' && wanted.phone.length < SHORTEST_PHONE)
    throw new AppError('validation', 'erase.nobody-named', {});
  const found: PersonalOrder[] = [];
  for (let after = ''; ; ) {
    const page = await listPersonal(read, { after, limit: PAGE });
    found.push(...page.filter((order) => isOf(order, wanted)));
    const last = page.at(-1);
    if (!last || page.length < PAGE) return found;
    after = last.id;
  }
}

/** A few figures would be many people's. */
const SHORTEST_PHONE = 6;

function isOf({ data }: PersonalOrder, wanted: { readonly email: string; readonly phone: string }): boolean {
  const { address = {} } = JSON.parse(data) as { address?: { email?: string; phone?: string } }; // written by orders-store
  if (wanted.email !== '' && (address.email ?? '').trim().toLowerCase() === wanted.email) return true;
  const phone = digitsOf(address.phone);
  // A number is written with its country or without.
  return wanted.phone.length >= SHORTEST_PHONE && phone !== '' && sameEnd(phone, wanted.phone);
}

const digitsOf = (text: string | undefined): string => (text ?? '').replace(/\D/g, '').replace(/^0+/, '');

const sameEnd = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= SHORTEST_PHONE && (a.endsWith(b) || b.endsWith(a));

const DAY_MS = 86_400_000;
/** A carrier that never says "delivered" has delivered by then, or lost it and was asked. */
const UNTOLD_DAYS = 30;
const ORDERS_A_UNIT = 50;

/**
 * Command: erases what is personal in orders whose time is over: the days of the settings after delivery, thirty more after
 * it left where no carrier told of a delivery, and after it came where it was cancelled. Returns how many.
 */
export async function purgeOld(deps: Deps): Promise<number> {
  let purged = 0;
  for (let after = ''; ; ) {
    const done = await runUnitOfWork(deps, systemActor, async (uow) => {
      uow.unchanged();
      const { purgeDays } = await sharedSettings(uow);
      if (purgeDays === 0) return { last: null, count: 0 };
      const before = new Date(Date.parse(uow.now) - purgeDays * DAY_MS).toISOString();
      const page = await listAged(uow.tx, { before, states: LEFT, after, limit: ORDERS_A_UNIT });
      const due = page.filter((order) => isDue(order, before));
      for (const order of due) {
        await erasePersonal(uow.tx, order, uow.now);
        uow.record({ kind: 'order.purged', subject: order.id });
      }
      return { last: page.length < ORDERS_A_UNIT ? null : (page.at(-1)?.id ?? null), count: due.length };
    });
    purged += done.count;
    if (done.last === null) return purged;
    after = done.last;
  }
}

function isDue({ delivered, left, created }: AgedOrder, before: string): boolean {
  if (delivered !== null) return delivered < before;
  if (left === null) return created < before;
  return left < new Date(Date.parse(before) - UNTOLD_DAYS * DAY_MS).toISOString();
}
