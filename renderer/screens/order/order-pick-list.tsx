import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OrderView } from '../../../shared/contract/orders.ts';
import { openDocument } from '../../station/documents.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { useMessages } from '../../ui/use-messages.ts';

const WITH_TASKS: readonly OrderView['state'][] = ['allocated', 'picking'];

/** The pick list on paper, while there is something to pick. */
export function OrderPickList({ order }: { order: Pick<OrderView, 'id' | 'state'> }): ReactNode {
  const { t } = useMessages();
  const [failure, setFailure] = useState<unknown>();
  if (!WITH_TASKS.includes(order.state)) return null;
  return (
    <>
      <Button variant="default" onClick={() => openDocument(`pick-list-order-${order.id}`).catch(setFailure)}>
        {t('order.pick-list')}
      </Button>
      {failure !== undefined && <ErrorNotice error={failure} />}
    </>
  );
}
