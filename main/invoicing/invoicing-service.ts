import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import { answerOnce } from '../db/answer-once.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import type { Documents, RenderedDocument } from '../documents/document.ts';
import { ASKED_FOR } from '../printing/printing-rules.ts';
import { countReprints, queuePrints } from '../printing/printing-service.ts';
import { checkReturnOf, keepOrderPaper } from '../shipping/order-papers-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { type CreditWish, decideCredit } from './credit-rules.ts';
import type { InvoiceFacts } from './invoice-facts-rules.ts';
import { localDate, seriesOf } from './invoice-rules.ts';
import {
  findInvoice,
  findInvoiceOf,
  listCredits,
  listUndrawn,
  lockOrder,
  type StoredInvoice,
  setDocument,
} from './invoicing-store.ts';
import { type Found, findOrPlanInvoice, modelOf, takeNumber, unnumberedFacts } from './sale-service.ts';

export interface InvoicingDeps extends Deps {
  readonly documents: Documents;
}

export interface Issued {
  readonly invoiceId: string;
  readonly number: string;
  readonly documentId: string;
}

/**
 * Command: the invoice of an order, printed; one that exists is printed again. Errors as `findOrPlanInvoice`, and
 * `document.unprintable-letters`, for which no number is spent.
 */
export function issueInvoice(
  deps: InvoicingDeps,
  actor: Actor,
  { orderId, print }: { readonly orderId: string; readonly print: boolean },
): Promise<Issued> {
  const find = (uow: UnitOfWork): Promise<Found> => findOrPlanInvoice(uow, orderId);
  return answerOnce(deps, actor, () => issue(deps, withoutCommand(actor), { find, print }));
}

export interface CreditInput extends CreditWish {
  readonly orderId: string;
  readonly print: boolean;
  readonly returnId: string | null;
}

/**
 * Command: a credit note for units of an invoiced order, printed.
 *
 * Errors: `rule` `invoicing.not-invoiced`, `invoicing.unknown-line`, `invoicing.too-many-credited`,
 * `invoicing.shipping-credited`; `not-found` `return.unknown`.
 */
export function creditInvoice(deps: InvoicingDeps, actor: Actor, input: CreditInput): Promise<Issued> {
  const find = (uow: UnitOfWork): Promise<Found> => findOrPlanCredit(uow, input);
  return answerOnce(deps, actor, () => issue(deps, withoutCommand(actor), { find, print: input.print }));
}

/** Several units of work make one answer: it is kept for the command as a whole. */
function withoutCommand({ commandId: _, ...actor }: Actor): Actor {
  return actor;
}

async function issue(
  deps: InvoicingDeps,
  actor: Actor,
  { find, print }: { find: (uow: UnitOfWork) => Promise<Found>; print: boolean },
): Promise<Issued> {
  await rehearse(deps, actor, find);
  const { invoice, model } = await runUnitOfWork(deps, actor, async (uow) => {
    uow.unchanged();
    return takeNumber(uow, await find(uow));
  });
  const rendered = invoice.documentId === null ? await deps.documents.renderInvoice(model) : undefined;
  return runUnitOfWork(deps, actor, async (uow) => {
    const documentId = await keepInvoice(uow, invoice, rendered);
    if (print) await printInvoice(uow, invoice, documentId);
    else uow.unchanged();
    return { invoiceId: invoice.id, number: invoice.number, documentId };
  });
}

async function printInvoice(uow: UnitOfWork, { id, kind, orderId }: StoredInvoice, documentId: string): Promise<void> {
  const reprint = await countReprints(uow, documentId);
  await queuePrints(uow, [{ kind, documentId, reprint, reason: reprint > 0 ? ASKED_FOR : null }]);
  uow.record({ kind: `${kind}.printed`, subject: orderId, data: { invoice: id, reprint } });
}

/** Draws the paper as it would be: no number is spent on one that cannot be drawn. */
async function rehearse(deps: InvoicingDeps, actor: Actor, find: (uow: UnitOfWork) => Promise<Found>): Promise<void> {
  const model = await runUnitOfWork(deps, actor, async (uow) => {
    uow.unchanged();
    const found = await find(uow);
    if ('known' in found) return undefined;
    return modelOf(uow, unnumberedFacts(found.wanted), found.wanted.orderId);
  });
  if (model) await deps.documents.renderInvoice(model);
}

