import { BrowserWindow, screen, type WebContents } from 'electron';
import type { Station } from '../app/station.ts';
import { isDocumentAddress, launchAddress } from './addresses.ts';
import { describeFault, type RotatingLog } from './rotating-log.ts';
import { isBrowserShortcut } from './scanner-keys.ts';
import type { ShellSettings } from './shell-settings.ts';
import { createThrottle } from './throttle.ts';
import { type Bounds, restoreBounds } from './window-bounds.ts';
import { documentWindowOptions, type ShellMode, stationWindowOptions } from './window-options.ts';

export interface StationWindowDeps {
  readonly station: Pick<Station, 'createLaunchToken'>;
  readonly settings: ShellSettings;
  readonly mode: ShellMode;
  readonly log: RotatingLog;
}

/** The operator's window and the one beside it that shows documents. */
export interface StationWindow {
  shows(contents: WebContents): boolean;
  /** Loads the page anew with a fresh token; its page asks so when the station no longer knows its session. */
  relaunch(): void;
  openDocument(address: string): void;
  /** Brings the window to the front, for a second start of the app. */
  focus(): void;
}

/** Opens the window and sends it to the station; the window outlives crashes of its page. */
export function openStationWindow(deps: StationWindowDeps): StationWindow {
  const { settings, mode } = deps;
  const window = new BrowserWindow(stationWindowOptions(mode, restoreBounds(settings.window, workAreas())));
  const relaunch = createLauncher(window, deps);
  if (settings.window?.maximized && !mode.kiosk) window.maximize();
  showWhenReady(window);
  window.on('close', () => rememberPlace(window, deps));
  window.webContents.on('before-input-event', (event, input) => {
    if (isBrowserShortcut(input, mode)) event.preventDefault();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') relaunch();
  });
  relaunch();
  return {
    shows: (contents) => contents === window.webContents,
    relaunch,
    openDocument: createDocumentViewer(window, mode),
    focus: () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
  };
}

/** Work areas of the connected displays, the primary one first. */
function workAreas(): Bounds[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
}

function showWhenReady(window: BrowserWindow): void {
  window.once('ready-to-show', () => window.show());
  // A page that cannot be loaded never becomes ready; an empty window still says that the app runs.
  window.webContents.once('did-fail-load', () => window.show());
}

function rememberPlace(window: BrowserWindow, { settings, mode, log }: StationWindowDeps): void {
  if (mode.kiosk) return;
  try {
    settings.saveWindow({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  } catch (error) {
    log.write('window-not-saved', describeFault(error));
  }
}

/** At once as a rule; a page that fails or loses its session over and over waits between its tries. */
function createLauncher(window: BrowserWindow, { station, mode, log }: StationWindowDeps): () => void {
  const throttle = createThrottle({ limit: 5, perMs: 60_000 });
  let attempt = 0;
  const launch = async () => {
    if (window.isDestroyed()) return;
    try {
      const token = await station.createLaunchToken();
      if (window.isDestroyed()) return;
      const address = launchAddress({ token, demo: mode.demo, attempt });
      attempt += 1;
      await window.loadURL(address);
    } catch (error) {
      log.write('page-not-loaded', describeFault(error));
    }
  };
  return () => {
    const wait = throttle.wait(Date.now());
    if (wait === 0) void launch();
    else setTimeout(() => void launch(), wait);
  };
}

/** One document at a time, in front of the station's window and closed with it. */
function createDocumentViewer(parent: BrowserWindow, mode: ShellMode): (address: string) => void {
  let viewer: BrowserWindow | undefined;
  return (address) => {
    if (!isDocumentAddress(address)) return;
    if (!viewer || viewer.isDestroyed()) {
      viewer = new BrowserWindow({ ...documentWindowOptions(mode), parent });
      viewer.removeMenu();
    }
    // A document that does not load shows the browser's own error page; nothing depends on it.
    viewer.loadURL(address).catch(() => undefined);
    viewer.focus();
  };
}
