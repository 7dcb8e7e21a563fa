import { readFile, stat } from 'node:fs/promises';
import type { CallOutput } from '../../shared/contract/index.ts';
import { parseRecording, type Recording } from '../../shared/devices/recording.ts';
import { AppError } from '../../shared/errors.ts';
import { createTransports, machineTiming } from './device-ports.ts';
import { probePort } from './device-support-probe.ts';

const MOST_BYTES = 64 * 1_048_576;

/** Searches a port from the command line; a port that a running station has is refused as taken. */
export async function probeByItself(path: string): Promise<CallOutput<'devices.probe'>> {
  const { serial } = createTransports({});
  try {
    return await probePort(path, { serial, timing: machineTiming });
  } finally {
    await serial.close();
  }
}

/** Reads a recording; throws `device.recording-unreadable` for a file that is none. */
export async function readRecording(file: string): Promise<Recording> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const text = size > 0 && size <= MOST_BYTES ? await readFile(file, 'utf8').catch(() => '') : '';
  const recording = parseRecording(text);
  if (!recording) throw new AppError('validation', 'device.recording-unreadable', { file });
  return recording;
}
