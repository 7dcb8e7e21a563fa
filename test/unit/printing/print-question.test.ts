import { expect, test } from 'vitest';
import { askedPrint, newestOfEach, printCards, type ScenePrint } from '../../../main/bench/print-question-rules.ts';

const print = (jobId: string, change: Partial<ScenePrint> = {}): ScenePrint => ({
  jobId,
  documentId: `document of ${jobId}`,
  kind: 'label',
  state: 'submitted',
  code: null,
  params: {},
  ...change,
});

test('of one paper only the newest job counts, and none that would have come too late', () => {
  const newest = print('3', { documentId: 'd' });
  const jobs = [newest, print('2', { documentId: 'd', state: 'unknown' }), print('1', { code: 'print.superseded' })];
  expect(newestOfEach(jobs)).toEqual([newest]);
});

test('the packer is asked about the label before other papers', () => {
  const slip = print('1', { kind: 'packing-slip', state: 'unknown' });
  const label = print('2', { state: 'unknown' });
  expect(askedPrint([label, slip])).toBe(label);
  expect(askedPrint([slip, print('2', { state: 'printed' })])).toBe(slip);
});

test('nothing is asked while a paper waits or is on its way', () => {
  const open = [print('1', { state: 'queued', code: 'printer.media-empty' }), print('2')];
  expect([askedPrint(open), printCards(open)]).toEqual([undefined, []]);
});

test('what failed for certain can only be printed again', () => {
  expect(printCards([print('1', { state: 'unknown' })])).toEqual(['YES', 'NO']);
  expect(printCards([print('1', { state: 'failed', code: 'printer.unreachable' })])).toEqual(['NO']);
});
