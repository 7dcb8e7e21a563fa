import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemo } from '../../../main/app/demo.ts';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import { findOrPlanInvoice, modelOf, unnumberedFacts } from '../../../main/invoicing/sale-service.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { invoiceAmounts } from '../../../shared/model/invoice-rules.ts';
import { openWorld, type World } from '../../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.core.database.write('tote').delete(); // the demo fills empty databases only
  await loadDemo(world.core, { orders: 80 });
});
afterAll(() => world.close());

test('every order of the demo can be invoiced with what was paid for it', async () => {
  const orders: { id: string; total_minor: number }[] = await world.core.database
    .read('sales_order')
    .whereNot({ state: 'cancelled' })
    .select('id', 'total_minor');
  const categories = new Set<string>();

  for (const { id, total_minor: paidMinor } of orders) {
    const model = await runUnitOfWork(world.core.deps, systemActor, async (uow) => {
      uow.unchanged();
      const found = await findOrPlanInvoice(uow, id);
      if ('known' in found) throw new Error('nothing is invoiced yet');
      return modelOf(uow, unnumberedFacts(found.wanted), id);
    });
    const { totalMinor, roundingMinor } = invoiceAmounts(model);
    expect(totalMinor + roundingMinor).toBe(paidMinor);
    for (const { vat } of model.lines) categories.add(`${vat.category} ${vat.rate}`);
  }

  expect(orders.length).toBeGreaterThan(60);
  expect([...categories].sort()).toEqual(expect.arrayContaining(['G 0', 'K 0', 'S 1900', 'S 2000', 'S 550']));
});
