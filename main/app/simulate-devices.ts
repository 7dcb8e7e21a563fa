import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../shared/errors.ts';
import { type RawPrinter, startRawPrinter } from '../devices/printer/simulated/raw-printer.ts';
import { type FarEnd, openFarEnd, ptyOpener } from '../devices/simulated/far-end.ts';
import { type SimulatedScale, simulateScale } from '../devices/simulated/scale-at-far-end.ts';
import { scaleVoices } from '../devices/simulated/scale-voices.ts';

export interface SimulatedBench {
  /** Does what one line says and answers in words; an unknown line is told what there is. */
  obey(line: string): Promise<string>;
  close(): Promise<void>;
}

export interface SimulatedBenchPlan {
  /** One of `scale protocols`, of those that come over a line. */
  readonly scale?: string;
  readonly scanner?: boolean;
  /** Port on 127.0.0.1 of a printer that takes raw bytes; 0 for any. */
  readonly printer?: number;
}

interface Plugged {
  readonly path: string;
  end: FarEnd | undefined;
  scale: SimulatedScale | undefined;
}

const MG_PER = { mg: 1, g: 1_000, kg: 1_000_000 } as const;
const HELP =
  'scale 1.25kg | scale silent | scale speaks | scale flood | scale calm | scale tear | scale noise | scan CODE | unplug scale | plug scale';

/**
 * Opens devices that a station takes for real ones, for support and training; each tells how it is added.
 *
 * Errors: `device.no-pseudo-terminals` where neither socat nor python3 is installed, `scale.unknown-protocol`.
 */
export async function openSimulatedBench(
  plan: SimulatedBenchPlan,
  say: (line: string) => void,
): Promise<SimulatedBench> {
  const { scale: protocol } = plan;
  if (protocol !== undefined && !Object.hasOwn(scaleVoices, protocol))
    throw new AppError('validation', 'scale.unknown-protocol', { protocol });
  const opener = ptyOpener();
  const lines = protocol !== undefined || plan.scanner === true;
  if (lines && !opener) throw new AppError('device', 'device.no-pseudo-terminals');
  const folder = await mkdtemp(join(tmpdir(), 'packwright-devices-'));
  const devices = new Map<string, Plugged>();
  const plug = async (name: string): Promise<void> => {
    const path = join(folder, name);
    const end = opener && (await openFarEnd(path, opener));
    const scale = end && name === 'scale' && protocol !== undefined ? simulateScale(end, protocol) : undefined;
    devices.set(name, { path, end, scale });
  };
  if (protocol !== undefined) await plug('scale');
  if (plan.scanner) await plug('scanner');
  const printer = plan.printer === undefined ? undefined : await openPrinter(plan.printer, say);
  for (const [name, { path }] of devices) say(addWith(name, path, protocol));
  if (printer) say(`packwright devices add printer --tcp ${printer.host}:${printer.port} --media 4x6in`);
  return {
    obey: (line) => obey(line.trim(), { devices, plug }),
    async close() {
      for (const { end, scale } of devices.values()) {
        scale?.stop();
        await end?.unplug();
      }
      await printer?.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function openPrinter(port: number, say: (line: string) => void): Promise<RawPrinter> {
  return startRawPrinter({ port, onPaper: (bytes) => say(`printed ${bytes.length} bytes`) });
}

function addWith(name: string, path: string, protocol: string | undefined): string {
  if (name === 'scanner' || protocol === undefined) return `packwright devices add ${name} --path ${path}`;
  const unit = scaleVoices[protocol]?.unit;
  return `packwright devices add scale --path ${path} --protocol ${protocol}${unit ? ` --unit ${unit}` : ''}`;
}

interface Reach {
  readonly devices: ReadonlyMap<string, Plugged>;
  plug(name: string): Promise<void>;
}

async function obey(line: string, reach: Reach): Promise<string> {
  const [word = '', rest = ''] = [line.split(/\s+/, 1)[0], line.replace(/^\S+\s*/, '')];
  if (word === 'scan') return scan(rest, reach.devices.get('scanner'));
  if (word === 'scale') return tellScale(rest, reach.devices.get('scale')?.scale);
  if (word !== 'plug' && word !== 'unplug') return HELP;
  const device = reach.devices.get(rest);
  if (!device) return `there is no ${rest || 'such device'} here`;
  if (word === 'unplug') {
    device.scale?.stop();
    await device.end?.unplug();
    [device.end, device.scale] = [undefined, undefined];
    return `${rest} is unplugged`;
  }
  if (!device.end) await reach.plug(rest);
  return `${rest} is plugged in`;
}

function scan(code: string, scanner: Plugged | undefined): string {
  if (!scanner?.end) return 'there is no scanner plugged in';
  if (code === '') return HELP;
  // GS is typed as people write it.
  scanner.end.send(`${code.replaceAll('<GS>', '\x1d')}\r`);
  return `scanned ${code}`;
}

function tellScale(order: string, scale: SimulatedScale | undefined): string {
  if (!scale) return 'there is no scale plugged in';
  const [, value, unit] = /^(\d+(?:\.\d+)?)\s*(mg|g|kg)$/.exec(order) ?? [];
  if (value !== undefined && (unit === 'mg' || unit === 'g' || unit === 'kg')) {
    scale.put(Math.round(Number(value) * MG_PER[unit]));
    return `${order} on the scale`;
  }
  const orders: Readonly<Record<string, () => void>> = {
    silent: () => scale.mute(true),
    speaks: () => scale.mute(false),
    flood: () => scale.flood(true),
    tear: () => scale.tear(40),
    noise: () => scale.noise('\xff\x00?#'),
    calm: () => {
      scale.flood(false);
      scale.tear(0);
      scale.noise('');
      scale.mute(false);
    },
  };
  const act = Object.hasOwn(orders, order) ? orders[order] : undefined;
  act?.();
  return act ? `scale: ${order}` : HELP;
}
