import { dialectOf, type Handle } from '../db/rows.ts';

/** What an instant is grouped by: `2026-11-20T16:2` is the third quarter of an hour after four o'clock, UTC. */
export function quarterOf(column: string): string {
  return `substr(${column}, 1, 14) || (cast(substr(${column}, 15, 2) as integer) / 15)`;
}

/** Milliseconds between two instants. */
export function millisecondsBetween(handle: Handle, earlier: string, later: string): string {
  return dialectOf(handle) === 'postgres'
    ? `cast(round(extract(epoch from (cast(${later} as timestamptz) - cast(${earlier} as timestamptz))) * 1000) as bigint)`
    : `cast(round((julianday(${later}) - julianday(${earlier})) * 86400000) as integer)`;
}

/** A text of the facts that a journal row keeps. */
export function factOf(handle: Handle, column: string, name: string): string {
  return dialectOf(handle) === 'postgres'
    ? `cast(${column} as json) ->> '${name}'`
    : `json_extract(${column}, '$.${name}')`;
}

/** So many placeholders for values: `?, ?, ?`. */
export function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
