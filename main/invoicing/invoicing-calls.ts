import type { Handlers } from '../../shared/contract/handlers.ts';
import { creditInvoice, type InvoicingDeps, issueInvoice } from './invoicing-service.ts';
import { listInvoices } from './invoicing-views.ts';

type Names = 'invoicing.list-view' | 'invoicing.issue' | 'invoicing.credit';

/** Invoices and credit notes. */
export function invoicingCalls(deps: InvoicingDeps): Handlers<Names> {
  return {
    'invoicing.list-view': (_actor, input) => listInvoices(deps.database, input),
    'invoicing.issue': (actor, { orderId }) => issueInvoice(deps, actor, { orderId, print: true }),
    'invoicing.credit': (actor, input) => creditInvoice(deps, actor, { ...input, print: true }),
  };
}
