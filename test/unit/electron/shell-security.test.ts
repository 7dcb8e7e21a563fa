import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  anEvent,
  app,
  BrowserWindow,
  electron,
  protocol,
  resetElectron,
  session,
} from '../../support/electron-stub.ts';
import { type ShellRunOptions, settle, startTestShell, stationWindow, untilOpen } from './shell-run.ts';

let run: ReturnType<typeof startTestShell>;
const openShell = async (options?: ShellRunOptions) => {
  run = startTestShell(options);
  await untilOpen();
};
beforeEach(resetElectron);
afterEach(() => run.remove());

const locked = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  webviewTag: false,
  spellcheck: false,
  devTools: false,
  backgroundThrottling: false,
};

describe('the window', () => {
  test('is a sandboxed page without Node, without a preload and without developer tools', async () => {
    await openShell();
    const preferences = stationWindow().options.webPreferences;
    expect(preferences).toMatchObject({ ...locked, plugins: false });
    expect(preferences).not.toHaveProperty('preload');
    expect(app.callsOf('enableSandbox')).toHaveLength(1);
  });

  test('has developer tools only where the source is at hand and asks for them', async () => {
    await openShell({ env: { PACKWRIGHT_DEV: '1' } });
    expect(stationWindow().options.webPreferences).toMatchObject({ devTools: true });
  });

  test('has none in a packaged app, whatever the environment says', async () => {
    app.isPackaged = true;
    await openShell({ env: { PACKWRIGHT_DEV: '1' } });
    expect(stationWindow().options.webPreferences).toMatchObject({ devTools: false });
  });

  test('is opened by nobody else: a packaged app forgets Chromium’s debugging switches', async () => {
    app.isPackaged = true;
    await openShell();
    expect(app.callsOf('removeSwitch').flat()).toContain('remote-debugging-port');
  });
});

describe('the scheme', () => {
  test('is privileged before Electron is ready, and with no more than the door needs', () => {
    run = startTestShell();
    expect(protocol.callsOf('registerSchemesAsPrivileged')).toEqual([
      [
        [
          {
            scheme: 'packwright',
            privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
          },
        ],
      ],
    ]);
  });

  test('is answered by the station, with the request as it came', async () => {
    await openShell();
    const request = new Request('packwright://station/api/orders.list', { headers: { origin: 'packwright://evil' } });
    const answer = await session.defaultSession.protocol.handler?.(request);
    expect(await answer?.json()).toEqual({ url: request.url, origin: 'packwright://evil' });
  });

  test('is answered for the host of the station only', async () => {
    await openShell();
    const answer = await session.defaultSession.protocol.handler?.(
      new Request('packwright://elsewhere/api/orders.list'),
    );
    expect(answer?.status).toBe(404);
  });

  test('is the one origin that the station is told to trust', async () => {
    await openShell();
    expect(run.configs).toMatchObject([{ origins: ['packwright://station'], platform: { shell: 'electron' } }]);
  });
});

describe('what a page asks the browser for', () => {
  test.each([
    'media',
    'geolocation',
    'notifications',
    'fullscreen',
    'openExternal',
    'hid',
    'serial',
    'usb',
    'clipboard-read',
  ])('%s is denied', async (permission) => {
    await openShell();
    const answer = vi.fn();
    session.defaultSession.permissionRequest?.({}, permission, answer);
    expect(answer.mock.calls).toEqual([[false]]);
    expect(session.defaultSession.permissionCheck?.()).toBe(false);
    expect(session.defaultSession.devicePermission?.()).toBe(false);
  });

  test.each(['select-hid-device', 'select-usb-device', 'select-serial-port'])('%s picks nothing', async (name) => {
    await openShell();
    const event = anEvent();
    const answer = vi.fn();
    if (name === 'select-serial-port') session.defaultSession.emit(name, event, [{ portId: 'scale' }], {}, answer);
    else session.defaultSession.emit(name, event, { deviceList: [{ deviceId: 'scale' }] }, answer);
    expect(event.defaultPrevented).toBe(true);
    expect(answer.mock.lastCall?.[0] ?? '').toBe('');
  });

  test('nothing is fetched from a network or a file, whatever the page links to', async () => {
    await openShell();
    const answer = vi.fn();
    session.defaultSession.requestListener?.({}, answer);
    expect(answer).toHaveBeenCalledWith({ cancel: true });
    const expected = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'];
    expect(session.defaultSession.requestFilter?.urls).toEqual(expected);
  });

  test('a bad certificate is never accepted', async () => {
    await openShell();
    const event = anEvent();
    const answer = vi.fn();
    app.emit('certificate-error', event, {}, 'https://a', 'ERR_CERT_AUTHORITY_INVALID', {}, answer);
    expect([event.defaultPrevented, answer.mock.calls]).toEqual([true, [[false]]]);
  });
});

describe('saving files', () => {
  const download = (address: string) => {
    const event = anEvent();
    session.defaultSession.emit('will-download', event, { getURL: () => address });
    return event.defaultPrevented ? 'denied' : 'saved';
  };

  test('is for documents', async () => {
    await openShell();
    const outcomes = ['packwright://station/documents/1.pdf', 'packwright://station/api/openapi.json', 'blob:x'];
    expect(outcomes.map(download)).toEqual(['saved', 'denied', 'denied']);
  });

  test('is denied in a kiosk, whose machine is nobody’s', async () => {
    await openShell({ argv: ['--kiosk'] });
    expect(download('packwright://station/documents/1.pdf')).toBe('denied');
  });
});

