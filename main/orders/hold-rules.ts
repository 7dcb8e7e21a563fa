/**
 * Joins the hold that stands at an instant (the one value), for queries over `sales_order`.
 *
 * A hold is over at its `until`, whether or not the station has cleared its row away by then.
 */
export const STANDING_HOLD =
  'order_hold on order_hold.order_id = sales_order.id and (order_hold.until is null or order_hold.until > ?)';

/** Whether a hold still stops the order. */
export function holdStands(hold: { readonly until: string | null }, now: string): boolean {
  return hold.until === null || hold.until > now;
}

/** Whether one hold would be over while another still stands; one without an end stands for ever. */
export function endsSooner(hold: { readonly until: string | null }, than: { readonly until: string | null }): boolean {
  return hold.until !== null && (than.until === null || hold.until < than.until);
}

/** End of a hold that begins now and lasts so many days of 24 hours. */
export function holdEnd(now: string, days: number): string {
  return new Date(Date.parse(now) + days * 86_400_000).toISOString();
}
