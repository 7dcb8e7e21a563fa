import { type Command, InvalidArgumentError } from 'commander';
import { sendOrder } from '../app/shops.ts';
import { type DataOption, printJson, withCore, withDataOption } from './with-core.ts';

interface ShipOptions extends DataOption {
  readonly carrier: string;
  readonly tracking: string;
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
}

/** `order ship`: a parcel that was labelled elsewhere. */
export function addShipCommand(order: Command): void {
  withDataOption(order.command('ship'))
    .description('marks an order, or units of it, sent with a label made elsewhere; its shop hears of it')
    .argument('<number>', 'order number, channel id, or scannable code')
    .requiredOption('--carrier <name>', 'such as UPS or Colissimo')
    .requiredOption('--tracking <number>', 'number on the label')
    .option('--lines <list>', 'only these units: SKU:QUANTITY,…', linesOf)
    .option('--json', 'accepted for symmetry; the output is always JSON')
    .action(async (number: string, options: ShipOptions) => {
      const { carrier, tracking, lines } = options;
      await withCore(options, async (core) =>
        printJson(await sendOrder(core, number, { carrier, tracking, ...(lines ? { lines } : {}) })),
      );
    });
}

/** A SKU may hold colons: the last one counts. */
function linesOf(text: string): { sku: string; quantity: number }[] {
  return text.split(',').map((part) => {
    const [, sku = '', quantity = ''] = /^(.+):(\d+)$/.exec(part.trim()) ?? [];
    if (sku === '' || Number(quantity) < 1) throw new InvalidArgumentError('write it like MUG-RED:2,MUG-BLUE:1.');
    return { sku, quantity: Number(quantity) };
  });
}