describe('where a page may go', () => {
  const navigate = (url: string, contents = stationWindow().webContents, isMainFrame = true) => {
    const event = anEvent({ url, isMainFrame });
    contents.emit(isMainFrame ? 'will-navigate' : 'will-frame-navigate', event);
    return event.defaultPrevented ? 'denied' : 'goes';
  };

  test('inside the station and nowhere else', async () => {
    await openShell();
    const addresses = ['packwright://station/orders', 'https://example.com/', 'file:///etc/passwd', 'packwright://x/'];
    expect(addresses.map((address) => navigate(address))).toEqual(['goes', 'denied', 'denied', 'denied']);
  });

  test('nowhere by a redirect either', async () => {
    await openShell();
    const event = anEvent({ url: 'https://example.com/' });
    stationWindow().webContents.emit('will-redirect', event);
    expect(event.defaultPrevented).toBe(true);
  });

  test('a frame shows documents only', async () => {
    await openShell();
    const { webContents } = stationWindow();
    expect(navigate('https://example.com/', webContents, false)).toBe('denied');
    expect(navigate('packwright://station/documents/1.pdf', webContents, false)).toBe('goes');
  });

  test('no page opens a window, and a webview cannot be attached', async () => {
    await openShell();
    const { webContents } = stationWindow();
    const asked = [
      'https://example.com/',
      'about:blank',
      'packwright://station/',
      'packwright://station/documents/1.pdf',
    ];
    expect(asked.map((url) => webContents.windowOpen?.({ url }))).toEqual(asked.map(() => ({ action: 'deny' })));
    const event = anEvent();
    webContents.emit('will-attach-webview', event, {}, {});
    expect(event.defaultPrevented).toBe(true);
    expect(electron.opened).toEqual([]);
  });

  test('a document opens beside the station, as locked as it, with the PDF viewer and no way out', async () => {
    await openShell();
    stationWindow().webContents.windowOpen?.({ url: 'packwright://station/documents/1.pdf?ticket=a' });
    const [, viewer] = electron.windows;
    expect(viewer?.loaded).toEqual(['packwright://station/documents/1.pdf?ticket=a']);
    expect(viewer?.options.webPreferences).toMatchObject({ ...locked, plugins: true });
    expect(viewer?.options.webPreferences).not.toHaveProperty('preload');
    expect(navigate('packwright://station/', viewer?.webContents)).toBe('denied');
    viewer?.webContents.windowOpen?.({ url: 'packwright://station/documents/2.pdf' });
    expect(electron.windows).toHaveLength(2);
  });

  test('the document window reaches documents and no other part of the door', async () => {
    await openShell();
    const reach = async (address: string, method = 'GET') => {
      const { protocol: door } = session.fromPartition('persist:documents');
      const answer = await door.handler?.(new Request(address, { method }));
      return answer?.status;
    };
    stationWindow().webContents.windowOpen?.({ url: 'packwright://station/documents/1.pdf' });
    expect(electron.windows[1]?.options.webPreferences).toMatchObject({ partition: 'persist:documents' });
    expect(await reach('packwright://station/documents/1.pdf')).toBe(200);
    expect(await reach('packwright://station/documents/1.pdf', 'POST')).toBe(404);
    expect(await reach('packwright://station/api/orders.list')).toBe(404);
    expect(await reach('packwright://station/')).toBe(404);
  });

  test('the session of the document window is as locked as the station’s', async () => {
    await openShell();
    const documents = session.fromPartition('persist:documents');
    const answer = vi.fn();
    documents.permissionRequest?.({}, 'media', answer);
    documents.requestListener?.({}, answer);
    expect(answer.mock.calls).toEqual([[false], [{ cancel: true }]]);
  });

  test('the next document takes the place of the one before', async () => {
    await openShell();
    navigate('packwright://station/documents/1.pdf');
    navigate('packwright://station/documents/2.pdf');
    expect(electron.windows.map((window) => window.loaded.length)).toEqual([1, 2]);
  });

  test('a page that nobody knows goes nowhere', async () => {
    await openShell();
    const stranger = new BrowserWindow({});
    expect(navigate('packwright://station/', stranger.webContents)).toBe('denied');
    navigate('packwright://station/relaunch', stranger.webContents);
    await settle();
    expect(stationWindow().loaded).toHaveLength(1);
  });
});

describe('keys', () => {
  const type = (input: object) => {
    const event = anEvent();
    const press = { key: '', code: '', control: false, meta: false, alt: false, shift: false, ...input };
    stationWindow().webContents.emit('before-input-event', event, press);
    return event.defaultPrevented;
  };

  test('a scanned reload or close is swallowed, a scanned GS or line feed is not', async () => {
    await openShell();
    const presses = [
      { key: 'r', control: true },
      { key: 'w', control: true },
      { key: ']', control: true },
      { key: 'j', control: true },
    ];
    expect(presses.map(type)).toEqual([true, true, false, false]);
  });
});

describe('addresses that the station sends to the system’s browser', () => {
  test('are web addresses; anything else is refused', async () => {
    await openShell();
    const platform = run.configs[0]?.platform;
    await platform?.openExternal('https://carrier.example/track/1');
    await expect(platform?.openExternal('file:///usr/bin/calc')).rejects.toMatchObject({
      code: 'shell.address-refused',
    });
    expect(electron.opened).toEqual(['https://carrier.example/track/1']);
  });
});
