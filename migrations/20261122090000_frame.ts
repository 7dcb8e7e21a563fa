import type { Knex } from 'knex';

const APPEND_ONLY = ['journal'];

/** Refuses update and delete on a table, whoever asks. */
async function makeAppendOnly(knex: Knex, table: string): Promise<void> {
  if (knex.client.config.client === 'pg') {
    await knex.raw(`create or replace function refuse_change() returns trigger language plpgsql as
      $$ begin raise exception '% is append-only', tg_table_name; end $$`);
    await knex.raw(`create trigger ${table}_append_only before update or delete on ${table}
      for each row execute function refuse_change()`);
    await knex.raw(`create trigger ${table}_no_truncate before truncate on ${table}
      for each statement execute function refuse_change()`);
    return;
  }
  for (const action of ['update', 'delete']) {
    await knex.raw(`create trigger ${table}_no_${action} before ${action} on ${table}
      begin select raise(abort, '${table} is append-only'); end`);
  }
  // "insert or replace" deletes the row that is in its way without firing the trigger on delete.
  await knex.raw(`create trigger ${table}_no_replace before insert on ${table}
    when exists (select 1 from ${table} where id = new.id)
    begin select raise(abort, '${table} is append-only'); end`);
}

export async function up(knex: Knex): Promise<void> {
  const onPostgres = knex.client.config.client === 'pg';
  await knex.schema.createTable('station', (table) => {
    table.text('id').primary();
    table.text('name').notNullable().unique();
    table.text('created_at').notNullable();
  });
  await knex.schema.createTable('operator', (table) => {
    table.text('id').primary();
    table.text('name').notNullable();
    table.text('role').notNullable();
    table.text('badge_code').notNullable().unique();
    table.text('language').notNullable();
    table.integer('active').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('setting', (table) => {
    table.text('key').primary();
    table.text('value').notNullable();
    table.integer('version').notNullable();
  });
  await knex.schema.createTable('launch_token', (table) => {
    table.text('token_hash').primary();
    table.text('expires_at').notNullable();
    table.text('used_at');
  });
  await knex.schema.createTable('session', (table) => {
    table.text('token_hash').primary();
    table.text('station_id').notNullable();
    table.text('created_at').notNullable();
    table.text('expires_at').notNullable();
  });
  await knex.schema.createTable('sign_in', (table) => {
    table.text('station_id').primary().references('station.id');
    table.text('operator_id').notNullable().references('operator.id');
    table.text('since').notNullable();
  });
  await knex.schema.createTable('journal', (table) => {
    table.text('id').primary();
    table.text('at').notNullable();
    table.text('operator_id');
    table.text('station_id');
    table.text('command_id');
    table.text('kind').notNullable();
    table.text('subject').notNullable();
    table.text('from_state');
    table.text('to_state');
    table.text('data').notNullable();
    table.index(['subject', 'id']);
  });
  await knex.schema.createTable('inbox', (table) => {
    table.text('command_id').primary();
    table.text('at').notNullable().index();
    table.text('answer').notNullable();
  });
  await knex.schema.createTable('outbox', (table) => {
    table.text('id').primary();
    table.text('topic').notNullable();
    table.text('key').notNullable();
    table.text('payload').notNullable();
    table.text('state').notNullable();
    table.integer('attempts').notNullable();
    table.text('due_at').notNullable();
    table.text('lease_until');
    table.text('lease_owner');
    table.text('last_error');
    table.text('created_at').notNullable();
    table.integer('version').notNullable();
    table.index(['state', 'due_at']);
    table.index(['key']);
  });
  await knex.schema.createTable('event', (table) => {
    table.bigIncrements('seq');
    table.text('at').notNullable().index();
    table.text('name').notNullable();
    table.text('payload').notNullable();
    // PostgreSQL: rows become visible in commit order, not in number order; readers stop at the oldest open transaction.
    if (onPostgres)
      table.specificType('tx_id', 'bigint').notNullable().defaultTo(knex.raw('pg_current_xact_id()::text::bigint'));
    if (onPostgres) table.index(['tx_id', 'seq']);
  });
  for (const table of APPEND_ONLY) await makeAppendOnly(knex, table);
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
