import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder, wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { NormalisedAddress, NormalisedOrder } from '../channel.ts';
import type { Router, RouterAnswer } from '../channel-router.ts';
import { pddData } from './client.ts';

/** Ciphertext of a receiver, as far as an order carries it. */
export type SealedReceiver = Readonly<Partial<Record<'name' | 'phone' | 'street1', string>>>;

const FIELDS = { name: 'receiver_name', phone: 'receiver_phone', street1: 'receiver_address' } as const;
/** `~…~…~1~`, and `$…$…$` of phone numbers; whatever else stands there is text. */
const CIPHER = /^([~$@#]).{8,}\1$/;

export function sealedIn(answer: RouterAnswer): SealedReceiver {
  const [, body] = Object.entries(answer).find(([key]) => key.endsWith('_response')) ?? [];
  const info = isObject(body) ? body.order_info : undefined;
  return Object.fromEntries(
    Object.entries(FIELDS).flatMap(([part, key]) => {
      const text = textUnder(info, key) ?? '';
      return CIPHER.test(text) ? [[part, text]] : [];
    }),
  );
}

const Masked = z.object({
  data_decrypt_list: wireList(z.object({ encrypted_data: wireText, decrypted_data: wireText })),
});
/** Pieces of one question. */
const PIECES = 100;

/**
 * The same orders with starred text for the receiver (`陈**`), for people to recognise: it stays encrypted, and no label
 * is made of it. Without the right to ask they stay as they are.
 */
export async function withMasks(
  router: Router,
  orders: readonly NormalisedOrder[],
  sealed: ReadonlyMap<string, SealedReceiver>,
): Promise<readonly NormalisedOrder[]> {
  const pieces = orders
    .filter(({ addressState }) => addressState === 'encrypted')
    .flatMap(({ externalId }) =>
      Object.values(sealed.get(externalId) ?? {}).map((text) => ({ data_tag: externalId, encrypted_data: text })),
    );
  const shown = new Map<string, string>();
  try {
    for (let start = 0; start < pieces.length; start += PIECES) {
      const dataList = pieces.slice(start, start + PIECES);
      const answer = await router.ask('pdd.open.decrypt.mask.batch', { data_list: dataList });
      for (const { encrypted_data: text, decrypted_data: mask } of pddData(answer, Masked).data_decrypt_list)
        if (mask.includes('*')) shown.set(text, mask);
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'channel.refused') throw error;
  }
  return orders.map((order) => withMask(order, sealed.get(order.externalId) ?? {}, shown));
}

const nothing: NormalisedAddress = {
  ...{ name: '', company: '', street1: '', street2: '', postcode: '', city: '' },
  ...{ region: '', country: 'CN', phone: '', email: '' },
};

function withMask(order: NormalisedOrder, sealed: SealedReceiver, shown: ReadonlyMap<string, string>): NormalisedOrder {
  const masks = Object.entries(sealed).flatMap(([part, text]) => {
    const mask = shown.get(text);
    return mask === undefined ? [] : [[part, mask] as const];
  });
  if (masks.length === 0) return order;
  return { ...order, address: { ...nothing, ...order.address, ...Object.fromEntries(masks) } };
}
