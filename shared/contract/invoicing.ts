import { z } from 'zod';
import { defineCall } from './call.ts';
import { Id, Instant } from './common.ts';

export const InvoiceView = z.object({
  id: Id,
  number: z.string(),
  kind: z.enum(['invoice', 'credit-note']),
  orderId: Id,
  orderNumber: z.string(),
  documentId: Id,
  issuedOn: z.string(),
  totalMinor: z.int(),
  vatMinor: z.int(),
  currency: z.string(),
  /** Number of the invoice that a credit note corrects. */
  corrects: z.string().nullable(),
  createdAt: Instant,
});
export type InvoiceView = z.infer<typeof InvoiceView>;

export const invoicingCalls = {
  'invoicing.list-view': defineCall({
    kind: 'query',
    role: 'packer',
    summary: 'Invoices and credit notes, newest first, or those of one order',
    input: z.object({ orderId: Id.optional(), limit: z.int().min(1).max(200).default(50) }),
    output: z.object({ invoices: z.array(InvoiceView), total: z.int() }),
  }),
  'invoicing.issue': defineCall({
    kind: 'command',
    role: 'packer',
    summary: 'Issues and prints the invoice of an order; one that exists already is printed again',
    input: z.object({ orderId: Id }),
    output: z.object({ invoiceId: Id, number: z.string(), documentId: Id }),
  }),
  'invoicing.credit': defineCall({
    kind: 'command',
    role: 'supervisor',
    summary: 'Issues a credit note for units of an invoiced order, with or without its return',
    input: z.object({
      orderId: Id,
      returnId: Id.nullable(),
      lines: z
        .array(z.object({ lineId: Id, quantity: z.int().min(1) }))
        .min(1)
        .max(200),
      shipping: z.boolean().default(false),
    }),
    output: z.object({ invoiceId: Id, number: z.string(), documentId: Id }),
  }),
};

export const invoicingEvents = {
  'invoicing.changed': z.object({ orderId: Id }),
};
