import { app, type Session, type WebContents } from 'electron';
import { decideNavigation, isDocumentAddress, mayLoadInFrame } from './addresses.ts';
import type { ShellMode } from './window-options.ts';

// Everything that leaves the machine or reads its files. The page lives on our scheme alone.
const FOREIGN_ADDRESSES = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file:///*'];
// Switches that open the page to other programs; the fuses close Node's own ones, but not Chromium's.
const DEBUG_SWITCHES = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'disable-web-security',
];

/** Forgets Chromium's debugging switches; for packaged apps, before `ready`. */
export function dropDebugSwitches(): void {
  for (const name of DEBUG_SWITCHES) app.commandLine.removeSwitch(name);
}

/** Denies a session whatever a page could ask for: permissions, devices, foreign addresses, files to save. */
export function lockSession(session: Session, mode: ShellMode): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest({ urls: FOREIGN_ADDRESSES }, (_details, answer) => answer({ cancel: true }));
  session.on('select-hid-device', (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on('select-usb-device', (event, _details, answer) => {
    event.preventDefault();
    answer();
  });
  session.on('select-serial-port', (event, _ports, _contents, answer) => {
    event.preventDefault();
    answer('');
  });
  session.on('will-download', (event, item) => {
    // A save dialog shows the machine's folders, which a kiosk must not.
    if (mode.kiosk || !isDocumentAddress(item.getURL())) event.preventDefault();
  });
}

/** What a locked page may still ask the shell for. */
export interface PageWishes {
  /** True for the operator's own window; every other page stays where it was sent. */
  isStation(contents: WebContents): boolean;
  relaunch(): void;
  openDocument(address: string): void;
}

/** Applies the navigation rules to every page of the process, whoever made it. */
export function lockEveryPage(wishes: PageWishes): void {
  app.on('web-contents-created', (_event, contents) => lockPage(contents, wishes));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
}

function lockPage(contents: WebContents, wishes: PageWishes): void {
  contents.setWindowOpenHandler(({ url }) => {
    // Never Chromium's own child window: it would share the opener and its preferences.
    if (wishes.isStation(contents) && isDocumentAddress(url)) wishes.openDocument(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', (event) => {
    const decision = wishes.isStation(contents) ? decideNavigation(event.url) : 'deny';
    if (decision !== 'stay') event.preventDefault();
    if (decision === 'relaunch') wishes.relaunch();
    if (decision === 'document') wishes.openDocument(event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame && !mayLoadInFrame(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (decideNavigation(event.url) !== 'stay') event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('select-bluetooth-device', (event, _devices, answer) => {
    event.preventDefault();
    answer('');
  });
}
