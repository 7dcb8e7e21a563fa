import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runUnitOfWork } from '../../../main/db/unit-of-work.ts';
import { accountById } from '../../../main/shipping/account-service.ts';
import { takeNumber } from '../../../main/shipping/range-service.ts';
import { hasMod10CheckDigit } from '../../../shared/barcode/check-digits.ts';
import { checkTracking } from '../../../shared/tracking/check-tracking.ts';
import { type DatabaseKind, databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import type { World } from '../../support/world.ts';

const to = { name: 'Anna', street1: '1 rue', postcode: '13002', city: 'Marseille', country: 'FR' };

async function anAccount(world: World, connector: string, config: Record<string, string> = {}): Promise<string> {
  const { id } = await world.call('shipping.save-account', {
    ...{ id: null, expectedVersion: 0, connector, title: connector, config, secrets: {} },
    ...{ approved: false, active: true, cutOff: null, timeZone: 'Europe/Paris' },
  });
  return id;
}

/** The next number at a bench. */
const take = (world: World, accountId: string, { station = 'A', service = 'parcel' } = {}) =>
  runUnitOfWork(world.core.deps, { operatorId: null, stationId: station, role: 'admin' }, async (uow) => {
    uow.record({ kind: 'test.taken', subject: accountId });
    const account = await accountById(uow, accountId);
    return takeNumber(uow, account, { to, weightMg: 1_000_000, service });
  });

describe.each(databaseKinds)('number ranges on %s', (kind: DatabaseKind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let accountId: string;
  const s10 = { serviceLetters: 'CP', issuer: 'FR' };
  const add = (first: string, last: string, block = 5) =>
    world.call('shipping.add-range', { accountId, title: `${first} to ${last}`, params: s10, first, last, block });
  const view = async () => (await world.call('shipping.accounts-view', {})).accounts[0];
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.signIn('admin');
    accountId = await anAccount(world, 'own-s10');
  });
  afterEach(() => world.close());

  test('benches that work at once never get the same number, and every number is valid', async () => {
    await add('10000000', '10000059');
    const stations = ['A', 'B', 'C', 'D'];
    const taken = await Promise.all(
      Array.from({ length: 48 }, (_, index) => take(world, accountId, { station: stations[index % 4] ?? 'A' })),
    );
    const numbers = taken.map(({ trackingNumber }) => trackingNumber);
    expect(new Set(numbers).size).toBe(48);
    for (const number of numbers) expect(checkTracking(number)).toMatchObject({ valid: true, format: 's10' });
    expect((await view())?.ranges[0]?.left).toBe('12');
  });

  test('a bench that comes back goes on in its own block', async () => {
    await add('10000000', '10000059');
    const before = await take(world, accountId);
    for (const station of ['B', 'C']) await take(world, accountId, { station });
    const after = await take(world, accountId);
    expect([before, after].map(({ trackingNumber }) => trackingNumber.slice(2, 10))).toEqual(['10000000', '10000001']);
  });

  test('when all blocks are given out, numbers of other benches are used before anybody is refused', async () => {
    await add('10000000', '10000006');
    await take(world, accountId, { station: 'B' });
    for (let taken = 1; taken < 7; taken += 1) await take(world, accountId);
    expect(await view()).toMatchObject({ problem: 'number-range.exhausted', ranges: [{ left: '0' }] });
    await expect(take(world, accountId)).rejects.toMatchObject({ code: 'number-range.exhausted' });
  });

  test('numbers that are used elsewhere are refused, those of a retired range too', async () => {
    const { id } = await add('10000000', '10000099');
    await world.call('shipping.retire-range', { id });
    const answer = await world.ask('shipping.add-range', {
      ...{ accountId, title: 'twice', params: s10, first: '10000099', last: '10000200', block: 5 },
    });
    expect(answer.body).toMatchObject({ ok: false, error: { code: 'number-range.overlaps' } });
    await expect(take(world, accountId)).rejects.toMatchObject({ code: 'number-range.none' });
    await add('10000100', '10000200');
    expect((await take(world, accountId)).trackingNumber).toContain('10000100');
  });

  test('of two administrators who add the same numbers at once, one is refused', async () => {
    const outcomes = await Promise.allSettled([add('20000000', '20000099'), add('20000050', '20000199')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('a last number with too many digits for its parts is refused when it is entered', async () => {
    accountId = await anAccount(world, 'own-usps');
    const params = { mailerId: '901234567', serviceType: '055', channelDigits: '92', numberDigits: '22' };
    const range = { accountId, title: 'USPS', params, block: 5 };
    const tooLong = await world.ask('shipping.add-range', { ...range, first: '1', last: '10000000' });
    expect(tooLong.body).toMatchObject({ error: { code: 'number-range.bad-ends', details: { digits: 7 } } });
    await world.call('shipping.add-range', { ...range, first: '1', last: '9999999' });
    const { trackingNumber } = await take(world, accountId, { service: 'G' });
    expect(hasMod10CheckDigit(trackingNumber)).toBe(true);
  });

  test('Colissimo takes products at home, back and abroad from their own ranges', async () => {
    accountId = await anAccount(world, 'own-colissimo', { customerNumber: '900001' });
    for (const [product, first] of [
      ['8L', '1000000000'],
      ['8R', '2000000000'],
      ['CY', '30000000'],
    ])
      await world.call('shipping.add-range', {
        ...{ accountId, title: product ?? '', params: { product: product ?? '' } },
        ...{ first: first ?? '', last: `${first?.slice(0, -2)}99`, block: 5 },
      });
    const numbers = [];
    for (const service of ['home', 'return', 'abroad'])
      numbers.push((await take(world, accountId, { service })).trackingNumber.slice(0, 2));
    expect(numbers).toEqual(['8L', '8R', 'CY']);
  });
});
