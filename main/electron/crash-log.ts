import { mkdirSync } from 'node:fs';
import { app, crashReporter, dialog } from 'electron';
import { describeFault, type RotatingLog } from './rotating-log.ts';
import type { ShellTexts } from './shell-texts.ts';

/** The part of Node's `process` that reports faults nobody caught. */
export interface FaultSource {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (fault: unknown) => void): unknown;
}

export interface CrashLogOptions {
  readonly log: RotatingLog;
  /** Folder of the minidumps. */
  readonly dumps: string;
  readonly source: FaultSource;
  readonly texts: () => ShellTexts;
}

// A shell that falls over sooner than this after its start would only do so again.
const STEADY_AFTER_S = 60;

/**
 * Writes every crash of every process of the shell into one small local log; nothing is uploaded.
 *
 * A lost promise is only noted: the station reports its own errors, and packing goes on. After an uncaught
 * exception the process is in an unknown state, so it starts anew, or stops with words when it has just started.
 */
export function startCrashLog({ log, dumps, source, texts }: CrashLogOptions): void {
  mkdirSync(dumps, { recursive: true });
  app.setPath('crashDumps', dumps);
  crashReporter.start({ uploadToServer: false });
  const bornAt = performance.now();
  app.on('render-process-gone', (_event, contents, details) => {
    log.write('renderer-gone', { reason: details.reason, exitCode: details.exitCode, contents: contents.id });
  });
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    log.write('child-gone', { type, reason, exitCode, name });
  });
  source.on('unhandledRejection', (fault) => log.write('unhandled-rejection', describeFault(fault)));
  source.on('uncaughtException', (fault) => {
    log.write('uncaught-exception', describeFault(fault));
    if (performance.now() - bornAt > STEADY_AFTER_S * 1000) app.relaunch();
    else dialog.showErrorBox(texts().stopped, `${texts().seeLog} ${log.file}`);
    app.exit(1);
  });
}
