import type { Knex } from 'knex';

/** What the bench may ask of an item, and what it learned about it. */
async function extendItems(knex: Knex): Promise<void> {
  await knex.schema.alterTable('item', (table) => {
    // `each`: unit codes only; `case`: case codes too; `quantity`: one scan and a quantity card.
    table.text('scan_policy').notNullable().defaultTo('case');
    // `explode`: its components are scanned; `one`: the kit's own code stands for all of them.
    table.text('kit_scan').notNullable().defaultTo('explode');
  });
  await knex.schema.createTable('item_substitute', (table) => {
    table.text('item_id').notNullable().references('item.id');
    table.text('substitute_item_id').notNullable().references('item.id');
    // The merchant says that the buyer pays the same.
    table.integer('price_neutral').notNullable();
    table.primary(['item_id', 'substitute_item_id']);
  });
  // Weight of one unit as the scale has shown it, in milligrams; how sure the mean is, and how much units differ.
  await knex.schema.createTable('item_weight', (table) => {
    table.text('item_id').primary().references('item.id');
    table.integer('samples').notNullable();
    table.double('mean_mg').notNullable();
    table.double('mean_variance').notNullable();
    table.double('unit_variance').notNullable();
    // What the catalogue said then; another weight there starts the learning anew.
    table.integer('catalogue_mg').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('stock_lot', (table) => {
    table.text('id').primary();
    table.text('item_id').notNullable().references('item.id');
    table.text('location_id').notNullable().references('location.id');
    table.text('lot').notNullable();
    table.text('expiry');
    // Units when the lot was counted; what was packed since is known from the parcels.
    table.integer('quantity').notNullable();
    table.text('counted_at').notNullable();
    // A recalled lot is refused at every scan.
    table.integer('blocked').notNullable().defaultTo(0);
    table.integer('version').notNullable();
    table.unique(['item_id', 'location_id', 'lot']);
  });
}

async function createCartons(knex: Knex): Promise<void> {
  await knex.schema.createTable('carton', (table) => {
    table.text('id').primary();
    table.text('code').notNullable().unique();
    table.text('title').notNullable();
    for (const side of ['inner_length_mm', 'inner_width_mm', 'inner_height_mm']) table.integer(side).notNullable();
    for (const side of ['outer_length_mm', 'outer_width_mm', 'outer_height_mm']) table.integer(side).notNullable();
    table.integer('tare_mg').notNullable();
    table.integer('max_weight_mg').notNullable();
    table.integer('cost_minor').notNullable();
    // Null where nobody counts them.
    table.integer('stock');
    table.integer('active').notNullable().defaultTo(1);
    table.integer('version').notNullable();
  });
  await knex.schema.alterTable('parcel', (table) => {
    // Without a foreign key: SQLite would build the table anew, which units that stand in it forbid.
    table.text('carton_id');
    table.integer('own_box').notNullable().defaultTo(0);
    table.integer('dunnage_mg').notNullable().defaultTo(0);
    // JSON of the carton suggested when the parcel was opened, and why.
    table.text('carton_plan');
    // A supervisor let a weight outside the tolerance pass, and why.
    table.text('override_by');
    table.text('override_reason');
    // Asked to be closed although units are left for another parcel.
    table.integer('closing').notNullable().defaultTo(0);
    // JSON list of instructions that were confirmed by scan.
    table.text('confirmed').notNullable().defaultTo('[]');
  });
  // Readings that were refused belong to a parcel as well.
  await knex.schema.alterTable('scale_reading', (table) => {
    table.text('parcel_id').index();
  });
  // Units that came by one scan leave by one undo.
  await knex.schema.alterTable('parcel_unit', (table) => {
    table.text('scan_id');
    table.index(['item_id', 'lot']);
  });
}

/** Several orders picked in one walk, each into its own tote. */
async function createPickRuns(knex: Knex): Promise<void> {
  await knex.schema.createTable('pick_run', (table) => {
    table.text('id').primary();
    table.text('code').notNullable().unique();
    table.text('station_id').notNullable();
    table.text('zone');
    table.text('state').notNullable();
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('pick_run_order', (table) => {
    table.text('run_id').notNullable().references('pick_run.id');
    table.text('order_id').notNullable().references('sales_order.id').index();
    table.integer('slot').notNullable();
    // Null while the order is part of the walk: then it is picked, given back, passed on or lost.
    table.text('left_at');
    table.primary(['run_id', 'order_id']);
    table.unique(['run_id', 'slot']);
  });
  await knex.schema.alterTable('bench', (table) => {
    table.text('run_id');
    // Where the bench returns after each parcel: `singles`, or null for the queue.
    table.text('lane');
    // JSON of a scan that waits for its second half: units in the hand, a quantity card, an override.
    table.text('pending');
  });
}

async function createFloorTasks(knex: Knex): Promise<void> {
  await knex.schema.createTable('put_back', (table) => {
    table.text('id').primary();
    table.text('order_id').notNullable().references('sales_order.id').index();
    table.text('item_id').notNullable().references('item.id');
    table.text('location_id').notNullable().references('location.id');
    table.text('tote_id').references('tote.id').index();
    table.integer('quantity').notNullable();
    table.integer('done').notNullable().defaultTo(0);
    table.text('state').notNullable().index();
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('count_task', (table) => {
    table.text('id').primary();
    table.text('item_id').notNullable().references('item.id');
    table.text('location_id').notNullable().references('location.id');
    table.text('reason').notNullable();
    table.text('order_id');
    table.text('state').notNullable().index();
    table.integer('counted');
    table.text('created_at').notNullable();
    table.text('done_at');
    table.text('operator_id');
    table.integer('version').notNullable();
    table.index(['location_id', 'state']);
  });
  // One open count a bin and item, however often it came up short.
  await knex.raw(`create unique index count_task_one_open on count_task (item_id, location_id) where state = 'open'`);
}

async function extendOrdersAndPeople(knex: Knex): Promise<void> {
  await knex.schema.alterTable('sales_order', (table) => {
    // The buyer takes something equal when the item is out of stock.
    table.integer('substitution_ok').notNullable().defaultTo(0);
    // What is there ships now; the rest follows in another parcel.
    table.integer('split').notNullable().defaultTo(0);
  });
  await knex.schema.alterTable('order_line', (table) => {
    // Line whose units this one replaces with something equal.
    table.text('substitute_for');
  });
  await knex.schema.alterTable('order_hold', (table) => {
    // The hold ends by itself then.
    table.text('until');
  });
  await knex.schema.alterTable('operator', (table) => {
    // scrypt; null where the badge alone is enough.
    table.text('pin_hash');
    // Wrong PINs since the last right one; after some the badge is refused until this instant.
    table.integer('pin_failures').notNullable().defaultTo(0);
    table.text('pin_blocked_until');
    table.text('theme').notNullable().defaultTo('system');
  });
  await knex.schema.alterTable('sign_in', (table) => {
    // Nobody scanned for a while: the badge opens the bench again where it was.
    table.text('locked_at');
  });
  await knex.schema.alterTable('journal', (table) => {
    table.index(['at', 'kind']);
  });
}

export async function up(knex: Knex): Promise<void> {
  await extendItems(knex);
  await createCartons(knex);
  await createPickRuns(knex);
  await createFloorTasks(knex);
  await extendOrdersAndPeople(knex);
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
