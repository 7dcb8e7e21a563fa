import type { Knex } from 'knex';

async function createItems(knex: Knex): Promise<void> {
  await knex.schema.createTable('image', (table) => {
    table.text('hash').primary();
    table.text('media_type').notNullable();
    table.binary('bytes').notNullable();
  });
  await knex.schema.createTable('item', (table) => {
    table.text('id').primary();
    table.text('sku').notNullable().unique();
    table.text('title').notNullable();
    table.text('image_hash').references('image.hash');
    table.integer('weight_mg').notNullable();
    table.integer('length_mm').notNullable();
    table.integer('width_mm').notNullable();
    table.integer('height_mm').notNullable();
    for (const flag of [
      'fragile',
      'hazardous',
      'upright',
      'own_box',
      'lot_controlled',
      'serial_controlled',
      'expiry_controlled',
    ]) {
      table.integer(flag).notNullable().defaultTo(0);
    }
    table.integer('version').notNullable();
  });
  // A GTIN as GTIN-14, or an alias exactly as it is scanned; `quantity` > 1 is a case.
  await knex.schema.createTable('item_code', (table) => {
    table.text('code').primary();
    table.text('item_id').notNullable().references('item.id').index();
    table.text('kind').notNullable();
    table.integer('quantity').notNullable();
  });
  await knex.schema.createTable('kit_component', (table) => {
    table.text('kit_item_id').notNullable().references('item.id');
    table.text('component_item_id').notNullable().references('item.id');
    table.integer('quantity').notNullable();
    table.primary(['kit_item_id', 'component_item_id']);
  });
}

async function createStock(knex: Knex): Promise<void> {
  await knex.schema.createTable('location', (table) => {
    table.text('id').primary();
    table.text('code').notNullable().unique();
    table.text('zone').notNullable().defaultTo('');
    table.text('aisle').notNullable();
    table.text('bay').notNullable();
    table.text('level').notNullable();
    // Sorts bins in walking order: aisle, bay, level with numbers padded.
    table.text('walk_key').notNullable().index();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('stock_level', (table) => {
    table.text('item_id').notNullable().references('item.id');
    table.text('location_id').notNullable().references('location.id');
    table.integer('on_hand').notNullable();
    table.integer('allocated').notNullable();
    table.integer('version').notNullable();
    table.primary(['item_id', 'location_id']);
    table.check('?? >= 0', ['on_hand'], 'stock_level_on_hand_not_negative');
    table.check('?? >= 0', ['allocated'], 'stock_level_allocated_not_negative');
  });
  await knex.schema.createTable('stock_movement', (table) => {
    table.text('id').primary();
    table.text('at').notNullable();
    table.text('item_id').notNullable();
    table.text('location_id').notNullable();
    table.integer('quantity').notNullable();
    table.text('reason').notNullable();
    table.text('subject').notNullable();
    table.text('operator_id');
    table.index(['item_id', 'location_id']);
  });
}

async function makeMovementsAppendOnly(knex: Knex): Promise<void> {
  if (knex.client.config.client === 'pg') {
    await knex.raw(`create trigger stock_movement_append_only before update or delete on stock_movement
      for each row execute function refuse_change()`);
    await knex.raw(`create trigger stock_movement_no_truncate before truncate on stock_movement
      for each statement execute function refuse_change()`);
    return;
  }
  for (const action of ['update', 'delete']) {
    await knex.raw(`create trigger stock_movement_no_${action} before ${action} on stock_movement
      begin select raise(abort, 'stock_movement is append-only'); end`);
  }
  // "insert or replace" deletes the row that is in its way without firing the trigger on delete.
  await knex.raw(`create trigger stock_movement_no_replace before insert on stock_movement
    when exists (select 1 from stock_movement where id = new.id)
    begin select raise(abort, 'stock_movement is append-only'); end`);
}

export async function up(knex: Knex): Promise<void> {
  await createItems(knex);
  await createStock(knex);
  await makeMovementsAppendOnly(knex);
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
