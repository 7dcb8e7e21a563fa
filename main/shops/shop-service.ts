import type { ShopKind, ShopMessage } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { AccountField } from '../../shared/model/carrier.ts';
import type { Channel, ChannelConnector, RemoteCarrier } from '../channels/channel-connector.ts';
import type { ChannelDesk } from '../channels/channel-desk.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import type { Vault } from '../db/vault.ts';
import {
  type CarrierNames,
  findShopByKey,
  forgetTokens,
  getShop,
  insertShop,
  readSoon,
  type Shop,
  saveActive,
  saveCheck,
  saveShop,
} from './shop-store.ts';
import { tokenBox } from './token-box-service.ts';

/** What everything around shops needs beside the database. */
export interface ShopsDeps extends Deps {
  readonly channels: ChannelDesk;
  readonly vault: Vault;
}

export interface OpenedShop {
  readonly shop: Shop;
  readonly connector: ChannelConnector;
  readonly channel: Channel;
}

/** Error: `rule` `channel.unknown-connector`. */
export function connectorOf(deps: ShopsDeps, name: string): ChannelConnector {
  const connector = deps.channels.find(name);
  if (!connector) throw new AppError('rule', 'channel.unknown-connector', { connector: name });
  return connector;
}

/** Fields of a shop with its secrets unsealed; never leaves the station. */
export async function configOf(deps: ShopsDeps, shop: Shop): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {};
  for (const [name, sealed] of Object.entries(shop.secrets)) secrets[name] = await deps.vault.unseal(sealed);
  return { ...shop.config, ...secrets };
}

/**
 * The client of a shop; never inside a unit of work. Errors: `channel.unknown-shop`, `channel.unknown-connector`,
 * `channel.bad-config`, `vault.key-missing`.
 */
export async function openShop(deps: ShopsDeps, shopId: string): Promise<OpenedShop> {
  const shop = await getShop(deps.database.read, shopId);
  const connector = connectorOf(deps, shop.connector);
  const config = await configOf(deps, shop);
  const { id, version } = shop;
  const channel = deps.channels.open({
    id,
    version,
    connector: connector.name,
    config,
    tokens: tokenBox(deps, id),
  });
  return { shop, connector, channel };
}

/** Step: a shop as this transaction sees it. */
export function shopById(uow: UnitOfWork, id: string): Promise<Shop> {
  return getShop(uow.tx, id);
}

/** Step: the next look reads this shop at once. */
export async function askToRead(uow: UnitOfWork, id: string): Promise<void> {
  await readSoon(uow.tx, id, uow.now);
}

/** A relay of the seller's own signs with it what it passes on. */
const relaySecret: AccountField = { name: 'relaySecret', kind: 'secret', required: false };

/** The form of a kind of shop. */
export function formFields(connector: ChannelConnector): readonly AccountField[] {
  return [...connector.fields, relaySecret];
}

/** Every kind of shop, as the form shows it. */
export function shopKinds(desk: ChannelDesk): ShopKind[] {
  return desk.connectors.map((connector) => {
    const { name, title, channel, abilities, confirmed, pollSeconds, limit } = connector;
    return {
      ...{ name, title, channel, confirmed, pollSeconds, limit: limit ?? null },
      abilities: [...abilities],
      fields: [...formFields(connector)],
    };
  });
}

export interface ShopInput {
  readonly id: string | null;
  readonly expectedVersion: number;
  readonly connector: string;
  readonly title: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly active: boolean;
  readonly pushShipments: boolean;
  readonly pushStock: boolean;
  readonly carriers: readonly { readonly ours: string; readonly code: string; readonly name: string }[];
}

/**
 * Command: connects a shop or changes it; a secret that is left out stays. Errors: `channel.bad-config` with the `fields`
 * that are missing or wrong, `channel.shop-changed`, `channel.connected-already`, `channel.other-shop` where the fields
 * name another shop than the one whose orders are stored under it.
 */
