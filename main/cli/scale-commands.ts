import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { decodeScaleCase } from '../../shared/scale/decode-case.ts';
import { ScaleConfig, type ScaleSettings, SettableUnit } from '../../shared/scale/scale-settings.ts';
import type { ScaleProtocol } from '../../shared/scale/scale-stream.ts';
import { getScaleProtocol, scaleProtocols } from '../app/scale-protocols.ts';
import { printJson } from './with-core.ts';

interface DecodeOptions {
  readonly protocol: string;
  readonly unit?: string;
  readonly config?: string;
}

/** `scale protocols` and `scale decode`: what the station understands of scales, without one. */
export function addScaleCommands(program: Command): void {
  const scale = program.command('scale').description('what scales say');
  scale
    .command('protocols')
    .description('names of the scale protocols, one a line')
    .option('--json', 'as a JSON array')
    .option('--details', 'as JSON with line presets and settings')
    .action((options: { json?: boolean; details?: boolean }) => {
      if (options.details) return printJson(scaleProtocols.map(({ open: _open, ...described }) => described));
      const names = scaleProtocols.map((protocol) => protocol.name);
      if (options.json) printJson(names);
      else process.stdout.write(`${names.join('\n')}\n`);
    });
  scale
    .command('decode')
    .description('reads the hex of one read a line (or of several with | between) and prints a JSON array each')
    .requiredOption('--protocol <name>', 'one of `scale protocols`')
    .option('--unit <unit>', 'g, kg, lb or oz, for frames that carry none')
    .option('--config <json>', 'decimals, polarity, checksum: see `scale protocols --details`')
    .action(async (options: DecodeOptions) => {
      const protocol = getScaleProtocol(options.protocol);
      const settings = settingsOf(options, protocol);
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
        printJson(decodeScaleCase(line, protocol, settings));
    });
}

function settingsOf(options: DecodeOptions, protocol: ScaleProtocol): ScaleSettings {
  const config = configOf(options.config, protocol);
  if (options.unit === undefined) return config;
  const unit = SettableUnit.safeParse(options.unit.toLowerCase());
  if (!unit.success) throw new AppError('validation', 'scale.unknown-unit', { unit: options.unit });
  return { ...config, unit: unit.data };
}

function configOf(text: string | undefined, protocol: ScaleProtocol): ScaleConfig {
  if (text === undefined) return {};
  const config = ScaleConfig.safeParse(parseJson(text));
  if (!config.success)
    throw new AppError('validation', 'scale.bad-config', {
      reason: config.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim()).join('; '),
    });
  const unheeded = Object.keys(config.data).filter((name) => !protocol.config.includes(name));
  if (unheeded.length > 0)
    throw new AppError('validation', 'scale.bad-config', {
      reason: `${protocol.name} has no setting ${unheeded.join(', ')}`,
    });
  return config.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('validation', 'scale.bad-config', { reason: 'not valid JSON' });
  }
}
