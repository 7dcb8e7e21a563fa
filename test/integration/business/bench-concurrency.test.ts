import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, orderOf, startPicking, stockUp } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('the same parcel from two sides on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 100);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  /** The same bench in a second browser. */
  const secondBrowser = async (): Promise<World> => world.bench((await world.view()).station.name);
  const open = async (quantity: number): Promise<void> => {
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity }] }));
    await world.pickNextOrder();
  };
  const bothScan = async (other: World, raw: string) => {
    const answers = await Promise.all([world, other].map((browser) => browser.ask('bench.scan', { raw })));
    return answers.map(({ body }) =>
      body.ok ? (body.output as { verdict: { code: string } }).verdict.code : body.error.kind,
    );
  };

  test('two browsers scan the last unit at the same moment: it is counted once', async () => {
    await open(1);

    const told = await bothScan(await secondBrowser(), demoGtin(1));

    expect(told.filter((code) => code === 'pack.closed')).toHaveLength(1);
    const refusals = ['conflict', 'pack.too-many', 'label.not-ready', 'label.scan-needed'];
    expect(told.filter((code) => refusals.includes(code))).toHaveLength(1);
    expect(await orderOf(world, '#1')).toMatchObject({ lines: [{ quantityPacked: 1 }] });
  });

  test('many scans at once in two browsers: as many units as scans answered with yes, and never one too many', async () => {
    await open(10);
    const other = await secondBrowser();

    const told = (await Promise.all(Array.from({ length: 9 }, () => bothScan(other, demoGtin(1))))).flat();

    const packed = told.filter((code) => code === 'pack.item-packed' || code === 'pack.closed').length;
    const units = await world.core.database.read('parcel_unit').sum({ units: 'quantity' }).first();
    expect(Number(units?.units)).toBe(packed);
    expect(packed).toBeLessThanOrEqual(10);
    expect(told.every((code) => code !== 'bug')).toBe(true);
  });

  test('two browsers leave and pack at once: the parcel is either left or has the unit', async () => {
    await open(2);
    const other = await secondBrowser();

    await Promise.all([
      world.ask('bench.scan', { raw: demoGtin(1) }),
      other.ask('bench.scan', { raw: encodeStationCode('command', 'CANCEL') }),
    ]);

    const [parcel] = (await orderOf(world, '#1')).parcels;
    const units = await world.core.database.read('parcel_unit').select('id');
    expect([`${parcel?.state} ${units.length}`]).toEqual([expect.stringMatching(/^(voided 0|open 1)$/)]);
  });

  test('a scan that was sent twice with one key counts once, and is answered the same', async () => {
    await open(3);
    const key = randomUUID();
    const send = () => world.ask('bench.scan', { raw: demoGtin(1) }, { 'idempotency-key': key });

    const first = await send();
    const second = await send();
    const third = await send();

    const output = (answer: typeof first) => (answer.body.ok ? answer.body.output : answer.body.error);
    expect(output(second)).toEqual(output(first));
    expect(output(third)).toMatchObject({
      verdict: { code: 'pack.item-packed', params: { done: 1, total: 3 } },
      view: { parcel: { unitsPacked: 1 } },
    });
    expect(await world.view()).toMatchObject({ parcel: { unitsPacked: 1 } });
  });

  test('a repeat that comes after later scans gets its own answer with the bench as it is now', async () => {
    await open(3);
    const key = randomUUID();
    const send = () => world.ask('bench.scan', { raw: demoGtin(1) }, { 'idempotency-key': key });
    await send();
    await world.scan(demoGtin(1));

    const { body } = await send();

    expect(body).toMatchObject({
      ok: true,
      output: { verdict: { params: { done: 1 } }, view: { parcel: { unitsPacked: 2 } } },
    });
  });

  test('one key sent at the same moment twice counts once', async () => {
    await open(3);
    const key = randomUUID();

    const answers = await Promise.all(
      [1, 2, 3].map(() => world.ask('bench.scan', { raw: demoGtin(1) }, { 'idempotency-key': key })),
    );

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await world.view()).toMatchObject({ parcel: { unitsPacked: 1 } });
  });

  test('a repeated refusal is counted once in the journal', async () => {
    await open(1);
    const key = randomUUID();
    const send = () => world.ask('bench.scan', { raw: demoGtin(2) }, { 'idempotency-key': key });

    await send();
    const { body } = await send();

    expect(body).toMatchObject({ ok: true, output: { verdict: { code: 'pack.wrong-item' } } });
    expect(await world.core.database.read('journal').where({ kind: 'scan.refused' }).select('id')).toHaveLength(1);
  });

  test('two browsers of a new bench sign in at the same moment', async () => {
    const first = await world.bench('New');
    const second = await world.bench('New');

    const [one, two] = await Promise.all([
      first.ask('bench.scan', { raw: '#1' }),
      second.ask('bench.scan', { raw: '#1' }),
    ]);

    expect([one.status, two.status].filter((status) => status >= 500)).toEqual([]);
  });

  test('a pick and a count of the same bin at the same moment keep the ledger right', async () => {
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 8 }] }));
    await startPicking(world);
    await world.scan('A-01-1');
    const desk = await world.bench('Desk');
    await desk.signIn('supervisor');

    for (let round = 0; round < 8; round += 1)
      await Promise.all([
        world.ask('bench.scan', { raw: demoGtin(1) }),
        desk.ask('stock.count-location', { sku: 'SKU-1', location: 'A-01-1', counted: 50 + round }),
      ]);

    expect(await brokenInvariants(world)).toEqual([]);
  });
});
