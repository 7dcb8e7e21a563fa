import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import {
  type DeviceKind,
  type DeviceSettings,
  deviceKinds,
  type LineDeviceKind,
  type LineSettings,
  scannerAcknowledgements,
  scannerEnds,
  scannerFlows,
} from '../../shared/contract/devices.ts';
import { AppError } from '../../shared/errors.ts';
import { ScaleConfig, SettableUnit } from '../../shared/scale/scale-settings.ts';
import { settableUnits } from '../../shared/scale/units.ts';
import { openRecorder } from '../app/device-recording.ts';
import { addDeviceAt, describeDevices, removeDeviceById } from '../app/devices.ts';
import { getScaleProtocol } from '../app/scale-protocols.ts';
import { watchDevice } from '../app/watch-device.ts';
import { addSupportCommands } from './device-support-commands.ts';
import {
  type PrinterOptions,
  papersOption,
  printerAddress,
  printerSettings,
  withPrinterOptions,
} from './printer-options.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

interface LineOptions {
  readonly baud?: number;
  readonly dataBits?: 7 | 8;
  readonly parity?: LineSettings['parity'];
  readonly stopBits?: 1 | 2;
  readonly dtr?: boolean;
}

interface DeviceOptions extends LineOptions {
  readonly protocol?: string;
  readonly unit?: string;
  readonly config?: string;
  readonly end?: (typeof scannerEnds)[number];
  readonly ack?: (typeof scannerAcknowledgements)[number];
  readonly flow?: (typeof scannerFlows)[number];
  readonly blankMs?: number;
}

interface AddOptions extends DeviceOptions, DataOption {
  readonly path?: string;
  readonly tcp?: string;
  readonly station?: string;
}

interface WatchOptions extends DeviceOptions {
  readonly port: string;
  readonly raw?: boolean;
  readonly record?: string;
  readonly seconds?: number;
}

/** `devices`, `scale watch`, `scanner watch`: what the settings page can, and a look at one port for support. */
export function addDeviceCommands(program: Command): void {
  const devices = withDataOption(program.command('devices'))
    .description('scales, scanners and printers with their state and why; ports and print queues of this PC')
    .option('--json', 'as JSON')
    .action(async (options: DataOption & { json?: boolean }) => showDevices(options));
  withPrinterOptions(withDeviceOptions(withDataOption(devices.command('add'))))
    .description('sets up a device; a running station takes it up at once')
    .addArgument(new Argument('<kind>').choices([...deviceKinds]))
    .option('--path <path>', 'serial port')
    .option('--tcp <host:port>', 'serial server or device on the network; a printer’s port is 9100')
    .addOption(papersOption())
    .option('--station <name>', 'bench it stands at (default: this PC’s own)')
    // Options that the group has too arrive there.
    .action((kind: DeviceKind, _options: unknown, command: Command) => addOne(kind, command.optsWithGlobals()));
  withDataOption(devices.command('remove'))
    .description('forgets a device; its port is closed at once')
    .argument('<id>')
    .action(async (id: string, _options: unknown, command: Command) => {
      await withCore(command.optsWithGlobals<DataOption>(), (core) => removeDeviceById(core, id));
    });
  const scale = program.commands.find((command) => command.name() === 'scale') ?? program.command('scale');
  addSupportCommands(devices, scale);
  watchCommand(scale, 'scale');
  watchCommand(program.command('scanner').description('what scanners say'), 'scanner');
}

function watchCommand(group: Command, kind: LineDeviceKind): void {
  withDeviceOptions(group.command('watch'))
    .description(`opens one port and prints what the ${kind} says, one JSON object a line, until it is stopped`)
    .requiredOption('--port <path>', 'serial port')
    .option('--raw', 'the bytes of each read as well')
    .option('--record <file>', 'writes every byte into a file that `scale replay` and a test can read')
    .option('--seconds <n>', 'ends after so long', wholeNumber)
    .action((options: WatchOptions) => watchOne(kind, options));
}

function withDeviceOptions(command: Command): Command {
  return command
    .option('--protocol <name>', 'of a scale: one of `scale protocols`')
    .addOption(new Option('--unit <unit>', 'unit of a scale that does not say it').choices([...settableUnits]))
    .option('--config <json>', 'decimals, polarity, checksum: see `scale protocols --details`')
    .addOption(new Option('--end <end>', 'what ends a scan (default: any)').choices([...scannerEnds]))
    .addOption(
      new Option('--ack <family>', 'how the scanner is told right from wrong (default: none)').choices([
        ...scannerAcknowledgements,
      ]),
    )
    .addOption(new Option('--flow <flow>', 'holds a scanner while many scans wait').choices([...scannerFlows]))
    .option('--blank-ms <n>', 'of an imager that sends every code in view: ignores others for so long', wholeNumber)
    .option('--baud <n>', 'speed of the line', wholeNumber)
    .addOption(new Option('--data-bits <n>').choices(['7', '8']).argParser(Number))
    .addOption(new Option('--parity <parity>').choices(['none', 'even', 'odd']))
    .addOption(new Option('--stop-bits <n>').choices(['1', '2']).argParser(Number))
    .option('--no-dtr', 'does not raise DTR: some scales start anew when it is');
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('a whole number above 0 is wanted.');
  return number;
}

