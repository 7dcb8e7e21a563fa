import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PlayedByCommand, playByCommand } from '../../support/played-by-command.ts';

interface State {
  readonly orders: readonly { readonly packages: readonly { readonly tracking: string }[] }[];
  readonly requests: readonly string[];
}

/** What stands in the request that tells of a parcel. */
const telling = [
  ['shopify', 'fulfillmentCreate'],
  ['tiktok_shop', '/packages'],
  ['amazon', 'shipmentConfirmation'],
  ['woocommerce', 'meta_data'],
] as const;

describe.each(telling)('a station that dies while it tells %s', (name, words) => {
  let played: PlayedByCommand;
  beforeEach(async () => {
    played = await playByCommand(name, 1);
  });
  afterEach(() => played.close());

  const state = async (): Promise<State> => (await (await fetch(`${played.address}/_state`)).json()) as State;
  const parcels = async () =>
    (await state()).orders.flatMap(({ packages }) => packages.map(({ tracking }) => tracking));

  test('after the platform took the parcel and before it was written down: it is told once', async () => {
    const { packwright } = played;
    await packwright('channels', 'connect', name, '--config', played.config);
    const synced = await packwright('channels', 'sync', name, '--once', '--since', '2020-01-01');
    const [{ number }] = JSON.parse(await packwright('orders', '--json'));
    await packwright('order', 'ship', number, '--carrier', 'UPS', '--tracking', '1Z999AA10123456784');
    await fetch(`${played.address}/_faults`, {
      method: 'POST',
      body: JSON.stringify([{ on: words, fault: 'hang-after' }]),
    });
    const dying = spawn(process.execPath, played.words('outbox', 'run'));
    for (let turn = 0; turn < 300 && (await parcels()).length === 0; turn++) await wait(100);
    dying.kill('SIGKILL');
    await new Promise((gone) => dying.once('exit', gone));
    const afterDeath = await parcels();

    for (let turn = 0; turn < 20 && (await packwright('outbox', '--json')).includes('"pending"'); turn++) {
      await packwright('outbox', 'run');
      await wait(2_000);
    }

    expect(JSON.parse(synced)).toMatchObject({ new: 1 });
    expect(afterDeath).toEqual(['1Z999AA10123456784']);
    expect(await parcels()).toEqual(['1Z999AA10123456784']);
  }, 120_000);
});
