import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { OrderSourceView, OrderView } from '../../../shared/contract/orders.ts';
import { type Role, roleAllows } from '../../../shared/model/roles.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { formatInstant } from '../../ui/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { messageFor } from '../../ui/message-for.ts';
import pageClasses from '../../ui/page.module.css';
import { routeHref } from '../../ui/router.ts';
import setUp from '../../ui/set-up.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { GoodsBack } from './goods-back.tsx';
import classes from './order-screen.module.css';
import { isWholeNumber, type ParcelNumber, ParcelNumberFields } from './parcel-number-fields.tsx';
import { SentElsewhere } from './sent-elsewhere.tsx';

type Shipment = OrderSourceView['shipments'][number];

const shapes: Readonly<Record<Shipment['state'], IconName>> = {
  waiting: 'clock',
  asked: 'question',
  told: 'check',
  refused: 'stop',
  silent: 'check',
};

function Correct({ shipment, onDone }: { shipment: Shipment; onDone(): void }): ReactNode {
  const { t } = useMessages();
  const [number, setNumber] = useState<ParcelNumber>({ carrier: shipment.carrier, tracking: shipment.tracking });
  const correct = useCommand('shops.correct-tracking', onDone);
  function submit(event: FormEvent): void {
    event.preventDefault();
    correct.mutate({ shipmentId: shipment.id, carrier: number.carrier.trim(), tracking: number.tracking.trim() });
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <ParcelNumberFields value={number} onChange={setNumber} />
      <Button type="submit" disabled={!isWholeNumber(number)} loading={correct.isPending}>
        {t('ui.save')}
      </Button>
      {correct.error && <ErrorNotice error={correct.error} />}
    </form>
  );
}

function Told({ shipment, mayChange }: { shipment: Shipment; mayChange: boolean }): ReactNode {
  const words = useMessages();
  const { t, language } = words;
  const [open, setOpen] = useState(false);
  const { state, carrier, tracking, toldAt, fault } = shipment;
  const why = fault && messageFor(words, fault.code);
  return (
    <li className={setUp.row} data-told={state}>
      <span className={setUp.acts}>
        <Icon name={shapes[state]} size={24} />
        <b>{t(`source.told.${state}`)}</b>
      </span>
      <span>
        {carrier} {tracking}
        {toldAt !== null && ` · ${formatInstant(toldAt, language)}`}
      </span>
      {why && (
        <span>
          {why.title} {fault?.text} {why.action}
        </span>
      )}
      {mayChange && state !== 'silent' && (
        <Button variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('source.correct')}
        </Button>
      )}
      {open && <Correct shipment={shipment} onDone={() => setOpen(false)} />}
    </li>
  );
}

/** Where the order came from and by what trace, how it stands there, and what its shop was told of each parcel. */
export function OrderSource({ order, source }: { order: OrderView; source: OrderSourceView }): ReactNode {
  const { t } = useMessages();
  const session = useStationQuery('stations.session-view', {});
  const role: Role = session.data?.operator?.role ?? 'anyone';
  const supervisor = roleAllows(role, 'supervisor');
  const { attribution, addressState, linkedTo, remoteState, shipments, shop } = source;
  const evidence = attribution.evidence === 'none' ? t('source.no-trace') : attribution.evidence;
  return (
    <div className={classes.list}>
      <p className={setUp.legend}>
        <b>{t(`shop.from.${attribution.channel}`)}</b> – {evidence}
      </p>
      <p className={setUp.legend}>
        {shop ?? t('source.by-file')} · {t(`source.remote.${remoteState}`)}
      </p>
      {addressState !== 'clear' && <p className={setUp.note}>{t(`source.address.${addressState}`)}</p>}
      {linkedTo && (
        <p className={setUp.legend}>
          {t('source.linked')}{' '}
          {linkedTo.id === null ? (
            <b>{linkedTo.number}</b>
          ) : (
            <a className={pageClasses.link} href={routeHref({ screen: 'orders', id: linkedTo.id })}>
              {linkedTo.number}
            </a>
          )}
        </p>
      )}
      {shop !== null && !source.ownsPush && <p className={setUp.note}>{t('source.not-told')}</p>}
      <ul className={setUp.rows}>
        {shipments.map((shipment) => (
          <Told key={shipment.id} shipment={shipment} mayChange={supervisor} />
        ))}
      </ul>
      {supervisor && shop !== null && <SentElsewhere order={order} />}
      {supervisor && shop !== null && source.ownsPush && <GoodsBack order={order} />}
    </div>
  );
}
