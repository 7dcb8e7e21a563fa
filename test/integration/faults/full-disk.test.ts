import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { brokenInvariants, comeIn, stockUp } from '../../support/warehouse.ts';
import { demoGtin, openWorld, type World } from '../../support/world.ts';

const run = promisify(execFile);

describe('the disk of the bench becomes full while a parcel is packed', () => {
  let dataDir: string;
  let world: World | undefined;
  let isMounted = false;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'packwright-full-'));
    // A small file system of its own; only an administrator of the machine may make one.
    isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', dataDir]).then(
      () => true,
      () => false,
    );
  });
  afterEach(async () => {
    await world?.close();
    if (isMounted) await run('umount', [dataDir]);
    await rm(dataDir, { recursive: true, force: true });
  });

  test('the scan is refused in words, nothing moves, and the next one counts when there is room again', async ({
    skip,
  }) => {
    skip(!isMounted, 'skipped: this user may not mount a small file system');
    world = await openWorld({ dataDir });
    await stockUp(world, 1, 10);
    await world.signIn();
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }] }));
    await world.pickNextOrder();
    await world.scan(demoGtin(1));
    await fillUp(dataDir);
    const refused = await workUntilRefused(world);

    expect(refused).toMatchObject({ body: { error: { kind: 'device', code: 'database.disk-full' } } });
    const { parcel, latched } = await world.view();
    await rm(join(dataDir, 'ballast'));
    expect((await world.view()).parcel).toEqual(parcel);
    const after = await world.scan(demoGtin(1));
    expect(after.view.parcel?.unitsPacked).toBe((parcel?.unitsPacked ?? 0) + 1);
    expect([latched, after.verdict.code]).toEqual([null, 'pack.item-packed']);
    expect(await brokenInvariants(world)).toEqual([]);
  });
});

async function fillUp(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  await writeFile(join(folder, 'ballast'), Buffer.alloc(bavail * bsize));
}

/** Packs a piece and takes it out again until the disk takes no more. */
async function workUntilRefused(world: World) {
  const undo = encodeStationCode('command', 'UNDO');
  for (let turn = 0; turn < 4_000; turn += 1) {
    const raw = turn % 2 === 0 ? demoGtin(1) : undo;
    const answer = await world.ask('bench.scan', { raw }, { 'idempotency-key': randomUUID() });
    if (!answer.body.ok) return answer;
  }
  throw new Error('the disk never became full');
}
