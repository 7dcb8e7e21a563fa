import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';
import type { HeldPort } from './held-port.ts';
import { groupOf, problemOf } from './open-problem.ts';
import type { SerialReport } from './serial-message.ts';
import type { OpenProblem } from './transports.ts';

/** What is needed of an open USB device; node-hid's own, or a simulated one. */
export interface HidSource {
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void> | void;
}

/** What is needed of node-hid. */
export interface HidLibrary {
  devicesAsync(): Promise<readonly HidListed[]>;
  readonly HIDAsync: { open(path: string): Promise<HidSource> };
}

interface HidListed {
  readonly vendorId: number;
  readonly productId: number;
  readonly path?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly manufacturer?: string | undefined;
  readonly product?: string | undefined;
  readonly usagePage?: number | undefined;
}

/** Weighing devices (HID point of sale usage tables). */
const SCALE_PAGE = 0x8d;
/** Scales met in the field; where a system does not tell the usage page, they are known by these. */
const KNOWN: ReadonlySet<string> = new Set([
  ...['0922:8003', '0922:8004', '0922:8009', '0eb8:f000', '0eb8:f001', '1446:6a73', '2474:0550', '2474:3550'],
  ...['0b67:555e', '6096:0158'],
]);

/** Loads node-hid when the first USB scale is asked for: where libudev is missing it cannot be loaded at all. */
export const loadHid = async (): Promise<HidLibrary> => {
  const library = await import('node-hid');
  return 'HIDAsync' in library ? library : (library as { default: HidLibrary }).default; // CommonJS, whose names Node may not see
};

const hex4 = (id: number): string => id.toString(16).padStart(4, '0');

/** USB scales within reach; undefined where USB cannot be read at all. */
export async function listHid(load: () => Promise<HidLibrary> = loadHid): Promise<readonly PortInfo[] | undefined> {
  try {
    const listed = await (await load()).devicesAsync();
    return listed.flatMap(({ path, vendorId, productId, serialNumber, manufacturer, product, usagePage }) => {
      const ids = { vendorId: hex4(vendorId), productId: hex4(productId) };
      const isScale = usagePage === SCALE_PAGE || KNOWN.has(`${ids.vendorId}:${ids.productId}`);
      if (!isScale || !path) return [];
      const maker = [manufacturer, product].filter(Boolean).join(' ') || undefined;
      return [{ kind: 'hid' as const, path, maker, serialNumber: serialNumber || undefined, ...ids }];
    });
  } catch {
    return undefined;
  }
}

/** Opens a USB scale and reports what it sends; resolves to undefined after a refusal was reported. */
export async function holdHid(
  { id, path }: { readonly id: number; readonly path: string },
  tell: (report: SerialReport) => void,
  load: () => Promise<HidLibrary> = loadHid,
): Promise<HeldPort | undefined> {
  const refuse = async (problem: OpenProblem, reason: string): Promise<undefined> => {
    const group = problem === 'denied' ? await groupOf(path) : '';
    tell({ told: 'refused', id, problem, params: { path, reason: reason.slice(0, 200), group } });
    return undefined;
  };
  const library = await load().catch(messageOf);
  if (typeof library === 'string') return refuse('unsupported', library);
  const source = await library.HIDAsync.open(path).catch(messageOf);
  if (typeof source === 'string') return refuse(await problemAt(path, source), source);
  return report(source, id, tell);
}

/** What the library says of a refusal is often nothing: on systems where devices are files, the file tells. */
async function problemAt(path: string, message: string): Promise<OpenProblem> {
  const told = problemOf(message);
  if (told !== 'failed' || !path.startsWith('/')) return told;
  const refusal = await access(path, constants.R_OK | constants.W_OK).catch(codeOf);
  return refusal === 'EACCES' ? 'denied' : refusal === 'ENOENT' ? 'gone' : 'failed';
}

const codeOf = (error: NodeJS.ErrnoException): string => error.code ?? '';
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Tells the newest report of each turn: they queue up in the library, and a display that shows them all lags by seconds
 * (QZ#81).
 */
function report(source: HidSource, id: number, tell: (report: SerialReport) => void): HeldPort {
  let newest: Uint8Array | undefined;
  let over = false;
  source.on('data', (bytes) => {
    if (newest === undefined) setImmediate(tellNewest);
    newest = new Uint8Array(bytes);
  });
  const tellNewest = (): void => {
    const bytes = newest;
    newest = undefined;
    if (bytes && !over) tell({ told: 'bytes', id, bytes, atMs: Date.now() });
  };
  source.on('error', (error) => {
    if (over) return;
    over = true;
    tell({ told: 'closed', id, reason: error.message });
    void closeQuietly(source);
  });
  tell({ told: 'opened', id });
  return {
    // No question is put to a USB scale.
    write: () => undefined,
    took: () => undefined,
    async close() {
      over = true;
      await closeQuietly(source);
    },
  };
}

const CLOSE_LIMIT_MS = 1_000;

async function closeQuietly(source: HidSource): Promise<void> {
  const closing = Promise.resolve(source.close()).catch(() => undefined);
  await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref())]);
}
