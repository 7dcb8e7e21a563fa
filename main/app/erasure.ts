import { systemActor } from '../../shared/model/actor.ts';
import { type Buyer, type Erased, eraseBuyer, ordersOf } from '../orders/erasure-service.ts';
import type { Core } from './core.ts';
import { showOrder } from './operations.ts';

/** A buyer as the command line names one. */
export interface NamedBuyer {
  readonly email?: string;
  readonly phone?: string;
  /** Number, channel id or code of an order. */
  readonly order?: string;
}

async function buyerOf(core: Core, { order, ...named }: NamedBuyer): Promise<Buyer> {
  return order === undefined ? named : { orderId: (await showOrder(core, order)).id };
}

/** Orders of a buyer that hold something personal, by number and state. */
export async function findNamed(core: Core, named: NamedBuyer): Promise<{ number: string; state: string }[]> {
  return (await ordersOf(core.deps, await buyerOf(core, named))).map(({ number, state }) => ({ number, state }));
}

/** Erases what is personal in the orders of a buyer. */
export async function eraseNamed(core: Core, named: NamedBuyer): Promise<Erased> {
  return eraseBuyer(core.deps, systemActor, await buyerOf(core, named));
}
