import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesEn } from '../../../renderer/ui/messages-en.ts';
import { messagesFr } from '../../../renderer/ui/messages-fr.ts';
import { parseStationCode } from '../../../shared/barcode/station-codes.ts';
import { type CommandName, commandNames, parseCommand } from '../../../shared/barcode/station-commands.ts';
import type { StationCode } from '../../../shared/contract/stations.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import type { World } from '../../support/world.ts';

const project = resolve(import.meta.dirname, '../../..');

function sources(folder: string, ending: string): { name: string; text: string }[] {
  return readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ name, text: readFileSync(join(project, folder, name), 'utf8') }));
}

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '');
const screens = ['renderer/screens/bench', 'renderer/screens/sign-in', 'renderer/screens/frame'].flatMap((folder) =>
  sources(folder, '.tsx').concat(sources(folder, '.ts')),
);
const station = [...sources('main/bench', '.ts'), ...sources('main/stations', '.ts')]
  .map(({ text }) => text)
  .join('\n');

/** The command that a payload or the beginning of one, such as `PARCEL-`, stands for. */
function nameOf(payload: string): CommandName | undefined {
  return (parseCommand(payload) ?? parseCommand(`${payload}1`) ?? parseCommand(`${payload}AB`))?.name;
}

/** Every command that a screen or a step of the station offers, as the sources write it. */
function offered(): readonly CommandName[] {
  const text = `${screens.map((file) => file.text).join('\n')}\n${station}`;
  const payloads = [...all(text, /'([A-Z]+(?:-[A-Z]+)*)'/g), ...all(text, /`([A-Z]+-)\$\{/g)];
  return [...new Set(payloads.flatMap((payload) => nameOf(payload) ?? []))];
}

/** What a screen offers as a button, the browser's own way between screens, names to tap and details of devices apart. */
const notByCard = /(?:station-frame|header|lost-screen|sign-in-screen|pin-field|device-chips)\.tsx$/;

describe('every action of the bench screens', () => {
  test('is a button that does what its card does', () => {
    const handlers = screens.filter(
      ({ name, text }) => /\bon(Click|Change|Submit|Key\w+)=/.test(text) && !notByCard.test(name),
    );
    expect(handlers.map(({ name }) => name)).toEqual(['card-button.tsx']);
  });

  test('in the header is a card too', () => {
    const header = screens.find(({ name }) => name === 'header.tsx')?.text ?? '';
    const acts = all(header, /onClick=\{\(\) => ([^}]+)\}/g).filter((act) => !act.startsWith('setMenuOpen'));
    expect(acts.length).toBeGreaterThan(2);
    expect(acts.filter((act) => !/^scanQueue\.push\(\w+Card, 'typed'\)$/.test(act))).toEqual([]);
  });
});

describe.each(databaseKinds)('command cards on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let printed: readonly StationCode[];
  beforeAll(async () => {
    world = await openWorldOn(kind);
    await world.fill({ orders: 30, units: 4 });
    await world.signIn('supervisor');
    printed = (await world.call('stations.codes-view', {})).codes;
  });
  afterAll(() => world?.close());

  const isPrinted = (name: CommandName) =>
    printed.some(({ text }) => {
      const code = parseStationCode(text);
      return code && !('problem' in code) && code.kind === 'command' && parseCommand(code.payload)?.name === name;
    });

  test('are offered by the screens and steps', () => {
    expect(offered()).toEqual(expect.arrayContaining(['next', 'undo', 'parcel', 'reason', 'digit', 'override']));
  });

  test('are all on the printed sheet, with what they do', () => {
    expect(commandNames.filter((name) => !isPrinted(name) && name !== 'carton')).toEqual([]);
    const cards = printed.filter(({ group }) => group === 'command' || group === 'carton');
    expect(cards.filter(({ title, meaning }) => meaning === '' || meaning === title.toLowerCase())).toEqual([]);
    expect(offered().filter((name) => !isPrinted(name) && name !== 'carton')).toEqual([]);
  });

  test('all have words in both languages', () => {
    const worded = (messages: object, name: string) =>
      Object.hasOwn(messages, `command.${name}`) || Object.hasOwn(messages, `command.${name}_other`);
    expect(commandNames.filter((name) => !worded(messagesEn, name) || !worded(messagesFr, name))).toEqual([]);
  });

  test('all mean something somewhere: each name is read by the station', () => {
    expect(commandNames.filter((name) => !station.includes(`'${name}'`))).toEqual([]);
  });

  /** Brings the bench from its queue to a step, by scans. */
  async function reach(step: string): Promise<void> {
    while ((await world.view()).mode !== 'idle') await world.command('CANCEL');
    if (step === 'choose') return;
    // Stock of what was just given back is reserved again after it.
    await world.settled();
    if (step === 'pack-more' || step === 'move-item') return reachPacking(step);
    await world.command(step === 'batch' ? 'BATCH' : 'NEXT');
    for (let turn = 0; turn < 20; turn += 1) {
      const view = await world.view();
      if (view.step === step || (step === 'batch' && view.step === 'item')) return;
      // A walk begins with one tote, or every free one would be on a cart soon.
      const begin = step === 'batch' ? view.expects.find(({ title }) => title === 'NEXT') : undefined;
      const next = begin ?? view.expects.find(({ kind: wanted }) => wanted !== 'command');
      if (!next) break;
      await world.scan(next.text);
    }
    const { mode, step: stuck, latched } = await world.view();
    throw new Error(`the bench comes to ${mode} ${stuck} instead of ${step}: ${latched?.code}`);
  }

  async function reachPacking(step: string): Promise<void> {
    await world.pickNextOrder();
    const view = await world.view();
    await world.scan(view.expects.find(({ kind: wanted }) => wanted === 'item')?.text ?? '');
    if (step === 'move-item') await world.command('MOVE');
  }

  test.each(['tote', 'batch', 'item', 'pack-more', 'move-item', 'choose'])(
    'that step “%s” offers are honoured there',
    async (step) => {
      await reach(step);
      const { expects } = await world.view();
      const cards = expects.filter(({ kind: wanted, title }) => wanted === 'command' && title !== 'SIGN-OUT');
      // What empties a bin comes last: the orders after it want to be picked too.
      cards.sort(
        (one, other) => Number(/^(SHORT|DAMAGED)$/.test(one.title)) - Number(/^(SHORT|DAMAGED)$/.test(other.title)),
      );
      const dead: string[] = [];
      for (const { text, title } of cards) {
        await reach(step);
        const { verdict } = await world.scan(text);
        if (['command.not-here', 'scan.unknown-command'].includes(verdict.code)) dead.push(`${title}: ${verdict.code}`);
      }
      expect(cards.length).toBeGreaterThan(0);
      expect(dead).toEqual([]);
    },
  );
});
