import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { Channel, CheckMessage } from '../channel-connector.ts';
import type { TiktokClient, TiktokRefusal } from './client.ts';
import { type TiktokTrouble, troubleOf } from './refusal.ts';
import { Shops } from './wire-api.ts';

type Checked = Awaited<ReturnType<Channel['check']>>;

const CODES: Readonly<Record<TiktokTrouble, string>> = {
  token: 'shop.check.bad-key',
  key: 'shop.check.bad-key',
  clock: 'shop.check.clock',
  right: 'shop.check.missing-right',
  address: 'shop.check.address-not-allowed',
  shop: 'shop.check.bad-shop',
  throttled: 'shop.check.unreachable',
  unavailable: 'shop.check.unreachable',
  refused: 'shop.check.missing-right',
};

const SKEW_MS = 60_000;

/** Asks whose shop this is, and for one order: that proves key, token, clock, shop and right. */
export async function checkTiktok(client: TiktokClient, shopCipher: string): Promise<Checked> {
  const messages: CheckMessage[] = [];
  let account: string | null = null;
  try {
    const shops = await client.ask({ method: 'GET', path: '/authorization/202309/shops', ofAccount: true }, Shops);
    if (shops.refused) messages.push(against(shops.refused));
    else {
      const mine = shops.data.shops.find(({ cipher }) => cipher === shopCipher);
      account = mine?.name || null;
      if (!mine) messages.push({ level: 'error', code: 'shop.check.bad-shop', text: namesOf(shops.data.shops) });
      else messages.push(...(await checkOrders(client)));
    }
  } catch (error) {
    messages.push(ofFailure(error));
  }
  const ahead = client.clock.aheadMs();
  if (Math.abs(ahead) > SKEW_MS)
    messages.push({ level: 'warning', code: 'shop.check.clock', text: String(Math.round(-ahead / 1_000)) });
  if (messages.every(({ level }) => level !== 'error'))
    messages.push({ level: 'info', code: 'shop.check.ok', text: account ?? '' });
  return { account, messages };
}

async function checkOrders(client: TiktokClient): Promise<readonly CheckMessage[]> {
  const answer = await client.ask(
    { method: 'POST', path: '/order/202309/orders/search', query: { page_size: '1' }, json: {} },
    z.unknown(),
  );
  return answer.refused ? [against(answer.refused)] : [];
}

const against = ({ code, text, trouble }: TiktokRefusal): CheckMessage => ({
  level: 'error',
  code: CODES[trouble],
  text: `${code} ${text}`.trim(),
});

const namesOf = (shops: readonly { readonly name: string; readonly cipher: string }[]): string =>
  shops.map(({ name, cipher }) => `${name} (${cipher})`).join(', ');

function ofFailure(error: unknown): CheckMessage {
  if (!(error instanceof AppError) || error.kind !== 'remote') throw error;
  const { code, message } = error.details;
  const said = [code, message].filter((part) => typeof part === 'string').join(' ');
  const trouble = typeof code === 'string' ? troubleOf(code, String(message ?? '')) : null;
  if (error.code === 'channel.sign-in-expired') return { level: 'error', code: 'shop.check.bad-key', text: said };
  return { level: 'error', code: trouble ? CODES[trouble] : 'shop.check.unreachable', text: said || error.code };
}
