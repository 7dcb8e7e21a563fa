import type { Address } from '../../../shared/model/address.ts';
import type { ChannelName } from '../../../shared/model/channel.ts';
import { type ImportedOrder, labelModes } from '../../../shared/model/imported.ts';
import { channelByName, channelNames } from './channel-evidence.ts';
import type { Fault } from './group-rows.ts';
import { type OrderOutcome, rejectOrder } from './outcome.ts';
import { readCountry } from './read-country.ts';
import { readInstant } from './read-instant.ts';
import {
  type Complain,
  quoted,
  readAmount,
  readChoice,
  readCurrency,
  readId,
  readRate,
  readText,
  readWhole,
  readYesNo,
} from './read-values.ts';

/** Value of a documented column, '' where the file gives none. */
export type GetValue = (column: string) => string;

/** An order of our own formats as found in a file, before its values are read. */
export interface OwnOrder {
  readonly row: number;
  readonly get: GetValue;
  readonly lines: readonly { readonly row: number; readonly get: GetValue }[];
}

const OPTIONAL_ADDRESS = ['company', 'street2', 'region', 'phone', 'email'] as const;

/** Reads the documented columns (`orderColumns`), shared by CSV and JSON; `channel` counts where the file names none. */
export function readOwnOrder(own: OwnOrder, channel: ChannelName | undefined): OrderOutcome {
  const faults: Fault[] = [];
  const complain: Complain = (reason) => faults.push({ row: own.row, reason });
  const { get } = own;
  const currency = readCurrency(get('currency'), complain);
  const externalId = readId(get('order_id'), { what: 'order_id', limit: 120 }, complain);
  const record: ImportedOrder = {
    channel: readChannel(get('channel'), complain) ?? channel ?? 'other',
    shop: readText(get('shop'), { what: 'shop', limit: 120 }, complain),
    externalId,
    number: readText(get('order_number') || externalId.slice(0, 60), { what: 'order_number', limit: 60 }, complain),
    placedAt: readInstant(get('placed_at'), { what: 'placed_at', dayMeans: 'start' }, complain),
    shipBy: get('ship_by') === '' ? null : readInstant(get('ship_by'), { what: 'ship_by', dayMeans: 'end' }, complain),
    priority: get('priority') === '' ? 0 : readWhole(get('priority'), { what: 'priority', min: 0, max: 9 }, complain),
    currency,
    totalMinor: readAmount(get('total'), currency, complain),
    ...(get('substitutions') === ''
      ? {}
      : { substitutions: readYesNo(get('substitutions'), { what: 'substitutions', whenEmpty: false }, complain) }),
    ...moneyOf(get, currency, complain),
    ...deliveryOf(get, complain),
    gift: readYesNo(get('gift'), { what: 'gift', whenEmpty: false }, complain),
    note: get('note').slice(0, 5_000) || null,
    shippingMethod: get('shipping_method').slice(0, 120) || null,
    cancelled: readYesNo(get('cancelled'), { what: 'cancelled', whenEmpty: false }, complain),
    paid: readYesNo(get('paid'), { what: 'paid', whenEmpty: true }, complain),
    address: readAddress(get, complain),
    lines: own.lines.map((line) => readLine(line, currency, faults)),
  };
  if (own.lines.length === 0) complain('no lines');
  return faults.length > 0 ? rejectOrder(externalId, faults) : { kind: 'record', row: own.row, record };
}

function readChannel(text: string, complain: Complain): ChannelName | undefined {
  if (text === '') return undefined;
  const channel = channelByName(text);
  if (channel === undefined) complain(`channel ${quoted(text)} is unknown: write one of ${channelNames}`);
  return channel;
}

function readAddress(get: GetValue, complain: Complain): Address {
  const given = OPTIONAL_ADDRESS.map((part) => [part, get(part)] as const).filter(([, value]) => value !== '');
  return {
    name: readText(get('name') || get('company'), { what: 'name', limit: 200, needed: true }, complain),
    street1: readText(get('street1'), { what: 'street1', limit: 300, needed: true }, complain),
    postcode: readText(get('postcode'), { what: 'postcode', limit: 20 }, complain),
    city: readText(get('city'), { what: 'city', limit: 120, needed: true }, complain),
    country: readCountry(get('country'), complain),
    ...Object.fromEntries(given.map(([part, value]) => [part, readText(value, { what: part, limit: 300 }, complain)])),
  };
}

function readLine(
  line: OwnOrder['lines'][number],
  currency: string | null,
  faults: Fault[],
): ImportedOrder['lines'][number] {
  const { get, row } = line;
  const complain: Complain = (reason) => faults.push({ row, reason });
  const sku = readText(get('sku'), { what: 'sku', limit: 80 }, complain);
  if (sku === '') complain(`line without SKU: ${quoted(get('title'))}`);
  return {
    externalLineId: get('line_id') === '' ? null : readId(get('line_id'), { what: 'line_id', limit: 120 }, complain),
    sku,
    title: (get('title') || sku).slice(0, 300),
    quantity: readWhole(get('quantity'), { what: 'quantity', min: 1, max: 100_000 }, complain),
    unitPriceMinor: readAmount(get('unit_price'), currency, complain),
    ...given('vatRate', readRate(get('vat_rate'), 'vat_rate', complain)),
    ...given('discountMinor', readPositive(get('line_discount'), { what: 'line_discount', currency }, complain)),
  };
}

/** A fact that the source tells; nothing where it does not, so that what is stored stays. */
function given<K extends string, V>(name: K, value: V | null | undefined): Partial<Record<K, V>> {
  // A computed key makes the type of the object wider than it is.
  return value === null || value === undefined || value === '' ? {} : ({ [name]: value } as Record<K, V>);
}

function readPositive(
  text: string,
  { what, currency }: { what: string; currency: string | null },
  complain: Complain,
): number | null {
  const minor = readAmount(text, currency, complain);
  // Some shops write what they take off as a negative number.
  if (minor !== null && minor < 0 && !what.includes('discount')) complain(`${what} ${quoted(text)} is below zero`);
  return minor === null ? null : Math.abs(minor);
}

function moneyOf(
  get: GetValue,
  currency: string | null,
  complain: Complain,
): Pick<ImportedOrder, 'shippingMinor' | 'discountMinor'> {
  const amount = (what: string): number | null => readPositive(get(what), { what, currency }, complain);
  return { ...given('shippingMinor', amount('shipping')), ...given('discountMinor', amount('discount')) };
}

function deliveryOf(
  get: GetValue,
  complain: Complain,
): Pick<ImportedOrder, 'promisedBy' | 'pickupPoint' | 'labelMode' | 'vatNumber'> {
  const promised = get('promised_by');
  const mode = get('label_mode');
  return {
    ...given(
      'promisedBy',
      promised && readInstant(promised, { what: 'promised_by', dayMeans: 'start' }, complain).slice(0, 10),
    ),
    ...given('pickupPoint', readText(get('pickup_point'), { what: 'pickup_point', limit: 60 }, complain)),
    ...(mode === ''
      ? {}
      : { labelMode: readChoice(mode, { what: 'label_mode', of: labelModes, whenEmpty: 'seller' }, complain) }),
    ...given('vatNumber', readVatNumber(get('vat_number'), complain)),
  };
}

function readVatNumber(text: string, complain: Complain): string {
  const value = text.replace(/[\s.-]/g, '').toUpperCase();
  if (value !== '' && !/^[A-Z]{2}[A-Z0-9]{2,13}$/.test(value))
    complain(`vat_number ${quoted(text)} does not begin with a country, such as FR or DE`);
  return value;
}
