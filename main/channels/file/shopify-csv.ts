import type { Address } from '../../../shared/model/address.ts';
import type { ChannelName } from '../../../shared/model/channel.ts';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { channelByTraces } from './channel-evidence.ts';
import type { CsvRow } from './csv-rows.ts';
import type { Fault, GroupKeys, RowGroup } from './group-rows.ts';
import { type OrderOutcome, rejectOrder } from './outcome.ts';
import { readCountry } from './read-country.ts';
import { readInstant } from './read-instant.ts';
import { type Complain, quoted, readAmount, readCurrency, readId, readText, readWhole } from './read-values.ts';
import type { ShopifyColumn, ShopifyColumns } from './shopify-columns.ts';

type Line = ImportedOrder['lines'][number];
type Get = (column: ShopifyColumn) => string;

const PAID = new Set(['paid', 'partially_refunded']);
/** Empty on every row of an order but its first. */
const FIRST_ROW_ONLY: readonly ShopifyColumn[] = ['shipName', 'country', 'currency', 'financialStatus'];
const GONE = new Set(['fulfilled', 'restocked']);

/** Every row of an order carries its `Name`; only the first one carries what belongs to the whole order. */
export function shopifyKeys(columns: ShopifyColumns): GroupKeys {
  return { idColumn: columns.name, idName: 'the order number (column “Name”)', orderColumns: [] };
}

/**
 * One order of Shopify's export: its own currency, address and dates from the first row, a line from each row.
 *
 * Lines that are fulfilled already or need no shipping are left out; `channel`, when given, overrides every trace.
 */
export function readShopifyOrder(
  group: RowGroup,
  columns: ShopifyColumns,
  channel: ChannelName | undefined,
): OrderOutcome {
  const [first] = group.rows;
  if (group.faults.length > 0 || first === undefined) return rejectOrder(group.id, group.faults);
  const get = getter(first, columns);
  const cancelled = get('cancelledAt') !== '';
  if (get('fulfillmentStatus').toLowerCase() === 'fulfilled') {
    return { kind: 'skipped', row: group.firstRow, reason: 'already fulfilled' };
  }
  if (FIRST_ROW_ONLY.every((column) => get(column) === '')) {
    const reason = 'the first row of the order, with its date and address, is not in front of this one';
    return rejectOrder(group.id, [{ row: first.line, reason }]);
  }
  const faults: Fault[] = [];
  const lines = group.rows.flatMap((row) =>
    readLine(row, { columns, cancelled, currency: get('currency'), vatRate: onlyRate(get) }, faults),
  );
  const complain: Complain = (reason) => faults.push({ row: first.line, reason });
  if (!hasAddress(get))
    complain(`no shipping address${lines.length === 0 ? ': nothing in this order needs shipping' : ''}`);
  else if (faults.length === 0 && lines.length === 0) {
    return { kind: 'skipped', row: group.firstRow, reason: 'nothing in it needs shipping' };
  }
  const record = hasAddress(get) ? readOrder(get, { lines, cancelled, channel }, complain) : undefined;
  return record === undefined || faults.length > 0
    ? rejectOrder(group.id, faults)
    : { kind: 'record', row: group.firstRow, record };
}

