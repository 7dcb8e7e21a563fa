import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, protocol, session, shell } from 'electron';
import { AppError } from '../../shared/errors.ts';
import type { Station, StationConfig } from '../app/station.ts';
import { isDoorAddress, isWebAddress, stationOrigin, stationScheme } from './addresses.ts';
import { type FaultSource, startCrashLog } from './crash-log.ts';
import { createDocumentDoor } from './document-door.ts';
import { prepareEnvironment } from './environment.ts';
import { dropDebugSwitches, lockEveryPage, lockSession } from './lock-down.ts';
import { menuTemplate } from './menu-template.ts';
import { keepAwakeWhilePacking } from './power-saver.ts';
import { createRotatingLog, describeFault, type RotatingLog } from './rotating-log.ts';
import { createSafeSecrets } from './secrets.ts';
import { parseShellArguments, type ShellArguments } from './shell-arguments.ts';
import { openShellSettings, type ShellSettings } from './shell-settings.ts';
import { shellTexts } from './shell-texts.ts';
import { startUtilityProcess } from './side-process.ts';
import { openStationWindow, type StationWindow } from './station-window.ts';
import { documentPartition, type ShellMode } from './window-options.ts';

/** The part of Node's `process` that the shell reads. */
export interface ShellProcess extends FaultSource {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  cwd(): string;
}

export interface ShellDeps {
  readonly process: ShellProcess;
  /** Folder of the built renderer. */
  readonly rendererDir: string;
  /** Data folder when the command line names none. */
  readonly defaultDataDir: () => string;
  createStation(config: StationConfig): Promise<Station>;
}

/** One run of the shell after its command line was read. */
interface Run {
  readonly deps: ShellDeps;
  readonly dataDir: string;
  /** Chromium's profile, `shell.json` and `secrets.json`. */
  readonly windowDir: string;
  readonly arguments: ShellArguments;
  readonly log: RotatingLog;
  open: { readonly station: Station; readonly window: StationWindow; readonly letSleep: () => void } | undefined;
}

// Long enough to finish the statement at hand and close the files; a hung device must not keep the app alive.
const CLOSE_TIMEOUT_MS = 5000;

/**
 * Starts the desktop shell. Has to be called before Electron's `ready`, in the first turn of the process.
 *
 * One data folder has one window: the lock of the single instance lives in the profile under that folder,
 * so that a demo beside the real warehouse may run, but nothing twice.
 */
export function startShell(deps: ShellDeps): void {
  prepareEnvironment(deps.process.env, deps.process.platform);
  protocol.registerSchemesAsPrivileged([
    { scheme: stationScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
  app.enableSandbox();
  if (app.isPackaged) dropDebugSwitches();
  const run = prepareRun(deps);
  if (!run) app.exit(2);
  else if (!app.requestSingleInstanceLock()) app.quit();
  else runShell(run);
}

function runShell(run: Run): void {
  startCrashLog({
    log: run.log,
    dumps: join(run.dataDir, 'logs', 'crashes'),
    source: run.deps.process,
    texts: () => shellTexts(app.getLocale()),
  });
  app.on('second-instance', () => run.open?.window.focus());
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuit(run);
  lockEveryPage({
    isStation: (contents) => run.open?.window.shows(contents) ?? false,
    relaunch: () => run.open?.window.relaunch(),
    openDocument: (address) => run.open?.window.openDocument(address),
  });
  app
    .whenReady()
    .then(() => openStation(run))
    .catch((error: unknown) => reportFailedStart(run, error));
}

/** Reads the command line and moves the profile into the data folder; undefined when that cannot be done. */
function prepareRun(deps: ShellDeps): Run | undefined {
  try {
    const parsed = parseShellArguments(deps.process.argv, deps.process.cwd());
    const dataDir = parsed.dataDir ?? deps.defaultDataDir();
    const log = createRotatingLog({ folder: join(dataDir, 'logs'), name: 'shell', maxBytes: 262_144, keep: 3 });
    const windowDir = join(dataDir, 'window');
    // Electron refuses to move its profile into a folder that does not exist.
    mkdirSync(windowDir, { recursive: true });
    app.setPath('userData', windowDir);
    return { deps, dataDir, windowDir, arguments: parsed, log, open: undefined };
  } catch (error) {
    process.stderr.write(`packwright: ${error instanceof AppError ? error.message : String(error)}\n`);
    return undefined;
  }
}

async function openStation(run: Run): Promise<void> {
  const { deps, windowDir, dataDir } = run;
  const settings = openShellSettings(windowDir);
  const mode = readMode(run, settings);
  showMenu(run, mode);
  const station = await deps.createStation({
    dataDir,
    rendererDir: deps.rendererDir,
    origins: [stationOrigin],
    platform: {
      shell: 'electron',
      secrets: createSafeSecrets({ folder: windowDir, platform: deps.process.platform }),
      openExternal,
      startProcess: startUtilityProcess,
    },
  });
  openDoors(station, mode);
  const letSleep = keepAwakeWhilePacking(station);
  run.open = { station, letSleep, window: openStationWindow({ station, settings, mode, log: run.log }) };
}

/** Gives the station's window the whole door and the document window only documents. */
function openDoors(station: Station, mode: ShellMode): void {
  const documents = session.fromPartition(documentPartition);
  for (const locked of [session.defaultSession, documents]) lockSession(locked, mode);
  // The request goes through as it came, so that the door itself judges its origin.
  session.defaultSession.protocol.handle(stationScheme, (request) =>
    isDoorAddress(request.url) ? station.fetch(request) : new Response(null, { status: 404 }),
  );
  documents.protocol.handle(stationScheme, createDocumentDoor(station));
}

function readMode({ arguments: asked, deps }: Run, settings: ShellSettings): ShellMode {
  return {
    kiosk: asked.kiosk || settings.kiosk,
    demo: asked.demo,
    development: !app.isPackaged && Boolean(deps.process.env.PACKWRIGHT_DEV),
  };
}

function showMenu({ deps }: Run, mode: ShellMode): void {
  const texts = shellTexts(app.getLocale());
  const template = menuTemplate({ mode, texts, platform: deps.process.platform, quit: () => app.quit() });
  Menu.setApplicationMenu(template ? Menu.buildFromTemplate(template) : null);
}

async function openExternal(address: string): Promise<void> {
  if (!isWebAddress(address)) throw new AppError('rule', 'shell.address-refused');
  await shell.openExternal(address);
}

function reportFailedStart(run: Run, error: unknown): void {
  run.log.write('failed-start', describeFault(error));
  const reason = error instanceof AppError ? error.message : describeFault(error).message;
  const { cannotStart, seeLog } = shellTexts(app.getLocale());
  process.stderr.write(`packwright: ${String(reason)}\n`);
  dialog.showErrorBox(cannotStart, `${String(reason)}\n\n${seeLog} ${run.log.file}`);
  app.exit(1);
}

/** Holds the first quit back until the station has closed or five seconds have passed. */
function closeBeforeQuit(run: Run): void {
  let state: 'running' | 'closing' | 'closed' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'closed' || !run.open) return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    run.open.letSleep();
    void closeWithin(run.open.station, run.log).then(() => {
      state = 'closed';
      app.quit();
    });
  });
}

async function closeWithin(station: Station, log: RotatingLog): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), CLOSE_TIMEOUT_MS);
  });
  try {
    if ((await Promise.race([station.close(), tooLong])) === 'late') log.write('close-timed-out', {});
  } catch (error) {
    log.write('close-failed', describeFault(error));
  } finally {
    clearTimeout(timer);
  }
}
