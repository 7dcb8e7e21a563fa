import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PlayedByCommand, playByCommand } from '../../support/played-by-command.ts';

describe.each(['shopify', 'tiktok_shop'])('a %s that is connected by command', (platform) => {
  let played: PlayedByCommand;
  beforeEach(async () => {
    played = await playByCommand(platform, 4);
  });
  afterEach(() => played.close());

  test('is read once, told of a parcel by outbox run, and equal on both sides', async () => {
    const { json } = played;
    await played.packwright('channels', 'connect', platform, '--config', played.config);
    const first = await json('channels', 'sync', platform, '--once');
    const again = await json('channels', 'sync', platform, '--once');
    const orders = await json('orders', '--json');
    const { number } = orders[0];
    const shipped = await json('order', 'ship', number, '--carrier', 'UPS', '--tracking', '1Z999AA10123456784');
    const waiting = await json('outbox', '--json');
    const told = await json('outbox', 'run', '--json');
    const report = await json('channels', 'reconcile', platform, '--json');

    expect([first.read, first.new, again.new]).toEqual([4, 4, 0]);
    expect(Object.keys(first)).toEqual(['read', 'new', 'changed', 'quarantined', 'cursor']);
    expect(orders[0]).toMatchObject({ externalId: expect.any(String), attribution: { evidence: expect.any(String) } });
    expect(shipped).toMatchObject({ order: number, state: 'shipped' });
    expect(waiting.messages).toMatchObject([{ topic: 'channel.ship', state: 'pending', subject: number }]);
    expect(told).toMatchObject({ topic: 'channel.ship', state: 'sent', subject: number });
    expect([report.differences, report.parcels]).toEqual([[], { theirs: 1, ours: 1, equal: 1 }]);
    const { acts } = (await (await fetch(`${played.address}/_state`)).json()) as { acts: { kind: string }[] };
    expect(acts.map(({ kind }) => kind)).toEqual(['ship']);
  });
});
