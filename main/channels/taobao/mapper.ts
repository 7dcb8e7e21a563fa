import { ownMarketplace } from '../../../shared/model/attribution.ts';
import { minorUnits } from '../../../shared/model/minor-units.ts';
import { firstTime, sourceTime } from '../../../shared/model/source-time.ts';
import {
  addressStateOf,
  brokenOrder,
  type NormalisedAddress,
  type NormalisedLine,
  type NormalisedOrder,
  orderDefaults,
} from '../channel.ts';
import type { TaobaoLine, TaobaoTrade } from './wire.ts';

const ZONE = 'Asia/Shanghai';
const SHIP_STATE: Readonly<Record<string, NormalisedOrder['shipState']>> = {
  WAIT_BUYER_PAY: 'waiting',
  TRADE_NO_CREATE_PAY: 'waiting',
  PAY_PENDING: 'waiting',
  WAIT_PRE_AUTH_CONFIRM: 'waiting',
  PAID_FORBID_CONSIGN: 'waiting',
  WAIT_SELLER_SEND_GOODS: 'to-ship',
  SELLER_CONSIGNED_PART: 'partly-shipped',
  WAIT_BUYER_CONFIRM_GOODS: 'shipped',
  TRADE_BUYER_SIGNED: 'shipped',
  TRADE_FINISHED: 'shipped',
  TRADE_CLOSED: 'cancelled',
  TRADE_CLOSED_BY_TAOBAO: 'cancelled',
};
/** Paid, and kept back by the platform. */
const FORBIDDEN = 'PAID_FORBID_CONSIGN';
const UNPAID = new Set(['WAIT_BUYER_PAY', 'TRADE_NO_CREATE_PAY', 'PAY_PENDING', 'TRADE_CLOSED_BY_TAOBAO']);
/** A refund that was never asked for, or came to nothing. */
const NO_REFUND = new Set(['', 'NO_REFUND', 'CLOSED']);
const GONE = new Set([
  'WAIT_BUYER_CONFIRM_GOODS',
  'TRADE_BUYER_SIGNED',
  'TRADE_FINISHED',
  'TRADE_CLOSED',
  'TRADE_CLOSED_BY_TAOBAO',
]);

/** One trade of Taobao or Tmall in our shape; its label is printed through Cainiao by the `oaid`. */
export function mapTaobaoTrade(trade: TaobaoTrade): NormalisedOrder {
  const externalId = trade.tid_str || trade.tid;
  if (externalId === '') throw brokenOrder('tid is missing');
  const shipState = SHIP_STATE[trade.status];
  if (shipState === undefined) throw brokenOrder(`status “${trade.status.slice(0, 40)}” is unknown`);
  const placedAt = firstTime([trade.created, trade.pay_time, trade.modified], ZONE);
  if (!placedAt) throw brokenOrder('created is missing');
  const updatedAt = sourceTime(trade.modified, ZONE);
  const address = addressOf(trade);
  return {
    ...orderDefaults,
    channel: 'taobao',
    externalId,
    externalNumber: externalId,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: null },
    payState: payStateOf(trade),
    shipState,
    cancelRequested: trade.orders.some(({ refund_status: refund }) => /^WAIT_/.test(refund)),
    hold: trade.status === FORBIDDEN ? 'the platform does not let it be sent yet' : null,
    labelMode: 'platform',
    address: address ?? regionOf(trade),
    addressState: stateOf(trade, address),
    addressToken: trade.oaid || null,
    note: [trade.buyer_message, trade.seller_memo].filter(Boolean).join('\n') || null,
    currency: 'CNY',
    totalMinor: minorUnits(trade.payment, 'CNY'),
    lines: trade.orders.map((line) => lineOf(line, shipState)),
    packages: packagesOf(trade.orders),
    attribution: ownMarketplace('taobao'),
  };
}

function payStateOf({ status, type }: TaobaoTrade): NormalisedOrder['payState'] {
  if (status === 'TRADE_CLOSED') return 'refunded';
  if (type === 'cod') return 'cod';
  return UNPAID.has(status) ? 'unpaid' : 'paid';
}

function lineOf(line: TaobaoLine, state: NormalisedOrder['shipState']): NormalisedLine {
  const id = line.oid_str || line.oid;
  if (id === '') throw brokenOrder('a line without oid');
  const gone =
    state === 'shipped' || state === 'cancelled' || GONE.has(line.status) || !NO_REFUND.has(line.refund_status);
  return {
    externalLineIds: [id],
    sku: line.outer_sku_id || line.outer_iid || line.sku_id || line.num_iid,
    barcode: null,
    title: line.title,
    variant: line.sku_properties_name || null,
    quantityOrdered: line.num,
    quantityToPack: gone ? 0 : line.num,
    gift: false,
    giftMessage: null,
    unitPriceMinor: minorUnits(line.price, 'CNY'),
  };
}

/** Ciphertext of older permissions: `~…~` or `$…$`. */
const CIPHER = /^([~$]).{8,}\1/;

function stateOf(trade: TaobaoTrade, address: NormalisedAddress | null): NormalisedOrder['addressState'] {
  if ([trade.receiver_name, trade.receiver_mobile, trade.receiver_address].some((part) => CIPHER.test(part)))
    return 'encrypted';
  if (address === null) return trade.oaid === '' ? (UNPAID.has(trade.status) ? 'pending' : 'masked') : 'encrypted';
  // With an oaid the receiver is shown, never given.
  return trade.oaid === '' ? addressStateOf(address) : 'masked';
}

/** Where in China, to plan by, of a receiver that only the oaid stands for. */
function regionOf({ receiver_state: region, receiver_city: city }: TaobaoTrade): NormalisedAddress | null {
  if (region === '' && city === '') return null;
  return {
    ...{ name: '', company: '', street1: '', street2: '', postcode: '', phone: '', email: '' },
    ...{ city, region, country: 'CN' },
  };
}

function addressOf(trade: TaobaoTrade): NormalisedAddress | null {
  if (trade.receiver_name === '' && trade.receiver_address === '') return null;
  return {
    name: trade.receiver_name,
    company: '',
    street1: trade.receiver_address,
    street2: [trade.receiver_district, trade.receiver_town].filter(Boolean).join(' '),
    postcode: trade.receiver_zip,
    city: trade.receiver_city,
    region: trade.receiver_state,
    country: 'CN',
    phone: trade.receiver_mobile || trade.receiver_phone,
    email: '',
  };
}

/** Each line bears the number of its parcel. */
function packagesOf(lines: readonly TaobaoLine[]): NormalisedOrder['packages'] {
  const sent = lines.filter(({ invoice_no: tracking }) => tracking !== '');
  return [...new Set(sent.map(({ invoice_no: tracking }) => tracking))].map((tracking) => {
    const inIt = sent.filter((line) => line.invoice_no === tracking);
    return {
      ...{ remoteId: tracking, tracking, carrierCode: inIt[0]?.logistics_company ?? '' },
      lines: inIt.map((line) => ({ lineId: line.oid_str || line.oid, quantity: line.num })),
    };
  });
}
