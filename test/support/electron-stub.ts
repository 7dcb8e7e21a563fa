import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';

/**
 * A recording stand-in for the `electron` module, for machines without its binary.
 *
 * The test configuration aliases `electron` to this file. It does nothing by itself: it remembers what the
 * shell asked for, and `electron.*` lets a test play the part of Chromium and the operating system.
 */

type Listener = (...args: never[]) => unknown;

/** An event as Electron hands it out, remembering whether the listener stopped it. */
export function anEvent<T extends object>(fields?: T) {
  const event = {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  return event;
}

class Recorder extends EventEmitter {
  readonly calls: { readonly name: string; readonly args: readonly unknown[] }[] = [];

  protected record(name: string, ...args: unknown[]): void {
    this.calls.push({ name, args });
  }

  callsOf(name: string): (readonly unknown[])[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args);
  }
}

class StubProtocol extends Recorder {
  handler: ((request: Request) => Promise<Response> | Response) | undefined;
  registerSchemesAsPrivileged(schemes: unknown) {
    this.record('registerSchemesAsPrivileged', schemes);
  }
  handle(scheme: string, handler: StubProtocol['handler']) {
    this.record('handle', scheme);
    this.handler = handler;
  }
}

class StubSession extends Recorder {
  readonly protocol = new StubProtocol();
  permissionRequest: ((contents: unknown, permission: string, answer: (granted: boolean) => void) => void) | undefined;
  permissionCheck: (() => boolean) | undefined;
  devicePermission: (() => boolean) | undefined;
  requestFilter: { readonly urls: readonly string[] } | undefined;
  requestListener: ((details: object, answer: (response: { cancel?: boolean }) => void) => void) | undefined;
  readonly webRequest = {
    onBeforeRequest: (filter: StubSession['requestFilter'], listener: StubSession['requestListener']) => {
      this.requestFilter = filter;
      this.requestListener = listener;
    },
  };
  setPermissionRequestHandler(handler: StubSession['permissionRequest']) {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: StubSession['permissionCheck']) {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: StubSession['devicePermission']) {
    this.devicePermission = handler;
  }
  setSpellCheckerEnabled(enabled: boolean) {
    this.record('setSpellCheckerEnabled', enabled);
  }
}

function aSessionModule() {
  const partitions = new Map<string, StubSession>();
  return {
    defaultSession: new StubSession(),
    fromPartition(name: string) {
      const known = partitions.get(name) ?? new StubSession();
      partitions.set(name, known);
      return known;
    },
  };
}

let contentsMade = 0;

export class StubContents extends EventEmitter {
  readonly id = ++contentsMade;
  windowOpen: ((details: { url: string }) => { action: string }) | undefined;
  setWindowOpenHandler(handler: StubContents['windowOpen']) {
    this.windowOpen = handler;
  }
}

export class BrowserWindow extends Recorder {
  readonly options: Record<string, unknown>;
  readonly webContents = new StubContents();
  readonly loaded: string[] = [];
  bounds = { x: 0, y: 0, width: 1280, height: 860 };
  maximized = false;
  minimized = false;
  destroyed = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    electron.windows.push(this);
    app.emit('web-contents-created', anEvent(), this.webContents);
  }
  async loadURL(url: string) {
    this.loaded.push(url);
  }
  getNormalBounds() {
    return this.bounds;
  }
  isMaximized() {
    return this.maximized;
  }
  isMinimized() {
    return this.minimized;
  }
  isDestroyed() {
    return this.destroyed;
  }
  maximize() {
    this.maximized = true;
  }
  restore() {
    this.minimized = false;
  }
  show() {
    this.record('show');
  }
  focus() {
    this.record('focus');
  }
  removeMenu() {
    this.record('removeMenu');
  }
}

