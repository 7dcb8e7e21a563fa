import { spawn } from 'node:child_process';
import type { ProgramEnd, RunProgram } from '../../../shared/devices/run-program.ts';

/** What these programs say is short; whatever floods is cut. */
const MOST_CHARACTERS = 1_000_000;

/** Runs programs whose children all end when `signal` says so; each is killed by its own id when its time is over. */
export function createRunProgram(signal: AbortSignal): RunProgram {
  return (file, args, { limitMs, env }) =>
    new Promise<ProgramEnd>((resolve) => {
      if (signal.aborted) return resolve({ kind: 'not-started' });
      const child = spawn(file, args, {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        windowsHide: true,
      });
      let [stdout, stderr] = ['', ''];
      let timedOut = false;
      const kill = (): void => void child.kill('SIGKILL');
      const timer = setTimeout(() => {
        timedOut = true;
        kill();
      }, limitMs);
      const finish = (end: ProgramEnd): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', kill);
        // A grandchild may hold the pipes open for ever.
        child.stdout.destroy();
        child.stderr.destroy();
        resolve(end);
      };
      signal.addEventListener('abort', kill);
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (stdout.length < MOST_CHARACTERS) stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        if (stderr.length < MOST_CHARACTERS) stderr += text;
      });
      child.once('error', () => finish(child.pid === undefined ? { kind: 'missing' } : { kind: 'killed', timedOut }));
      const ended = (exitCode: number | null): void =>
        finish(exitCode === null ? { kind: 'killed', timedOut } : { kind: 'ended', exitCode, stdout, stderr });
      child.once('close', ended);
      child.once('exit', (exitCode) => exitCode === null && ended(null));
    });
}
