import { describe, expect, test } from 'vitest';
import { createScanQueue, type PendingScan, type ScanQueueDeps } from '../../../renderer/scan/scan-queue.ts';

/** A station whose answers the test gives one by one. */
function aStation() {
  const asked: PendingScan[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const kept: PendingScan[][] = [];
  let ids = 0;
  const deps: ScanQueueDeps = {
    send: (scan) => {
      asked.push(scan);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    newCommandId: () => `id-${++ids}`,
    pauseBefore: () => Promise.resolve(),
    save: (pending) => kept.push([...pending]),
    saved: () => [],
  };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
  return {
    deps,
    asked,
    kept,
    async answer() {
      answers.shift()?.resolve();
      await settle();
    },
    async lose() {
      answers.shift()?.reject(new Error('no answer'));
      await settle();
    },
  };
}

describe('the queue of scans', () => {
  test('sends the second scan only when the first is answered', async () => {
    const station = aStation();
    const queue = createScanQueue(station.deps);
    queue.start();
    queue.push('A', 'wedge');
    queue.push('B', 'wedge');
    expect(station.asked.map(({ raw }) => raw)).toEqual(['A']);
    await station.answer();
    expect(station.asked.map(({ raw }) => raw)).toEqual(['A', 'B']);
  });

  test('keeps the order of thirty scans made at once and drops none', async () => {
    const station = aStation();
    const queue = createScanQueue(station.deps);
    queue.start();
    const scans = Array.from({ length: 30 }, (_, index) => `S${index % 3}`);
    for (const raw of scans) queue.push(raw, 'wedge');
    expect(queue.state.get().pending).toHaveLength(30);
    for (const _ of scans) await station.answer();
    expect(station.asked.map(({ raw }) => raw)).toEqual(scans);
    expect(queue.state.get()).toEqual({ pending: [], status: 'idle' });
  });

  test('repeats a scan whose answer was lost under the same id, and says so meanwhile', async () => {
    const station = aStation();
    const queue = createScanQueue(station.deps);
    queue.start();
    queue.push('A', 'wedge');
    queue.push('B', 'wedge');
    await station.lose();
    expect(queue.state.get()).toMatchObject({ status: 'unreachable', pending: [{ raw: 'A' }, { raw: 'B' }] });
    await station.lose();
    await station.answer();
    expect(station.asked.map(({ commandId }) => commandId)).toEqual(['id-1', 'id-1', 'id-1', 'id-2']);
  });

  test('gives two equal scans two ids: they are two pieces', async () => {
    const station = aStation();
    const queue = createScanQueue(station.deps);
    queue.start();
    queue.push('A', 'wedge');
    queue.push('A', 'wedge');
    await station.answer();
    expect(station.asked.map(({ commandId }) => commandId)).toEqual(['id-1', 'id-2']);
  });

  test('takes a serial scan under the id it came with, once, and in line with the others', async () => {
    const station = aStation();
    const queue = createScanQueue(station.deps);
    queue.start();
    queue.push('A', 'wedge');
    queue.push('B', 'serial', 'heard-7');
    queue.push('B', 'serial', 'heard-7');
    await station.answer();
    await station.answer();
    expect(station.asked.map(({ raw, source, commandId }) => [raw, source, commandId])).toEqual([
      ['A', 'wedge', 'id-1'],
      ['B', 'serial', 'heard-7'],
    ]);
  });

  test('takes up after a reload what was not answered before', () => {
    const station = aStation();
    const left: PendingScan = { commandId: 'before', raw: 'A', source: 'wedge' };
    const queue = createScanQueue({ ...station.deps, saved: () => [left] });
    expect(station.asked).toEqual([]);
    queue.start();
    expect(station.asked).toEqual([left]);
  });

  test('keeps what is not answered where a reload finds it', async () => {
    const station = aStation();
    const queue = createScanQueue(station.deps);
    queue.start();
    queue.push('A', 'wedge');
    expect(station.kept.at(-1)).toMatchObject([{ raw: 'A' }]);
    await station.answer();
    expect(station.kept.at(-1)).toEqual([]);
  });

  test('stops sending when the session is over and goes on in a new one', async () => {
    const station = aStation();
    const queue = createScanQueue(station.deps);
    queue.start();
    queue.push('A', 'wedge');
    queue.stop();
    await station.lose();
    expect(station.asked).toHaveLength(1);
    queue.start();
    expect(station.asked.map(({ commandId }) => commandId)).toEqual(['id-1', 'id-1']);
  });
});
