import type { Knex } from 'knex';

async function createOrders(knex: Knex): Promise<void> {
  await knex.schema.createTable('tote', (table) => {
    table.text('id').primary();
    table.text('code').notNullable().unique();
  });
  await knex.schema.createTable('sales_order', (table) => {
    table.text('id').primary();
    table.text('channel').notNullable();
    table.text('shop').notNullable().defaultTo('');
    table.text('external_id').notNullable();
    table.text('number').notNullable().index();
    table.text('code').notNullable().unique();
    table.text('state').notNullable();
    table.integer('priority').notNullable().defaultTo(0);
    table.text('placed_at').notNullable();
    table.text('ship_by').notNullable();
    table.text('country').notNullable();
    table.text('currency');
    table.integer('total_minor');
    table.integer('gift').notNullable().defaultTo(0);
    table.text('shipping_method');
    table.text('content_hash').notNullable();
    table.text('tote_id').references('tote.id').index();
    table.text('claimed_by');
    table.text('claim_until');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.unique(['channel', 'shop', 'external_id']);
    table.index(['state', 'priority', 'ship_by', 'id']);
    table.index(['channel', 'placed_at']);
    table.index(['placed_at']);
  });
  // Personal data stands apart from everything that is kept for ever.
  await knex.schema.createTable('order_private', (table) => {
    table.text('order_id').primary().references('sales_order.id');
    table.text('data').notNullable();
  });
  await knex.schema.createTable('order_line', (table) => {
    table.text('id').primary();
    table.text('order_id').notNullable().references('sales_order.id');
    table.integer('line_no').notNullable();
    table.text('parent_line_id');
    table.text('external_line_id');
    table.text('sku').notNullable();
    table.text('item_id').references('item.id').index();
    table.text('title').notNullable();
    table.integer('unit_price_minor');
    for (const quantity of ['ordered', 'cancelled', 'allocated', 'picked', 'packed', 'shipped']) {
      table.integer(quantity).notNullable();
    }
    table.index(['order_id', 'line_no']);
    table.index(['sku']);
  });
  await knex.schema.createTable('order_hold', (table) => {
    table.text('order_id').primary().references('sales_order.id');
    table.text('reason').notNullable();
    table.text('detail').notNullable().defaultTo('');
    table.text('since').notNullable();
    table.text('by');
  });
}

async function createImports(knex: Knex): Promise<void> {
  await knex.schema.createTable('import_run', (table) => {
    table.text('id').primary();
    table.text('at').notNullable();
    table.text('kind').notNullable();
    table.text('file_name').notNullable();
    table.text('operator_id');
    table.integer('imported').notNullable();
    table.integer('updated').notNullable();
    table.integer('unchanged').notNullable();
    table.integer('rejected').notNullable();
    table.text('finished_at');
  });
  await knex.schema.createTable('import_finding', (table) => {
    table.text('id').primary();
    table.text('run_id').notNullable().references('import_run.id').index();
    table.text('kind').notNullable();
    table.integer('row').notNullable();
    table.text('subject');
    table.text('detail').notNullable();
  });
}

export async function up(knex: Knex): Promise<void> {
  await createOrders(knex);
  await createImports(knex);
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