function getter(row: CsvRow, columns: ShopifyColumns): Get {
  // A leading apostrophe is how Shopify stops spreadsheets from eating zeros of postcodes and phone numbers.
  return (column) => (row.fields[columns[column]] ?? '').trim().replace(/^'(?=[\d+])/, '');
}

function hasAddress(get: Get): boolean {
  return [get('shipName'), get('street1'), get('city'), get('country')].some((part) => part !== '');
}

interface LineContext {
  readonly columns: ShopifyColumns;
  readonly cancelled: boolean;
  readonly currency: string;
  /** Hundredths of a percent; undefined where the order has several taxes or none. */
  readonly vatRate: number | undefined;
}

function readLine(row: CsvRow, context: LineContext, faults: Fault[]): Line[] {
  const get = getter(row, context.columns);
  const [sku, title, quantity, status] = [get('sku'), get('title'), get('quantity'), get('lineStatus').toLowerCase()];
  // Rows beside the line items carry further taxes or payments only.
  if (sku === '' && title === '' && quantity === '') return [];
  if (get('requiresShipping').toLowerCase() === 'false') return [];
  if (GONE.has(status) && !context.cancelled) return [];
  const complain: Complain = (reason) => faults.push({ row: row.line, reason });
  if (status === 'partial')
    complain(`line ${quoted(sku || title)} is partly fulfilled and the file does not say how much is left`);
  if (sku === '') complain(`line without SKU: ${quoted(title)}`);
  const currency = readCurrency(context.currency, () => undefined);
  return [
    {
      externalLineId: null,
      sku: readText(sku, { what: 'SKU', limit: 80 }, complain),
      title: (title || sku).slice(0, 300),
      quantity: readWhole(quantity, { what: 'quantity', min: 1, max: 100_000 }, complain),
      unitPriceMinor: readAmount(get('price'), currency, complain),
      ...(context.vatRate === undefined ? {} : { vatRate: context.vatRate }),
      ...positive('discountMinor', readAmount(get('lineDiscount'), currency, complain)),
    },
  ];
}

/** “FR TVA 20%” names the rate; two taxes on one order do not say which line has which. */
function onlyRate(get: Get): number | undefined {
  const [, rate] = /(\d{1,2}(?:[.,]\d{1,2})?)\s?%/.exec(get('tax')) ?? [];
  if (rate === undefined || get('furtherTax') !== '') return undefined;
  return Math.round(Number(rate.replace(',', '.')) * 100);
}

function positive<K extends string>(name: K, minor: number | null): Partial<Record<K, number>> {
  // A computed key makes the type of the object wider than it is.
  return minor === null || minor < 0 ? {} : ({ [name]: minor } as Record<K, number>);
}

interface OrderParts {
  readonly lines: Line[];
  readonly cancelled: boolean;
  readonly channel: ChannelName | undefined;
}

function readOrder(get: Get, parts: OrderParts, complain: Complain): ImportedOrder {
  const attributes = readAttributes(get('attributes'));
  const note = get('notes');
  const currency = readCurrency(get('currency'), complain);
  const traces = { source: get('source'), tags: get('tags'), attributes };
  return {
    channel: parts.channel ?? channelByTraces(traces) ?? 'shopify',
    shop: '',
    externalId: readId(get('id') || get('name'), { what: 'Id', limit: 120 }, complain),
    number: readText(get('name'), { what: 'Name', limit: 60 }, complain),
    placedAt: readInstant(get('createdAt'), { what: 'Created at', dayMeans: 'start' }, complain),
    shipBy: null,
    priority: 0,
    currency,
    totalMinor: readAmount(get('total'), currency, complain),
    ...positive('shippingMinor', readAmount(get('shipping'), currency, complain)),
    gift: isGift(attributes, note),
    note: note === '' ? null : note.slice(0, 5_000),
    shippingMethod: get('shippingMethod').slice(0, 120) || null,
    cancelled: parts.cancelled,
    paid: PAID.has(get('financialStatus').toLowerCase()),
    address: readAddress(get, complain),
    lines: parts.lines,
  };
}

function readAddress(get: Get, complain: Complain): Address {
  const optional = {
    company: get('company'),
    street2: get('street2'),
    region: get('province'),
    phone: get('shipPhone') || get('phone'),
    email: get('email'),
  };
  const given = Object.entries(optional).filter(([, value]) => value !== '');
  return {
    name: readText(get('shipName') || get('company'), { what: 'Shipping Name', limit: 200, needed: true }, complain),
    street1: readText(
      get('street1') || get('street'),
      { what: 'Shipping Address1', limit: 300, needed: true },
      complain,
    ),
    postcode: readText(get('zip').replace(/^'/, ''), { what: 'Shipping Zip', limit: 20 }, complain),
    city: readText(get('city'), { what: 'Shipping City', limit: 120, needed: true }, complain),
    country: readCountry(get('country'), complain),
    ...Object.fromEntries(given.map(([name, value]) => [name, value.slice(0, 300)])),
  };
}

/** `Note Attributes` holds one `name: value` a line; names are compared in lower case. */
function readAttributes(text: string): ReadonlyMap<string, string> {
  if (text === '') return new Map();
  const pairs = text.split('\n').map((line) => /^([^:]{1,80}):(.*)$/.exec(line.trim()));
  return new Map(
    pairs.flatMap((pair) => (pair ? [[(pair[1] ?? '').trim().toLowerCase(), (pair[2] ?? '').trim()]] : [])),
  );
}

const GIFT_NAME = /\b(gift|cadeau|geschenk)(?![ _-]?(card|receipt[ _-]?no))/;
const GIFT_NOTE = /\b(gift|cadeau|geschenk)\b(?![ -]?card)/i;
const REFUSED = /^(|no|non|nein|false|0|none)$/i;

/** An attribute such as `gift`, `is_gift` or `gift message` with a value, or a note that speaks of a gift. */
function isGift(attributes: ReadonlyMap<string, string>, note: string): boolean {
  for (const [name, value] of attributes)
    if (GIFT_NAME.test(name.replaceAll('_', ' ')) && !REFUSED.test(value)) return true;
  return (
    GIFT_NOTE.test(note) &&
    !/\b(no|not a|pas de|pas un|kein|without|sans)\b[^.!?]{0,15}\b(gift|cadeau|geschenk)/i.test(note)
  );
}
