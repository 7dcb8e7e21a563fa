import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { roleAllows } from '../../../shared/model/roles.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant, formatWeight } from '../../ui/format.ts';
import pageClasses from '../../ui/page.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { AskReturn } from './ask-return.tsx';
import { LabelRow } from './order-label.tsx';
import classes from './order-screen.module.css';

type Parcel = OrderView['parcels'][number];

/** Where the parcel has left, a buyer can ask to send it back. */
const GONE: readonly Parcel['state'][] = ['labelled', 'manifested', 'handed-over', 'delivered', 'exception'];

function ParcelRow({ parcel, supervisor }: { parcel: Parcel; supervisor: boolean }): ReactNode {
  const { t, language } = useMessages();
  const retry = useCommand('shipping.retry-label');
  const kill = useCommand('shipping.void-label');
  const outbound = parcel.labels.filter((label) => label.kind === 'outbound').at(-1);
  const failed = parcel.labels.some((label) => label.state === 'failed');
  const again = parcel.state === 'closed' && (failed || outbound?.state === 'voided');
  const hasReturn = parcel.labels.some(
    ({ kind, state }) => kind === 'return' && state !== 'voided' && state !== 'failed',
  );
  const voidable = supervisor && parcel.state === 'labelled' && outbound?.state === 'bought';
  return (
    <li className={classes.list}>
      <div className={classes.row}>
        <span>
          <strong>{t('bench.parcel', { number: parcel.sequence })}</strong> · {parcel.sscc}
          {parcel.weightMg !== null && ` · ${formatWeight(parcel.weightMg, language)}`}
          {parcel.weightByHand && ` (${t('order.weight-by-hand')})`}
          {parcel.rma && ` · ${t('parcel.rma', { rma: parcel.rma })}`}
        </span>
        <span className={pageClasses.chip}>{t(`parcel-state.${parcel.state}`)}</span>
      </div>
      {parcel.labelConfirmedAt && (
        <span className={pageClasses.muted}>
          {t('parcel.label-confirmed', { at: formatInstant(parcel.labelConfirmedAt, language) })}
        </span>
      )}
      <ul className={classes.list}>
        {parcel.labels.map((label) => (
          <LabelRow key={label.id} label={label} supervisor={supervisor} />
        ))}
      </ul>
      {again && (
        <Button loading={retry.isPending} onClick={() => retry.mutate({ parcelId: parcel.id })}>
          {t('label.retry')}
        </Button>
      )}
      {retry.error && <ErrorNotice error={retry.error} />}
      {voidable && (
        <Button variant="default" loading={kill.isPending} onClick={() => kill.mutate({ parcelId: parcel.id })}>
          {t('label.void')}
        </Button>
      )}
      {kill.error && <ErrorNotice error={kill.error} />}
      {supervisor && parcel.labelConfirmedAt !== null && GONE.includes(parcel.state) && !hasReturn && (
        <AskReturn parcelId={parcel.id} />
      )}
    </li>
  );
}

/** Parcels with their labels; one that failed or was voided can be asked for again, a supervisor voids a live one. */
export function OrderParcels({ parcels }: { parcels: OrderView['parcels'] }): ReactNode {
  const session = useStationQuery('stations.session-view', {});
  const supervisor = roleAllows(session.data?.operator?.role ?? 'anyone', 'supervisor');
  const { t } = useMessages();
  if (parcels.length === 0) return <p className={pageClasses.muted}>{t('order.no-parcels')}</p>;
  return (
    <ul className={classes.list}>
      {parcels.map((parcel) => (
        <ParcelRow key={parcel.id} parcel={parcel} supervisor={supervisor} />
      ))}
    </ul>
  );
}
