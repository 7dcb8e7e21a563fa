import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createVault } from '../../../main/db/sealed-vault.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import type { World } from '../../support/world.ts';

const SECRET = 'EZTK-very-secret-indeed';
const account = {
  ...{ id: null, expectedVersion: 0, connector: 'easypost', title: 'EasyPost', approved: false, active: true },
  ...{ config: { baseUrl: 'https://api.easypost.example' }, secrets: { apiKey: SECRET } },
  ...{ cutOff: '16:30', timeZone: 'Europe/Paris' },
};

function memoryKeys() {
  const kept = new Map<string, string>();
  return {
    get: async (name: string) => kept.get(name),
    set: async (name: string, key: string) => void kept.set(name, key),
  };
}

describe.each(databaseKinds)('carrier accounts on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  const asked: string[] = [];
  let answer = { status: 200, body: '{"shipments":[],"has_more":false}' };
  beforeEach(async () => {
    asked.length = 0;
    answer = { status: 200, body: '{"shipments":[],"has_more":false}' };
    world = await openWorldOn(kind, {
      carrierHttp: async ({ url, headers = {} }) => {
        asked.push(`${url} ${headers.authorization ?? ''}`);
        return { status: answer.status, headers: new Headers(), bytes: Buffer.from(answer.body) };
      },
    });
    await world.signIn('admin');
  });
  afterEach(() => world.close());

  test('a secret is sealed, never told again, and reaches the carrier', async () => {
    const { id } = await world.call('shipping.save-account', account);
    const { accounts } = await world.call('shipping.accounts-view', {});
    expect(accounts).toMatchObject([{ id, secrets: ['apiKey'], problem: null, kind: 'http', cutOff: '16:30' }]);
    const stored = await world.core.database.read('carrier_account').select('*');
    const journal = await world.core.database.read('journal').select('*');
    expect(JSON.stringify([accounts, stored, journal])).not.toContain(SECRET);

    expect(await world.call('shipping.check-account', { id })).toEqual({ ok: true, messages: [] });
    expect(asked.join()).toContain(Buffer.from(`${SECRET}:`).toString('base64'));
  });

  test('what the carrier says against it is kept with the account', async () => {
    const { id } = await world.call('shipping.save-account', account);
    answer = { status: 403, body: '{"error":{"code":"FORBIDDEN","message":"This key was revoked.","errors":[]}}' };
    const said = await world.call('shipping.check-account', { id }).catch(() => undefined);
    expect(said?.ok ?? false).toBe(false);
    const { accounts } = await world.call('shipping.accounts-view', {});
    expect(accounts[0]?.problem).toBe('carrier.check-failed');
  });

  test('a secret that is left out stays; the next request goes out with what was changed', async () => {
    const { id, version } = await world.call('shipping.save-account', account);
    const config = { baseUrl: 'https://sandbox.easypost.example' };
    await world.call('shipping.save-account', { ...account, id, expectedVersion: version, config, secrets: {} });
    await world.call('shipping.check-account', { id });
    expect(asked[0]).toContain('https://sandbox.easypost.example');
    expect(asked[0]).toContain(Buffer.from(`${SECRET}:`).toString('base64'));
    const late = await world.ask('shipping.save-account', { ...account, id, expectedVersion: version });
    expect(late.body).toMatchObject({ error: { kind: 'conflict', code: 'carrier.account-changed' } });
  });

  test('missing fields are named', async () => {
    const refused = await world.ask('shipping.save-account', { ...account, secrets: {} });
    expect(refused.body).toMatchObject({ error: { code: 'carrier.bad-config', details: { fields: 'apiKey' } } });
  });

  test('another PC on the same database must be given the key, and a typing mistake is told', async () => {
    const { database, deps } = world.core;
    const sealed = await deps.vault.seal(SECRET);
    const other = createVault(database, memoryKeys(), deps.clock);
    await expect(other.unseal(sealed)).rejects.toMatchObject({ code: 'vault.key-missing' });
    expect(await other.problem()).toBe('vault.key-missing');
    const code = await deps.vault.showKey();
    const wrong = `${code.startsWith('0') ? '1' : '0'}${code.slice(1)}`;
    await expect(other.joinKey(wrong)).rejects.toMatchObject({ code: 'vault.wrong-key' });
    await other.joinKey(code.toLowerCase());
    expect(await other.unseal(sealed)).toBe(SECRET);
  });

  test('a sealed text that was changed is refused', async () => {
    const sealed = await world.core.deps.vault.seal(SECRET);
    const middle = Math.floor(sealed.length / 2);
    const changed = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
    await expect(world.core.deps.vault.unseal(changed)).rejects.toMatchObject({ code: 'vault.damaged' });
  });

  test('rules are replaced whole, and not over what somebody else changed', async () => {
    const { id } = await world.call('shipping.save-account', account);
    const { version } = await world.call('shipping.rules-view', {});
    const rule = {
      ...{ id: world.core.deps.newId(), direction: 'outbound' as const, title: 'US', active: true },
      ...{
        conditions: { countries: ['US'] },
        choice: { kind: 'cheapest' as const, among: [{ accountId: id, service: '' }] },
      },
    };
    await world.call('shipping.save-rules', { rules: [rule], expectedVersion: version });
    expect((await world.call('shipping.rules-view', {})).rules).toEqual([rule]);
    const late = await world.ask('shipping.save-rules', { rules: [], expectedVersion: version });
    expect(late.body).toMatchObject({ error: { code: 'carrier.rules-changed' } });
  });
});
