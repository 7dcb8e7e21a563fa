import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { toDecodedFrame } from '../../shared/scale/decode-case.ts';
import { replayScale } from '../../shared/scale/replay.ts';
import { probeByItself, readRecording } from '../app/device-support-files.ts';
import { describeDevice } from '../app/device-words.ts';
import { getScaleProtocol } from '../app/scale-protocols.ts';
import { printJson } from './with-core.ts';

interface ReplayOptions {
  readonly protocol?: string;
  readonly speed?: number;
}

/** `devices probe` and `scale replay`: what is on a port, and what a recorded scale said. */
export function addSupportCommands(devices: Command, scale: Command): void {
  devices
    .command('probe')
    .description('what is on this port? Listens, then asks with commands that only read; takes up to a minute')
    .requiredOption('--path <path>', 'serial port that no running station has')
    .action((_options: unknown, command: Command) =>
      probe(command.optsWithGlobals<{ path: string; json?: boolean }>()),
    );
  scale
    .command('replay')
    .description('reads a recording as the station would and prints frames and captures, one JSON object a line')
    .argument('<file>', 'made by `scale watch --record` or on the devices page')
    .option('--protocol <name>', 'another one than the recording names')
    .option('--speed <n>', '1 is as fast as it was recorded (default: at once)', speedOf)
    .action(replay);
}

function speedOf(text: string): number {
  const speed = Number(text);
  if (!(speed > 0)) throw new InvalidArgumentError('a number above 0 is wanted.');
  return speed;
}

async function probe({ path, json }: { path: string; json?: boolean }): Promise<void> {
  const { found, code, params, bytes } = await probeByItself(path);
  const advice = code === null ? null : describeDevice(code, params);
  if (json) return printJson({ found, code, advice, bytes });
  for (const { kind, protocol, line, frames, sample, garbage } of found) {
    const bits = `${line.baud} ${line.dataBits}${line.parity.charAt(0).toUpperCase()}${line.stopBits}`;
    const told = [protocol ? `${kind} ${protocol}` : kind, bits, `${frames} frames`, sample, `garbage ${garbage}`];
    process.stdout.write(`${told.join('\t')}\n`);
  }
  if (advice !== null) process.stdout.write(`${advice}\n`);
}

async function replay(file: string, options: ReplayOptions): Promise<void> {
  const { head, reads, broken } = await readRecording(file);
  const protocol = getScaleProtocol(options.protocol ?? head.protocol ?? '');
  let lastMs = 0;
  for (const replayed of replayScale(reads, protocol, head.settings)) {
    const { atMs } = replayed;
    if (options.speed) await new Promise((resolve) => setTimeout(resolve, (atMs - lastMs) / (options.speed ?? 1)));
    lastMs = atMs;
    if (replayed.kind === 'frame') printJson({ atMs, ...toDecodedFrame(replayed.frame) });
    else printJson({ atMs, capture: { mg: replayed.mg, grams: replayed.mg / 1_000 } });
  }
  if (broken > 0) printJson({ broken });
}