class StubApp extends Recorder {
  isPackaged = false;
  readonly paths = new Map<string, string>([['appData', tmpdir()]]);
  readonly commandLine = { removeSwitch: (name: string) => this.record('removeSwitch', name) };
  private readonly waiting = new EventEmitter();
  whenReady() {
    return new Promise<void>((resolve) => this.waiting.once('ready', resolve));
  }
  becomeReady() {
    this.waiting.emit('ready');
  }
  requestSingleInstanceLock() {
    this.record('requestSingleInstanceLock');
    return electron.holdsLock;
  }
  setPath(name: string, path: string) {
    this.paths.set(name, path);
  }
  getPath(name: string) {
    return this.paths.get(name) ?? tmpdir();
  }
  getVersion() {
    return '0.0.0';
  }
  getLocale() {
    return electron.locale;
  }
  enableSandbox() {
    this.record('enableSandbox');
  }
  relaunch() {
    this.record('relaunch');
  }
  exit(code: number) {
    this.record('exit', code);
  }
  /** As Electron does: listeners of `before-quit` may hold it back. */
  quit() {
    const event = anEvent();
    this.emit('before-quit', event);
    this.record(event.defaultPrevented ? 'quit-held' : 'quit');
  }
}

/** The key store of an operating system: reverses text, which is enough to see that it was asked. */
class StubSafeStorage {
  available = true;
  backend = 'gnome_libsecret';
  rotated = false;
  async isAsyncEncryptionAvailable() {
    return this.available;
  }
  getSelectedStorageBackend() {
    return this.backend;
  }
  async encryptStringAsync(text: string) {
    return Buffer.from(`sealed:${[...text].reverse().join('')}`);
  }
  async decryptStringAsync(sealed: Buffer) {
    const text = sealed.toString();
    if (!text.startsWith('sealed:')) throw new Error('Error while decrypting the ciphertext');
    const result = [...text.slice('sealed:'.length)].reverse().join('');
    return { result, shouldReEncrypt: this.rotated };
  }
}

class StubPowerSaveBlocker {
  readonly running = new Map<number, string>();
  started = 0;
  start(kind: string) {
    this.started += 1;
    this.running.set(this.started, kind);
    return this.started;
  }
  stop(id: number) {
    this.running.delete(id);
  }
}

const primary = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

/** What the operating system and the test decide. */
export const electron = {
  windows: [] as BrowserWindow[],
  holdsLock: true,
  locale: 'en-GB',
  displays: [primary],
  menu: undefined as unknown,
  errorBoxes: [] as string[],
  opened: [] as string[],
  crashReporter: undefined as unknown,
};

export let app = new StubApp();
export let protocol = new StubProtocol();
export let session = aSessionModule();
export let safeStorage = new StubSafeStorage();
export let powerSaveBlocker = new StubPowerSaveBlocker();
export const ipcMain = { on: (_channel: string, _listener: Listener) => undefined };
export const screen = { getPrimaryDisplay: () => electron.displays[0], getAllDisplays: () => electron.displays };
export const dialog = { showErrorBox: (title: string, text: string) => electron.errorBoxes.push(`${title}: ${text}`) };
export const crashReporter = {
  start: (options: unknown) => {
    electron.crashReporter = options;
  },
};
export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => {
    electron.menu = menu;
  },
};
export const shell = {
  openExternal: async (url: string) => {
    electron.opened.push(url);
  },
};

/** A fresh Electron process. */
export function resetElectron(): void {
  app = new StubApp();
  protocol = new StubProtocol();
  session = aSessionModule();
  safeStorage = new StubSafeStorage();
  powerSaveBlocker = new StubPowerSaveBlocker();
  Object.assign(electron, { windows: [], holdsLock: true, locale: 'en-GB', displays: [primary] });
  Object.assign(electron, { menu: undefined, errorBoxes: [], opened: [], crashReporter: undefined });
}

/** For modules that import electron as a whole, such as electron-store. */
export default {
  ipcMain,
  shell,
  get app() {
    return app;
  },
};
