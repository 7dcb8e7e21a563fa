import type { Knex } from 'knex';

interface Told {
  readonly orderLineId: string;
  readonly quantity: number;
}

interface Line {
  readonly id: string;
  readonly ordered: number;
}

/** Parcels that shops were told of and that no hand here packed: their units left, and were not cancelled. */
async function countEarlier(knex: Knex): Promise<void> {
  const parcels: { lines: string }[] = await knex('shop_shipment').whereNull('parcel_id').select('lines');
  for (const { orderLineId, quantity } of parcels.flatMap(({ lines }): Told[] => JSON.parse(lines))) {
    const line = await knex('order_line').where({ id: orderLineId }).first<Line | undefined>('id', 'ordered');
    if (!line) continue;
    const parts: Line[] = await knex('order_line').where({ parent_line_id: line.id }).select('id', 'ordered');
    for (const { id, ordered } of [line, ...parts])
      await knex('order_line')
        .where({ id })
        .increment('sent_elsewhere', Math.floor((ordered * quantity) / Math.max(1, line.ordered)));
  }
}

/** Units that left with a label made elsewhere are told apart from those that nobody wants any more. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('order_line', (table) => {
    // Of `cancelled`: nothing of them is picked or packed here, yet the buyer has them.
    table.integer('sent_elsewhere').notNullable().defaultTo(0);
  });
  await countEarlier(knex);
}

export async function down(): Promise<void> {
  throw new Error('This change is not taken back: restore a backup.');
}
