import { z } from 'zod';
import { defineCall } from './call.ts';
import { Id } from './common.ts';

export const shippingCalls = {
  'shipping.retry-label': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Asks again for a label that failed before anything was paid, or that was voided',
    input: z.object({ parcelId: Id }),
    output: z.object({}),
  }),
  'shipping.void-label': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Voids the label of a parcel that no carrier has yet; its number alarms at any bench from then on',
    input: z.object({ parcelId: Id }),
    output: z.object({}),
  }),
};

export const shippingEvents = {
  'shipping.label-changed': z.object({ parcelId: Id, orderId: Id, state: z.string() }),
};
