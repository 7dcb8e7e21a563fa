import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { anEvent, app, electron, powerSaveBlocker, resetElectron } from '../../support/electron-stub.ts';
import { type ShellRunOptions, settle, startTestShell, stationWindow, untilOpen } from './shell-run.ts';

let run: ReturnType<typeof startTestShell>;
const openShell = async (options?: ShellRunOptions) => {
  run = startTestShell(options);
  await untilOpen();
};
const logOf = () => readFileSync(join(run.dataDir, 'logs', 'shell.log'), 'utf8');

beforeEach(resetElectron);
afterEach(() => {
  vi.useRealTimers();
  run.remove();
});

describe('starting', () => {
  test('the window is sent to the station with a one-time token', async () => {
    await openShell();
    expect(stationWindow().loaded).toEqual(['packwright://station/#launch=token-1']);
  });

  test('a demo start tells the page', async () => {
    await openShell({ argv: ['--demo'] });
    expect(stationWindow().loaded).toEqual(['packwright://station/#launch=token-1&demo=1']);
  });

  test('the data folder of the command line is the station’s, and the profile lies in it', async () => {
    await openShell();
    const other = run;
    await openShell({ argv: ['--data', join(other.dataDir, 'bench-2')] });
    expect(run.configs[0]?.dataDir).toBe(join(other.dataDir, 'bench-2'));
    expect(app.getPath('userData')).toBe(join(other.dataDir, 'bench-2', 'window'));
    other.remove();
  });

  test('a second start on the same data shows the first window and ends itself', async () => {
    await openShell();
    stationWindow().minimized = true;
    app.emit('second-instance', anEvent(), [], '', undefined);
    expect(stationWindow().callsOf('focus')).toHaveLength(1);
    expect(stationWindow().minimized).toBe(false);

    const first = run;
    resetElectron();
    electron.holdsLock = false;
    await openShell({ dataDir: first.dataDir });
    expect(app.callsOf('quit')).toHaveLength(1);
    expect([electron.windows, run.configs]).toEqual([[], []]);
  });

  test('a command line without the folder it promises is refused in one line', () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    run = startTestShell({ argv: ['--data'] });
    expect(said).toHaveBeenCalledWith(expect.stringContaining('shell.data-missing'));
    expect(app.callsOf('exit')).toEqual([[2]]);
    said.mockRestore();
  });

  test('a station that cannot be opened is named, logged and ends the app', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const refuse = () => Promise.reject(new AppError('rule', 'database.newer-version', { version: 9 }));
    await openShell({ createStation: refuse });
    expect(electron.errorBoxes.join()).toContain('database.newer-version');
    expect(said).toHaveBeenCalledWith(expect.stringContaining('database.newer-version'));
    expect(logOf()).toContain('failed-start');
    expect(app.callsOf('exit')).toEqual([[1]]);
    said.mockRestore();
  });

  test('serial ports can be reopened on Linux, unless somebody decided otherwise', () => {
    run = startTestShell();
    expect(run.node.env.UV_USE_IO_URING).toBe('0');
    const decided = startTestShell({ env: { UV_USE_IO_URING: '1' } });
    expect(decided.node.env.UV_USE_IO_URING).toBe('1');
    decided.remove();
    const mac = startTestShell({ platform: 'darwin' });
    expect(mac.node.env).toEqual({});
    mac.remove();
  });
});

describe('the window of an operator', () => {
  test('opens where it was closed', async () => {
    await openShell();
    stationWindow().bounds = { x: 200, y: 100, width: 1000, height: 800 };
    stationWindow().emit('close');
    const { dataDir } = run;
    resetElectron();
    await openShell({ dataDir });
    expect(stationWindow().options).toMatchObject({ x: 200, y: 100, width: 1000, height: 800 });
  });

  test('opens in the middle when its settings file is spoilt', async () => {
    await openShell();
    writeFileSync(join(run.dataDir, 'window', 'shell.json'), '{"window": {"x"');
    const { dataDir } = run;
    resetElectron();
    await openShell({ dataDir });
    expect(stationWindow().options).toMatchObject({ x: 320, y: 90 });
  });

  test('is maximised again', async () => {
    await openShell();
    stationWindow().maximized = true;
    stationWindow().emit('close');
    const { dataDir } = run;
    resetElectron();
    await openShell({ dataDir });
    expect(stationWindow().maximized).toBe(true);
  });

  test('is shown when its page is ready, or when it cannot be loaded', async () => {
    await openShell();
    expect(stationWindow().callsOf('show')).toHaveLength(0);
    stationWindow().emit('ready-to-show');
    expect(stationWindow().callsOf('show')).toHaveLength(1);
    stationWindow().webContents.emit('did-fail-load');
    expect(stationWindow().callsOf('show')).toHaveLength(2);
  });

  test('gets a new token when its page has lost its session', async () => {
    await openShell();
    const event = anEvent({ url: 'packwright://station/relaunch', isMainFrame: true });
    stationWindow().webContents.emit('will-navigate', event);
    await settle();
    expect(event.defaultPrevented).toBe(true);
    expect(stationWindow().loaded.at(-1)).toBe('packwright://station/?launch=1#launch=token-2');
  });

  test('is loaded anew after its page crashed, and the log says why', async () => {
    await openShell();
    const { webContents } = stationWindow();
    webContents.emit('render-process-gone', anEvent(), { reason: 'oom', exitCode: 5 });
    app.emit('render-process-gone', anEvent(), webContents, { reason: 'oom', exitCode: 5 });
    await settle();
    expect(stationWindow().loaded).toHaveLength(2);
    expect(logOf()).toContain('"reason":"oom"');
  });

  test('that crashes at once each time is loaded again, but not in a tight loop', async () => {
    await openShell();
    vi.useFakeTimers({ toFake: ['setTimeout', 'Date'] });
    for (let crash = 0; crash < 8; crash += 1) {
      stationWindow().webContents.emit('render-process-gone', anEvent(), { reason: 'crashed' });
      await settle();
    }
    expect(stationWindow().loaded).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(stationWindow().loaded.length).toBeGreaterThan(5);
  });
});

