/** Orders as a played platform keeps them, in no platform's own words. Instants are ISO-8601 UTC, money minor units. */
export interface BookLine {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly unitPriceMinor: number;
  cancelled: number;
  /** Told to the platform as sent. */
  shipped: number;
}

export interface BookPackage {
  readonly id: string;
  tracking: string;
  carrier: string;
  readonly at: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

export interface BookAddress {
  readonly name: string;
  readonly street1: string;
  readonly street2: string;
  readonly postcode: string;
  readonly city: string;
  readonly region: string;
  readonly country: string;
  readonly phone: string;
  readonly email: string;
}

export interface BookOrder {
  /** Digits, more than a double holds: an id that is rounded anywhere is found out. */
  readonly id: string;
  readonly number: string;
  readonly placedAt: string;
  updatedAt: string;
  /** The instant from which lists show what it is now: after `updatedAt` where the platform is eventually consistent. */
  visibleAt: string;
  state: 'unpaid' | 'open' | 'cancelled';
  held: string | null;
  cancelRequested: boolean;
  cancelledAt: string | null;
  acknowledgedAt: string | null;
  readonly labelMode: 'seller' | 'platform';
  /** Where the buyer came from: a source as campaigns name it (`pinterest`, `fb`); empty for none. */
  readonly source: string;
  /** Of an order that an app copied from a marketplace. */
  readonly copyOf: { readonly marketplace: string; readonly id: string } | null;
  readonly currency: string;
  readonly gift: boolean;
  note: string;
  address: BookAddress;
  readonly lines: BookLine[];
  readonly packages: BookPackage[];
}

export interface OrderToPlace {
  readonly number?: string;
  readonly lines: readonly {
    readonly sku: string;
    readonly title: string;
    readonly quantity: number;
    readonly unitPriceMinor: number;
  }[];
  readonly address: BookAddress;
  readonly currency?: string;
  readonly source?: string;
  readonly copyOf?: BookOrder['copyOf'];
  readonly labelMode?: BookOrder['labelMode'];
  readonly state?: 'unpaid' | 'open';
  readonly gift?: boolean;
  readonly note?: string;
  /** ISO-8601 UTC; now when missing. */
  readonly placedAt?: string;
}

/** What a platform's own people or the buyer do to an order that stands. */
export type BookChange =
  | { readonly kind: 'cancel' }
  | { readonly kind: 'ask-cancel' }
  | { readonly kind: 'pay' }
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'release' }
  | { readonly kind: 'address'; readonly address: Partial<BookAddress> }
  | { readonly kind: 'quantity'; readonly sku: string; readonly quantity: number }
  | { readonly kind: 'note'; readonly note: string }
  /** Nothing changes but the time of change: a duplicate. */
  | { readonly kind: 'touch' };

/** Every write that the platform took, in its order: what was really told to it. */
export interface BookAct {
  readonly at: string;
  readonly kind: string;
  readonly orderId: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

interface SavedBook {
  readonly next: number;
  readonly orders: BookOrder[];
  readonly acts: BookAct[];
  readonly stock: readonly (readonly [string, number])[];
}

/** So many of the last acts are kept over a restart. */
const MOST_ACTS = 500;

export class OrderBook {
  readonly #orders = new Map<string, BookOrder>();
  readonly #acts: BookAct[] = [];
  /** What can be sold by SKU, as the seller told it. */
  readonly stock = new Map<string, number>();
  readonly #clock: () => Date;
  readonly #prefix: string;
  readonly #lagMs: () => number;
  #next: number;

  /** `prefix` begins every order number; `lagMs` is how long lists show nothing of a change yet. */
  constructor(options: {
    readonly clock: () => Date;
    readonly prefix: string;
    readonly first?: number;
    readonly lagMs?: () => number;
  }) {
    this.#clock = options.clock;
    this.#prefix = options.prefix;
    this.#lagMs = options.lagMs ?? (() => 0);
    this.#next = options.first ?? 1;
  }

  get now(): string {
    return this.#clock().toISOString();
  }

