import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ptysAvailable } from '../../support/devices/pty.ts';
import { until } from '../../support/devices/until.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';

let programs: Programs;
beforeAll(async () => {
  programs = await bundlePrograms({
    cli: 'main/cli/main.ts',
    'serial-process': 'main/devices/transports/serial-process.ts',
  });
});
afterAll(() => programs?.remove());

describe.skipIf(!ptysAvailable)('packwright simulate-devices', () => {
  test('says how to add its devices, and real drivers read what is typed', async () => {
    const player = programs.start('cli', ['simulate-devices', '--scale', 'and', '--scanner'], { talk: true });
    let said = '';
    player.child.stdout?.on('data', (bytes: Buffer) => {
      said += bytes;
    });
    const [, path = ''] = await until(() => /--path (\S+) --protocol and\n/.exec(said) ?? undefined, 'the path');
    player.child.stdin?.write('scale 1.25kg\nscan\nunplug printer\n');
    const watch = programs.start('cli', ['scale', 'watch', '--port', path, '--protocol', 'and', '--seconds', '8']);
    const { stdout } = await watch.finished;
    player.child.stdin?.end();

    expect(await player.finished).toMatchObject({ code: 0 });
    expect(stdout).toContain('1250');
    expect(said).toMatch(/devices add scanner --path \S+/);
    expect(said).toContain('there is no printer here');
  });

  test('refuses a protocol that nobody speaks', async () => {
    const { code, stderr } = await programs.start('cli', ['simulate-devices', '--scale', 'unheard-of']).finished;

    expect(code).toBe(1);
    expect(stderr).toContain('unheard-of');
  });
});