describe('a kiosk', () => {
  test('fills the screen and has no menu', async () => {
    await openShell({ argv: ['--kiosk'] });
    expect(stationWindow().options.kiosk).toBe(true);
    expect(electron.menu).toBeNull();
  });

  test('may be a setting of the machine', async () => {
    await openShell();
    writeFileSync(join(run.dataDir, 'window', 'shell.json'), '{"kiosk": true}');
    const { dataDir } = run;
    resetElectron();
    await openShell({ dataDir });
    expect(stationWindow().options.kiosk).toBe(true);
  });

  test('does not overwrite the place that the window had before', async () => {
    await openShell({ argv: ['--kiosk'] });
    stationWindow().emit('close');
    const { dataDir } = run;
    resetElectron();
    await openShell({ dataDir });
    expect(stationWindow().options).toMatchObject({ x: 320, y: 90 });
  });
});

describe('the menu', () => {
  test('holds nothing that a scan could press', async () => {
    await openShell();
    const text = JSON.stringify(electron.menu);
    const shortcuts = [...text.matchAll(/"(?:role|accelerator)":"(?<name>[^"]+)"/g)].map((match) => match.groups?.name);
    expect(shortcuts).toEqual(['togglefullscreen', 'F11']);
    expect(text).toContain('Quit');
  });

  test('speaks French to a French system', async () => {
    electron.locale = 'fr-FR';
    await openShell();
    expect(JSON.stringify(electron.menu)).toContain('Plein écran');
  });

  test('keeps copy and paste on macOS', async () => {
    await openShell({ platform: 'darwin', argv: ['--kiosk'] });
    expect(electron.menu).toEqual([{ role: 'appMenu' }, { role: 'editMenu' }]);
  });

  test('lets developers reload and open their tools', async () => {
    await openShell({ env: { PACKWRIGHT_DEV: '1' } });
    expect(JSON.stringify(electron.menu)).toContain('toggleDevTools');
  });
});

describe('the display', () => {
  test('stays awake from the first scan of a parcel to its end, and no longer', async () => {
    await openShell();
    run.pack(true);
    run.pack(true);
    expect([...powerSaveBlocker.running.values()]).toEqual(['prevent-display-sleep']);
    run.pack(false);
    run.pack(false);
    expect(powerSaveBlocker.running.size).toBe(0);
  });

  test('may sleep once the app is closing', async () => {
    await openShell();
    run.pack(true);
    app.quit();
    await settle();
    expect(powerSaveBlocker.running.size).toBe(0);
  });
});

describe('closing', () => {
  test('waits for the station to close', async () => {
    await openShell();
    app.emit('window-all-closed');
    expect(app.callsOf('quit')).toHaveLength(0);
    await settle();
    expect(run.station.closed).toBe(true);
    expect(app.callsOf('quit')).toHaveLength(1);
  });

  test('a second try to quit does not close the station twice', async () => {
    await openShell();
    const close = vi.spyOn(run.station, 'close');
    app.quit();
    app.quit();
    await settle();
    expect(close).toHaveBeenCalledOnce();
    expect(app.callsOf('quit')).toHaveLength(1);
  });

  test('does not wait longer than five seconds for a station that hangs', async () => {
    await openShell();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    run.station.close = () => new Promise(() => undefined);
    app.quit();
    await vi.advanceTimersByTimeAsync(4900);
    expect(app.callsOf('quit')).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(200);
    expect(app.callsOf('quit')).toHaveLength(1);
    expect(logOf()).toContain('close-timed-out');
  });

  test('a station that fails to close does not keep the app open', async () => {
    await openShell();
    run.station.close = () => Promise.reject(new Error('disk gone'));
    app.quit();
    await settle();
    expect(app.callsOf('quit')).toHaveLength(1);
    expect(logOf()).toContain('disk gone');
  });
});

describe('faults', () => {
  test('dumps stay on the machine', async () => {
    await openShell();
    expect(electron.crashReporter).toEqual({ uploadToServer: false });
    expect(app.getPath('crashDumps')).toBe(join(run.dataDir, 'logs', 'crashes'));
  });

  test('a lost promise is noted and packing goes on', async () => {
    await openShell();
    run.node.emit('unhandledRejection', new Error('scanner gone'));
    expect(logOf()).toContain('scanner gone');
    expect(app.callsOf('exit')).toEqual([]);
  });

  test('a crash of a helper process is noted', async () => {
    await openShell();
    app.emit('child-process-gone', anEvent(), { type: 'GPU', reason: 'crashed', exitCode: 139, name: 'GPU' });
    expect(logOf()).toContain('"type":"GPU"');
  });

  test('an app that falls over while it starts says so and stays down', async () => {
    await openShell();
    run.node.emit('uncaughtException', new Error('out of luck'));
    expect(logOf()).toContain('out of luck');
    expect(electron.errorBoxes.join()).toContain('shell.log');
    expect([app.callsOf('relaunch'), app.callsOf('exit')]).toEqual([[], [[1]]]);
  });

  test('an app that had been steady starts anew by itself', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    await openShell();
    vi.advanceTimersByTime(3_600_000);
    run.node.emit('uncaughtException', new Error('out of luck'));
    expect([app.callsOf('relaunch'), app.callsOf('exit')]).toEqual([[[]], [[1]]]);
    expect(electron.errorBoxes).toEqual([]);
  });
});
