import Store from 'electron-store';
import { readSavedWindow, type SavedWindow } from './window-bounds.ts';

/** What the desktop shell keeps for itself, in `shell.json`; the station's own settings are not here. */
export interface ShellSettings {
  readonly kiosk: boolean;
  readonly window: SavedWindow | undefined;
  saveWindow(window: SavedWindow): void;
}

/** Opens `shell.json` in `folder`; a file that is no JSON is replaced, since nothing in it is worth a failed start. */
export function openShellSettings(folder: string): ShellSettings {
  const store = new Store<Record<string, unknown>>({ cwd: folder, name: 'shell', clearInvalidConfig: true });
  return {
    get kiosk() {
      return store.get('kiosk') === true;
    },
    get window() {
      return readSavedWindow(store.get('window'));
    },
    saveWindow(window) {
      store.set('window', window);
    },
  };
}
