import { readFile, stat } from 'node:fs/promises';
import type { OpenProblem } from './transports.ts';

/** What the system's words about a port that did not open mean (node-serialport 13 on Linux, macOS and Windows). */
export function problemOf(message: string): OpenProblem {
  if (/cannot lock port|temporarily unavailable|resource busy|access denied/i.test(message)) return 'taken';
  if (/permission denied|operation not permitted/i.test(message)) return 'denied';
  if (/no such (file|device)|file not found|not configured|unknown error code (2|3)\b/i.test(message)) return 'gone';
  if (/baud|custom speed|invalid argument|inappropriate ioctl/i.test(message)) return 'bad-settings';
  return 'failed';
}

/** The group that a port belongs to, by name where the system has a list of them; empty where there are no groups. */
export async function groupOf(path: string): Promise<string> {
  try {
    const { gid } = await stat(path);
    const lines = (await readFile('/etc/group', 'utf8').catch(() => '')).split('\n');
    const line = lines.find((one) => one.split(':')[2] === String(gid));
    return line?.split(':')[0] ?? String(gid);
  } catch {
    return '';
  }
}
