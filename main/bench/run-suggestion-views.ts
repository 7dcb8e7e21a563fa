import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { Expected } from '../../shared/contract/bench.ts';
import type { Database } from '../db/database.ts';
import { selectRows } from '../db/rows.ts';
import { zoneCards } from '../picking/run-rules.ts';
import type { Scene } from './bench-rules.ts';
import { slotWithoutTote, walkNow } from './run-scene-rules.ts';

const SHOWN = 3;
const FREE_TOTES = `
  select tote.code from tote
  where not exists (select 1 from sales_order where sales_order.tote_id = tote.id)
    and not exists (select 1 from put_back where put_back.tote_id = tote.id and put_back.state = 'open')
  order by tote.code limit ${SHOWN}`;
const WAITING = `
  select tote.code, o.number, location.zone from sales_order o
  join tote on tote.id = o.tote_id
  join pick_task task on task.order_id = o.id and task.state in ('open', 'claimed', 'picking')
  join location on location.id = task.location_id
  where o.state = 'picking' and o.claimed_by is null
    and not exists (select 1 from order_hold hold where hold.order_id = o.id and (hold.until is null or hold.until > ?))
  order by o.priority desc, o.ship_by, o.id limit 200`;
const SINGLES = `
  select code.code, code.kind, item.title from sales_order o
  join order_line line on line.order_id = o.id and line.ordered > line.cancelled
  join item on item.id = line.item_id
  join item_code code on code.item_id = line.item_id and code.quantity = 1
  where o.state in ('allocated', 'picking', 'picked') and o.tote_id is null and o.claimed_by is null
    and line.shipped = 0 and (line.picked = 0 or o.state = 'picked') and line.allocated = line.ordered - line.cancelled
    and not exists (select 1 from order_line child where child.parent_line_id = line.id)
    and not exists (select 1 from order_line other where other.order_id = o.id and other.id <> line.id
      and other.id <> coalesce(line.parent_line_id, '') and other.ordered > other.cancelled)
    and not exists (select 1 from order_hold hold where hold.order_id = o.id and (hold.until is null or hold.until > ?))
  order by o.priority desc, o.ship_by, o.id, code.code limit ${SHOWN}`;

/** What can be scanned on a walk that waits for a tote, and in the lane of single lines; undefined at other steps. */
export async function suggestInLane(database: Database, scene: Scene, now: string): Promise<Expected[] | undefined> {
  const { bench, run } = scene;
  if (bench.mode === 'singles') return suggestSingles(database, now);
  if (bench.mode !== 'batch' || !run) return undefined;
  if (slotWithoutTote(run)) return suggestTotes(database);
  return run.zone !== null && walkNow(run, bench).length === 0 ? suggestWaiting(database, run.zone, now) : [];
}

/** Cards of the zones, where there is more than one. */
export async function zoneCardsOf(database: Database): Promise<string[]> {
  const rows: { zone: string }[] = await database.read('location').distinct('zone');
  const cards = [...zoneCards(rows.map((row) => row.zone)).keys()];
  return cards.length > 1 ? cards : [];
}

const toteText = (code: string, title: string): Expected => ({
  kind: 'tote',
  text: encodeStationCode('tote', code),
  title,
});

async function suggestTotes(database: Database): Promise<Expected[]> {
  const rows = await selectRows<{ code: string }>(database.read, FREE_TOTES, []);
  return rows.map(({ code }) => toteText(code, code));
}

/** Totes of other zones that have something to take in this one. */
async function suggestWaiting(database: Database, zone: string, now: string): Promise<Expected[]> {
  const rows = await selectRows<{ code: string; number: string; zone: string }>(database.read, WAITING, [now]);
  const zones = new Set(zoneCards(rows.map((row) => row.zone)).get(zone) ?? []);
  const totes = new Map(rows.filter((row) => zones.has(row.zone)).map((row) => [row.code, row.number]));
  return [...totes].slice(0, SHOWN).map(([code, number]) => toteText(code, `${code} · ${number}`));
}

async function suggestSingles(database: Database, now: string): Promise<Expected[]> {
  const rows = await selectRows<{ code: string; kind: string; title: string }>(database.read, SINGLES, [now]);
  return rows.map(({ code, kind, title }) => ({
    kind: 'item',
    text: kind === 'gtin' ? code.replace(/^0(?=\d{13}$)/, '') : code,
    title,
  }));
}
