import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { wireFlag, wireId, wireIdOrNone, wireList, wireText } from '../../../shared/json/wire-values.ts';
import { addressStateOf, type NormalisedAddress, type NormalisedOrder, withoutStarredContact } from '../channel.ts';
import { type XhsClient, xhsData } from './client.ts';

const Receiver = z.object({
  orderId: wireId,
  /** False: the address has changed since its `openAddressId` was given. */
  matched: wireFlag,
  receiverProvinceName: wireText,
  receiverCityName: wireText,
  receiverDistrictName: wireText,
  receiverTownName: wireText,
  receiverName: wireText,
  receiverPhone: wireText,
  receiverAddress: wireText,
});
type Receiver = z.infer<typeof Receiver>;

const Receivers = z.object({ receiverInfos: wireList(Receiver) });
const Decrypted = z.object({
  dataInfoList: wireList(
    z.object({ dataTag: wireText, encryptedData: wireText, decryptedData: wireText, errorCode: wireIdOrNone }),
  ),
});

/** Receivers of one question, and pieces of ciphertext of one. */
const [QUERIES, PIECES] = [20, 100];
const FOR_LABELS = '2';

/**
 * The same orders with their receivers in clear, where the platform gives them: only of orders to ship, and few a day (it
 * counts order numbers). An order whose receiver stays closed is given back as it is.
 */
export async function withReceivers(
  client: XhsClient,
  orders: readonly NormalisedOrder[],
): Promise<readonly NormalisedOrder[]> {
  const open = orders.filter(({ shipState, addressToken }) => /^(?:to|partly)-ship/.test(shipState) && addressToken);
  if (!client.decrypts || open.length === 0) return orders;
  const found = new Map<string, NormalisedAddress>();
  for (let start = 0; start < open.length; start += QUERIES) {
    const receivers = await asked(client, open.slice(start, start + QUERIES));
    for (const [id, address] of await inClear(client, receivers)) found.set(id, address);
  }
  return orders.map((order) => {
    const address = found.get(order.externalId);
    return address ? withoutStarredContact({ ...order, address, addressState: addressStateOf(address) }) : order;
  });
}

async function asked(client: XhsClient, orders: readonly NormalisedOrder[]): Promise<readonly Receiver[]> {
  const receiverQueries = orders.map(({ externalId: orderId, addressToken: openAddressId }) => ({
    orderId,
    openAddressId,
  }));
  const answer = await orNothing(() => client.ask('order.getOrderReceiverInfo', { receiverQueries, isReturn: false }));
  return answer ? xhsData(answer, Receivers).receiverInfos.filter(({ matched }) => matched) : [];
}

async function inClear(
  client: XhsClient,
  receivers: readonly Receiver[],
): Promise<ReadonlyMap<string, NormalisedAddress>> {
  const pieces = receivers.flatMap(({ orderId: dataTag, receiverName, receiverPhone, receiverAddress }) =>
    [receiverName, receiverPhone, receiverAddress]
      .filter(isCipher)
      .map((encryptedData) => ({ dataTag, encryptedData })),
  );
  const clear = new Map<string, string>();
  for (let start = 0; start < pieces.length; start += PIECES) {
    const baseInfos = pieces.slice(start, start + PIECES);
    const answer = await orNothing(() =>
      client.ask('data.batchDecrypt', { baseInfos, actionType: FOR_LABELS, appUserId: 'packing' }),
    );
    for (const { dataTag, encryptedData, decryptedData } of answer ? xhsData(answer, Decrypted).dataInfoList : [])
      clear.set(keyOf(dataTag, encryptedData), decryptedData);
  }
  return new Map(
    receivers.flatMap((receiver) => {
      const address = addressOf(receiver, clear);
      return address ? [[receiver.orderId, address] as const] : [];
    }),
  );
}

/** Ciphertext of ARK: `#…#…#2##`. */
const isCipher = (text: string): boolean => /^#.+#\d+##$/.test(text);

/** Two orders may carry the same ciphertext, and only one of them be opened. */
const keyOf = (orderId: string, encryptedData: string): string => `${orderId} ${encryptedData}`;

/** Null where any part stays closed: half an address is none. */
function addressOf(receiver: Receiver, clear: ReadonlyMap<string, string>): NormalisedAddress | null {
  const open = (text: string): string => (isCipher(text) ? (clear.get(keyOf(receiver.orderId, text)) ?? '') : text);
  const [name, phone, street1] = [receiver.receiverName, receiver.receiverPhone, receiver.receiverAddress].map(open);
  if (!name || !phone || !street1) return null;
  return {
    ...{ name, phone, street1, company: '', postcode: '', email: '' },
    street2: [receiver.receiverDistrictName, receiver.receiverTownName].filter(Boolean).join(' '),
    city: receiver.receiverCityName,
    region: receiver.receiverProvinceName,
    country: 'CN',
  };
}

/** No approval, or the day's number of orders is used up: the order says that its address is closed. */
async function orNothing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && error.code === 'channel.refused') return null;
    throw error;
  }
}
