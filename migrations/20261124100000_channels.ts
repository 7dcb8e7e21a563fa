import type { Knex } from 'knex';

async function createShops(knex: Knex): Promise<void> {
  await knex.schema.createTable('shop', (table) => {
    table.text('id').primary();
    table.text('connector').notNullable();
    // Part of the key of its orders (`sales_order.shop`), never changed.
    table.text('key').notNullable();
    table.text('title').notNullable();
    // JSON by field name; `secrets` holds sealed values only, `tokens` one sealed text.
    table.text('config').notNullable();
    table.text('secrets').notNullable().defaultTo('{}');
    table.text('tokens');
    table.integer('tokens_version').notNullable().defaultTo(0);
    table.text('tokens_lease');
    table.text('tokens_lease_until');
    // Read by itself; 0: paused by somebody.
    table.integer('active').notNullable().defaultTo(1);
    // Whether the shop is told of parcels, and of what can be sold.
    table.integer('push_shipments').notNullable().defaultTo(1);
    table.integer('push_stock').notNullable().defaultTo(0);
    // Our carrier → `{code, name}` of the platform, JSON; goes before the connector's own table.
    table.text('carriers').notNullable().defaultTo('{}');
    // Everything before this instant was read and stored.
    table.text('cursor');
    table.text('read_next_at');
    table.text('read_at');
    table.text('read_lease');
    table.text('read_lease_until');
    // Last fault of a reading: code and details as JSON, null after one that went well.
    table.text('fault');
    table.text('fault_at');
    table.integer('faults').notNullable().defaultTo(0);
    table.text('checked_at');
    table.text('check_messages').notNullable().defaultTo('[]');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.unique(['connector', 'key']);
    table.index(['active', 'read_next_at']);
  });
  // An order that could not be read; tried again when its source changes, or when somebody asks.
  await knex.schema.createTable('shop_quarantine', (table) => {
    table.text('shop_id').notNullable().references('shop.id');
    table.text('external_id').notNullable();
    table.text('reason').notNullable();
    table.text('first_at').notNullable();
    table.text('last_at').notNullable();
    table.integer('times').notNullable();
    table.primary(['shop_id', 'external_id']);
  });
  await knex.schema.createTable('attribution_rule', (table) => {
    table.integer('position').primary();
    table.text('kind').notNullable();
    table.text('match').notNullable();
    table.text('channel').notNullable();
  });
}

async function createOrderSources(knex: Knex): Promise<void> {
  // What the channel says of an order beside what is packed; one row an order that a shop or a file gave.
  await knex.schema.createTable('order_source', (table) => {
    table.text('order_id').primary().references('sales_order.id');
    // Null: it came by a file.
    table.text('shop_id').references('shop.id');
    table.text('external_id').notNullable();
    // When the platform last changed it, by its own clock: what is older is ignored.
    table.text('updated_at');
    // When the platform was asked last, and what it said then: `open`, `held`, `cancelled`, `shipped`.
    table.text('read_at').notNullable();
    table.text('remote_state').notNullable().defaultTo('open');
    table.text('address_state').notNullable().defaultTo('clear');
    table.text('address_token');
    table.text('attribution').notNullable();
    table.text('evidence').notNullable();
    table.integer('settled').notNullable().defaultTo(1);
    // Traces as JSON, without personal data; null where the channel is certain.
    table.text('traces');
    // The order's id on the marketplace that it is a copy from.
    table.text('marketplace_order_id');
    // When its shop was to hear that work has begun.
    table.text('acknowledged_at');
    table.index(['shop_id', 'external_id']);
    table.index(['attribution']);
    table.index(['marketplace_order_id']);
  });
  await knex.raw('create index order_source_unsettled on order_source (order_id) where settled = 0');
}

/** An order that stands in two shops (an app copied it from a marketplace) is packed once: the other one only points to it. */
async function createLinks(knex: Knex): Promise<void> {
  await knex.schema.createTable('order_link', (table) => {
    table.text('shop_id').notNullable().references('shop.id');
    table.text('external_id').notNullable();
    table.text('number').notNullable();
    table.text('order_id').notNullable().references('sales_order.id').index();
    table.text('at').notNullable();
    table.primary(['shop_id', 'external_id']);
  });
}

async function createShipments(knex: Knex): Promise<void> {
  // A parcel that has left, as its shop is told of it. `lines`: JSON `{orderLineId, externalLineIds, sku, quantity}`.
  await knex.schema.createTable('shop_shipment', (table) => {
    table.text('id').primary();
    table.text('shop_id').notNullable().references('shop.id');
    table.text('order_id').notNullable().references('sales_order.id').index();
    // Null: labelled elsewhere and told by hand.
    table.text('parcel_id').references('parcel.id').unique();
    table.integer('sequence').notNullable();
    table.text('carrier').notNullable();
    table.text('connector').notNullable().defaultTo('');
    table.text('service').notNullable().defaultTo('');
    table.text('tracking').notNullable();
    table.text('tracking_url');
    table.text('lines').notNullable();
    table.integer('last').notNullable();
    // `waiting`, `asked` (a try has no known end), `told`, `refused`, `silent` (the label's purchase told it already).
    table.text('state').notNullable();
    table.text('remote_id');
    // What the platform has, where it differs from `tracking`: a correction is on its way.
    table.text('told_tracking');
    table.text('told_at');
    table.text('fault');
    table.text('shipped_at').notNullable();
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.unique(['order_id', 'sequence']);
    table.index(['shop_id', 'state']);
  });
  // What a shop was told of the stock of a SKU.
  await knex.schema.createTable('shop_stock', (table) => {
    table.text('shop_id').notNullable().references('shop.id');
    table.text('sku').notNullable();
    table.integer('told');
    table.text('told_at');
    table.text('fault');
    table.primary(['shop_id', 'sku']);
  });
}

async function protectPersonalData(knex: Knex): Promise<void> {
  await knex.schema.alterTable('order_private', (table) => {
    table.text('purged_at');
  });
  await knex.schema.alterTable('document', (table) => {
    // Its bytes named a buyer and are gone.
    table.text('purged_at');
  });
}

/** Shops that are read and told, what they say of their orders, parcels they are told of; personal data that can be erased. */
export async function up(knex: Knex): Promise<void> {
  await createShops(knex);
  await createOrderSources(knex);
  await createLinks(knex);
  await createShipments(knex);
  await protectPersonalData(knex);
  // Parked and waiting messages of one topic are listed.
  await knex.schema.alterTable('outbox', (table) => table.index(['topic', 'state']));
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
