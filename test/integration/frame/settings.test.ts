import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SharedSettings } from '../../../shared/contract/stations.ts';
import { freshDatabase, openWorldOn } from '../../support/databases.ts';
import { describeOnEach } from '../../support/frame.ts';
import { openWorld, type World } from '../../support/world.ts';

describeOnEach('settings that every bench shares', (kind) => {
  let world: World;
  let settings: SharedSettings;
  let version: number;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.signIn('admin');
    ({ settings, version } = await world.call('stations.settings-view', {}));
  });
  afterEach(() => world?.close());

  const save = (change: Partial<SharedSettings>, expectedVersion = version) =>
    world.ask('stations.save-settings', { settings: { ...settings, ...change }, expectedVersion });
  const seen = () => world.call('stations.settings-view', {});

  test('are there before anybody has saved any', () => {
    expect([settings.companyName, settings.labelDpi, version]).toEqual(['My warehouse', 203, 0]);
  });

  test('are saved, told to every bench and noted in the journal', async () => {
    expect(await save({ companyName: 'Atelier Exemple', labelDpi: 300 })).toMatchObject({
      status: 200,
      body: { output: { version: 1 } },
    });

    expect(await seen()).toMatchObject({ settings: { companyName: 'Atelier Exemple', labelDpi: 300 }, version: 1 });
    expect(await world.core.database.read('event').where({ name: 'stations.settings-changed' })).toHaveLength(1);
    expect(await world.core.database.read('journal').where({ kind: 'settings.changed' })).toHaveLength(1);
  });

  test.each([
    [{ gs1Prefix: 'abc' }, 'settings.gs1Prefix'],
    [{ gs1Prefix: '12345' }, 'settings.gs1Prefix'],
    [{ country: 'France' }, 'settings.country'],
    [{ handlingHours: 0 }, 'settings.handlingHours'],
    [{ returnWindowDays: 7 }, 'settings.returnWindowDays'],
    [{ withdrawalUrl: 'not an address' }, 'settings.withdrawalUrl'],
    [{ companyName: 'x'.repeat(81) }, 'settings.companyName'],
  ])('with %j are refused by the name of the field', async (change, field) => {
    expect(await save(change)).toMatchObject({
      status: 400,
      body: { error: { code: 'door.bad-input', details: { issues: [{ field }] } } },
    });
    expect((await seen()).version).toBe(0);
  });

  test('of two people who change them at once, the second is told and nothing of the first is lost', async () => {
    await save({ companyName: 'First' });

    expect(await save({ city: 'Lyon' })).toMatchObject({
      status: 409,
      body: { error: { kind: 'conflict', code: 'settings.changed-elsewhere' } },
    });
    expect((await save({ city: 'Lyon' }, 1)).status).toBe(200);
    expect(await save({ city: 'Nice' }, 1)).toMatchObject({ status: 409 });
    expect((await seen()).version).toBe(2);
  });

  test('of two people who save the very first ones at the same moment, one wins', async () => {
    const answers = await Promise.all([save({ companyName: 'First' }), save({ companyName: 'Second' })]);

    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect((await seen()).version).toBe(1);
  });

  test.each(['{', '7', '{"labelDpi":77}'])('that lie damaged in the database are named: %s', async (value) => {
    await save({});
    await world.core.database.write('setting').where({ key: 'shared' }).update({ value });
    const answer = await world.ask('stations.settings-view', {});

    expect(answer.body).toMatchObject({ error: { kind: 'validation', code: 'settings.unreadable' } });
    if (value.includes('labelDpi')) expect(answer.body).toMatchObject({ error: { details: { fields: ['labelDpi'] } } });
  });
});

