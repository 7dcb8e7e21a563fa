import type { CommandScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { resumeRun, startRun } from '../picking/run-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import type { BenchChange } from './bench-store.ts';
import { bad, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { toSingles } from './scan-singles-service.ts';

/** Step: cards that put an idle bench on a walk or into a lane; undefined for any other card. */
export async function startLane(
  uow: UnitOfWork,
  scan: Pick<CommandScan, 'name' | 'argument'>,
  stationId: string,
): Promise<ScanOutcome | undefined> {
  if (scan.name === 'batch') return start(uow, stationId, null);
  if (scan.name === 'zone') return start(uow, stationId, scan.argument ?? '');
  if (scan.name !== 'singles') return undefined;
  uow.record({ kind: 'lane.entered', subject: stationId, data: { lane: 'singles' } });
  return good('singles.started', { change: toSingles });
}

const onWalk = (runId: string): BenchChange => ({ ...toIdle, mode: 'batch', runId });

async function start(uow: UnitOfWork, stationId: string, zone: string | null): Promise<ScanOutcome> {
  const { batchSize } = await sharedSettings(uow);
  const started = await startRun(uow, stationId, { limit: batchSize, zone });
  if (started.outcome === 'unknown-zone') return bad('pick.zone-unknown', { params: { zone: zone ?? '' } });
  if (started.outcome === 'nothing-to-pick') {
    uow.record({ kind: 'queue.found-empty', subject: stationId });
    return zone === null ? info('queue.empty') : info('pick.zone-empty', { params: { zone } });
  }
  const { id, orders } = started.run;
  const change = onWalk(id);
  return zone === null
    ? good('pick.walk-started', { params: { orders }, change })
    : good('pick.zone-started', { params: { orders, zone }, change });
}

/** Step: the code on the pick list of a walk goes on with it. */
export async function resumeWalk(uow: UnitOfWork, code: string, stationId: string): Promise<ScanOutcome> {
  const resumed = await resumeRun(uow, code, stationId);
  const params = { run: code };
  switch (resumed.outcome) {
    case 'resumed':
      return good('pick.walk-resumed', {
        params: { ...params, orders: resumed.run.orders },
        change: onWalk(resumed.run.id),
      });
    case 'elsewhere':
      return bad('pick.walk-elsewhere', { params });
    case 'over':
      return bad('pick.walk-over', { params });
    case 'unknown':
      return bad('pick.walk-unknown', { params });
  }
}
