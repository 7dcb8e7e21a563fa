import type { Knex } from 'knex';

async function createPicking(knex: Knex): Promise<void> {
  await knex.schema.createTable('pick_task', (table) => {
    table.text('id').primary();
    table.text('order_id').notNullable().references('sales_order.id').index();
    table.text('order_line_id').notNullable().references('order_line.id').index();
    table.text('item_id').notNullable().references('item.id');
    table.text('location_id').notNullable().references('location.id');
    table.integer('quantity').notNullable();
    table.integer('picked').notNullable();
    table.text('state').notNullable();
    table.text('short_reason');
    table.integer('version').notNullable();
    table.index(['item_id', 'location_id', 'state']);
  });
}

async function createParcels(knex: Knex): Promise<void> {
  await knex.schema.createTable('scale_reading', (table) => {
    table.text('id').primary();
    table.text('at').notNullable();
    table.text('station_id').notNullable();
    table.text('device').notNullable();
    table.integer('mg').notNullable();
    table.integer('stable').notNullable();
  });
  await knex.schema.createTable('parcel', (table) => {
    table.text('id').primary();
    table.text('order_id').notNullable().references('sales_order.id').index();
    table.integer('sequence').notNullable();
    table.text('sscc').notNullable().unique();
    table.text('state').notNullable();
    table.text('station_id');
    table.integer('expected_mg');
    table.integer('weight_mg');
    table.text('scale_reading_id').references('scale_reading.id');
    table.text('opened_at').notNullable();
    table.text('closed_at');
    table.text('label_confirmed_at');
    table.integer('version').notNullable();
    table.unique(['order_id', 'sequence']);
  });
  await knex.schema.createTable('parcel_unit', (table) => {
    table.text('id').primary();
    table.text('parcel_id').notNullable().references('parcel.id').index();
    table.text('order_line_id').notNullable().references('order_line.id').index();
    table.text('item_id').notNullable();
    table.integer('quantity').notNullable();
    table.text('code').notNullable();
    table.text('lot');
    table.text('expiry');
    table.text('serial');
    table.text('at').notNullable();
    table.unique(['item_id', 'serial']);
  });
  await knex.schema.createTable('number_range', (table) => {
    table.text('name').primary();
    table.bigInteger('next').notNullable();
    table.bigInteger('last').notNullable();
  });
}

async function createDocuments(knex: Knex): Promise<void> {
  await knex.schema.createTable('document', (table) => {
    table.text('id').primary();
    table.text('kind').notNullable();
    table.text('media_type').notNullable();
    table.text('sha256').notNullable();
    table.binary('bytes').notNullable();
    table.text('order_id').notNullable().references('sales_order.id').index();
    table.text('parcel_id').references('parcel.id').index();
    table.text('created_at').notNullable();
  });
  await knex.schema.createTable('rma', (table) => {
    table.text('id').primary();
    table.text('code').notNullable().unique();
    table.text('order_id').notNullable().references('sales_order.id').index();
    table.text('parcel_id').notNullable().references('parcel.id').index();
    table.text('state').notNullable();
    table.text('expires_on').notNullable();
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('label', (table) => {
    table.text('id').primary();
    table.text('parcel_id').notNullable().references('parcel.id').index();
    table.text('kind').notNullable();
    table.text('state').notNullable();
    table.text('carrier').notNullable();
    table.text('service').notNullable();
    table.text('tracking_number').notNullable();
    table.text('scan_text').notNullable().index();
    table.text('document_id').references('document.id');
    table.text('rma_id').references('rma.id');
    table.text('fault');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
  });
  // One active label a parcel and kind, enforced by the database itself.
  await knex.raw(`create unique index label_one_active on label (parcel_id, kind)
    where state in ('intent', 'calling', 'bought', 'unknown', 'void-requested')`);
  await knex.schema.createTable('print_job', (table) => {
    table.text('id').primary();
    table.text('document_id').notNullable().references('document.id').index();
    table.text('station_id');
    table.text('printer').notNullable();
    table.text('state').notNullable();
    table.integer('reprint').notNullable().defaultTo(0);
    table.text('reason');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.index(['station_id', 'created_at']);
  });
}

async function createBench(knex: Knex): Promise<void> {
  await knex.schema.createTable('bench', (table) => {
    table.text('station_id').primary().references('station.id');
    table.text('mode').notNullable();
    table.text('order_id');
    table.text('parcel_id');
    table.text('task_id');
    table.text('latched');
    table.integer('version').notNullable();
  });
}

export async function up(knex: Knex): Promise<void> {
  await createPicking(knex);
  await createParcels(knex);
  await createDocuments(knex);
  await createBench(knex);
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