/** Step: stores the drawn paper under its number; another process may have been faster with the same paper. */
export async function keepInvoice(
  uow: UnitOfWork,
  { id, kind, orderId }: Pick<StoredInvoice, 'id' | 'kind' | 'orderId'>,
  rendered: Pick<RenderedDocument, 'bytes'> | undefined,
): Promise<string> {
  await lockOrder(uow.tx, orderId);
  const stored = await findInvoice(uow.tx, id);
  if (stored?.documentId) return stored.documentId;
  if (!stored || !rendered) throw new AppError('not-found', 'invoicing.unknown', { id });
  const documentId = await keepOrderPaper(uow, { kind, bytes: rendered.bytes, orderId });
  await tieInvoice(uow, stored, documentId);
  return documentId;
}

/** Step: the paper is drawn and stored: the number is complete. */
export async function tieInvoice(
  uow: UnitOfWork,
  { id, kind, orderId }: Pick<StoredInvoice, 'id' | 'kind' | 'orderId'>,
  documentId: string,
): Promise<void> {
  if (!(await setDocument(uow.tx, id, documentId))) return;
  uow.record({ kind: `${kind}.issued`, subject: orderId, data: { invoice: id, document: documentId } });
  uow.emit('invoicing.changed', { orderId });
  uow.emit('orders.changed', { orderId });
}

async function findOrPlanCredit(uow: UnitOfWork, input: CreditInput): Promise<Found> {
  const { orderId, returnId } = input;
  await lockOrder(uow.tx, orderId);
  const invoice = await findInvoiceOf(uow.tx, orderId);
  if (!invoice) throw new AppError('rule', 'invoicing.not-invoiced', { id: orderId });
  if (returnId !== null) await checkReturnOf(uow, orderId, returnId);
  const earlier = await listCredits(uow.tx, invoice.id);
  // One that a crash left without its paper is what is asked for again.
  const undrawn = earlier.find((credit) => credit.documentId === null && isSameCredit(credit.facts, input));
  if (undrawn) return { known: undrawn };
  const decision = decideCredit(
    invoice.facts,
    earlier.map(({ facts }) => facts),
    input,
  );
  if (decision.outcome === 'refused') {
    const { code, outcome: _, ...details } = decision;
    throw new AppError('rule', code, details);
  }
  const settings = await sharedSettings(uow);
  const issuedOn = localDate(uow.now, settings.timeZone);
  const { number, issuedOn: invoicedOn } = invoice.facts;
  const facts: InvoiceFacts = {
    ...invoice.facts,
    ...decision.facts,
    kind: 'credit-note',
    issuedOn,
    paid: false,
    corrects: { number, issuedOn: invoicedOn },
  };
  const series = seriesOf('credit-note', settings, issuedOn);
  return { wanted: { facts, series, orderId, correctsId: invoice.id, rmaId: returnId } };
}

function isSameCredit(facts: InvoiceFacts, wish: CreditWish): boolean {
  const key = (lines: CreditWish['lines']): string =>
    lines
      .map(({ lineId, quantity }) => `${lineId} ${quantity}`)
      .sort()
      .join();
  return key(facts.lines) === key(wish.lines) && facts.charges.length > 0 === wish.shipping;
}

/** Command: draws what a crash left numbered but not drawn; returns how many. One that cannot be drawn waits on. */
export async function drawUndrawn(deps: InvoicingDeps): Promise<number> {
  let drawn = 0;
  const ids = await runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    return listUndrawn(uow.tx);
  });
  for (const id of ids) {
    const prepared = await runUnitOfWork(deps, systemActor, async (uow) => {
      uow.unchanged();
      const invoice = await findInvoice(uow.tx, id);
      if (!invoice || invoice.documentId !== null) return undefined;
      return { invoice, model: await modelOf(uow, invoice.facts, invoice.orderId).catch(knownOnly) };
    });
    if (!prepared?.model) continue;
    const rendered = await deps.documents.renderInvoice(prepared.model).catch(knownOnly);
    if (!rendered) continue;
    await runUnitOfWork(deps, systemActor, async (uow) => {
      uow.unchanged();
      return keepInvoice(uow, prepared.invoice, rendered);
    });
    drawn += 1;
  }
  return drawn;
}

/** What the order or the settings lack is told when somebody asks for the paper; faults of ours are not kept quiet. */
function knownOnly(error: unknown): undefined {
  if (error instanceof AppError && error.kind !== 'bug') return undefined;
  throw error;
}