async function showDevices(options: DataOption & { json?: boolean }): Promise<void> {
  const found = await withCore(options, describeDevices);
  if (options.json) return printJson(found);
  for (const { id, kind, protocol, path, state, since, advice } of found.devices) {
    const told = [id, protocol ? `${kind} ${protocol}` : kind, path, state ?? 'not known'];
    process.stdout.write(`${[...told, since ? `since ${since}` : '', advice ?? ''].filter(Boolean).join('\t')}\n`);
  }
  for (const { name, makerModel, deviceId } of found.queues)
    process.stdout.write(`queue\t${name}\t${makerModel ?? ''}\t${deviceId ?? 'free'}\n`);
  for (const { path, maker, deviceId } of found.ports)
    process.stdout.write(`port\t${path}\t${maker ?? ''}\t${deviceId ?? 'free'}\n`);
}

async function addOne(kind: DeviceKind, options: AddOptions & PrinterOptions): Promise<void> {
  const device =
    kind === 'printer'
      ? { kind, address: printerAddress(options), settings: printerSettings(options) }
      : { kind, address: addressOf(kind, options), ...settingsOf(options) };
  printJson(await withCore(options, (core) => addDeviceAt(core, device, options.station)));
}

async function watchOne(kind: LineDeviceKind, options: WatchOptions): Promise<void> {
  const address = addressOf(kind, { ...options, path: options.port });
  const { protocol = null, settings } = settingsOf(options);
  const device = { id: 'watched', stationId: '', kind, address, identity: {}, protocol, settings };
  const recorder = options.record === undefined ? undefined : openRecorder(options.record, device);
  const close = await watchDevice(device, (line) => printJson({ at: new Date().toISOString(), ...line }), {
    raw: options.raw === true,
    onRead: recorder?.write,
  });
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    if (options.seconds) setTimeout(resolve, options.seconds * 1_000);
  });
  await close();
  const problem = await recorder?.close();
  if (problem !== undefined) throw new AppError('device', 'device.no-recording', { reason: problem });
}

function addressOf(kind: LineDeviceKind, options: AddOptions) {
  const { path, tcp } = options;
  if ((path === undefined) === (tcp === undefined)) throw new AppError('validation', 'device.address-needed');
  if (tcp !== undefined) {
    const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(tcp) ?? [];
    if (host === '' || Number(port) < 1 || Number(port) > 65_535)
      throw new AppError('validation', 'device.address-needed');
    return { kind: 'tcp' as const, host, port: Number(port) };
  }
  if (options.protocol === 'usb-hid') return { kind: 'hid' as const, path: path ?? '' };
  return { kind: 'serial' as const, path: path ?? '', line: lineOf(kind, options) };
}

/** What is named wins; the rest is the line that the protocol's manuals name first. */
function lineOf(kind: LineDeviceKind, options: DeviceOptions): LineSettings {
  const preset = kind === 'scale' ? getScaleProtocol(options.protocol ?? '').lines[0] : undefined;
  return {
    baud: options.baud ?? preset?.baud ?? 9_600,
    dataBits: options.dataBits ?? preset?.dataBits ?? 8,
    parity: options.parity ?? preset?.parity ?? 'none',
    stopBits: options.stopBits ?? preset?.stopBits ?? 1,
    dtr: options.dtr ?? true,
  };
}

function settingsOf(options: DeviceOptions): { protocol?: string; settings: DeviceSettings } {
  const unit = options.unit === undefined ? {} : { unit: SettableUnit.parse(options.unit) };
  const end = options.end === undefined ? {} : { scanEnd: options.end };
  const ack = options.ack === undefined ? {} : { acknowledge: options.ack };
  const flow = options.flow === undefined ? {} : { flow: options.flow };
  const blank = options.blankMs === undefined ? {} : { blankMs: options.blankMs };
  const settings = { ...configOf(options.config), ...unit, ...end, ...ack, ...flow, ...blank };
  return options.protocol === undefined ? { settings } : { protocol: options.protocol, settings };
}

function configOf(text: string | undefined): ScaleConfig {
  if (text === undefined) return {};
  try {
    return ScaleConfig.parse(JSON.parse(text));
  } catch (cause) {
    throw new AppError('validation', 'scale.bad-config', { reason: 'not as `scale protocols --details` says' }, cause);
  }
}
