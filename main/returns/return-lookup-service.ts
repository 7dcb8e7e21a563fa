import type { UnitOfWork } from '../db/unit-of-work.ts';
import { findReturnByCode, getReturn, type Return } from './returns-store.ts';

/** Step: the return that an RMA code names; undefined where none does. */
export function returnByCode(uow: UnitOfWork, code: string): Promise<Return | undefined> {
  return findReturnByCode(uow.tx, code);
}

/** Step: a return by its id, which its label carries. Error: `return.unknown`. */
export function returnById(uow: UnitOfWork, id: string): Promise<Return> {
  return getReturn(uow.tx, id);
}
