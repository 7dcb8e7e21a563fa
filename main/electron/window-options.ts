import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { type Bounds, minimumSize } from './window-bounds.ts';

/** How this run of the shell behaves; decided once at the start. */
export interface ShellMode {
  /** One full screen without menu, saving or developer tools. */
  readonly kiosk: boolean;
  /** Developer tools and reloading allowed; never in a packaged app. */
  readonly development: boolean;
  readonly demo: boolean;
}

/** The page is a plain web page: no Node, no preload, no second way into the station beside the door. */
function lockedPreferences(mode: ShellMode): WebPreferences {
  return {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    // An alert box would be closed unseen by the Enter at the end of the next scan.
    disableDialogs: true,
    devTools: mode.development,
    // A bench whose window lies under another one still has to react to the scanner at once.
    backgroundThrottling: false,
    // The sounds of a serial scan play without a key press before them.
    autoplayPolicy: 'no-user-gesture-required',
  };
}

/** Options of the one window that the operator works in. */
export function stationWindowOptions(mode: ShellMode, bounds: Bounds): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Packwright',
    show: false,
    kiosk: mode.kiosk,
    webPreferences: lockedPreferences(mode),
  };
}

/**
 * Name of the session that documents are shown in; its scheme answers documents only.
 *
 * Kept on the disk because Electron's PDF viewer stays blank in a session that is not (electron#27121).
 */
export const documentPartition = 'persist:documents';

/** Options of the window that shows a label or slip; as locked as the station's, plus the browser's PDF viewer. */
export function documentWindowOptions(mode: ShellMode): BrowserWindowConstructorOptions {
  return {
    width: 860,
    height: 1040,
    title: 'Packwright',
    autoHideMenuBar: true,
    minimizable: false,
    webPreferences: { ...lockedPreferences(mode), plugins: true, partition: documentPartition },
  };
}