export async function putShop(
  deps: ShopsDeps,
  actor: Actor,
  input: ShopInput,
): Promise<{ id: string; version: number }> {
  const connector = connectorOf(deps, input.connector);
  const before = input.id === null ? undefined : await getShop(deps.database.read, input.id);
  const given = Object.entries(input.secrets).filter(
    ([name, text]) => text !== '' && isSecret(formFields(connector), name),
  );
  const plain = { ...(before ? await configOf(deps, before) : {}), ...onlyKnown(connector.fields, input.config) };
  for (const [name, text] of given) plain[name] = text;
  // Whatever is missing or wrong is told before anything is stored.
  connector.open(plain, { http: neverAsked, clock: deps.clock, tokens: tokenBox(deps, input.id ?? '') });
  const key = connector.shopKey(plain);
  if (before && before.key !== key) throw new AppError('rule', 'channel.other-shop', { before: before.key, now: key });
  const secrets = { ...before?.secrets };
  for (const [name, text] of given) secrets[name] = await deps.vault.seal(text);
  const form = {
    ...{ connector: connector.name, key, title: input.title, secrets, active: input.active },
    ...{ pushShipments: input.pushShipments, pushStock: input.pushStock, carriers: namesOf(input.carriers) },
    config: onlyKnown(connector.fields, input.config),
  };
  return runUnitOfWork(deps, actor, async (uow) => {
    const twin = await findShopByKey(uow.tx, connector.name, key);
    if (twin && twin.id !== input.id)
      throw new AppError('rule', 'channel.connected-already', { title: twin.title, key });
    const id = input.id ?? uow.newId();
    let version = 1;
    if (before) {
      version = await saveShop(uow.tx, { id, ...form, version: input.expectedVersion });
      if (given.length > 0) await forgetTokens(uow.tx, id);
      await readSoon(uow.tx, id, uow.now);
    } else await insertShop(uow.tx, id, { ...form, at: uow.now });
    uow.record({ kind: before ? 'shop.changed' : 'shop.connected', subject: id, data: { connector: connector.name } });
    uow.emit('shops.changed', { shopId: id });
    return { id, version };
  });
}

const neverAsked = (): Promise<never> => Promise.reject(new Error('A shop that is not stored yet is not asked.'));

const isSecret = (fields: readonly AccountField[], name: string): boolean =>
  fields.some((field) => field.name === name && field.kind === 'secret');

function onlyKnown(fields: readonly AccountField[], config: Readonly<Record<string, string>>): Record<string, string> {
  const plain = fields.filter(({ kind }) => kind !== 'secret');
  return Object.fromEntries(
    plain.flatMap(({ name }) => {
      const value = config[name]?.trim() ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

function namesOf(carriers: ShopInput['carriers']): CarrierNames {
  return Object.fromEntries(carriers.map(({ ours, code, name }) => [ours.trim().toLowerCase(), { code, name }]));
}

/** Command: asks the shop whether it can be read and told; what it says is kept with it. */
export async function checkShop(
  deps: ShopsDeps,
  actor: Actor,
  id: string,
): Promise<{ ok: boolean; messages: ShopMessage[] }> {
  const said = await ask(deps, id);
  await runUnitOfWork(deps, actor, async (uow) => {
    await saveCheck(uow.tx, id, { at: uow.now, messages: said.messages });
    uow.record({ kind: 'shop.checked', subject: id, data: { ok: said.ok } });
    uow.emit('shops.changed', { shopId: id });
    return null;
  });
  return said;
}

async function ask(deps: ShopsDeps, id: string): Promise<{ ok: boolean; messages: ShopMessage[] }> {
  try {
    const { channel } = await openShop(deps, id);
    const { messages } = await channel.check();
    return { ok: messages.every(({ level }) => level !== 'error'), messages: [...messages] };
  } catch (error) {
    if (!(error instanceof AppError) || !['remote', 'device', 'validation'].includes(error.kind)) throw error;
    return { ok: false, messages: [faultMessage(error)] };
  }
}

/** What a fault of a shop is to whoever reads it: our code, and the platform's own words. */
export function faultMessage(error: AppError): ShopMessage {
  const { message, reason } = error.details;
  const text = typeof message === 'string' ? message : typeof reason === 'string' ? reason : '';
  return { level: 'error', code: error.code, text: text.slice(0, 300) };
}

/** Command: pauses the reading of a shop, or goes on with it. */
export async function setShopActive(
  deps: ShopsDeps,
  actor: Actor,
  input: { readonly id: string; readonly active: boolean },
): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    await getShop(uow.tx, input.id);
    await saveActive(uow.tx, input.id, input.active, uow.now);
    uow.record({ kind: input.active ? 'shop.resumed' : 'shop.paused', subject: input.id });
    uow.emit('shops.changed', { shopId: input.id });
    return null;
  });
}

/** The carriers that a shop knows: asked of it where it has to be, else those of the connector's table. */
export async function carriersOf(deps: ShopsDeps, id: string): Promise<RemoteCarrier[]> {
  const { connector, channel } = await openShop(deps, id);
  const asked = channel.carriers ? await channel.carriers() : Object.values(connector.carriers);
  return [...new Map(asked.map((carrier) => [carrier.code, carrier])).values()];
}
