import { z } from 'zod';
import { printJobStates } from '../model/machines.ts';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

export const shippingCalls = {
  'shipping.prints-view': defineCall({
    kind: 'query',
    role: 'anyone',
    summary: 'The latest print jobs of this bench, newest first; the simulated printer shows them',
    input: z.object({ limit: z.int().min(1).max(50).default(8) }),
    output: z.object({
      jobs: z.array(
        z.object({
          id: Id,
          documentId: Id,
          kind: z.string(),
          orderNumber: z.string(),
          state: z.enum(printJobStates),
          reprint: z.int(),
          createdAt: Instant,
        }),
      ),
    }),
  }),
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
  'shipping.printed': z.object({ stationId: Id.nullable(), documentId: Id }),
};
