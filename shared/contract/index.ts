import { z } from 'zod';
import { errorKinds } from '../errors.ts';
import { benchCalls, benchEvents } from './bench.ts';
import { deviceCalls, deviceEvents } from './devices.ts';
import { invoicingCalls, invoicingEvents } from './invoicing.ts';
import { orderCalls, orderEvents } from './orders.ts';
import { packingCalls, packingEvents } from './packing.ts';
import { printingCalls, printingEvents } from './printing.ts';
import { reportingCalls } from './reporting.ts';
import { returnCalls, returnEvents } from './returns.ts';
import { shippingCalls, shippingEvents } from './shipping.ts';
import { shippingAccountCalls, shippingAccountEvents } from './shipping-accounts.ts';
import { shippingDockCalls, shippingDockEvents } from './shipping-dock.ts';
import { shopCalls, shopEvents } from './shops.ts';
import { stationCalls, stationEvents } from './stations.ts';
import { stockCalls, stockEvents } from './stock.ts';

/** Every call of the door by name: `<feature>.<verb-noun>` for commands, `<feature>.<noun>-view` for queries. */
export const calls = {
  ...benchCalls,
  ...deviceCalls,
  ...invoicingCalls,
  ...orderCalls,
  ...packingCalls,
  ...printingCalls,
  ...reportingCalls,
  ...returnCalls,
  ...shippingCalls,
  ...shippingAccountCalls,
  ...shippingDockCalls,
  ...shopCalls,
  ...stationCalls,
  ...stockCalls,
};
export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type ParsedInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;

/** Every event of the stream by name: hints to fetch again, not data to merge (scale readings excepted). */
export const events = {
  ...benchEvents,
  ...deviceEvents,
  ...invoicingEvents,
  ...orderEvents,
  ...packingEvents,
  ...printingEvents,
  ...returnEvents,
  ...shippingEvents,
  ...shippingAccountEvents,
  ...shippingDockEvents,
  ...shopEvents,
  ...stationEvents,
  ...stockEvents,
};
export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;

export const FailedAnswer = z.object({
  ok: z.literal(false),
  error: z.object({
    kind: z.enum(errorKinds),
    code: z.string(),
    details: z.record(z.string(), z.unknown()),
    ref: z.string(),
  }),
});

/** The envelope of every answer. */
export type Answer<N extends CallName = CallName> = { ok: true; output: CallOutput<N> } | z.infer<typeof FailedAnswer>;
