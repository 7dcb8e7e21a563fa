import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockIdleBenches } from '../../../main/stations/lock-service.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { comeIn, scanBadge, startPicking, stockUp, useSettings } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const PIN = '482913';

describe.each(databaseKinds)('people at the bench, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let office: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 1, 50);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }] }));
    office = await world.bench('Office');
    await office.signIn('admin');
  });
  afterEach(() => world.close());

  const operators = async () => (await office.call('stations.operators-view', {})).operators;
  const named = async (name: string) => {
    const found = (await operators()).find((operator) => operator.name === name);
    if (!found) throw new Error(`nobody is called ${name}`);
    return found;
  };
  const givePin = async (name: string, pin: string | null = PIN) =>
    office.call('stations.set-pin', { operatorId: (await named(name)).id, pin });
  const type = (text: string) => world.call('bench.scan', { raw: text, source: 'typed' });
  /** Everything that the database keeps as text. */
  const kept = async (): Promise<string> => {
    const tables = ['journal', 'inbox', 'bench', 'event', 'outbox', 'operator'];
    return JSON.stringify(await Promise.all(tables.map((table) => world.core.database.read(table).select('*'))));
  };

  describe('a badge with a PIN', () => {
    beforeEach(() => givePin('Packer 1'));

    test('signs in after the PIN was typed, and not before', async () => {
      const asked = await scanBadge(world, 'Packer 1');
      const early = await world.command('NEXT');
      const typed = await type(PIN);

      expect(asked).toMatchObject({
        verdict: { tone: 'info', code: 'pin.needed', params: { name: 'Packer 1' } },
        view: { step: 'locked', mode: 'sign-in', operator: null, pin: { name: 'Packer 1', digits: 0 } },
      });
      expect(early.verdict.code).toBe('badge.needed');
      expect(typed).toMatchObject({
        verdict: { tone: 'good', code: 'signed-in.welcome' },
        view: { mode: 'idle', operator: { name: 'Packer 1' }, pin: null },
      });
    });

    test('takes the PIN by cards, one a figure, and UNDO takes the last one back', async () => {
      await scanBadge(world, 'Packer 1');
      for (const digit of '482917') await world.command(`DIGIT-${digit}`);
      const before = await world.command('UNDO');
      await world.command('DIGIT-3');
      const { verdict, view } = await world.command('CONFIRM');

      expect(before).toMatchObject({
        verdict: { code: 'pin.digits', params: { count: 5 } },
        view: { pin: { digits: 5 } },
      });
      expect(verdict.code).toBe('signed-in.welcome');
      expect(view.operator?.name).toBe('Packer 1');
    });

    test('says how many tries are left, and rests for five minutes after the fifth, the right PIN included', async () => {
      await scanBadge(world, 'Packer 1');

      const tries = [];
      for (const wrong of ['1111', '2222', '3333', '4444', '5555']) tries.push((await type(wrong)).verdict);
      const rests = await scanBadge(world, 'Packer 1');
      world.passTime(5);
      await scanBadge(world, 'Packer 1');
      const right = await type(PIN);

      expect(tries.map(({ code, params }) => [code, params])).toEqual([
        ['pin.wrong', { count: 4 }],
        ['pin.wrong', { count: 3 }],
        ['pin.wrong', { count: 2 }],
        ['pin.wrong', { count: 1 }],
        ['pin.blocked', { minutes: 5 }],
      ]);
      expect(rests.verdict).toMatchObject({ tone: 'bad', code: 'pin.blocked', params: { minutes: 5 } });
      expect(right.verdict.code).toBe('signed-in.welcome');
      const counted = await world.core.database.read('journal').where({ kind: 'pin.refused' }).select('id');
      expect(counted).toHaveLength(5);
    });

    test('wrong tries are forgotten after the right one', async () => {
      await scanBadge(world, 'Packer 1');
      for (const wrong of ['1111', '2222', '3333', '4444']) await type(wrong);
      await type(PIN);
      await world.command('SIGN-OUT');
      await scanBadge(world, 'Packer 1');

      expect((await type('9999')).verdict).toMatchObject({ code: 'pin.wrong', params: { count: 4 } });
    });

    test('the PIN is kept nowhere but as a hash, also when it is typed once too often', async () => {
      // As long as a PIN may be: four figures are in one of the random identifiers before long.
      const [right, wrong] = ['48291375', '73519264'];
      await givePin('Packer 1', right);
      await scanBadge(world, 'Packer 1');
      await type(wrong);
      await type(right);
      const again = await type(right);

      expect(again.verdict.tone).toBe('bad');
      expect(again.verdict).not.toHaveProperty('scanned');
      expect(again.view.latched).not.toHaveProperty('scanned');
      const text = await kept();
      expect(text).not.toContain(right);
      expect(text).not.toContain(wrong);
      expect(text).toContain('scrypt$16384$8$1$');
    });

    test('nobody else comes in by tapping the name without the PIN', async () => {
      const { id } = await named('Packer 1');

      const tapped = await world.call('stations.sign-in', { operatorId: id });
      const before = await world.view();
      await type(PIN);

      expect(tapped).toMatchObject({ pinNeeded: true });
      expect(before).toMatchObject({ operator: null, step: 'locked', pin: { name: 'Packer 1' } });
      expect((await world.view()).operator?.name).toBe('Packer 1');
    });

    test('while the PIN is asked for, the work of whoever stood there stays shut and is not lost', async () => {
      await scanBadge(world, 'Packer 2');
      const { tote } = await startPicking(world);
      await scanBadge(world, 'Packer 1');
      const left = await world.command('CANCEL');
      const refused = await world.scan(demoGtin(1));
      const back = await scanBadge(world, 'Packer 2');

      expect(left.verdict.code).toBe('pin.left');
      expect(refused).toMatchObject({
        verdict: { tone: 'bad', code: 'bench.locked' },
        view: { step: 'locked', order: null, lines: [], locked: { name: 'Packer 2', language: 'fr' } },
      });
      expect(back.view).toMatchObject({ mode: 'pick', step: 'location', tote });
    });

    test('the PIN of somebody who walked away is not asked for any more after a minute', async () => {
      await scanBadge(world, 'Packer 1');
      world.passTime(2);

      expect((await type(PIN)).verdict.code).toBe('badge.needed');
      expect((await world.view()).pin).toBeNull();
    });

    test('a PIN that was taken away is not asked for', async () => {
      await givePin('Packer 1', null);

      expect((await scanBadge(world, 'Packer 1')).verdict.code).toBe('signed-in.welcome');
    });

    test('a badge and its PIN open the bench', async () => {
      await scanBadge(world, 'Packer 1');

      expect((await type(PIN)).verdict.code).toBe('signed-in.welcome');
    });
  });

  describe('a bench where nobody scans', () => {
    beforeEach(async () => {
      await useSettings(world, { autoLockMinutes: 10 });
      await scanBadge(world, 'Packer 1');
    });
    const benchName = async () => (await world.view()).station.id;

    test('locks itself, takes nothing but a badge, and goes on at the same line', async () => {
      await startPicking(world);
      await world.scan((await world.view()).expects[0]?.text ?? '');
      await world.scan(demoGtin(1));
      world.passTime(11);

      const locked = await lockIdleBenches(world.core.deps);
      const refused = await world.scan(demoGtin(1));
      const call = await world.ask('orders.list-view', {});
      const back = await scanBadge(world, 'Packer 1');

      expect(locked).toContain(await benchName());
      expect(refused).toMatchObject({
        verdict: { tone: 'bad', code: 'bench.locked' },
        view: { step: 'locked', operator: null, locked: { name: 'Packer 1' }, order: null, note: null },
      });
      expect(call.body).toMatchObject({ ok: false, error: { code: 'badge.needed' } });
      expect(back.view).toMatchObject({ mode: 'pick', step: 'item', task: { picked: 1, quantity: 3 } });
    });

    test('stays open while somebody scans', async () => {
      world.passTime(8);
      await world.command('HELP');
      world.passTime(8);

      expect(await lockIdleBenches(world.core.deps)).not.toContain(await benchName());
    });

    test('another badge takes the bench over', async () => {
      world.passTime(11);
      await lockIdleBenches(world.core.deps);

      expect((await scanBadge(world, 'Packer 2')).view).toMatchObject({ operator: { name: 'Packer 2' }, locked: null });
    });

    test('locks once, and says so in the journal', async () => {
      world.passTime(11);
      await lockIdleBenches(world.core.deps);
      await lockIdleBenches(world.core.deps);

      const rows = await world.core.database
        .read('journal')
        .where({ kind: 'bench.locked', subject: await benchName() })
        .select('id');
      expect(rows).toHaveLength(1);
    });

    test('0 minutes: never', async () => {
      await useSettings(world, { autoLockMinutes: 0 });
      world.passTime(600);

      expect(await lockIdleBenches(world.core.deps)).toEqual([]);
    });
  });

  describe('language and colours', () => {
    test('belong to the person and come with the badge', async () => {
      await scanBadge(world, 'Packer 2');
      await world.call('stations.set-theme', { theme: 'dark' });
      await scanBadge(world, 'Packer 1');
      const first = await world.call('stations.session-view', {});
      await scanBadge(world, 'Packer 2');
      const second = await world.call('stations.session-view', {});

      expect(first.operator).toMatchObject({ name: 'Packer 1', language: 'en', theme: 'system' });
      expect(second.operator).toMatchObject({ name: 'Packer 2', language: 'fr', theme: 'dark' });
    });

    test('another badge switches in the middle of an order', async () => {
      await scanBadge(world, 'Packer 1');
      await startPicking(world);
      const { view } = await scanBadge(world, 'Packer 2');

      expect(view).toMatchObject({ mode: 'pick', operator: { name: 'Packer 2' } });
    });
  });

  describe('the list of people', () => {
    const someone = { name: 'Zoé', role: 'packer', language: 'fr', expectedVersion: 0 } as const;

    test('somebody new gets a badge that opens a bench', async () => {
      await office.call('stations.save-operator', someone);

      const { badge } = await named('Zoé');
      expect((await world.scan(badge)).verdict).toMatchObject({ code: 'signed-in.welcome', params: { name: 'Zoé' } });
    });

    test('whoever leaves is signed out at once, and may come back', async () => {
      await scanBadge(world, 'Packer 1');
      const { id, version } = await named('Packer 1');
      const change = { operatorId: id, name: 'Packer 1', role: 'packer', language: 'en' } as const;
      const badge = (await named('Packer 1')).badge;
      const left = await office.call('stations.save-operator', { ...change, active: false, expectedVersion: version });
      world.passTime(1);
      const gone = [(await world.view()).operator, (await world.scan(badge)).verdict.code];
      await office.call('stations.save-operator', { ...change, active: true, expectedVersion: left.version });

      expect(gone).toEqual([null, 'badge.unknown']);
      expect((await world.scan(badge)).verdict.code).toBe('signed-in.welcome');
    });

    test('a lost badge is worth nothing once there is another', async () => {
      const before = await named('Packer 1');
      await office.call('stations.save-operator', {
        operatorId: before.id,
        name: 'Packer 1',
        role: 'packer',
        language: 'en',
        newBadge: true,
        expectedVersion: before.version,
      });

      expect((await world.scan(before.badge)).verdict.code).toBe('badge.unknown');
      expect((await world.scan((await named('Packer 1')).badge)).verdict.code).toBe('signed-in.welcome');
    });

    test.each([
      ['made a packer', { role: 'packer', active: true }],
      ['retired', { role: 'admin', active: false }],
    ] as const)('the last admin is not %s', async (_what, change) => {
      const { id, version } = await named('Admin');

      const { body } = await office.ask('stations.save-operator', {
        operatorId: id,
        name: 'Admin',
        language: 'en',
        expectedVersion: version,
        ...change,
      });

      expect(body).toMatchObject({ ok: false, error: { kind: 'rule', code: 'operator.last-admin' } });
    });

    test('two admins who retire each other at the same moment leave one', async () => {
      await office.call('stations.save-operator', { ...someone, role: 'admin' });
      const admins = (await operators()).filter((operator) => operator.role === 'admin');

      await Promise.all(
        admins.map(({ id, name, version }) =>
          office.ask('stations.save-operator', {
            operatorId: id,
            name,
            role: 'admin',
            language: 'en',
            active: false,
            expectedVersion: version,
          }),
        ),
      );

      const left = await world.core.database.read('operator').where({ role: 'admin', active: 1 }).select('id');
      expect(left).toHaveLength(1);
    });

    test('a change over one that somebody else made meanwhile is refused', async () => {
      const { id, version } = await named('Packer 1');
      const change = { operatorId: id, name: 'Mia', role: 'packer', language: 'en', expectedVersion: version } as const;
      await office.call('stations.save-operator', change);

      expect((await office.ask('stations.save-operator', { ...change, name: 'Max' })).body).toMatchObject({
        error: { kind: 'conflict', code: 'operator.changed-elsewhere' },
      });
    });

    test('only an admin sees it, sets a PIN or prints a single badge', async () => {
      const { id } = await named('Packer 1');
      await scanBadge(world, 'Supervisor');

      const codes = [];
      for (const [call, input] of [
        ['stations.operators-view', {}],
        ['stations.set-pin', { operatorId: id, pin: '1234' }],
        ['stations.save-operator', someone],
      ] as const)
        codes.push((await world.ask(call, input)).status);
      const badge = await world.request(`/documents/badge-${id}.pdf`);
      const own = await office.request(`/documents/badge-${id}.pdf`);

      expect(codes).toEqual([403, 403, 403]);
      expect(badge.status).toBe(403);
      expect(own.status).toBe(200);
      expect(
        Buffer.from(await own.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    });
  });
});
