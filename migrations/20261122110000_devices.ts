import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('device', (table) => {
    table.text('id').primary();
    // The bench it stands at; the PC with that bench's name opens its port.
    table.text('station_id').notNullable().references('station.id').index();
    // `scale` or `scanner`.
    table.text('kind').notNullable();
    // JSON: where its bytes come from.
    table.text('transport').notNullable();
    // JSON: what tells its adapter from others; empty for a typed path.
    table.text('identity').notNullable();
    table.text('protocol');
    // JSON: unit, decimals and whatever else the station sets for it.
    table.text('settings').notNullable();
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
  });
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
