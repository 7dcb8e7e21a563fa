import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseChannelAnswer } from '../../../main/app/channel-parse.ts';

export const samplesFolder = resolve(import.meta.dirname, '../../../../shared/fixtures/channels');

/** Platform samples lie beside the checkout; where they do not, tests that need them say so and are skipped. */
export const samplesAreThere = existsSync(samplesFolder);
export const withoutSamples = 'skipped where ../shared/fixtures/channels is not there';

export function sample(path: string): string {
  return readFileSync(resolve(samplesFolder, path), 'utf8');
}

interface Printed {
  readonly orders: readonly PrintedOrder[];
  readonly quarantined: readonly { readonly id: string | null; readonly reason: string }[];
}

export interface PrintedOrder {
  readonly externalId: string;
  readonly externalNumber: string;
  readonly placedAt: string;
  readonly shipBy: string | null;
  readonly payState: string;
  readonly labelMode: string;
  readonly addressState: string;
  readonly lines: readonly {
    readonly externalLineIds: readonly string[];
    readonly sku: string;
    readonly title: string;
    readonly quantityOrdered: number;
    readonly quantityToPack: number;
  }[];
  readonly attribution: { readonly channel: string; readonly evidence: string };
}

/** What `channels parse` prints for an answer: bytes and text as they are, anything else as JSON. */
export async function parsed(channel: string, answer: unknown, options: { timeZone?: string } = {}): Promise<Printed> {
  const bytes =
    answer instanceof Uint8Array ? answer : Buffer.from(typeof answer === 'string' ? answer : JSON.stringify(answer));
  // The command's output is JSON: its reader sees it the same way.
  return JSON.parse(JSON.stringify(await parseChannelAnswer(channel, bytes, options))) as Printed;
}

/** The one order of an answer; fails with the reason where it was set aside. */
export async function onlyOrder(channel: string, answer: unknown, options = {}): Promise<PrintedOrder> {
  const { orders, quarantined } = await parsed(channel, answer, options);
  const [order] = orders;
  if (order === undefined || orders.length > 1 || quarantined.length > 0)
    throw new Error(`${orders.length} orders, set aside: ${JSON.stringify(quarantined)}`);
  return order;
}
