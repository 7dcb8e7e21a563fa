import type { z } from 'zod';
import { LabelChoice, type LabelView, type OrderView } from '../../shared/contract/orders.ts';
import { BY_HAND } from '../../shared/model/weight.ts';
import type { Database } from '../db/database.ts';

type Label = z.infer<typeof LabelView>;
interface LabelRow extends Omit<Label, 'cost' | 'choice' | 'events'> {
  readonly parcelId: string;
  readonly costMinor: number | null;
  readonly currency: string | null;
  readonly choice: string;
}

interface ParcelRow extends Omit<OrderView['parcels'][number], 'labels' | 'rma' | 'weightByHand'> {
  readonly weighedBy: string | null;
}

/** The parcels of an order with their labels, what these cost, and what the carriers say of them. */
export async function readParcels(database: Database, orderId: string): Promise<OrderView['parcels']> {
  const parcels: ParcelRow[] = await database
    .read('parcel')
    .leftJoin('scale_reading', 'scale_reading.id', 'parcel.scale_reading_id')
    .where({ order_id: orderId })
    .orderBy('sequence')
    .select(
      'parcel.id as id',
      'sequence',
      'sscc',
      'state',
      'weight_mg as weightMg',
      'label_confirmed_at as labelConfirmedAt',
      'scale_reading.device as weighedBy',
    );
  const ids = parcels.map((parcel) => parcel.id);
  const rmas: { parcelId: string; code: string; state: string }[] = await database
    .read('rma')
    .whereIn('parcel_id', ids)
    .orderBy('created_at')
    .select('parcel_id as parcelId', 'code', 'state');
  const labels = await readLabels(database, ids);
  return parcels.map(({ weighedBy, ...parcel }) => {
    const own = rmas.filter((rma) => rma.parcelId === parcel.id);
    return {
      ...parcel,
      weightByHand: weighedBy === BY_HAND,
      rma: (own.findLast((rma) => rma.state !== 'cancelled') ?? own.at(-1))?.code ?? null,
      labels: labels.filter((label) => label.parcelId === parcel.id).map(({ parcelId: _, ...label }) => label),
    };
  });
}

async function readLabels(
  database: Database,
  parcelIds: readonly string[],
): Promise<(Label & { readonly parcelId: string })[]> {
  const rows: LabelRow[] = await database
    .read('label')
    .whereIn('parcel_id', [...parcelIds])
    .orderBy(['created_at', 'id'])
    .select(
      'id',
      'parcel_id as parcelId',
      'kind',
      'state',
      'carrier',
      'service',
      'tracking_number as trackingNumber',
      'document_id as documentId',
      'fault as problem',
      'cost_minor as costMinor',
      'currency',
      'choice',
      'tracking_state as trackingState',
      'tracking_url as trackingUrl',
    );
  const events: (Label['events'][number] & { labelId: string })[] = await database
    .read('tracking_event')
    .whereIn(
      'label_id',
      rows.map((row) => row.id),
    )
    .orderBy(['at', 'id'])
    .select('label_id as labelId', 'at', 'state', 'code', 'text', 'place');
  return rows.map(({ costMinor, currency, choice, ...label }) => ({
    ...label,
    cost: costMinor === null || currency === null ? null : { minor: costMinor, currency },
    choice: LabelChoice.parse(JSON.parse(choice)),
    events: events.filter((event) => event.labelId === label.id).map(({ labelId: _, ...event }) => event),
  }));
}
