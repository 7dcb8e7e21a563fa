import { describe, expect, test } from 'vitest';
import { describeError } from '../../../main/app/describe-error.ts';
import { freshDatabase, hasDatabase } from '../../support/databases.ts';
import { openWorld } from '../../support/world.ts';

describe('a PostgreSQL database that is gone while the station runs', () => {
  test.skipIf(!hasDatabase('postgres'))('is named at every call, reading or writing, and nothing hangs', async () => {
    const database = await freshDatabase('postgres');
    const world = await openWorld({ databaseUrl: database.url ?? '' });
    await database.remove();
    const started = performance.now();
    const answers = [await world.ask('stations.session-view', {}), await world.ask('stations.sign-out', {})];
    const seconds = (performance.now() - started) / 1000;
    await world.close();

    const refusal = { status: 503, body: { error: { kind: 'device', code: 'database.unreachable', details: {} } } };
    expect(answers).toMatchObject([refusal, refusal]);
    expect(seconds).toBeLessThan(20);
  });
});

describe('a fault of the database driver', () => {
  test.each([
    ['57P01', /^The database cannot be reached\. /],
    ['ECONNREFUSED', /^The database cannot be reached\. /],
    ['SQLITE_CORRUPT', /^The database is damaged\. Nothing was changed\. /],
    ['SQLITE_FULL', /^The disk is full\. /],
    ['SQLITE_READONLY', /^The database cannot be written\. /],
    ['SQLITE_BUSY', /^Something else keeps the database busy\. /],
  ])('%s ends a command with a sentence', (code, says) => {
    expect(describeError(Object.assign(new Error('lost'), { code }))).toMatch(says);
  });

  test('that is only words is known by them', () => {
    expect(describeError(new Error('Connection terminated unexpectedly'))).toMatch(
      /^The database cannot be reached\. /,
    );
  });
});
