import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { findByCodes } from '../stock/catalogue-service.ts';
import { booksOf, countById, countIn, nextCount, storeCount } from '../stock/count-service.ts';
import type { CountTask } from '../stock/count-store.ts';
import type { Scene } from './bench-rules.ts';
import { sumOf } from './floor-view-rules.ts';
import { type Pending, pendingOf, pendingText } from './pending-rules.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { placeOf, refuseItem } from './scan-pick-service.ts';

type Counting = Extract<Pending, { kind: 'count' }>;
const MOST_UNITS = 10_000_000;

/** Step: the COUNT card at an idle bench: the nearest bin that somebody should count. */
export async function startNextCount(uow: UnitOfWork, stationId: string): Promise<ScanOutcome> {
  const task = await nextCount(uow, stationId);
  if (!task) {
    uow.record({ kind: 'queue.found-empty', subject: stationId });
    return info('count.none');
  }
  uow.record({ kind: 'count.started', subject: task.id, data: { location: task.location } });
  return good('count.go-to-bin', {
    params: { location: task.location },
    change: { mode: 'count', orderId: null, parcelId: null, taskId: task.id, pending: null },
  });
}

/** Step: a bin scanned at an idle bench, where it should be counted; undefined where nobody asks for that. */
export async function startCountIn(uow: UnitOfWork, locationId: string): Promise<ScanOutcome | undefined> {
  const task = await countIn(uow, locationId);
  if (!task) return undefined;
  return begin(uow, task);
}

/** The bin is proven by its scan: what the books say now is kept, to see whether somebody takes units meanwhile. */
async function begin(uow: UnitOfWork, task: CountTask): Promise<ScanOutcome> {
  const { onHand } = await booksOf(uow, task);
  uow.record({ kind: 'count.bin-confirmed', subject: task.id, data: { location: task.location } });
  return good('count.started', {
    params: { location: task.location },
    change: {
      mode: 'count',
      orderId: null,
      parcelId: null,
      taskId: task.id,
      pending: pendingText({ kind: 'count', taskId: task.id, onHand, scans: [] }),
    },
  });
}

/**
 * Step: a scan while a bin is counted: the bin first, then each piece (a case for all its units), or a quantity card,
 * which adds its number to what was counted; CONFIRM stores.
 */
export async function scanCount(uow: UnitOfWork, scene: Scene, scan: AcceptedScan): Promise<ScanOutcome> {
  const task = await countById(uow, scene.bench.taskId ?? '');
  if (task?.state !== 'open') return bad('count.done-elsewhere', { change: toIdle });
  const pending = pendingOf(scene.bench);
  const counting = pending?.kind === 'count' ? pending : undefined;
  if (scan.kind === 'command' && scan.name === 'cancel') {
    uow.record({ kind: 'count.left', subject: task.id });
    return info('count.left', { params: { location: task.location }, change: toIdle });
  }
  const place = placeOf(scan);
  if (place !== undefined && (scan.kind === 'location' || place === task.location || !counting))
    return confirmBin(uow, task, { place, counting });
  if (!counting) return bad('count.bin-first', { expected: task.location, params: { expected: task.location } });
  if (scan.kind === 'command') return command(uow, { task, counting }, scan);
  return countPiece(uow, { task, counting }, matchCodes(scan));
}

interface AtBin {
  readonly task: CountTask;
  readonly counting: Counting;
}

async function confirmBin(
  uow: UnitOfWork,
  task: CountTask,
  at: { place: string; counting: Counting | undefined },
): Promise<ScanOutcome> {
  if (at.place !== task.location)
    return bad('count.wrong-bin', {
      expected: task.location,
      params: { expected: task.location, location: at.place },
    });
  if (!at.counting) return begin(uow, task);
  uow.record({ kind: 'count.bin-confirmed', subject: task.id, data: { location: task.location } });
  return good('count.same-bin', { params: { location: task.location, counted: sumOf(at.counting.scans) } });
}

function add(uow: UnitOfWork, { task, counting }: AtBin, units: number): ScanOutcome {
  const scans = [...counting.scans, units];
  const counted = sumOf(scans);
  if (counted > MOST_UNITS) return bad('count.too-many');
  uow.record({ kind: 'count.added', subject: task.id, data: { units, counted } });
  return good('count.added', { params: { counted, units }, change: { pending: pendingText({ ...counting, scans }) } });
}

async function countPiece(uow: UnitOfWork, at: AtBin, codes: readonly string[]): Promise<ScanOutcome> {
  const hit = (await findByCodes(uow, codes)).find((code) => code.itemId === at.task.itemId);
  if (!hit) return refuseItem(uow, 'count.wrong-item', { codes, expected: at.task.location });
  return add(uow, at, hit.quantity);
}

async function command(
  uow: UnitOfWork,
  at: AtBin,
  scan: Extract<AcceptedScan, { kind: 'command' }>,
): Promise<ScanOutcome> {
  if (scan.name === 'quantity') return add(uow, at, Number(scan.argument));
  if (scan.name === 'undo') return undo(uow, at);
  if (scan.name === 'confirm') return confirm(uow, at);
  return bad('command.not-here');
}

function undo(uow: UnitOfWork, { task, counting }: AtBin): ScanOutcome {
  const units = counting.scans.at(-1);
  if (units === undefined) return bad('count.nothing-to-undo');
  const scans = counting.scans.slice(0, -1);
  uow.record({ kind: 'count.taken-back', subject: task.id, data: { units } });
  return info('count.undone', {
    params: { units, counted: sumOf(scans) },
    change: { pending: pendingText({ ...counting, scans }) },
  });
}

/** Stores the count, unless units went in or out since the bin was scanned: nobody knows then what was counted. */
async function confirm(uow: UnitOfWork, { task, counting }: AtBin): Promise<ScanOutcome> {
  const { onHand } = await booksOf(uow, task);
  const counted = sumOf(counting.scans);
  if (onHand !== counting.onHand)
    return bad('count.changed-meanwhile', {
      params: { location: task.location },
      change: { pending: pendingText({ kind: 'count', taskId: task.id, onHand, scans: [] }) },
    });
  const { difference } = await storeCount(uow, task, counted);
  return complete(difference === 0 ? 'count.right' : 'count.stored', {
    params: { location: task.location, counted, difference },
    change: toIdle,
  });
}