describeOnEach('a station that is closed and opened again', (kind) => {
  let dataDir: string;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'packwright-restart-'));
    database = await freshDatabase(kind);
  });
  afterEach(async () => {
    await database?.remove();
    await rm(dataDir, { recursive: true, force: true });
  });
  const open = (): Promise<World> => openWorld({ dataDir, ...(database.url ? { databaseUrl: database.url } : {}) });

  test('still knows the session, who is signed in, and what the bench did', async () => {
    const before = await open();
    await before.signIn('packer');
    await before.fill({ orders: 1, units: 4 });
    await before.pickNextOrder();
    const { sessionToken } = before;
    const view = await before.view();
    await before.close();

    const after = await open();
    const answer = await after.request('/api/bench.view', {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${sessionToken}` },
    });
    const seen = await answer.json();
    await after.close();

    expect(view).toMatchObject({ mode: 'pack', operator: { name: 'Packer 1' } });
    expect(seen).toEqual({ ok: true, output: view });
  });

  test('takes a launch token that was given before, and no event ticket of that time', async () => {
    const before = await open();
    const launchToken = await before.station.createLaunchToken();
    const { ticket } = await before.call('stations.open-events', {});
    await before.close();

    const after = await open();
    const opened = await after.ask('stations.open-session', { launchToken });
    const stream = await after.request(`/api/events?ticket=${ticket}`);
    await after.close();

    expect(opened.status).toBe(200);
    expect(stream.status).toBe(403);
  });

  test('adds no operators and no benches a second time', async () => {
    const count = async (world: World): Promise<unknown[]> => [
      await world.core.database.read('operator').count({ count: '*' }).first(),
      await world.core.database.read('station').count({ count: '*' }).first(),
    ];
    const before = await open();
    const first = await count(before);
    await before.close();
    const after = await open();
    const second = await count(after);
    await after.close();

    expect(first).toEqual([{ count: 4 }, { count: 1 }]);
    expect(second).toEqual(first);
  });

  test('is the bench that this PC’s settings name', async () => {
    await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ station: { name: 'Bench by the window' } }));
    const world = await open();
    const { station } = await world.call('stations.session-view', {});
    await world.close();

    expect(station.name).toBe('Bench by the window');
  });
});

describeOnEach('the demo warehouse', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
  });
  afterEach(() => world?.close());
  const rows = async (table: string, of: object = {}): Promise<number> =>
    Number((await world.core.database.read(table).where(of).count({ count: '*' }).first())?.count);

  test('is loaded once by two browsers that ask at the same moment', async () => {
    const other = await world.bench('Other');
    const answers = await Promise.all([world.ask('stations.load-demo', {}), other.ask('stations.load-demo', {})]);
    const again = await world.ask('stations.load-demo', {});

    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(again.body).toEqual({ ok: true, output: { items: 0, locations: 0, orders: 0 } });
    expect([await rows('item'), await rows('sales_order', { shop: '' }), await rows('shop')]).toEqual([200, 300, 2]);
    expect(await world.call('stations.session-view', {})).toMatchObject({ demo: true, empty: false });
  });

  test('does not mix with a merchant’s own goods', async () => {
    await world.fill({ orders: 1, units: 4 });

    expect(await world.ask('stations.load-demo', {})).toMatchObject({
      status: 422,
      body: { error: { kind: 'rule', code: 'demo.not-empty' } },
    });
    expect(await rows('sales_order')).toBe(1);
  });
});

describe('settings of this PC that cannot be used', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'packwright-settings-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  test.each([
    ['{"station":', 'settings.not-json', {}],
    ['{"web":{"port":"4870"}}', 'settings.bad-field', { field: 'web.port' }],
    ['{"database":{"url":"mysql://x"}}', 'settings.bad-field', { field: 'database.url' }],
  ])('keep the station shut and name what is wrong: %s', async (text, code, details) => {
    const file = join(dataDir, 'settings.json');
    await writeFile(file, text);

    await expect(openWorld({ dataDir })).rejects.toMatchObject({
      kind: 'validation',
      code,
      details: { file, ...details },
    });
  });
});
