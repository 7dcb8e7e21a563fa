import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
import { plug, ptysAvailable } from '../../support/devices/pty.ts';
import { until } from '../../support/devices/until.ts';
import { bundlePrograms, type Finished, type Programs } from '../../support/programs.ts';

let programs: Programs;
let data: string;
beforeAll(async () => {
  programs = await bundlePrograms({
    cli: 'main/cli/main.ts',
    'serial-process': 'main/devices/transports/serial-process.ts',
  });
  data = await mkdtemp(join(tmpdir(), 'packwright-devices-'));
});
afterAll(async () => {
  await programs?.remove();
  await rm(data, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Finished> => programs.start('cli', [...args, '--data', data]).finished;
const listed = async (): Promise<{ id: string; kind: string; state: string | null; code: string | null }[]> =>
  JSON.parse((await run('devices', '--json')).stdout).devices;

type Line = Readonly<Record<string, unknown>>;
const jsonLines = (text: string): Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('packwright devices', () => {
  test('a file that is no recording is refused in one line', async () => {
    const { code, stderr } = await programs.start('cli', ['scale', 'replay', join(data, 'nothing')]).finished;

    expect(code).toBe(1);
    expect(stderr).toContain('is no recording');
  });

  test('adds a device with the line its protocol is usually set to, lists it and removes it', async () => {
    const added = await run('devices', 'add', 'scale', '--path', '/dev/no-such-port', '--protocol', 'and');
    const { deviceId } = JSON.parse(added.stdout);
    const text = (await run('devices')).stdout;

    expect(await listed()).toMatchObject([
      {
        id: deviceId,
        kind: 'scale',
        protocol: 'and',
        station: 'Bench 1',
        state: 'absent',
        code: 'device.not-plugged-in',
      },
    ]);
    expect(text).toContain('Not plugged in.');
    expect(await run('devices', 'remove', deviceId)).toMatchObject({ code: 0, stderr: '' });
    expect(await listed()).toEqual([]);
  });

  test.each([
    [['add', 'scale', '--path', '/dev/x', '--protocol', 'toledo-8217'], 'does not say its unit'],
    [['add', 'scale', '--path', '/dev/x', '--protocol', 'unheard-of'], 'no scale protocol unheard-of'],
    [['add', 'scale', '--path', '/dev/x', '--protocol', 'and', '--config', '{"decimals":"2"}'], 'not valid'],
    [['add', 'scanner'], 'Name one port'],
    [['add', 'scanner', '--path', '/dev/x', '--protocol', 'and'], 'Only a scale has a protocol'],
    [['add', 'scanner', '--path', '/dev/x', '--baud', '-1'], 'whole number'],
    [['add', 'scanner', '--path', '/dev/x', '--baud', '10'], 'between 300'],
    [['add', 'scanner', '--tcp', 'somewhere'], 'Name one port'],
    [['remove', 'nothing'], 'no device nothing'],
  ])('refuses %j in one line', async (args, sentence) => {
    const { code, stdout, stderr } = await run('devices', ...args);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe.skipIf(!ptysAvailable)('beside a running station', () => {
  test('a device is taken up at once, and its state is true until the station ends', async () => {
    const far = await plug('command-scale');
    const scale = simulateScale(far, 'mt-sics');
    const station = programs.start('cli', ['serve', '--port', '0', '--data', data]);
    await station.said('Packwright is ready');

    await run('devices', 'add', 'scale', '--path', far.path, '--protocol', 'mt-sics');
    await until(async () => (await listed())[0]?.state === 'ready', 'ready');
    await far.unplug();
    await until(async () => (await listed())[0]?.state === 'absent', 'absent');
    const { code } = (await listed())[0] ?? {};
    const { findings } = JSON.parse((await run('doctor', '--json')).stdout);
    station.child.kill('SIGTERM');
    await station.finished;

    expect(code).toBe('device.unplugged');
    expect(findings).toContainEqual(expect.objectContaining({ name: 'devices', status: 'warning' }));
    scale.stop();
  });

  test('a recording of `scale watch` gives the same weights in `scale replay`', async () => {
    const far = await plug('recorded-scale');
    const scale = simulateScale(far, 'mt-sics');
    scale.tear(30);
    const file = join(data, 'scale.jsonl');
    const watching = run(
      ...['scale', 'watch', '--port', far.path, '--protocol', 'mt-sics', '--seconds', '8', '--record', file],
    );
    const recorded = () => readFile(file, 'utf8').catch(() => '');
    await until(async () => (await recorded()).split('"in"').length > 5, 'an empty pan');
    scale.put(750_000);
    const watched = jsonLines((await watching).stdout);
    scale.stop();
    await far.unplug();

    const replayed = jsonLines((await programs.start('cli', ['scale', 'replay', file]).finished).stdout);

    const weights = (lines: Line[]) => lines.flatMap(({ value }) => (value === undefined ? [] : [value]));
    expect(weights(replayed).length).toBeGreaterThan(5);
    expect(weights(replayed)).toEqual(weights(watched));
    expect(replayed.flatMap(({ capture }) => capture ?? [])).toEqual([{ mg: 750_000, grams: 750 }]);
    const [head, ...reads] = jsonLines(await readFile(file, 'utf8'));
    expect(head).toMatchObject({ recording: 1, kind: 'scale', protocol: 'mt-sics', address: { path: far.path } });
    expect(new Set(reads.map(({ direction }) => direction))).toEqual(new Set(['opened', 'in', 'out']));
  });

  test('`devices probe` says what is on a port', async () => {
    const far = await plug('probed-scale');
    const scale = simulateScale(far, 'st-nt');

    const { code, stdout } = await programs.start('cli', ['devices', 'probe', '--path', far.path]).finished;
    scale.stop();
    await far.unplug();

    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toContain('scale st-nt\t9600 8N1');
  });

  test('`scale watch` and `scanner watch` print what comes', async () => {
    const [scaleEnd, scannerEnd] = [await plug('watched-scale'), await plug('watched-scanner')];
    const scale = simulateScale(scaleEnd, 'mt-sics');
    scale.put(750_000, 0);
    const watching = programs.start('cli', ['scanner', 'watch', '--port', scannerEnd.path]);
    await watching.said('"ready"');
    scannerEnd.send(']C101095212345678991017\x1d21X\r\n');
    const scanned = await watching.said('"scan"');
    watching.child.kill('SIGTERM');

    const { stdout } = await run(
      'scale',
      'watch',
      '--port',
      scaleEnd.path,
      '--protocol',
      'mt-sics',
      '--seconds',
      '5',
      '--raw',
    );

    expect(scanned).toContain('\\u001d21X');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toContainEqual(expect.objectContaining({ state: 'ready' }));
    expect(lines).toContainEqual(expect.objectContaining({ value: 750, unit: 'g', usable: true }));
    expect(lines).toContainEqual(expect.objectContaining({ text: 'S S      750.0 g\r\n' }));
    scale.stop();
    await Promise.all([scaleEnd.unplug(), scannerEnd.unplug()]);
  });
});
