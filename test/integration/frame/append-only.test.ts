import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeOnEach, type Frame, openFrame } from '../../support/frame.ts';

const rows = {
  journal: { id: 'j1', at: '2026-11-22T08:00:00.000Z', kind: 'parcel.closed', subject: 'p1', data: '{}' },
  stock_movement: {
    id: 'm1',
    at: '2026-11-22T08:00:00.000Z',
    item_id: 'i1',
    location_id: 'l1',
    quantity: 5,
    reason: 'import',
    subject: 'stock.csv',
  },
};

describeOnEach('what was written once stays', (kind) => {
  let frame: Frame;
  beforeAll(async () => {
    frame = await openFrame(kind);
  });
  afterAll(() => frame?.close());

  describe.each(['journal', 'stock_movement'] as const)('in %s', (table) => {
    beforeAll(() => frame.database.write(table).insert(rows[table]));

    test.each([
      ['a change', () => frame.database.write(table).update({ subject: 'somebody else' })],
      ['a change of no column', () => frame.database.write.raw(`update ${table} set subject = subject`)],
      ['a deletion of one row', () => frame.database.write(table).where({ id: rows[table].id }).delete()],
      ['a deletion of all rows', () => frame.database.write(table).delete()],
      ['emptying the table', () => frame.database.write(table).truncate()],
    ])('%s is refused by the database itself', async (_what, act) => {
      await expect(act()).rejects.toThrow(`${table} is append-only`);
      expect(await frame.database.read(table)).toMatchObject([rows[table]]);
    });

    test('a row cannot be put over another one', async () => {
      const over =
        kind === 'sqlite'
          ? frame.database.write.raw(`insert or replace into ${table} select * from ${table}`)
          : frame.database
              .write(table)
              .insert({ ...rows[table], subject: 'somebody else' })
              .onConflict('id')
              .merge();

      await expect(over).rejects.toThrow();
      expect(await frame.database.read(table)).toMatchObject([rows[table]]);
    });
  });
});
