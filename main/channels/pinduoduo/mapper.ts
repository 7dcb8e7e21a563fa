import { ownMarketplace } from '../../../shared/model/attribution.ts';
import { minorUnits } from '../../../shared/model/minor-units.ts';
import { firstTime, sourceTime } from '../../../shared/model/source-time.ts';
import { brokenOrder, type NormalisedAddress, type NormalisedOrder, orderDefaults } from '../channel.ts';
import type { PddItem, PddOrder } from './wire.ts';

const ZONE = 'Asia/Shanghai';
const SHIP_STATE: Readonly<Record<number, NormalisedOrder['shipState']>> = { 1: 'to-ship', 2: 'shipped', 3: 'shipped' };
const [NO_REFUND, REFUNDED] = [1, 4];

/** One order of Pinduoduo in our shape; only the platform's own label component knows the receiver. */
export function mapPddOrder(order: PddOrder): NormalisedOrder {
  const placedAt = firstTime([order.created_time, order.confirm_time, order.pay_time, order.updated_at], ZONE);
  if (!placedAt) throw brokenOrder('confirm_time is missing');
  const refunded = order.refund_status === REFUNDED;
  const shipState = refunded ? 'cancelled' : (SHIP_STATE[order.order_status] ?? 'waiting');
  const updatedAt = sourceTime(order.updated_at, ZONE);
  const shipBy = sourceTime(order.last_ship_time, ZONE);
  const inRefund = (order.refund_status ?? NO_REFUND) > NO_REFUND && !refunded;
  return {
    ...orderDefaults,
    channel: 'pinduoduo',
    externalId: order.order_sn,
    externalNumber: order.order_sn,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: shipBy?.at ?? null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: shipBy?.source ?? null },
    payState: refunded ? 'refunded' : order.order_status === 0 ? 'unpaid' : 'paid',
    shipState,
    cancelRequested: inRefund,
    hold: order.risk_control_status === 1 ? 'risk control: do not ship' : null,
    labelMode: 'platform',
    address: addressOf(order),
    addressState: addressStateOf(order),
    note: [order.buyer_memo, order.remark].filter(Boolean).join('\n') || null,
    currency: 'CNY',
    totalMinor: minorUnits(order.pay_amount, 'CNY'),
    lines: order.item_list.map((item) => lineOf(item, shipState)),
    packages: packagesOf(order),
    attribution: ownMarketplace('pinduoduo'),
  };
}

function packagesOf({ tracking_number: tracking, logistics_id: carrierCode }: PddOrder): NormalisedOrder['packages'] {
  return tracking === '' ? [] : [{ remoteId: tracking, carrierCode, tracking, lines: [] }];
}

function lineOf(item: PddItem, state: NormalisedOrder['shipState']): NormalisedOrder['lines'][number] {
  const id = item.sku_id || item.goods_id;
  if (id === '') throw brokenOrder('an item without sku_id');
  return {
    externalLineIds: [id],
    sku: item.outer_id || item.outer_goods_id || id,
    barcode: null,
    title: item.goods_name,
    variant: item.goods_spec || null,
    quantityOrdered: item.goods_count,
    quantityToPack: state === 'shipped' || state === 'cancelled' ? 0 : item.goods_count,
    gift: false,
    giftMessage: null,
    unitPriceMinor: minorUnits(item.goods_price, 'CNY'),
  };
}

/** Ciphertext is never shown as an address: where the platform gives starred text, that is. */
function addressOf(order: PddOrder): NormalisedAddress | null {
  const starred = (text: string): string => (text.includes('*') ? text : '');
  const name = order.receiver_name_mask || starred(order.receiver_name);
  const street1 = order.receiver_address_mask || starred(order.receiver_address);
  if (name === '' && street1 === '' && order.city === '') return null;
  return {
    name,
    company: '',
    street1,
    street2: order.town,
    postcode: order.postcode,
    city: order.city,
    region: order.province,
    country: 'CN',
    phone: order.receiver_phone_mask || starred(order.receiver_phone),
    email: '',
  };
}

function addressStateOf(order: PddOrder): NormalisedOrder['addressState'] {
  const given = [order.receiver_name, order.receiver_phone, order.receiver_address, order.address].filter(Boolean);
  if (given.some((text) => !text.includes('*'))) return 'encrypted';
  if (given.length > 0 || order.receiver_name_mask !== '' || order.receiver_address_mask !== '') return 'masked';
  return order.order_status > 1 ? 'masked' : 'pending';
}