  /** All that it knows, as JSON. */
  save(): string {
    const stock = [...this.stock];
    return JSON.stringify({
      next: this.#next,
      orders: [...this.#orders.values()],
      acts: this.#acts.slice(-MOST_ACTS),
      stock,
    });
  }

  /** Goes on where another process saved. */
  restore(saved: string): void {
    const { next, orders, acts, stock } = JSON.parse(saved) as SavedBook; // written by `save` only
    this.#next = Math.max(this.#next, next);
    for (const order of orders) this.#orders.set(order.id, order);
    this.#acts.push(...acts);
    for (const [sku, quantity] of stock) this.stock.set(sku, quantity);
  }

  place(order: OrderToPlace): BookOrder {
    const serial = this.#next++;
    const id = this.newId();
    const placedAt = order.placedAt ?? this.now;
    const placed: BookOrder = {
      id,
      number: order.number ?? `${this.#prefix}${serial}`,
      placedAt,
      updatedAt: placedAt,
      visibleAt: placedAt,
      state: order.state ?? 'open',
      held: null,
      cancelRequested: false,
      cancelledAt: null,
      acknowledgedAt: null,
      labelMode: order.labelMode ?? 'seller',
      source: order.source ?? '',
      copyOf: order.copyOf ?? null,
      currency: order.currency ?? 'EUR',
      gift: order.gift ?? false,
      note: order.note ?? '',
      address: order.address,
      lines: order.lines.map((line) => ({ ...line, id: this.newId(), cancelled: 0, shipped: 0 })),
      packages: [],
    };
    this.#orders.set(id, placed);
    this.#visible(placed);
    return placed;
  }

  /** Every order by the time of its last change as lists show it, oldest first. */
  listed(): BookOrder[] {
    const now = this.now;
    return [...this.#orders.values()]
      .filter(({ visibleAt }) => visibleAt <= now)
      .sort((a, b) => (a.updatedAt === b.updatedAt ? compare(a.id, b.id) : compare(a.updatedAt, b.updatedAt)));
  }

  all(): readonly BookOrder[] {
    return [...this.#orders.values()];
  }

  find(id: string): BookOrder | undefined {
    return this.#orders.get(id);
  }

  findByNumber(number: string): BookOrder | undefined {
    return this.all().find((order) => order.number === number);
  }

  /** Units of a line that are still to be sent. */
  left(line: BookLine): number {
    return line.quantity - line.cancelled - line.shipped;
  }

  change(order: BookOrder, change: BookChange): void {
    if (change.kind === 'cancel') {
      order.state = 'cancelled';
      order.cancelledAt = this.now;
    } else if (change.kind === 'ask-cancel') order.cancelRequested = true;
    else if (change.kind === 'pay') order.state = 'open';
    else if (change.kind === 'hold') order.held = change.reason;
    else if (change.kind === 'release') order.held = null;
    else if (change.kind === 'address') order.address = { ...order.address, ...change.address };
    else if (change.kind === 'note') order.note = change.note;
    else if (change.kind === 'quantity') this.#setQuantity(order, change);
    this.#touch(order);
  }

  #setQuantity(order: BookOrder, { sku, quantity }: { sku: string; quantity: number }): void {
    const line = order.lines.find((one) => one.sku === sku);
    if (!line) return;
    if (quantity > line.quantity)
      order.lines.push({ ...line, id: this.newId(), quantity: quantity - line.quantity, cancelled: 0, shipped: 0 });
    else line.cancelled = Math.max(line.cancelled, line.quantity - Math.max(quantity, line.shipped));
  }

  /**
   * A parcel was told. Throws nothing: whether the platform may take it is the platform's to decide before. Units beyond
   * what is left are never counted.
   */
  ship(
    order: BookOrder,
    parcel: {
      readonly tracking: string;
      readonly carrier: string;
      readonly lines: readonly { lineId: string; quantity: number }[];
    },
  ): BookPackage {
    for (const { lineId, quantity } of parcel.lines) {
      const line = order.lines.find(({ id }) => id === lineId);
      if (line) line.shipped += Math.min(quantity, this.left(line));
    }
    const made: BookPackage = { ...parcel, id: this.newId(), at: this.now };
    order.packages.push(made);
    this.note('ship', order, { tracking: parcel.tracking, carrier: parcel.carrier, lines: parcel.lines });
    this.#touch(order);
    return made;
  }

  correct(order: BookOrder, parcel: BookPackage, told: { tracking: string; carrier: string }): void {
    this.note('correct', order, { from: parcel.tracking, to: told.tracking });
    Object.assign(parcel, told);
    this.#touch(order);
  }

  note(kind: string, order: BookOrder, detail: BookAct['detail'] = {}): void {
    this.#acts.push({ at: this.now, kind, orderId: order.id, detail });
  }

  acts(): readonly BookAct[] {
    return this.#acts;
  }

  /** An id of 18 digits that no double holds. */
  newId(): string {
    return String(700_000_000_000_000_001n + BigInt(this.#next++) * 7n);
  }

  #touch(order: BookOrder): void {
    // Two changes in one millisecond still have an order.
    const now = this.now;
    order.updatedAt = now > order.updatedAt ? now : new Date(Date.parse(order.updatedAt) + 1).toISOString();
    this.#visible(order);
  }

  #visible(order: BookOrder): void {
    order.visibleAt = new Date(Date.parse(order.updatedAt) + this.#lagMs()).toISOString();
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
