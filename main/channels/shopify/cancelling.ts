import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../shared/errors.ts';
import { parseLossless } from '../../../shared/json/lossless-json.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import type { Channel, PushResult, RemoteLine } from '../channel-connector.ts';
import type { ShopifyClient } from './client.ts';
import { cancelledOrder, type Refused, refusalOf, refused, unknownOrder } from './refusals.ts';
import { idOf, type Raw, rowsUnder, under } from './whole-orders.ts';

type Cancel = Parameters<NonNullable<Channel['cancel']>>[0];

const REASONS = {
  'no-stock': 'INVENTORY',
  'buyer-asked': 'CUSTOMER',
  fraud: 'FRAUD',
  address: 'OTHER',
  other: 'OTHER',
} as const;
/** A job of seconds; longer, and the next try finds it done. */
const JOB_PAUSES_MS = [250, 500, 1_000, 2_000];
/** Units that were looked for and not found do not go back on sale. */
const isThere = (reason: Cancel['reason']): boolean => reason !== 'no-stock';
const DONE: PushResult = { outcome: 'done', remoteId: null };
const TAG_LENGTH = 40;

/**
 * What the seller takes back. Money is never moved from here: the order is tagged, and who owns the shop refunds it there.
 */
export function shopifyCancelling(client: ShopifyClient): Required<Pick<Channel, 'cancel' | 'requestRefund'>> {
  return {
    cancel: (cancel) => (cancel.lines === null ? cancelAll(client, cancel) : cancelLines(client, cancel, cancel.lines)),
    requestRefund: ({ externalId, lines }) => tag(client, externalId, lines),
  };
}

async function tag(client: ShopifyClient, id: string, lines: readonly RemoteLine[]): Promise<PushResult> {
  const tags = ['refund-requested', ...lines.map(({ sku, quantity }) => `refund ${quantity} x ${sku}`)];
  const { data } = await client.ask('Tag', { id, tags: tags.map((one) => one.slice(0, TAG_LENGTH).trim()) });
  return refusalOf(data, 'tagsAdd') ?? DONE;
}

async function cancelAll(client: ShopifyClient, { externalId: id, reason, reference }: Cancel): Promise<PushResult> {
  const { data: before } = await client.ask('CancelledAt', { id });
  if (!isObject(before.order)) return unknownOrder;
  if (typeof before.order.cancelledAt === 'string') return DONE;
  const note = `Packwright ${reference}`;
  const { data } = await client.ask('Cancel', { id, reason: REASONS[reason], restock: isThere(reason), note });
  const no = refusalOf(data, 'orderCancel', 'orderCancelUserErrors');
  if (no) return no;
  const job = idOf(under(data, 'orderCancel', 'job'));
  for (const pause of under(data, 'orderCancel', 'job', 'done') === true ? [] : JOB_PAUSES_MS) {
    await wait(pause);
    const { data: state } = await client.ask('CancelState', { job, id });
    if (typeof under(state, 'order', 'cancelledAt') === 'string') return tag(client, id, []);
    if (under(state, 'job', 'done') === true) break;
  }
  const { data: after } = await client.ask('CancelledAt', { id });
  if (typeof under(after, 'order', 'cancelledAt') === 'string') return tag(client, id, []);
  throw new AppError('remote', 'channel.unavailable', {
    channel: 'shopify',
    message: 'The cancelling is not done yet',
  });
}

/**
 * Takes units off lines by an order edit, which has no idempotency key of its own. What each line is to be afterwards is
 * kept with the order first: a second try aims at the same numbers, however far the first one came.
 */
async function cancelLines(client: ShopifyClient, cancel: Cancel, lines: readonly RemoteLine[]): Promise<PushResult> {
  const { externalId: id, reference } = cancel;
  const key = `cancel-${reference.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 50)}`;
  const { data } = await client.ask('CancelPlan', { id, key });
  const { order } = data;
  if (!isObject(order)) return unknownOrder;
  if (typeof order.cancelledAt === 'string') return cancelledOrder;
  const kept = readPlan(textUnder(order.metafield, 'value'));
  const { plan, no: unfit } = kept ? { plan: kept, no: null } : planOf(order, lines);
  if (unfit) return unfit;
  if (!kept) {
    const metafield = { ownerId: id, namespace: 'packwright', key, type: 'json', value: JSON.stringify(plan) };
    const { data: stored } = await client.ask('KeepPlan', { metafields: [metafield] });
    const no = refusalOf(stored, 'metafieldsSet');
    if (no) return no;
  }
  const rows = new Map(rowsUnder(order, 'lineItems', 'nodes').map((row) => [idOf(row), row]));
  const due = Object.entries(plan).filter(([line, target]) => numberOf(rows.get(line), 'currentQuantity') > target);
  return due.length === 0
    ? DONE
    : edit(client, { id, due, restock: isThere(cancel.reason), note: `Packwright ${reference}` });
}

type LinePlan = Readonly<Record<string, number>>;

const numberOf = (row: Raw | undefined, key: string): number => Number(textUnder(row, key) ?? 0);

function readPlan(text: string | undefined): LinePlan | undefined {
  const value = text === undefined ? undefined : parseLossless(text);
  if (!isObject(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([line, target]) => [line, Number(target)]));
}

function planOf(order: Raw, lines: readonly RemoteLine[]): { readonly plan: LinePlan; readonly no: Refused | null } {
  const plan: Record<string, number> = {};
  const unfit = (code: string, text: string) => ({ plan, no: refused(code, text) });
  for (const { externalLineIds, quantity, sku } of lines) {
    const [line = ''] = externalLineIds;
    const row = rowsUnder(order, 'lineItems', 'nodes').find((one) => idOf(one) === line);
    if (!row) return unfit('unknown-line', `Shopify does not know the line of ${sku}.`);
    const left = numberOf(row, 'unfulfilledQuantity');
    if (left < quantity) return unfit('more-than-left', `Of ${sku} only ${left} can still be cancelled at Shopify.`);
    plan[line] = (plan[line] ?? numberOf(row, 'currentQuantity')) - quantity;
  }
  return { plan, no: null };
}

interface Edit {
  readonly id: string;
  readonly due: readonly (readonly [line: string, target: number])[];
  readonly restock: boolean;
  readonly note: string;
}

async function edit(client: ShopifyClient, { id, due, restock, note }: Edit): Promise<PushResult> {
  const { data: begun } = await client.ask('BeginEdit', { id });
  const no = refusalOf(begun, 'orderEditBegin');
  if (no) return no;
  const session = under(begun, 'orderEditBegin', 'calculatedOrder');
  for (const [line, quantity] of due) {
    // The line of an edit carries the number of the line that it changes.
    const number = line.split('/').at(-1) ?? '';
    const calculated = rowsUnder(session, 'lineItems', 'nodes').find((row) => idOf(row).endsWith(`/${number}`));
    if (!calculated) return refused('unknown-line', 'Shopify does not let this line be changed.');
    const { data } = await client.ask('SetQuantity', {
      edit: idOf(session),
      line: idOf(calculated),
      quantity,
      restock,
    });
    const refusal = refusalOf(data, 'orderEditSetQuantity');
    if (refusal) return refusal;
  }
  const { data } = await client.ask('CommitEdit', { edit: idOf(session), note });
  return refusalOf(data, 'orderEditCommit') ?? DONE;
}
