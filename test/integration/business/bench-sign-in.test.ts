import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { comeIn, offered, orderOf, scanBadge, startPicking, stockUp } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('who stands at the bench, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 1, 10);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
  });
  afterEach(() => world.close());

  test.each([
    ['the card for the next order', encodeStationCode('command', 'NEXT')],
    ['the card that confirms', encodeStationCode('command', 'CONFIRM')],
    ['help', encodeStationCode('command', 'HELP')],
    ['a tote', encodeStationCode('tote', 'T-1')],
    ['a bin', encodeStationCode('location', 'A-01-1')],
    ['an item', demoGtin(1)],
    ['an order number', '#1'],
    ['a label', '106141412345678908'],
  ])('nobody is signed in: %s is refused and latched, and nothing moves', async (_what, raw) => {
    const { verdict, view } = await world.scan(raw);

    expect(verdict).toMatchObject({ tone: 'bad', code: 'badge.needed' });
    expect(view).toMatchObject({ mode: 'sign-in', step: 'badge', operator: null, latched: { code: 'badge.needed' } });
    expect((await orderOf(world, '#1')).state).toBe('allocated');
  });

  test('an unreadable code says what is wrong with it, signed in or not: it may be a worn badge', async () => {
    const { verdict } = await world.scan('PWBABC0');

    expect(verdict).toMatchObject({ tone: 'bad', code: 'scan.bad-check-character' });
  });

  test('calls of packers are refused as well', async () => {
    const { status, body } = await world.ask('orders.list-view', {});

    expect(status).toBe(403);
    expect(body).toMatchObject({ ok: false, error: { kind: 'permission', code: 'badge.needed' } });
  });

  test('a badge signs in, greets by name and clears what was latched', async () => {
    await world.command('NEXT');

    const { verdict, view } = await scanBadge(world, 'Packer 2');

    expect(verdict).toMatchObject({ tone: 'good', code: 'signed-in.welcome', params: { name: 'Packer 2' } });
    expect(view).toMatchObject({ mode: 'idle', latched: null, operator: { name: 'Packer 2', language: 'fr' } });
  });

  test('a badge that nobody has is refused, and its code is kept nowhere', async () => {
    const { verdict, view } = await world.scan(encodeStationCode('badge', 'STOLEN0001'));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'badge.unknown' });
    expect(view.operator).toBeNull();
    const kept = [
      ...(await world.core.database.read('journal').select('data')),
      ...(await world.core.database.read('bench').select('latched')),
      ...(await world.core.database.read('inbox').select('answer')),
    ];
    expect(JSON.stringify(kept)).not.toContain('STOLEN0001');
  });

  test('signing out keeps the order; the next person goes on at the same step', async () => {
    await scanBadge(world, 'Packer 1');
    const before = await startPicking(world);
    const bin = offered(before, 'location');

    const out = await world.command('SIGN-OUT');
    const refused = await world.scan(bin);
    const back = await scanBadge(world, 'Packer 2');
    const next = await world.scan(bin);

    expect(out.view).toMatchObject({ mode: 'sign-in', order: null, lines: [] });
    expect(refused.verdict.code).toBe('badge.needed');
    expect(back.view).toMatchObject({ mode: 'pick', step: 'location', order: { number: '#1' }, tote: before.tote });
    expect(next.verdict.code).toBe('pick.location-confirmed');
  });

  test('the journal names who did it', async () => {
    await scanBadge(world, 'Packer 1');
    await world.command('NEXT');
    await scanBadge(world, 'Packer 2');
    await world.scan(encodeStationCode('tote', 'T-4'));

    const { timeline } = await orderOf(world, '#1');
    const by = (kindOf: string) => timeline.find((entry) => entry.kind === kindOf)?.operator;
    expect([by('order.picking'), by('order.tote-assigned')]).toEqual(['Packer 1', 'Packer 2']);
  });

  test('the language card switches the operator between English and French', async () => {
    await scanBadge(world, 'Packer 1');

    const first = await world.command('LANGUAGE');
    const second = await world.command('LANGUAGE');

    expect([first.view.operator?.language, second.view.operator?.language]).toEqual(['fr', 'en']);
  });
});
