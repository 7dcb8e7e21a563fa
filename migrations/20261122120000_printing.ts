import type { Knex } from 'knex';

/** The bytes that no order owns are kept beside the documents of orders, and a print job is of one or the other. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('loose_paper', (table) => {
    table.text('id').primary();
    table.text('kind').notNullable();
    table.text('media_type').notNullable();
    table.text('sha256').notNullable();
    table.binary('bytes').notNullable();
    table.text('created_at').notNullable();
  });
  await knex.schema.createTable('print_job_next', (table) => {
    table.text('id').primary();
    table.text('document_id').references('document.id');
    table.text('paper_id').references('loose_paper.id');
    // The bench that asked for it.
    table.text('station_id');
    // Id of the device; `screen` for the simulated printer. No reference: a printer may be removed later.
    table.text('printer').notNullable();
    table.text('state').notNullable();
    table.integer('reprint').notNullable().defaultTo(0);
    table.text('reason');
    // What the system calls it, once it has it.
    table.text('system_job');
    // Why it stands as it does: key of a text, and its values as JSON.
    table.text('code');
    table.text('params').notNullable().defaultTo('{}');
    table.integer('attempts').notNullable().defaultTo(0);
    table.text('created_at').notNullable();
    table.text('submitted_at');
    table.text('ended_at');
    table.integer('version').notNullable();
  });
  await knex.raw(`insert into print_job_next
    (id, document_id, station_id, printer, state, reprint, reason, created_at, version)
    select id, document_id, station_id, printer, state, reprint, reason, created_at, version from print_job`);
  await knex.schema.dropTable('print_job');
  await knex.schema.renameTable('print_job_next', 'print_job');
  await knex.schema.alterTable('print_job', (table) => {
    table.index(['document_id'], 'print_job_by_document');
    table.index(['paper_id'], 'print_job_by_paper');
    table.index(['station_id', 'created_at'], 'print_job_by_station');
    // Few jobs are open at any time, however many there were.
    table.index(['printer', 'state'], 'print_job_at_printer');
    table.index(['station_id', 'state'], 'print_job_at_station');
  });
  await forgetPauses(knex);
  // Messages that wait are delivered under the name that the topic has now.
  await knex('outbox').where({ topic: 'shipping.print' }).update({ topic: 'printing.print' });
}

/** A pause of the scanner no longer ends a scan: `any` takes every end that scanners send. */
async function forgetPauses(knex: Knex): Promise<void> {
  await knex('device').update({
    settings: knex.raw('replace(settings, \'"scanEnd":"timeout"\', \'"scanEnd":"any"\')'),
  });
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
