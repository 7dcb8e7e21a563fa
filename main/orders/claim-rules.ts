/**
 * Whether a bench may take an order, for queries over `sales_order`: free, its own, left until the lease ran out, or with
 * a lease that ends later than any that is alive, which only a clock that was put back can leave.
 *
 * Values: id of the bench's station, now, latest end of a lease that is alive.
 */
export const CLAIMABLE =
  '(claimed_by is null or claimed_by = ? or claim_until is null or claim_until <= ? or claim_until > ?)';
