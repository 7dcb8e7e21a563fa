import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const onWindows = process.platform === 'win32';
const TO_THE_END_MS = 5_000;
/** Programs that run quietly right now: they have groups of their own, which the terminal's Ctrl-C does not reach. */
const running = new Set();

/** Runs a program in this one's place: its streams, signals and exit code are ours. */
export function runInPlace(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
    child.once('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/**
 * Runs a program without showing what it says; its last words are kept for the case that it fails.
 *
 * With `limitMs` it is ended after that time, and everything that it started with it: a test run holds browsers and
 * servers, and one that keeps the pipe open would have us wait for ever. Resolves to `{code, output, outOfTime}`.
 */
export function runQuietly(command, args, { limitMs, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      shell: onWindows,
      detached: !onWindows,
      ...options,
    });
    let output = '';
    let outOfTime = false;
    const keep = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    watch(child);
    const limit = limitMs && setTimeout(end, limitMs);
    function end() {
      outOfTime = true;
      endGroup(child, 'SIGTERM');
      setTimeout(() => endGroup(child, 'SIGKILL'), TO_THE_END_MS).unref();
      setTimeout(() => finish(1), 2 * TO_THE_END_MS).unref();
    }
    function finish(code) {
      clearTimeout(limit);
      running.delete(child);
      resolve({ code, output, outOfTime });
    }
    child.once('error', (error) => {
      keep(error.message);
      finish(1);
    });
    child.once('close', (code) => finish(code ?? 1));
  });
}

function watch(child) {
  if (running.size === 0) {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, endAll);
  }
  running.add(child);
}

function endAll(signal) {
  for (const child of running) endGroup(child, 'SIGTERM');
  process.exit(128 + (constants.signals[signal] ?? 0));
}

/** The program and all that it started; both may be gone already. */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (onWindows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
