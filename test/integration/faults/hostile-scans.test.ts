import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDemo } from '../../../main/app/demo.ts';
import { listOperators } from '../../../main/stations/stations-views.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { commandNames, commandPayload } from '../../../shared/barcode/station-commands.ts';
import { reasonCodes } from '../../../shared/model/reasons.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

const TURNS = 600;

/** Every card that can be printed, and some that nobody printed. */
const cards = commandNames.flatMap((name) =>
  [undefined, '0', '1', '3', '9', '99', '9999', 'A', 'M', 'XXL', ...reasonCodes].flatMap((argument) => {
    const payload = commandPayload(argument === undefined ? { name } : { name, argument });
    return payload ? [encodeStationCode('command', payload)] : [];
  }),
);

const strings = [
  '<script>alert(1)</script>',
  "'; drop table sales_order; --",
  '../../etc/passwd',
  '{{constructor.constructor}}',
  '\u0000\u0001\u001d\u001d',
  '\u202Etext\uFEFF',
  '\u{1F4A9}'.repeat(200),
  '9'.repeat(4_000),
  `]d201${'0'.repeat(14)}17991399\u001d10`,
  'https://id.gs1.org/01/09521234000006/10/%00%ff',
  'PWR00000000',
  'PWOXXXXXXXXX0',
  'null',
  '-1',
  ' ',
];

describe.each(databaseKinds)('whatever is scanned, wherever the bench stands, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
  });
  afterEach(() => world.close());

  test('is answered with a verdict, and no invariant breaks', async () => {
    await loadDemo(world.core, { orders: 12, seed: 4 });
    const operators = await listOperators(world.core.database);
    const badge = operators.find((operator) => operator.role === 'packer')?.badge_code ?? '';
    const faults: unknown[] = [];
    const seen = new Set<string>();
    const scan = async (raw: string): Promise<void> => {
      const { body } = await world.ask('bench.scan', { raw }, { 'idempotency-key': randomUUID() });
      if (!body.ok && body.error.kind !== 'conflict') faults.push([raw.slice(0, 40), body.error]);
    };
    const hostile = [...cards, ...strings];
    for (let turn = 0; turn < TURNS; turn += 1) {
      const { step, expects, operator } = await world.view();
      seen.add(step);
      const own = expects.filter(({ kind }) => kind !== 'command');
      // Three steps on as a packer would, then one card or text that nobody should scan here.
      if (!operator) await scan(encodeStationCode('badge', badge));
      else if (turn % 4 === 3) await scan(hostile[(turn * 31) % hostile.length] ?? '-');
      else if (own.length > 0) await scan(own[turn % own.length]?.text ?? '-');
      else if (step === 'weigh') await world.call('stations.put-on-simulated-scale', { mg: null });
      else await scan(expects[turn % Math.max(1, expects.length)]?.text ?? '-');
    }

    expect(faults).toEqual([]);
    expect([...seen]).toEqual(
      expect.arrayContaining(['choose', 'location', 'item', 'pack-item', 'instructions', 'reason']),
    );
    expect(await brokenInvariants(world)).toEqual([]);
  }, 180_000);
});
