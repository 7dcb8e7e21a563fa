import type { Knex } from 'knex';

/**
 * Adds a column that names a row of another table. The schema builder copies the whole table for it on SQLite and drops the
 * old one, which rows of other tables still name; both databases can add such a column in place.
 */
async function addReference(knex: Knex, at: { table: string; column: string; to: string }): Promise<void> {
  await knex.raw(`alter table ${at.table} add column ${at.column} text references ${at.to}(id)`);
}

async function createAccounts(knex: Knex): Promise<void> {
  // Which key seals what is secret in this database; the key itself stands with each PC.
  await knex.schema.createTable('vault_key', (table) => {
    table.text('fingerprint').primary();
    table.text('created_at').notNullable();
  });
  await knex.schema.createTable('carrier_account', (table) => {
    table.text('id').primary();
    table.text('connector').notNullable();
    table.text('title').notNullable();
    // JSON by field name; `secrets` holds sealed values only.
    table.text('config').notNullable();
    table.text('secrets').notNullable().defaultTo('{}');
    table.integer('approved').notNullable().defaultTo(0);
    table.integer('active').notNullable().defaultTo(1);
    // `HH:MM` in `time_zone`; null without a daily pick-up.
    table.text('cut_off');
    table.text('time_zone').notNullable();
    // What the last check said: instant and messages as JSON.
    table.text('checked_at');
    table.text('check_messages').notNullable().defaultTo('[]');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('shipping_rule', (table) => {
    table.text('id').primary();
    table.integer('position').notNullable();
    table.text('direction').notNullable();
    table.text('title').notNullable();
    table.integer('active').notNullable();
    table.text('conditions').notNullable();
    table.text('choice').notNullable();
  });
  await knex.schema.createTable('carrier_range', (table) => {
    table.text('id').primary();
    table.text('account_id').notNullable().references('carrier_account.id').index();
    table.text('title').notNullable();
    // What else a number of this range is made of, JSON; `scope` says the same as one text: ranges of one scope never overlap.
    table.text('params').notNullable();
    table.text('scope').notNullable().index();
    table.bigInteger('first').notNullable();
    table.bigInteger('last').notNullable();
    // First number that no bench has leased.
    table.bigInteger('next').notNullable();
    table.integer('block').notNullable();
    table.integer('active').notNullable().defaultTo(1);
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('range_lease', (table) => {
    table.text('id').primary();
    table.text('range_id').notNullable().references('carrier_range.id');
    table.text('station_id').notNullable();
    table.bigInteger('first').notNullable();
    table.bigInteger('last').notNullable();
    table.bigInteger('next').notNullable();
    table.text('leased_at').notNullable();
    table.integer('version').notNullable();
    table.unique(['range_id', 'first']);
    table.index(['range_id', 'station_id']);
  });
}

async function changeLabels(knex: Knex): Promise<void> {
  // Null for the station's own logistic label, which needs no account.
  await addReference(knex, { table: 'label', column: 'account_id', to: 'carrier_account' });
  await knex.schema.alterTable('label', (table) => {
    table.text('connector').notNullable().defaultTo('');
    // The carrier's code of the service; `service` is its name.
    table.text('service_code').notNullable().defaultTo('');
    table.text('carrier_ref').notNullable().defaultTo('');
    table.text('rate_ref');
    // Hash of what the label was bought for: address, weight, contents, service.
    table.text('revision').notNullable().defaultTo('');
    table.integer('cost_minor');
    table.text('currency');
    // Why this service: the rule, and the rates that were compared, JSON.
    table.text('choice').notNullable().defaultTo('{}');
    // Values out of a number range or a carrier's answer by which the label is drawn, JSON.
    table.text('fields').notNullable().defaultTo('{}');
    table.text('called_at');
    // When a carrier is asked next about a label that waits, of which nobody knows, or that is to be voided.
    table.text('ask_next_at');
    // Code of the reason for which it is to be voided as soon as it is known whether it was bought.
    table.text('void_wanted');
    table.text('valid_until');
    table.text('tracking_url');
    table.text('tracking_state').notNullable().defaultTo('pending');
    table.text('tracked_at');
    table.text('track_next_at');
    table.index(['track_next_at']);
    table.index(['ask_next_at']);
    table.index(['tracking_number']);
    table.index(['state', 'created_at']);
    table.index(['rma_id']);
  });
  // What a void was asked for can no longer be used: the parcel may get another label while the carrier decides.
  await knex.raw('drop index label_one_active');
  await knex.raw(`create unique index label_one_active on label (parcel_id, kind)
    where state in ('intent', 'calling', 'bought', 'unknown')`);
  // Further texts that a scanner may send for a label.
  await knex.schema.createTable('label_code', (table) => {
    table.text('label_id').notNullable().references('label.id');
    table.text('text').notNullable().index();
    table.primary(['label_id', 'text']);
  });
  await knex.schema.createTable('tracking_event', (table) => {
    table.text('id').primary();
    table.text('label_id').notNullable().references('label.id');
    table.text('at').notNullable();
    table.text('state').notNullable();
    table.text('code').notNullable();
    table.text('text').notNullable();
    table.text('place');
    table.text('received_at').notNullable();
    table.unique(['label_id', 'at', 'code']);
  });
  await addReference(knex, { table: 'document', column: 'label_id', to: 'label' });
}

async function createManifests(knex: Knex): Promise<void> {
  await knex.schema.createTable('manifest', (table) => {
    table.text('id').primary();
    table.text('number').notNullable().unique();
    // Null: the shipper's own logistic labels.
    table.text('account_id').references('carrier_account.id');
    table.text('carrier').notNullable();
    table.text('state').notNullable();
    // `YYYY-MM-DD` where the carrier picks up, and the instant after which parcels go to the next one.
    table.text('ship_date').notNullable();
    table.text('cut_off_at');
    table.text('closed_at');
    table.text('transmitted_at');
    table.text('handed_over_at');
    table.text('carrier_ref').notNullable().defaultTo('');
    table.text('paper_id').references('loose_paper.id');
    table.text('fault');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.index(['state', 'account_id']);
  });
  // Of two benches that scan the first parcel of a pick-up at once, one finds the manifest of the other.
  await knex.raw(`create unique index manifest_one_open on manifest (coalesce(account_id, ''), ship_date)
    where state = 'open'`);
  await addReference(knex, { table: 'parcel', column: 'manifest_id', to: 'manifest' });
  await knex.schema.alterTable('parcel', (table) => {
    // When, and at which bench, it was scanned onto its manifest.
    table.text('scanned_out_at');
    table.text('scanned_out_by');
    table.text('handed_over_at');
    table.index(['manifest_id']);
    // What waits at the dock is asked for by its state and how new it is.
    table.index(['state', 'label_confirmed_at']);
  });
}

async function createInvoices(knex: Knex): Promise<void> {
  // Numbers of a series have no gap: taken in the transaction that stores the paper.
  await knex.schema.createTable('invoice_series', (table) => {
    table.text('name').primary();
    table.integer('next').notNullable();
  });
  await knex.schema.createTable('invoice', (table) => {
    table.text('id').primary();
    table.text('number').notNullable().unique();
    table.text('kind').notNullable();
    table.text('order_id').notNullable().references('sales_order.id').index();
    // Null while the paper of a taken number is drawn: a crash draws it again under the same number.
    table.text('document_id').references('document.id');
    table.text('corrects_id').references('invoice.id');
    table.text('rma_id').references('rma.id');
    table.text('issued_on').notNullable();
    // What was invoiced of which line, without personal data, JSON: it is drawn and credited by this, whatever the order says later.
    table.text('facts').notNullable();
    table.integer('total_minor').notNullable();
    table.integer('vat_minor').notNullable();
    table.text('currency').notNullable();
    table.text('created_at').notNullable();
  });
  // One invoice an order; credit notes as many as there are returns.
  await knex.raw(`create unique index invoice_one_of_order on invoice (order_id) where kind = 'invoice'`);
}

async function addFacts(knex: Knex): Promise<void> {
  await knex.schema.alterTable('item', (table) => {
    table.text('hs_code');
    table.text('origin');
    // What customs reads: what it is and of what, in English.
    table.text('customs_text');
    // Hundredths of a percent; null as the settings say.
    table.integer('vat_rate');
  });
  await knex.schema.alterTable('sales_order', (table) => {
    // `platform`: the channel makes the label.
    table.text('label_mode').notNullable().defaultTo('seller');
    table.text('pickup_point');
    // What the buyer paid for postage, and what was taken off the whole, in the order's currency.
    table.integer('shipping_minor');
    table.integer('discount_minor');
    // The day by which the buyer was promised the parcel.
    table.text('promised_by');
  });
  await knex.schema.alterTable('order_line', (table) => {
    table.integer('vat_rate');
    table.integer('discount_minor');
  });
  await knex.schema.alterTable('rma', (table) => {
    table.text('reason').notNullable().defaultTo('in-box');
    table.text('requested_by');
    table.text('cancelled_at');
    table.text('received_at');
    table.index(['created_at']);
    table.index(['state', 'expires_on']);
  });
}

/** Carriers with their accounts, numbers and rules; what a label cost and became; manifests, tracking, invoices. */
export async function up(knex: Knex): Promise<void> {
  await createAccounts(knex);
  await changeLabels(knex);
  await createManifests(knex);
  await createInvoices(knex);
  await addFacts(knex);
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
