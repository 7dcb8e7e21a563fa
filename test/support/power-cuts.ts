import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCore } from '../../main/app/core.ts';
import { loadDemo } from '../../main/app/demo.ts';
import { invariantsOf } from '../../main/app/operations.ts';
import { workShift } from '../../main/app/simulated-packer.ts';
import { createLaunchToken } from '../../main/stations/session-service.ts';
import { listOperators } from '../../main/stations/stations-views.ts';
import { createFileSecrets } from '../../main/web/file-secrets.ts';
import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import { type DatabaseKind, freshDatabase, hasDatabase } from './databases.ts';
import { killedStation } from './killed-station.ts';
import { bundlePrograms, type Programs } from './programs.ts';

const KILLS = 100;
const BENCHES = 3;
/** Benches that get on are cut off by their scans: the shift outlasts the cuts on a fast machine too. */
const SCANS_A_LIFE = 20;

/** Three benches work a shift while the station is killed a hundred times; then everything is counted. */
export function powerCuts(kind: DatabaseKind): void {
  if (!hasDatabase(kind)) {
    test.skip('skipped: no PostgreSQL server');
    return;
  }
  let programs: Programs;
  let dataDir: string;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeAll(async () => {
    programs = await bundlePrograms({ station: 'main/web/main.ts' });
    dataDir = await mkdtemp(join(tmpdir(), 'packwright-killed-'));
    database = await freshDatabase(kind);
    if (database.url)
      await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ database: { url: database.url } }));
  });
  afterAll(async () => {
    await programs.remove();
    await database.remove();
    await rm(dataDir, { recursive: true, force: true });
  });

  const openHere = () =>
    openCore({
      dataDir,
      platform: { shell: 'cli', secrets: createFileSecrets(dataDir), openExternal: async () => undefined },
      ...(database.url ? { databaseUrl: database.url } : {}),
    });

  test('no scan that was answered is lost, each bench stands where it stood, every invariant holds', async () => {
    const before = await openHere();
    await loadDemo(before, { orders: 260, seed: 9 });
    const badges = (await listOperators(before.database)).map((operator) => operator.badge_code);
    const tokens = await Promise.all(badges.slice(0, BENCHES).map(() => createLaunchToken(before.deps)));
    await before.close();
    const station = await killedStation({ programs, dataDir });
    await station.start();
    const random = seeded(11);
    let done = 0;
    const packers = Promise.all(
      tokens.map(async (token, index) => {
        const bench = await station.bench(`Bench ${index + 1}`, token);
        return workShift(bench, { badge: encodeStationCode('badge', badges[index] ?? ''), seed: 20 + index });
      }),
    ).then((counts) => {
      done = 1;
      return counts;
    });
    let kills = 0;
    for (; kills < KILLS && done === 0; kills += 1) {
      // Short lives cut into starting up, long ones into labels being drawn; the longest draw one on a busy machine too.
      const end = performance.now() + (kills % 2 === 0 ? 30 + random() * 300 : 400 + random() * 2_600);
      const enough = station.answered() + SCANS_A_LIFE;
      while (performance.now() < end && station.answered() < enough) await pause(10);
      await station.kill();
      await station.start();
    }
    const counts = await packers;
    await station.kill();

    expect(station.surprises).toEqual([]);
    expect(counts.flatMap((count) => count.faults)).toEqual([]);
    expect(kills, 'the shift was over before the last power cut').toBe(KILLS);
    const after = await openHere();
    const broken = (await invariantsOf(after)).filter((check) => check.broken.length > 0);
    const stored = await after.database.read('parcel_unit').sum({ units: 'quantity' }).first();
    await after.close();
    expect(broken).toEqual([]);
    expect(Number(stored?.units)).toBe(counts.reduce((sum, count) => sum + count.unitsAnswered, 0));
  }, 900_000);
}

/** Small seeded generator, so that the moments differ and a run can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
