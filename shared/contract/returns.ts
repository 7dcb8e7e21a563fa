import { z } from 'zod';
import { labelStates, returnStates } from '../model/machines.ts';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

/** Why a buyer sends something back, or `in-box` for the label that lay in the parcel. */
export const returnReasons = [
  'in-box',
  'changed-mind',
  'too-small',
  'too-large',
  'damaged',
  'wrong-item',
  'other',
] as const;

export const ReturnView = z.object({
  id: Id,
  code: z.string(),
  orderId: Id,
  orderNumber: z.string(),
  parcelId: Id,
  state: z.enum(returnStates),
  reason: z.string(),
  expiresOn: z.string(),
  createdAt: Instant,
  carrier: z.string(),
  /** The number under which it comes back; empty until there is a label. */
  trackingNumber: z.string(),
  labelState: z.enum(labelStates).nullable(),
  documentId: Id.nullable(),
});
export type ReturnView = z.infer<typeof ReturnView>;

export const returnCalls = {
  'returns.list-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary:
      'Returns that were announced, newest first; `search` finds RMA, tracking number of either way, order number',
    input: z.object({ search: z.string().max(80).optional(), limit: z.int().min(1).max(200).default(50) }),
    output: z.object({ returns: z.array(ReturnView), total: z.int() }),
  }),
  'returns.request': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'A buyer asks for a return: an RMA and its prepaid label, to be printed or sent',
    input: z.object({ parcelId: Id, reason: z.enum(returnReasons) }),
    output: z.object({ returnId: Id, code: z.string() }),
  }),
  'returns.cancel': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Cancels a return; its label is voided with the carrier',
    input: z.object({ returnId: Id }),
    output: z.object({}),
  }),
};

export const returnEvents = {
  'returns.changed': z.object({ orderId: Id }),
};
