import { Button, Select, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { orderMachine } from '../../../shared/model/machines.ts';
import { type HoldReason, holdReasons } from '../../../shared/model/reasons.ts';
import { type Role, roleAllows } from '../../../shared/model/roles.ts';
import { canMove } from '../../../shared/model/state-machine.ts';
import { useCommand } from '../../station/use-command.ts';
import { useStationQuery } from '../../station/use-query.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import pageClasses from '../../ui/page.module.css';
import { useMessages } from '../../ui/use-messages.ts';
import { CancelOrder } from './cancel-order.tsx';
import classes from './order-screen.module.css';

function HoldForm({ orderId }: { orderId: string }): ReactNode {
  const { t } = useMessages();
  const [reason, setReason] = useState<HoldReason>('address');
  const [detail, setDetail] = useState('');
  const [until, setUntil] = useState('');
  const hold = useCommand('orders.set-hold', () => setDetail(''));
  function save(event: FormEvent): void {
    event.preventDefault();
    // The day as the person at this screen means it: the hold is over when it begins.
    hold.mutate({
      orderId,
      reason,
      detail: detail.trim(),
      until: until ? new Date(`${until}T00:00`).toISOString() : null,
    });
  }
  return (
    <form className={classes.form} onSubmit={save}>
      <Select
        label={t('hold.reason')}
        data={holdReasons.map((value) => ({ value, label: t(`hold.${value}`) }))}
        value={reason}
        onChange={(value) => setReason(holdReasons.find((known) => known === value) ?? 'address')}
      />
      <TextInput
        label={t('hold.detail')}
        maxLength={200}
        value={detail}
        onChange={(event) => setDetail(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('hold.until')}
        description={t('hold.until.text')}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" loading={hold.isPending}>
        {t('hold.set')}
      </Button>
      {hold.error && <ErrorNotice error={hold.error} />}
    </form>
  );
}

function ReleaseHold({ orderId, mayRelease }: { orderId: string; mayRelease: boolean }): ReactNode {
  const { t } = useMessages();
  const release = useCommand('orders.release-hold');
  if (!mayRelease) return <p className={pageClasses.muted}>{t('hold.ask-supervisor')}</p>;
  return (
    <>
      <Button loading={release.isPending} onClick={() => release.mutate({ orderId })}>
        {t('hold.release')}
      </Button>
      {release.error && <ErrorNotice error={release.error} />}
    </>
  );
}

/** Hold, release and cancel, as far as the role and the order's state allow them. */
export function OrderActions({ order }: { order: OrderView }): ReactNode {
  const { t } = useMessages();
  const session = useStationQuery('stations.session-view', {});
  const role: Role = session.data?.operator?.role ?? 'anyone';
  const supervisor = roleAllows(role, 'supervisor');
  const open = !['packed', 'shipped', 'closed', 'cancelled'].includes(order.state);
  const cancellable = supervisor && canMove(orderMachine, order.state, 'cancelled');
  if (!open && !order.hold && !cancellable) return <p className={pageClasses.muted}>{t('order.no-actions')}</p>;
  return (
    <div className={classes.list}>
      {order.hold && <ReleaseHold orderId={order.id} mayRelease={supervisor} />}
      {!order.hold && open && <HoldForm orderId={order.id} />}
      {cancellable && <CancelOrder orderId={order.id} />}
    </div>
  );
}
