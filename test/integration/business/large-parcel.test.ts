import { describe, expect, test } from 'vitest';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, orderOf, untilStep } from '../../support/warehouse.ts';
import { demoGtin } from '../../support/world.ts';

const LINES = 200;

describe.each(databaseKinds)('a parcel of two hundred lines on %s', (kind) => {
  test.skipIf(!hasDatabase(kind))(
    'is picked, packed, undone, left, packed again and shipped by scans alone',
    async () => {
      const world = await openWorldOn(kind);
      const numbers = Array.from({ length: LINES }, (_, index) => index + 1);
      await world.importItems(numbers.map((number) => anItem({ sku: `SKU-${number}`, gtin: demoGtin(number) })));
      await world.importStock(
        numbers.map((number) =>
          aLevel({ sku: `SKU-${number}`, location: `A-${Math.ceil(number / 10)}-${number % 10}`, onHand: 5 }),
        ),
      );
      await comeIn(
        world,
        anOrder({ externalId: 'big', lines: numbers.map((number) => ({ sku: `SKU-${number}`, quantity: 1 })) }),
      );
      await world.signIn();

      const gtins = await world.pickNextOrder();
      for (const gtin of gtins.slice(0, LINES / 2)) await world.scan(gtin);
      const undone = await world.command('UNDO');
      const { tote } = await world.view();
      const left = await world.command('CANCEL');
      const emptied = await orderOf(world, '#big');
      await world.scan('#big');
      let last = '';
      for (const gtin of gtins) last = (await world.scan(gtin)).verdict.code;
      const { lines, parcel } = await untilStep(world, 'scan-label');
      await world.finishParcel();

      expect(gtins).toHaveLength(LINES);
      expect(undone.view.parcel).toMatchObject({ unitsPacked: LINES / 2 - 1, unitsToPack: LINES });
      expect(left.verdict.code).toBe('pack.left');
      expect(emptied).toMatchObject({ state: 'picked', tote });
      expect(emptied.lines.every((line) => line.quantityPacked === 0)).toBe(true);
      expect(last).toBe('pack.closed');
      expect(lines).toHaveLength(LINES);
      expect(parcel).toMatchObject({ unitsPacked: LINES, unitsToPack: LINES });
      expect((await orderOf(world, '#big')).state).toBe('shipped');
      expect(await brokenInvariants(world)).toEqual([]);
      await world.close();
    },
    120_000,
  );
});
